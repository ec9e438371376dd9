"""The day's page, the style guide and what a browser may choose."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from linli.core.accounts.access import MemberRequest, public, requires
from linli.core.ui import registry
from linli.core.ui.examples import ICONS, example_charts, example_form
from linli.core.ui.text_size import COOKIE, LARGE

_A_YEAR = 365 * 24 * 3600


@requires("accounts.use")
def today(request: MemberRequest) -> HttpResponse:
    """Show what is due, what is on its way, and a tile for each finished skill."""
    day = timezone.localdate()
    items = [item for source in registry.today_sources for item in source(request.user, day)]
    items.sort(key=lambda item: (not item.overdue, item.due is None, item.due or day))
    values = {
        "day": day,
        "first": next((item for item in items if item.action), None),
        "to_do": [item for item in items if not (item.moving or item.action)],
        "moving": [item for item in items if item.moving],
    }
    return render(request, "ui/today.html", values)


@requires("accounts.use")
def styleguide(request: MemberRequest) -> HttpResponse:
    """Show every component and chart with example data."""
    page = Paginator(range(101, 113), 4).get_page(request.GET.get("page"))
    values = {"form": example_form(), "page": page, "icons": ICONS, **example_charts()}
    return render(request, "ui/styleguide.html", values)


@requires("accounts.use")
def styleguide_resident(request: MemberRequest) -> HttpResponse:
    """Show what residents' pages are made of."""
    return render(request, "ui/styleguide_resident.html", {"form": example_form()})


# Residents choose too, and their pages carry no cookie for a CSRF token; nothing is at stake.
@public
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember this browser's language."""
    answer = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, chosen)
    return answer


@public
@csrf_exempt
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Remember whether this browser shows large type."""
    answer = HttpResponseRedirect(_back(request))
    if request.POST.get("size") == LARGE:
        _remember(answer, COOKIE, LARGE)
    else:
        answer.delete_cookie(COOKIE, samesite="Lax")
    return answer


def _back(request: HttpRequest) -> str:
    """Find the page the choice was made on; it comes in the body, so that no log keeps it."""
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if safe and page.startswith("/") else "/"


def _remember(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
