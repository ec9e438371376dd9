"""A user of one committee reaches nothing of another, whatever the address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.core.accounts.models import Role, User
from linli.core.accounts.services import create_token
from linli.skills.deliberation.services.notices import post_notice
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory
from tests.factories.deliberation import AskingFactory, StatementFactory, options_for, slips_for
from tests.factories.participation import MatterFactory
from tests.factories.register import AdultFactory
from tests.site.routes import Route, routes

SECRET_WORDS = "只有隔壁知道的事"
"""Stands in everything the neighbours wrote."""
PATHS = [route for route in routes() if not route.is_api and route.name.split(":")[0] != "resident"]
WITH_ROWS = [route for route in PATHS if route.converters]
LISTS = [route for route in PATHS if not route.converters]


def name(route: Route) -> str:
    return route.name


@pytest.fixture
def theirs(db: None) -> dict[str, object]:
    """Everything a committee can own, one of each, by the name addresses use for it."""
    head: User = UserFactory(role=Role.HEAD, name=SECRET_WORDS)
    committee = head.committee
    matter = MatterFactory(created_by=head, title=SECRET_WORDS, state="consulting")
    asking = AskingFactory(
        matter=matter, question=SECRET_WORDS, has_statements=True, residents_may_add=True
    )
    options_for(asking)
    slips_for(asking, count=2, building="7号楼")
    statement = StatementFactory(
        asking=asking, text=SECRET_WORDS, from_resident=True, status="pending"
    )
    building = committee.buildings.get()
    adult = AdultFactory(door=building.doors.first(), name=SECRET_WORDS)
    notice = post_notice(
        asking, by=head, kind="before", object_until=timezone.localdate() + timedelta(days=7)
    )
    token, _secret = create_token(
        head,
        name=SECRET_WORDS,
        scopes=["register:read"],
        expires_on=timezone.localdate() + timedelta(days=9),
    )
    return {
        "matter_id": matter.pk,
        "asking_id": asking.pk,
        "statement_id": statement.pk,
        "building_id": building.pk,
        "door_id": adult.door_id,
        "adult_id": adult.pk,
        "notice_id": notice.pk,
        "user_id": head.pk,
        "token_id": token.pk,
        "kind": "before",
    }


def knock(client: Client, method: str, route: Route, rows: dict[str, object]) -> int:
    kwargs = {key: rows[key] for key in route.converters}
    return getattr(client, method)(reverse(route.name, kwargs=kwargs)).status_code


@pytest.mark.parametrize(
    "role", [Role.HEAD, Role.WORKER, Role.CAPTAIN, Role.PARTNER, Role.OVERSEER]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_rows_of_another_committee_are_not_there(role, method, theirs, other_head):
    client = logged_in(UserFactory(committee=other_head.committee, role=role))

    reached = {
        route.name: status
        for route in WITH_ROWS
        if (status := knock(client, method, route, theirs)) not in {403, 404, 405}
    }

    assert reached == {}


@pytest.mark.parametrize("method", ["get"])
def test_rows_of_the_own_committee_are_there(method, theirs):
    """The walk above would prove nothing if nobody got in."""
    client = logged_in(User.objects.get(pk=theirs["user_id"]))

    missing = [
        route.name for route in WITH_ROWS if knock(client, method, route, theirs) in {403, 404}
    ]

    assert missing == []


@pytest.mark.parametrize("route", LISTS, ids=name)
def test_lists_show_nothing_of_another_committee(route, theirs, other_head):
    answer = logged_in(other_head).get(reverse(route.name))

    assert SECRET_WORDS not in answer.content.decode()


def test_partner_reaches_no_matter_she_was_not_given(theirs):
    committee = User.objects.get(pk=theirs["user_id"]).committee
    client = logged_in(UserFactory(committee=committee, role=Role.PARTNER))
    of_matters = [
        route for route in WITH_ROWS if {"matter_id", "asking_id"} & set(route.converters)
    ]

    reached = {
        route.name: status
        for route in of_matters
        if (status := knock(client, "get", route, theirs)) not in {403, 404, 405}
    }

    assert reached == {}


def test_overseer_reaches_no_person(theirs):
    committee = User.objects.get(pk=theirs["user_id"]).committee
    client = logged_in(UserFactory(committee=committee, role=Role.OVERSEER))
    of_persons = [route for route in WITH_ROWS if {"door_id", "adult_id"} & set(route.converters)]

    assert {knock(client, "get", route, theirs) for route in of_persons} == {403}


@pytest.mark.parametrize("route", [one for one in PATHS if one.name], ids=name)
def test_head_request_does_not_fail(route, theirs):
    client = logged_in(User.objects.get(pk=theirs["user_id"]))

    assert knock(client, "head", route, theirs) < 500
