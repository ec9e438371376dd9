"""Nothing small can be read, or worked out by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from linli.engines.deliberation.small_cells import Cell, fold_small_cells

PARTS = st.lists(st.integers(0, 40), max_size=12).map(
    lambda sizes: [Cell(str(i), size, (size, 2 * size)) for i, size in enumerate(sizes)]
)


@given(PARTS, st.integers(1, 20))
def test_whatever_is_shown_is_large_enough(cells, least):
    found = fold_small_cells(cells, least=least)

    assert all(cell.voters >= least for cell in found.shown)
    assert found.rest is None or found.rest.voters >= least


@given(PARTS, st.integers(1, 20))
def test_shown_and_rest_are_everybody_or_nobody(cells, least):
    found = fold_small_cells(cells, least=least)

    everybody = sum(cell.voters for cell in cells)
    told = sum(cell.voters for cell in (*found.shown, *((found.rest,) if found.rest else ())))
    assert told == (everybody if everybody >= least else 0)


@given(PARTS.flatmap(lambda cells: st.tuples(st.just(cells), st.permutations(cells))))
def test_order_of_parts_does_not_matter(pair):
    cells, shuffled = pair

    one, other = fold_small_cells(cells, least=10), fold_small_cells(shuffled, least=10)
    assert sorted(cell.id for cell in one.shown) == sorted(cell.id for cell in other.shown)
    assert one.rest == other.rest


def test_large_parts_stay_apart():
    cells = [Cell("1", 10, (4, 6)), Cell("2", 11, (5, 6))]

    assert fold_small_cells(cells, least=10).shown == tuple(cells)
