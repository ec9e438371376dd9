"""Where people stand: one mark a person, groups by shape, colour and letter."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

type Point = tuple[float, float, str | None]
type Spot = tuple[float, float]

SIZE, MARGIN = 360.0, 24.0
DOT = 3.5
"""Radius of a person's mark."""
MOST_DOTS = 600
"""Above this, people are put together on a grid."""
CELL = 15.0
RADII = (2.5, 3.5, 4.5, 5.5, 7.0)
SHAPES = ("circle", "triangle", "square", "diamond", "hexagon", "cross")
# Told apart with any eyesight (Okabe and Ito 2008), darkened to 3:1 on paper.
COLOURS = ("#0072b2", "#b35900", "#007a59", "#a34d80", "#8a6d00", "#4d5a66")
QUIET = "#6f6a60"
_CORNERS: dict[str, tuple[Spot, ...]] = {
    "triangle": ((0, -1.25), (1.15, 0.9), (-1.15, 0.9)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)),
    "hexagon": ((-0.6, -1), (0.6, -1), (1.15, 0), (0.6, 1), (-0.6, 1), (-1.15, 0)),
    "cross": (
        *((-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4)),
        *((0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)),
    ),
}


@dataclass(frozen=True, slots=True)
class DotGroup:
    """One opinion group: its marks as one path, its outline, and where its letter stands."""

    letter: str
    text: str
    number: int
    shape: str
    colour: str
    people: int
    percent: int
    marks: str
    outline: str
    x: float
    y: float
    key: str
    """One mark of the shape for the legend, in a box of 16."""


@dataclass(frozen=True, slots=True)
class DotMap:
    """Everything ``ui/chart_dot_map.html`` draws, in a box of ``size`` by ``size``."""

    groups: tuple[DotGroup, ...]
    unplaced: int
    unplaced_marks: str
    not_drawn: int
    people: int
    most_in_a_mark: int
    """1 where every mark is one person."""
    size: float = SIZE


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place with the people who stand there."""

    x: float
    y: float
    letter: str | None
    people: int


def within_one(points: Iterable[Point]) -> list[Point]:
    """Bring positions into the square that is drawn, both axes by the same measure.

    A few stragglers come to stand at the edge, so that the others do not crowd in the middle.
    """
    found = list(points)
    far = sorted(max(abs(x), abs(y)) for x, y, _letter in found)
    reach = (far[int(0.98 * (len(far) - 1))] * 1.1 if far else 0.0) or 1.0
    return [(x / reach, y / reach, letter) for x, y, letter in found]


def dot_map(*, points: Sequence[Point], labels: Mapping[str, str], not_drawn: int = 0) -> DotMap:
    """Lay out where people stand.

    Up to 600 people are one mark each; those who stand on the same place are moved beside it, so
    that nobody hides anybody. Above that, people of a group who are near each other share a mark
    whose area grows with their number. The order of the points does not matter.

    Parameters
    ----------
    points : sequence of (x, y, letter or None)
        Positions in [-1, 1]², the second axis upwards; what lies outside is drawn at the edge.
        None: the person is in no group and gets a small hollow mark.
    labels : mapping of letter to text
        The groups in their order; the text is what the legend says of the group, and may be empty.
    not_drawn : int
        People without a position, who are only counted below.

    Returns
    -------
    DotMap
        For ``ui/chart_dot_map.html``.

    Raises
    ------
    ValueError
        For a letter without a label.
    """
    unknown = {letter for _x, _y, letter in points if letter is not None} - set(labels)
    if unknown:
        raise ValueError(sorted(unknown))
    ordered = sorted((_to_box(x), _to_box(-y), letter or "") for x, y, letter in points)
    spread = _side_by_side if len(ordered) <= MOST_DOTS else _on_grid
    marks = spread([(x, y, letter or None) for x, y, letter in ordered])
    most = max((mark.people for mark in marks), default=1)
    people = len(points) + not_drawn
    groups = [
        _group(number, letter, text, [m for m in marks if m.letter == letter], most, people)
        for number, (letter, text) in enumerate(labels.items(), start=1)
    ]
    loose = [mark for mark in marks if mark.letter is None]
    return DotMap(
        groups=tuple(_letters_apart(groups)),
        unplaced=sum(mark.people for mark in loose),
        unplaced_marks="".join(_draw("circle", m.x, m.y, 0.6 * _radius(m, most)) for m in loose),
        not_drawn=not_drawn,
        people=people,
        most_in_a_mark=most,
    )


def _to_box(value: float) -> float:
    inside = max(-1.0, min(1.0, value))
    return MARGIN + (inside + 1) / 2 * (SIZE - 2 * MARGIN)


def _side_by_side(points: Sequence[Point]) -> list[_Mark]:
    """Give everybody a place of his own: his position, or the nearest free one."""
    step = 2 * DOT + 0.5
    taken: set[tuple[int, int]] = set()
    marks = []
    for x, y, letter in points:
        cell = (round(x / step), round(y / step))
        if cell in taken:
            cell = next(near for near in _around(cell) if near not in taken and _inside(near, step))
            x, y = cell[0] * step, cell[1] * step  # noqa: PLW2901  moved beside
        taken.add(cell)
        marks.append(_Mark(x, y, letter, 1))
    return marks


def _around(cell: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """Walk the cells around one, the nearest first."""
    for ring in count(1):
        edge = [
            (dx, dy)
            for dx in range(-ring, ring + 1)
            for dy in range(-ring, ring + 1)
            if max(abs(dx), abs(dy)) == ring
        ]
        for dx, dy in sorted(edge, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)):
            yield cell[0] + dx, cell[1] + dy


def _inside(cell: tuple[int, int], step: float) -> bool:
    low, high = MARGIN / 2, SIZE - MARGIN / 2
    return low <= cell[0] * step <= high and low <= cell[1] * step <= high


def _on_grid(points: Sequence[Point]) -> list[_Mark]:
    """Put people of one group together who stand in the same cell, at their middle."""
    cells: dict[tuple[str, int, int], list[Spot]] = {}
    for x, y, letter in points:
        cells.setdefault((letter or "", int(x // CELL), int(y // CELL)), []).append((x, y))
    return [
        _Mark(
            math.fsum(x for x, _y in spots) / len(spots),
            math.fsum(y for _x, y in spots) / len(spots),
            letter or None,
            len(spots),
        )
        for (letter, _column, _row), spots in sorted(cells.items())
    ]


def _radius(mark: _Mark, most: int) -> float:
    """Area grows with people, in a few sizes."""
    if most == 1:
        return DOT
    wanted = RADII[-1] * math.sqrt(mark.people / most)
    return min(RADII, key=lambda radius: abs(radius - wanted))


def _group(
    number: int, letter: str, text: str, marks: Sequence[_Mark], most: int, people: int
) -> DotGroup:
    shape = SHAPES[(number - 1) % len(SHAPES)]
    size = sum(mark.people for mark in marks)
    middle = _middle(marks)
    return DotGroup(
        letter=letter,
        text=text,
        number=(number - 1) % len(SHAPES) + 1,
        shape=shape,
        colour=COLOURS[(number - 1) % len(COLOURS)],
        people=size,
        percent=round(100 * size / people) if people else 0,
        marks="".join(_draw(shape, mark.x, mark.y, _radius(mark, most)) for mark in marks),
        outline=_outline(marks, middle),
        x=round(middle[0], 1),
        y=round(middle[1], 1),
        key=_draw(shape, 8, 8, 6),
    )


def _middle(marks: Sequence[_Mark]) -> Spot:
    people = sum(mark.people for mark in marks)
    if not people:
        return SIZE / 2, SIZE / 2
    return (
        math.fsum(mark.x * mark.people for mark in marks) / people,
        math.fsum(mark.y * mark.people for mark in marks) / people,
    )


def _outline(marks: Sequence[_Mark], middle: Spot) -> str:
    """Draw the hull of the nine tenths nearest to the middle: a straggler is not the group."""
    near = sorted(marks, key=lambda mark: (math.dist((mark.x, mark.y), middle), mark.x, mark.y))
    kept = near[: math.ceil(0.9 * len(near))]
    hull = _hull(sorted({(round(mark.x, 1), round(mark.y, 1)) for mark in kept}))
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in hull) + "z" if hull else ""


def _hull(spots: Sequence[Spot]) -> list[Spot]:
    """Convex hull of sorted spots (Andrew 1979)."""
    if len(spots) < 3:
        return list(spots)

    def half(side: Iterable[Spot]) -> list[Spot]:
        chain: list[Spot] = []
        for spot in side:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], spot) <= 0:
                chain.pop()
            chain.append(spot)
        return chain[:-1]

    return half(spots) + half(reversed(spots))


def _turn(a: Spot, b: Spot, c: Spot) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _draw(shape: str, x: float, y: float, radius: float) -> str:
    """One mark as a piece of an SVG path."""
    if shape == "circle":
        # One arc all but closed: the shortest circle a path can have.
        return f"M{x:.1f} {y - radius:.1f}a{radius:g} {radius:g} 0 1 0 .1 0z"
    corners = [(px * radius, py * radius) for px, py in _CORNERS[shape]]
    start = corners[0]
    steps = "".join(f"l{b[0] - a[0]:.3g} {b[1] - a[1]:.3g}" for a, b in pairwise(corners))
    return f"M{x + start[0]:.1f} {y + start[1]:.1f}{steps}z"


def _letters_apart(groups: Sequence[DotGroup]) -> list[DotGroup]:
    """Move letters that would cover each other to the nearest free height."""
    placed: list[DotGroup] = []
    for group in groups:
        rows = [group.y, *(group.y + sign * 28 * k for k in range(1, 6) for sign in (1, -1))]
        free = (
            y
            for y in rows
            if MARGIN <= y <= SIZE - MARGIN
            and all(math.dist((group.x, y), (other.x, other.y)) >= 26 for other in placed)
        )
        placed.append(replace(group, y=round(next(free, group.y), 1)))
    return placed
