"""Rules about what residents said and what joins them."""
