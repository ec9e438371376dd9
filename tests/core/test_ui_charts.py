"""Charts: geometry holds what the data says, and the template says it again as a table."""

import gzip
import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from linli.core.ui.charts.bars import bars, stacked_bars
from linli.core.ui.charts.dot_map import COLOURS, SIZE, dot_map
from linli.core.ui.charts.way import way
from linli.core.ui.examples import example_points

LABELS = {"甲": "盼着早点建", "乙": "担心气味", "丙": ""}
NUMBER = r"-?\d*\.?\d+(?:e-?\d+)?"

coordinates = st.floats(-1.5, 1.5, allow_nan=False)
points = st.lists(
    st.tuples(coordinates, coordinates, st.sampled_from([None, *LABELS])), max_size=120
)


def starts(path: str) -> list[tuple[float, float]]:
    """Where each mark of a path begins."""
    return [(float(x), float(y)) for x, y in re.findall(rf"M({NUMBER}) ({NUMBER})", path)]


@given(points=points)
def test_every_mark_lies_in_the_picture(points):
    drawn = dot_map(points=points, labels=LABELS)

    marks = starts(drawn.unplaced_marks + "".join(group.marks for group in drawn.groups))
    assert all(0 < x < SIZE and 0 < y < SIZE for x, y in marks)


@given(points=points)
def test_everybody_has_a_mark_of_his_own(points):
    drawn = dot_map(points=points, labels=LABELS)

    for group in drawn.groups:
        marks = starts(group.marks)
        assert len(marks) == len(set(marks)) == group.people


@given(points=points, missing=st.integers(0, 50))
def test_everybody_is_counted_once(points, missing):
    drawn = dot_map(points=points, labels=LABELS, not_drawn=missing)

    grouped = sum(group.people for group in drawn.groups)
    assert grouped + drawn.unplaced + drawn.not_drawn == drawn.people == len(points) + missing


@given(points=points, data=st.data())
def test_order_of_people_does_not_matter(points, data):
    shuffled = data.draw(st.permutations(points))

    assert dot_map(points=points, labels=LABELS) == dot_map(points=shuffled, labels=LABELS)


def test_people_on_one_spot_stand_side_by_side():
    drawn = dot_map(points=[(0.2, 0.2, "甲")] * 300, labels={"甲": ""})

    assert len(set(starts(drawn.groups[0].marks))) == 300


def test_many_people_share_marks():
    drawn = dot_map(points=example_points(5000), labels=LABELS)

    assert drawn.most_in_a_mark > 1
    assert sum(group.people for group in drawn.groups) + drawn.unplaced == 5000


@pytest.mark.parametrize("people", [5, 600, 601, 5000])
def test_dot_map_is_light(people):
    drawn = dot_map(points=example_points(people), labels=LABELS)

    page = render_to_string("ui/chart_dot_map.html", {"chart": drawn, "finding": "三拨"})
    assert len(gzip.compress(page.encode())) <= 20_000


def test_letters_do_not_cover_each_other():
    same = [(0.0, 0.0, letter) for letter in LABELS for _ in range(5)]

    drawn = dot_map(points=same, labels=LABELS)

    places = sorted(group.y for group in drawn.groups)
    assert all(b - a >= 26 for a, b in pairwise(places))


def test_groups_differ_in_shape_and_colour():
    drawn = dot_map(points=[], labels=dict.fromkeys("ABCDEF", ""))

    assert len({group.shape for group in drawn.groups}) == 6
    assert len({group.colour for group in drawn.groups}) == 6


def test_letter_without_label_is_refused():
    with pytest.raises(ValueError, match="丁"):
        dot_map(points=[(0, 0, "丁")], labels=LABELS)


def test_nobody_makes_an_empty_picture():
    drawn = dot_map(points=[], labels={})

    assert (drawn.people, drawn.groups) == (0, ())


def test_colours_are_those_of_the_style_sheet(style_sheet):
    tokens = style_sheet("tokens")

    assert re.findall(r"--group-\d: (#\w+);", tokens)[: len(COLOURS)] == list(COLOURS)


@given(
    counts=st.lists(st.tuples(st.text(max_size=5), st.integers(0, 10**6), st.just(""))),
    base=st.none() | st.integers(1, 10**6),
)
def test_bars_stay_within_their_ground(counts, base):
    drawn = bars(rows=counts, base=base)

    assert [row.value for row in drawn.rows] == [value for _label, value, _note in counts]
    assert all(0 <= row.width <= 100 for row in drawn.rows)


def test_full_bar_is_the_base():
    drawn = bars(rows=[("3 号楼", 83, "")], base=126)

    assert (drawn.rows[0].percent, drawn.rows[0].width) == (66, 65.87)


@given(counts=st.tuples(*[st.integers(0, 10**6)] * 3))
def test_stacked_bar_is_filled_by_its_answers(counts):
    (row,) = stacked_bars(rows=[("看法", counts)])

    assert [part.count for part in row.segments] == list(counts)
    widths = sum(part.width for part in row.segments)
    assert widths == pytest.approx(100 if sum(counts) else 0, abs=0.05)


def test_way_tells_where_it_stands():
    drawn = way(steps=[("起草", "done"), ("征询中", "here"), ("公示", "ahead")])

    assert drawn.here == drawn.steps[1]
    assert drawn.reached == drawn.here.x
    assert all(0 < step.x < drawn.width for step in drawn.steps)


def test_unknown_status_is_refused():
    with pytest.raises(ValueError, match="later"):
        way(steps=[("起草", "later")])


def test_chart_says_its_numbers_again_below():
    chart = dot_map(points=example_points(90), labels=LABELS, not_drawn=7)

    page = render_to_string("ui/chart_dot_map.html", {"chart": chart, "finding": "三拨"})

    table = page[page.index("<table") :]
    for number in [*(group.people for group in chart.groups), chart.unplaced, 7]:
        assert f'<td class="ll-number">{number}' in table
