"""Notices as they go to print: one template, as a page for the browser and as PDF."""

import contextlib
import io
import shutil
import subprocess
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

type Content = dict[str, Any]

_SIZES = (15, 13.5, 12, 11)
"""Sizes of type in points, from what is read across a hallway to what fits a page."""
_MOST_PAGES = 2


def notice_page(content: Content) -> str:
    """Write a notice as a page to print, in the language of the installation."""
    return _rendered(content, is_pdf=False)


def _rendered(content: Content, *, is_pdf: bool) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(
            "deliberation/notice_paper.html", {"notice": content, "is_pdf": is_pdf}
        )


def notice_pdf(content: Content) -> bytes:
    """Write a notice as PDF, in the largest type that fills one page, or else two."""
    return _fitted(_rendered(content, is_pdf=True))


@lru_cache(maxsize=16)
def _fitted(html: str) -> bytes:
    """Set a notice several times over; kept, because everybody may ask for it."""
    tried = []
    for points in _SIZES:
        document = _set(html, style="deliberation/notice.css", points=points)
        if len(document.pages) == 1:
            break
        tried.append(document)
    else:
        document = next((one for one in tried if len(one.pages) == _MOST_PAGES), tried[-1])
    pdf: bytes = document.write_pdf()
    return pdf


@cache
def can_write_pdf() -> bool:
    """Say whether this machine has Pango and a Chinese font; browsers print without them."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import weasyprint  # noqa: F401, PLC0415
    except OSError:
        return False
    lister = shutil.which("fc-list")
    if lister is None:
        return True
    listed = subprocess.run([lister, ":lang=zh-cn"], capture_output=True, check=False)  # noqa: S603
    return bool(listed.stdout.strip())


def write_pdf(html: str, *, style: str) -> bytes:
    """Print a page to PDF with one static style sheet; nothing is fetched for it."""
    pdf: bytes = _set(html, style=style).write_pdf()
    return pdf


def _set(html: str, *, style: str, points: float | None = None) -> Any:
    """Lay a page out, with another size of type where one is given."""
    # The library needs a second to load, and most requests do without it.
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    # What a notice shows stands in it: no address is fetched, of this machine or another.
    nothing = URLFetcher(allowed_protocols=())
    styles = [CSS(filename=finders.find(style))]
    if points:
        styles.append(CSS(string=f"body {{ font-size: {points}pt }}"))
    return HTML(string=html, url_fetcher=nothing).render(stylesheets=styles)
