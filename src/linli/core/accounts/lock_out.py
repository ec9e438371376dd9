"""What happens after too many wrong passwords."""

from datetime import timedelta
from ipaddress import ip_address
from math import ceil

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def client_address(request: HttpRequest) -> str:
    """Tell one client from another; behind an own proxy, by what the proxy added last."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.SECURE_PROXY_SSL_HEADER:
        return seen
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(forwarded))
    except ValueError:
        return seen


def locked_out(
    request: HttpRequest, _answer: HttpResponse | None, credentials: dict[str, str] | None
) -> HttpResponse:
    """Say how long to wait and who can help sooner."""
    return render(
        request,
        "accounts/locked_out.html",
        {"minutes": _minutes_left(request, (credentials or {}).get("username", ""))},
        status=429,
    )


def _minutes_left(request: HttpRequest, username: str) -> int:
    last = AccessAttempt.objects.filter(
        username=username, ip_address=client_address(request)
    ).aggregate(last=Max("attempt_time"))["last"]
    cool_off: timedelta = get_cool_off(request)
    left = (last or timezone.now()) + cool_off - timezone.now()
    return max(1, ceil(left.total_seconds() / 60))
