"""What was typed while the session ran out is carried through the log-in, never stored."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.core.accounts.forms import LogInForm

_NOT_CARRIED = ("csrf", "password", "current", "again")


def carried_fields(request: HttpRequest) -> str:
    """Pack the posted fields, without tokens and passwords; empty where nothing was typed."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(_NOT_CARRIED)
        for value in values
        if isinstance(value, str)
    ]
    return json.dumps(kept, ensure_ascii=False) if any(value for _name, value in kept) else ""


def unpacked_fields(kept: str) -> list[tuple[str, str]]:
    """Unpack what ``carried_fields`` packed; what is none of it gives nothing."""
    try:
        return [(str(name), str(value)) for name, value in json.loads(kept)]
    except (ValueError, TypeError):
        return []


def ask_to_log_in_again(request: HttpRequest, kept: str) -> HttpResponse:
    """Show the log-in with what was typed in it."""
    form = LogInForm(initial={"next": request.get_full_path(), "kept": kept})
    values = {"form": form, "action": reverse("accounts:log-in")}
    return render(request, "accounts/log_in.html", values, status=403)
