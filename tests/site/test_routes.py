"""What holds for every address at once."""

import re

import pytest
from django.urls import reverse

from linli.core.accounts.access import PUBLIC
from tests.site.routes import Route, routes

PAGES = [route for route in routes() if not route.is_api]
GUARDED = [route for route in PAGES if getattr(route.view, "permission", None) != PUBLIC]
OPEN_TO_ALL = {
    "accounts:log-in",
    "ui:language",
    "ui:text-size",
}
SAMPLES = {
    "int": 987654,
    "slug": "nowhere",
    "str": "nowhere",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def address(route: Route) -> str:
    return reverse(route.name, kwargs={k: SAMPLES[kind] for k, kind in route.converters.items()})


def name(route: Route) -> str:
    return route.name


@pytest.mark.parametrize("route", PAGES, ids=name)
def test_route_declares_a_permission(route):
    assert getattr(route.view, "permission", None)


@pytest.mark.parametrize("route", PAGES, ids=name)
def test_route_is_kebab_case(route):
    fixed = re.sub(r"<[^>]+>", "", route.pattern)

    assert re.fullmatch(r"[a-z0-9./-]*", fixed)


@pytest.mark.parametrize("route", PAGES, ids=name)
def test_name_of_route_is_name_of_view(route):
    assert route.view.__name__ == route.name.split(":")[1].replace("-", "_")


@pytest.mark.parametrize("route", GUARDED, ids=name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_is_sent_to_log_in(route, method, client, db):
    answer = getattr(client, method)(address(route))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:log-in"))


@pytest.mark.parametrize("route", GUARDED, ids=name)
def test_stranger_with_htmx_is_moved_to_log_in(route, client, db):
    answer = client.get(address(route), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("accounts:log-in")


def test_only_residents_pages_and_log_in_are_public():
    public = {route.name for route in PAGES if route not in GUARDED}

    assert {one for one in public if not one.startswith("resident:")} <= OPEN_TO_ALL


@pytest.mark.parametrize("route", routes("linli.site.urls_residents"), ids=name)
def test_residents_only_serves_nothing_else(route):
    assert route.name.startswith("resident:") or route.name in {"ui:language", "ui:text-size"}


def test_api_operations_ask_for_a_token(client, db):
    schema = client.get("/api/openapi.json").json()

    unguarded = [
        f"{verb} {path}"
        for path, verbs in schema["paths"].items()
        for verb, operation in verbs.items()
        if not operation.get("security")
    ]

    assert unguarded == []
