"""The opinion map as a picture that needs nothing else: one SVG file."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from linli.core.ui.charts.dot_map import QUIET, SIZE, DotMap, dot_map, within_one
from linli.engines.deliberation.opinion_map import OpinionMap
from linli.skills.deliberation.findings import group_letter

LEGEND_ROW = 28
INK, PAPER = "#23211c", "#fbf9f4"


def draw_map(found: OpinionMap) -> str:
    """Draw everybody placed as the page does, each group with its shape, colour and letter."""
    group_of = {person: group.id for group in found.groups for person in group.members}
    chart = dot_map(
        points=within_one(
            (float(x), float(y), group_of.get(person))
            for person, (x, y) in zip(found.placed, found.positions, strict=True)
        ),
        labels={group.id: "" for group in found.groups},
    )
    height = SIZE + LEGEND_ROW * (max(len(chart.groups), 1) + 0.5)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:g} {height:g}" role="img"'
            ' aria-labelledby="map-title map-desc" font-family="sans-serif" font-size="16">'
        ),
        f'<title id="map-title">{escape(_("Opinion map"))}</title>',
        f'<desc id="map-desc">{escape(describe_map(found))}</desc>',
        f'<rect width="{SIZE:g}" height="{height:g}" fill="{PAPER}"/>',
        *_marks(chart),
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
    return _(", ").join(_size(group.id, len(group.members)) for group in found.groups)


def _size(identifier: str, size: int) -> str:
    return _("%(letter)s %(size)d people") % {"letter": group_letter(identifier), "size": size}


def _marks(chart: DotMap) -> Iterator[str]:
    """Outlines below, marks on them, letters above, and the legend."""
    for group in chart.groups:
        yield (
            f'<path d="{group.outline}" fill="{group.colour}" stroke="{group.colour}"'
            ' stroke-width="22" stroke-linejoin="round" opacity=".12"/>'
        )
    if chart.unplaced:
        yield f'<path d="{chart.unplaced_marks}" fill="none" stroke="{QUIET}"/>'
        yield _legend(0, "", _("%(size)d people") % {"size": chart.unplaced})
    for group in chart.groups:
        yield f'<path d="{group.marks}" fill="{group.colour}"/>'
    for row, group in enumerate(chart.groups):
        yield (
            f'<text x="{group.x:g}" y="{group.y:g}" font-size="26" font-weight="700"'
            f' text-anchor="middle" dominant-baseline="central" fill="{INK}" stroke="{PAPER}"'
            f' stroke-width="5" paint-order="stroke">{group_letter(group.letter)}</text>'
        )
        key = f'<path d="{group.key}" fill="{group.colour}"/>'
        yield _legend(row, key, _size(group.letter, group.people))


def _legend(row: int, key: str, words: str) -> str:
    return (
        f'<g transform="translate(24 {SIZE + LEGEND_ROW * row:g})">{key}'
        f'<text x="24" y="8" dominant-baseline="central" fill="{INK}">{escape(words)}</text></g>'
    )
