"""The skill for programs; page, API and command come to the same."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.core.accounts.services import create_token
from linli.skills.deliberation.models import Asking
from linli.skills.deliberation.selectors.answers import result_facts, whole_asking
from tests.factories.answers import answer, closed_asking_of, open_asking_of
from tests.factories.deliberation import AskingFactory, options_for
from tests.factories.participation import MatterFactory

URL = "/api/deliberation/askings"
OLD = Path(__file__).parents[2] / "data" / "polis_old"
UNTIL = (timezone.localdate() + timedelta(days=5)).isoformat()


def program(user, *scopes):
    _token, secret = create_token(
        user,
        name="测试",
        scopes=scopes or ["deliberation:read", "deliberation:write"],
        expires_on=date(2099, 1, 1),
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client, url, data=None):
    return client.post(url, data or {}, content_type="application/json")


@pytest.fixture
def matter(head):
    made = MatterFactory(created_by=head, state="informing")
    options_for(AskingFactory.build(matter=made))
    return made


def test_page_and_api_write_the_same(matter, head, as_head):
    payload = {
        "question": "放哪里？",
        "form": "single",
        "closes_on": UNTIL,
        "has_statements": True,
        "seeds": ["要有灯"],
    }
    first = send(program(head), URL, {"matter": matter.pk, **payload}).json()
    Asking.objects.all()[0].statements.all().delete()
    Asking.objects.all().delete()

    as_head.post(
        reverse("deliberation:asking-create", args=[matter.pk]),
        {
            **payload,
            "basis": "household",
            "secrecy": "secret",
            "asks_about_self": "on",
            "seeds": "要有灯",
        },
    )

    second = whole_asking(Asking.objects.get())
    assert {**first, "id": 0} == {**second, "id": 0}


def test_asking_goes_its_way(matter, head):
    client = program(head)
    number = send(
        client,
        URL,
        {
            "matter": matter.pk,
            "form": "none",
            "has_statements": True,
            "seeds": ["要有灯"],
            "closes_on": UNTIL,
        },
    ).json()["id"]

    added = send(client, f"{URL}/{number}/statements", {"text": "要有顶"})
    opened = send(client, f"{URL}/{number}/open").json()
    closed = send(client, f"{URL}/{number}/close", {"days_kept": 30}).json()

    assert (added.status_code, added.json()["id"]) == (201, "2")
    assert opened["stage"] == "open"
    assert (closed["stage"], closed["heard"]) == ("closed", 0)


def test_list_tells_asked_and_heard(head):
    asking = open_asking_of(head)
    answer(asking, by=head, count=3)

    told = program(head).get(URL).json()

    assert [(one["asked"], one["heard"]) for one in told] == [(3, 3)]


def test_results_are_those_of_the_page(head):
    asking = closed_asking_of(head)

    assert program(head).get(f"{URL}/{asking.pk}/results").json() == result_facts(asking)


def test_open_asking_keeps_its_counts(head):
    asking = open_asking_of(head)
    answer(asking, by=head, count=3)

    assert "options" not in program(head).get(f"{URL}/{asking.pk}/results").json()


def test_recount_is_answered(head):
    asking = closed_asking_of(head)

    told = send(program(head), f"{URL}/{asking.pk}/recount").json()

    assert told == {"ballots_agree": True, "counts_agree": True}


def test_map_tells_what_is_missing(head):
    asking = open_asking_of(head, statements=6)

    told = program(head).get(f"{URL}/{asking.pk}/map").json()

    assert (told["offered"], told["people_missing"], told["map"]) == (False, 15, None)


def test_map_is_given(head):
    asking = open_asking_of(head, statements=8)
    answer(asking, by=head, count=20)

    told = program(head).get(f"{URL}/{asking.pk}/map").json()

    assert told["map"]["verdict"] == "groups"


def test_polis_export_is_brought_in(head):
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in OLD.iterdir()]

    told = program(head).post("/api/deliberation/polis", {"files": files, "title": "题目"})

    assert (told.status_code, told.json()["title"]) == (201, "题目")


def test_refusal_has_code_and_sentence(matter, head):
    told = send(
        program(head), URL, {"matter": matter.pk, "form": "single", "closes_on": "2020-01-01"}
    )

    assert told.status_code == 422
    assert told.json()["code"] == "deliberation.question_missing"


def test_wrong_form_is_refused(matter, head):
    told = send(program(head), URL, {"matter": matter.pk, "form": "lot", "closes_on": UNTIL})

    assert told.status_code == 422


@pytest.mark.parametrize("path", ["", "/results", "/map"])
def test_other_committee_finds_nothing(path, head, other_head):
    asking = open_asking_of(head)

    assert program(other_head).get(f"{URL}/{asking.pk}{path}").status_code == 404


@pytest.mark.parametrize("path", ["open", "close", "recount", "statements"])
def test_other_committee_changes_nothing(path, head, other_head):
    asking = open_asking_of(head)

    told = send(program(other_head), f"{URL}/{asking.pk}/{path}", {"text": "x"})

    assert told.status_code == 404


def test_other_committees_matter_is_not_asked_about(matter, other_head):
    told = send(
        program(other_head), URL, {"matter": matter.pk, "form": "single", "closes_on": UNTIL}
    )

    assert told.status_code == 404


def test_reading_scope_does_not_write(head):
    asking = open_asking_of(head)

    told = send(program(head, "deliberation:read"), f"{URL}/{asking.pk}/close")

    assert told.status_code == 403


def test_without_token_nothing(client, db):
    assert client.get(URL).status_code == 401
