"""How much one request may carry; more is refused before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

MOST_OF_STRANGERS = 1
"""Megabytes a form may have where nobody can have logged in: no page of theirs takes a file."""
MOST_OF_MEMBERS = 210
"""Megabytes of the largest file a page takes, and what goes round it."""


class BodyLimit:
    """Turns large requests away, so that nobody fills the disk of a public server with uploads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go by the length that was announced; more than that the server does not read."""
        most = MOST_OF_MEMBERS if _may_be_member(request) else MOST_OF_STRANGERS
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length[:20]) > most * 1024 * 1024:
            said = _("That is too large; at most %(most)s MB are taken.") % {"most": most}
            return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def _may_be_member(request: HttpRequest) -> bool:
    """Say whether a session or a token came along; whether it is good is seen later."""
    if settings.RESIDENTS_ONLY:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
