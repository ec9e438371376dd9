"""Parts of a count that are too small to be shown alone."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """The people of one part: its name and how many chose what, one number an answer."""

    id: str
    voters: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoldedCells:
    """Parts that may be shown, in the order given, and the others taken together, if any."""

    shown: tuple[Cell, ...]
    rest: Cell | None


def fold_small_cells(cells: Sequence[Cell], *, least: int) -> FoldedCells:
    """Take small parts together; this function will leave none below ``least`` voters to be read.

    Parameters
    ----------
    cells
        Disjoint parts of all voters. ``counts`` have the same length in each.
    least
        Voters a part needs to be shown, 1 or more.

    Returns
    -------
    FoldedCells
        ``rest`` is the sum of the parts not shown and holds at least ``least`` voters, because it
        could be worked out from the total: where the small ones are fewer, the smallest of the
        large parts joins them. With fewer than ``least`` voters in all, nothing is shown and
        ``rest`` is None. Parts nobody answered in are left out.

    Notes
    -----
    This keeps single answers from being worked out by subtraction. It does not help where a large
    part is unanimous.

    Examples
    --------
    >>> found = fold_small_cells(
    ...     [Cell("1", 30, (20, 10)), Cell("2", 12, (6, 6)), Cell("3", 2, (2, 0))], least=10
    ... )
    >>> [cell.id for cell in found.shown], found.rest.voters, found.rest.counts
    (['1'], 14, (8, 6))
    """
    answered = [cell for cell in cells if cell.voters]
    if sum(cell.voters for cell in answered) < least:
        return FoldedCells((), None)
    by_size = sorted(answered, key=lambda cell: (cell.voters, cell.id))
    folded: list[Cell] = []
    while by_size and (by_size[0].voters < least or 0 < _voters(folded) < least):
        folded.append(by_size.pop(0))
    gone = {cell.id for cell in folded}
    rest = None
    if folded:
        columns = zip(*(cell.counts for cell in folded), strict=True)
        rest = Cell("rest", _voters(folded), tuple(sum(column) for column in columns))
    return FoldedCells(tuple(cell for cell in answered if cell.id not in gone), rest)


def _voters(cells: Sequence[Cell]) -> int:
    return sum(cell.voters for cell in cells)
