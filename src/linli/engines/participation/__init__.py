"""Rules about a matter and its way."""
