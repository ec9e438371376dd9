"""乐邻苑: an invented neighbourhood to try everything with."""
