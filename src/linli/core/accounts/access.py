"""Every view says who may enter; what says nothing lets nobody in."""

from collections.abc import Callable
from typing import Any, Concatenate

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url

from linli.core.accounts.models import User
from linli.core.accounts.resuming import ask_to_log_in_again, carried_fields

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

PUBLIC = "public"
API = "api"
"""Of an address of the API: no session opens it, each operation asks for a token itself."""


class MemberRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: User


def requires[**P, R: HttpResponseBase](
    permission: str,
) -> Callable[[Callable[Concatenate[MemberRequest, P], R]], Callable[..., R]]:
    """Let in only users with ``permission``; the rows they reach are the selectors' matter."""

    def mark(view: Callable[Concatenate[MemberRequest, P], R]) -> Callable[..., R]:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Let everybody in: log-in, residents' pages, posted notices."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def before_password_change[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Let in also who has not yet replaced the first password."""
    view.before_password_change = True  # type: ignore[attr-defined]
    return view


class AccessMiddleware:
    """Holds what ``requires`` and ``public`` declare, before the view runs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; no copy of a members' page stays in the browser of a shared desk."""
        response = self.get_response(request)
        found = request.resolver_match
        if found and getattr(found.func, "permission", None) != PUBLIC:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Turn strangers away, to the log-in page where that helps."""
        permission = getattr(view, "permission", None)
        if permission in {PUBLIC, API}:
            return None
        user = request.user
        if not user.is_authenticated:
            return _to_log_in(request)
        if permission is None or not user.has_perm(permission):
            raise PermissionDenied
        if user.must_change_password and not getattr(view, "before_password_change", False):
            return redirect("accounts:password-change")
        return None


def _to_log_in(request: HttpRequest) -> HttpResponseBase:
    """Ask to log in; htmx is told to move the whole page, not to fill a table cell with it."""
    log_in = resolve_url(settings.LOGIN_URL)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": log_in})
    if request.method not in {"GET", "HEAD"}:
        kept = carried_fields(request)
        # Coming back with a GET to an address that takes only posts would fail.
        return ask_to_log_in_again(request, kept) if kept else redirect(log_in)
    return redirect_to_login(request.get_full_path(), log_in)
