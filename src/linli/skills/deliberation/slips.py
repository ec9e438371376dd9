"""Slips on paper: a page to print at once, or a PDF; nothing of them is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from linli.core.ui.phrases import Refusal
from linli.skills.deliberation.papers import write_pdf
from linli.skills.deliberation.selectors.codes import IssuedSlip, SlipHolder, shown_code
from linli.skills.deliberation.selectors.voting import PaperQuestion

MOST_IN_PDF = 200
"""Slips in one PDF; more would keep the desk waiting."""


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What the template needs of one slip."""

    holder: SlipHolder
    code: str
    qr: SafeString


def render_page(
    paper: PaperQuestion, slips: Sequence[IssuedSlip], *, origin: str, back: str
) -> str:
    """Make the page that is printed from the browser; ``back`` is where its link leads."""
    values = _values(paper, slips, origin=origin)
    return render_to_string(
        "deliberation/slip_sheet.html", {**values, "on_screen": True, "back": back}
    )


def render_pdf(paper: PaperQuestion, slips: Sequence[IssuedSlip], *, origin: str) -> bytes:
    """Make a PDF of two A4 sides a slip."""
    if len(slips) > MOST_IN_PDF:
        raise Refusal("deliberation.too_many_slips", count=len(slips))
    page = render_to_string("deliberation/slip_sheet.html", _values(paper, slips, origin=origin))
    return write_pdf(page, style="deliberation/slip.css")


def _values(paper: PaperQuestion, slips: Sequence[IssuedSlip], *, origin: str) -> dict[str, object]:
    return {
        "asking": paper.asking,
        "matter": paper.asking.matter,
        "committee": paper.asking.matter.committee,
        "asks_question": paper.asks_question,
        "options": paper.options,
        "statements": paper.statements,
        "age_bands": paper.age_bands,
        "tenures": paper.tenures,
        "enter_url": f"{origin}/v/",
        "slips": [
            PrintedSlip(
                holder=slip.holder,
                code=shown_code(slip.code),
                qr=_qr(f"{origin}/v/{slip.code}/"),
            )
            for slip in slips
        ],
    }


def _qr(address: str) -> SafeString:
    """Draw an address as a QR code that survives a fold and a cheap camera."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=0, svgclass=None, lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308  segno draws squares, the address is ours
