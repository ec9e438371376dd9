"""Paper fetches nothing, whatever stands on it."""

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from linli.skills.deliberation import papers
from linli.skills.deliberation.services.notices import post_notice
from linli.skills.deliberation.views import notice as views
from tests.factories.answers import open_asking_of

WANTS = """<img src="file:///etc/passwd"><img src="http://127.0.0.1:9/x">
<link rel="attachment" href="file:///etc/hostname"><style>@import url(http://127.0.0.1:9/y)</style>
<p style="background: url(file:///etc/hosts)">x</p>"""


def test_nothing_is_fetched(monkeypatch):
    opened = []
    monkeypatch.setattr(
        "urllib.request.OpenerDirector.open", lambda *what, **_: opened.append(what)
    )

    pdf = papers.write_pdf(WANTS, style="deliberation/notice.css")

    assert pdf.startswith(b"%PDF")
    assert opened == []
    assert b"EmbeddedFile" not in pdf


def test_public_pdf_is_made_once(client, head, monkeypatch):
    made = []
    monkeypatch.setattr(views, "pdf_of", lambda _content: made.append(1) or b"%PDF")
    notice = post_notice(
        open_asking_of(head), by=head, kind="before", object_until=timezone.localdate()
    )
    cache.clear()

    for _time in range(3):
        client.get(reverse("resident:notice-public-pdf", args=[notice.slug]))

    assert made == [1]
