"""The append-only record of what was done and read."""
