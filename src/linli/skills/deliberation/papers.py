"""Notices as they go to print: one template, as a page for the browser and as PDF."""

import contextlib
import io
import shutil
import subprocess
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

type Content = dict[str, Any]


def notice_page(content: Content) -> str:
    """Write a notice as a page to print, in the language of the installation."""
    return _rendered(content, is_pdf=False)


def _rendered(content: Content, *, is_pdf: bool) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(
            "deliberation/notice_paper.html", {"notice": content, "is_pdf": is_pdf}
        )


def notice_pdf(content: Content) -> bytes:
    """Write a notice as PDF."""
    return write_pdf(_rendered(content, is_pdf=True), style="deliberation/notice.css")


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
    # The library needs a second to load, and most requests do without it.
    from weasyprint import CSS, HTML  # noqa: PLC0415

    pdf: bytes = HTML(string=html, url_fetcher=_fetch_nothing).write_pdf(
        stylesheets=[CSS(filename=finders.find(style))]
    )
    return pdf


def _fetch_nothing(url: str, *_more: object) -> dict[str, Any]:
    """Refuse every address: what a notice shows stands in it."""
    raise ValueError(url)
