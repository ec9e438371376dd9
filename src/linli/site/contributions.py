"""Fill the registry: what each skill shows on pages that are not its own."""

from functools import cache


@cache
def fill() -> None:
    """Register tiles, the day's sources, panels and handovers, once."""
