"""The opinion map as a picture that needs nothing else: one SVG file."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import numpy as np
from django.utils.translation import gettext as _

from linli.engines.deliberation.opinion_map import OpinionMap
from linli.engines.deliberation.votes import Floats

WIDTH, HEIGHT, LEGEND_ROW, MARGIN = 640, 480, 32, 28
MARK, CROWD = 6.0, 5_000
# Shapes first, then colours told apart with any eyesight (Okabe and Ito 2008), darkened to 3:1.
SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)),
    ((-0.6, -1), (0.6, -1), (1.15, 0), (0.6, 1), (-0.6, 1), (-1.15, 0)),
)
COLOURS = ("#0072b2", "#b35900", "#007a59", "#a34d80", "#8a6d00")
INK, PAPER, QUIET = "#22201c", "#fdfbf6", "#6f6a60"


def draw_map(found: OpinionMap) -> str:
    """Draw everybody placed, each group with its own shape, colour and letter."""
    rows = max(len(found.groups), 1)
    height = HEIGHT + LEGEND_ROW * rows + MARGIN // 2
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
            ' aria-labelledby="map-title map-desc" font-family="sans-serif" font-size="18">'
        ),
        f'<title id="map-title">{escape(_("Opinion map"))}</title>',
        f'<desc id="map-desc">{escape(describe_map(found))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        *_marks(found),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def describe_map(found: OpinionMap) -> str:
    """Say in words what the picture shows."""
    placed = _("%(placed)d people are placed; those near each other voted alike.") % {
        "placed": len(found.placed)
    }
    finding = (
        _("Opinions fall into %(groups)d groups: %(sizes)s.")
        % {"groups": len(found.groups), "sizes": group_sizes(found)}
        if found.groups
        else _("There are no clear opinion groups.")
    )
    unplaced = _("%(unplaced)d people voted too little to be placed.") % {
        "unplaced": len(found.unplaced)
    }
    return _("%(placed)s %(finding)s %(unplaced)s") % {
        "placed": placed,
        "finding": finding,
        "unplaced": unplaced,
    }


def group_sizes(found: OpinionMap) -> str:
    """List groups with their sizes."""
    return _(", ").join(
        _("%(letter)s %(size)d people") % {"letter": group_letter(i), "size": len(group.members)}
        for i, group in enumerate(found.groups)
    )


def group_letter(index: int) -> str:
    """Name a group: 甲乙丙丁戊, or A to E."""
    return _("ABCDE")[index]


def _marks(found: OpinionMap) -> Iterator[str]:
    if not found.placed:
        return
    drawn = _on_paper(found.positions)
    place_of = {person: i for i, person in enumerate(found.placed)}
    if not found.groups:
        yield from _dots(drawn, "", QUIET)
        yield _legend(0, "", QUIET, _("%(size)d people") % {"size": len(found.placed)})
        return
    centres = []
    for i, group in enumerate(found.groups):
        members = drawn[[place_of[member] for member in group.members]]
        yield from _dots(members, _shape(i), COLOURS[i])
        centres.append(np.median(members, axis=0))
        words = _("%(letter)s %(size)d people")
        yield _legend(
            i,
            _shape(i),
            COLOURS[i],
            words % {"letter": group_letter(i), "size": len(group.members)},
        )
    for i, (x, y) in enumerate(centres):
        yield (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="34" font-weight="bold" text-anchor="middle"'
            f' dominant-baseline="central" fill="{INK}" stroke="{PAPER}" stroke-width="5"'
            f' paint-order="stroke">{group_letter(i)}</text>'
        )


def _on_paper(positions: Floats) -> Floats:
    """Positions as points of the picture, y upwards; both axes in the same scale."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    spans = np.where(high > low, high - low, 1.0)
    scale = float((room / spans).min())
    shifted = (positions - (low + high) / 2) * scale * np.array([1, -1])
    # People in one place share a mark; a crowd is drawn on a coarser grid.
    grain = 0.1 if len(positions) <= CROWD else 2.0
    points: Floats = np.round((shifted + np.array([WIDTH, HEIGHT]) / 2) / grain) * grain
    return points


def _shape(index: int) -> str:
    """Corners of a group's mark, as SVG wants them; empty for a circle."""
    return " ".join(f"{x * MARK:g},{y * MARK:g}" for x, y in SHAPES[index])


def _dots(points: Floats, shape: str, colour: str) -> Iterator[str]:
    """One mark for each place where somebody stands."""
    yield f'<g fill="{colour}" fill-opacity=".75" stroke="{PAPER}">'
    places: Sequence[Sequence[float]] = np.unique(points, axis=0).tolist()
    for x, y in places:
        yield _mark(x, y, shape)
    yield "</g>"


def _mark(x: float, y: float, shape: str) -> str:
    if shape:
        return f'<polygon points="{shape}" transform="translate({x:.4g} {y:.4g})"/>'
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{MARK:g}"/>'


def _legend(row: int, shape: str, colour: str, words: str) -> str:
    y = HEIGHT + LEGEND_ROW * row + LEGEND_ROW / 2
    return (
        f'<g fill="{colour}">{_mark(MARGIN, y, shape)}</g>'
        f'<text x="{MARGIN + 18}" y="{y:.4g}" dominant-baseline="central" fill="{INK}">'
        f"{escape(words)}</text>"
    )
