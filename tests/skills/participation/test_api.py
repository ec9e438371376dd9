"""Matters for programs; page, API and command come to the same."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.test import Client

from linli.core.accounts.services import create_token
from linli.skills.participation.cli import participation
from linli.skills.participation.models import Matter
from linli.skills.participation.selectors import matter_data
from tests.skills.participation.test_matter_create import TYPED
from tests.skills.participation.test_matter_create import URL as PAGE

URL = "/api/participation/matters"
PAYLOAD = {
    "title": TYPED["title"],
    "plan": TYPED["plan"],
    "why": TYPED["why"],
    "proposed_by": TYPED["proposed_by"],
    "options": [{"text": "东门"}, {"text": "北侧", "detail": "停车位旁"}],
    "answers_until": "2026-04-02",
}


def program(user, *scopes):
    _token, secret = create_token(
        user,
        name="测试",
        scopes=scopes or ["participation:read", "participation:write"],
        expires_on=date(2099, 1, 1),
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client, url, data):
    return client.post(url, data, content_type="application/json")


def bare(matter):
    """What does not depend on when and how it was written."""
    data = matter_data(matter)
    return [getattr(data, name) for name in data.__slots__ if name not in {"id", "state_since"}]


def test_page_api_and_command_write_the_same(as_worker, worker, tmp_path):
    file = tmp_path / "matter.json"
    file.write_text(json.dumps(PAYLOAD), encoding="utf-8")
    written = []
    for write in (
        lambda: as_worker.post(PAGE, TYPED),
        lambda: send(program(worker), URL, PAYLOAD),
        lambda: CliRunner().invoke(participation, ["create", str(file), "--by", worker.username]),
    ):
        Matter.objects.all().delete()
        write()
        written.append(bare(Matter.objects.get()))

    assert written[0] == written[1] == written[2]


def test_list_holds_what_is_in_motion(worker, matter):
    answer = program(worker).get(URL)

    assert [one["title"] for one in answer.json()] == [matter.title]


def test_matter_is_told_whole(worker, matter):
    assert program(worker).get(f"{URL}/{matter.pk}").json()["why"] == matter.why


def test_matter_is_moved(worker, matter):
    answer = send(program(worker), f"{URL}/{matter.pk}/move", {"to": "review"})

    assert (answer.status_code, answer.json()["state"]) == (200, "review")


def test_refusal_has_code_and_sentence(worker, matter):
    answer = send(program(worker), f"{URL}/{matter.pk}/move", {"to": "archived"})

    assert (answer.status_code, answer.json()["code"]) == (422, "participation.no_such_move")


def test_unknown_building_is_named(worker):
    answer = send(program(worker), URL, PAYLOAD | {"buildings": ["99号楼"]})

    assert "99号楼" in answer.json()["message"]


@pytest.mark.parametrize(
    "wrong", [{"title": 5}, {"titel": "x"}, {"answers_until": "x"}, {"title": " "}]
)
def test_wrong_values_are_refused(worker, wrong):
    assert send(program(worker), URL, PAYLOAD | wrong).status_code == 422


def test_reading_token_writes_nothing(worker, matter):
    client = program(worker, "participation:read")

    assert send(client, URL, PAYLOAD).status_code == 403


def test_other_committee_finds_nothing(other_head, matter):
    client = program(other_head)

    assert client.get(URL).json() == []
    assert client.get(f"{URL}/{matter.pk}").status_code == 404
    assert send(client, f"{URL}/{matter.pk}/move", {"to": "review"}).status_code == 404
