"""Notices as they go to print: one template, as a page for the browser and as PDF."""

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
    """Write a notice as PDF; nothing is fetched for it."""
    # The library needs a second to load, and most requests do without it.
    from weasyprint import CSS, HTML  # noqa: PLC0415

    style = finders.find("deliberation/notice.css")
    pdf: bytes = HTML(string=_rendered(content, is_pdf=True), url_fetcher=_fetch_nothing).write_pdf(
        stylesheets=[CSS(filename=style)]
    )
    return pdf


def _fetch_nothing(url: str, *_more: object) -> dict[str, Any]:
    """Refuse every address: what a notice shows stands in it."""
    raise ValueError(url)
