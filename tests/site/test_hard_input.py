"""Hostile values on every address: an answer, never a fault of the server."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from linli.core.accounts.models import User
from tests.conftest import logged_in
from tests.site.routes import Route, routes
from tests.site.test_isolation import theirs  # noqa: F401  a fixture

PATHS = [route for route in routes() if not route.is_api]
HOSTILE = ["9" * 5000, "9" * 19, "\x00²"]
FIELDS = re.findall(
    r"\w+",
    """code option statement position choice reason way text age_band tenure building format
decision words kind object_until title plan why options question form basis secrecy seeds
has_statements closes_on days_kept username password next name role successor desk_phone desk_hours
scopes days part person language size purpose adults unit number door doors household assignee
partner captain head worker reviewed_by proposed_by decider decision_on buildings
touches_everyone sheets file roster pasted confirm page""",
)


def faults(
    client: Client, method: str, route: Route, *, rows: dict[str, object], data: dict[str, str]
) -> list[object]:
    """Knock once and put everything back; return what broke."""
    kwargs = {key: rows.get(key, "x") for key in route.converters}
    with transaction.atomic():
        answer = getattr(client, method)(reverse(route.name, kwargs=kwargs), data)
        transaction.set_rollback(True)
    if answer.status_code < 500:
        return []
    return [(method, route.name, getattr(answer, "exc_info", (0, 0))[1])]


@pytest.mark.parametrize("hostile", HOSTILE, ids=["digits", "large", "null"])
def test_no_form_breaks_the_server(hostile, theirs):  # noqa: F811
    head = User.objects.get(pk=theirs["user_id"])
    broken = []
    for route in PATHS:
        client = logged_in(head)
        client.raise_request_exception = False
        broken += faults(client, "post", route, rows=theirs, data=dict.fromkeys(FIELDS, hostile))

    assert broken == []


def test_no_address_breaks_the_server(theirs):  # noqa: F811
    client = logged_in(User.objects.get(pk=theirs["user_id"]))
    client.raise_request_exception = False
    broken = []
    for route in PATHS:
        for huge in (2**63, 10**4000):
            rows = {
                key: huge if kind == "int" else "x" * 3000 for key, kind in route.converters.items()
            }
            for method in ("get", "post") if rows else ():
                broken += faults(client, method, route, rows=rows, data={})

    assert broken == []
