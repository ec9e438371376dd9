"""Doors for programs, and for the command line."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from linli.core.accounts.services import create_token
from linli.core.audit.models import AuditLine
from linli.skills.register.cli import register
from linli.skills.register.models import Adult, Building, Door
from tests.factories.register import AdultFactory

ROWS = [
    {"building": "3号楼", "unit": "2", "door": "501", "name": "张桂英"},
    {"address": "3-2-502"},
    {"address": "对面"},
]
CSV = "楼号,单元,房号,住址,姓名\n3号楼,2,501,,张桂英\n,,,3-2-502,\n,,,对面,\n"


def program(user, *scopes) -> Client:
    _token, secret = create_token(user, name="测试", scopes=scopes, expires_on=date(2099, 1, 1))
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def reading(worker) -> Client:
    return program(worker, "register:read")


@pytest.fixture
def writing(worker) -> Client:
    return program(worker, "register:write")


def send(client, **data):
    return client.post("/api/register/roster", data, content_type="application/json")


def test_lists_buildings(reading, adult):
    assert reading.get("/api/register/buildings").json() == [
        {"id": adult.door.building_id, "name": "3号楼", "doors": 1, "adults": 1}
    ]


def test_lists_doors_without_names(reading, adult):
    door = adult.door

    answer = reading.get(f"/api/register/buildings/{door.building_id}/doors")

    assert answer.json() == [{"id": door.pk, "unit": "2", "floor": 5, "number": "501"}]


def test_other_committee_gets_404(other_head, building):
    client = program(other_head, "register:read")

    assert client.get(f"/api/register/buildings/{building.pk}/doors").status_code == 404
    assert client.get("/api/register/buildings").json() == []


def test_import_needs_its_scope(reading):
    assert send(reading, rows=ROWS).status_code == 403


def test_dry_run_writes_nothing(writing):
    assert send(writing, rows=ROWS, dry_run=True).json()["doors_new"] == 2
    assert not Door.objects.exists()


def test_empty_import_is_refused(writing):
    answer = send(writing, rows=[])

    assert (answer.status_code, answer.json()["code"]) == (422, "register.sheet_empty")


def test_wrong_row_is_named_by_its_number(writing):
    (problem,) = send(writing, rows=ROWS).json()["problems"]

    assert problem.startswith("第 3 行")


def written() -> tuple:
    doors = sorted(str(door) for door in Door.objects.all())
    return Building.objects.get().name, doors, Adult.objects.count()


def test_page_api_and_command_write_the_same(as_worker, writing, tmp_path):
    file = tmp_path / "名册.csv"
    file.write_text(CSV, encoding="gb18030")
    found = []
    for write in (
        lambda: as_worker.post(reverse("register:roster-import"), {"text": CSV, "direct": "1"}),
        lambda: send(writing, rows=ROWS),
        lambda: CliRunner().invoke(register, ["import", str(file)]),
    ):
        for model in (Adult, Door, Building):
            model.objects.all().delete()
        write()
        found.append(written())

    assert found == [("3号楼", ["2-501", "2-502"], 1)] * 3


def run(*arguments):
    return CliRunner().invoke(register, [str(argument) for argument in arguments])


def test_command_tells_wrong_rows(committee, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(CSV, encoding="utf-8")
    out = tmp_path / "out.json"

    done = run("import", file, "--dry-run", "--json", out)

    assert (done.exit_code, Door.objects.count()) == (0, 0)
    assert "第 4 行" in done.stderr
    assert "其余 2 行不受影响" in done.stderr
    assert json.loads(out.read_text(encoding="utf-8"))["doors_new"] == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [("missing.csv", None), ("empty.csv", ""), ("foreign.csv", "天气\n很好\n")],
)
def test_command_refuses_naming_the_file(committee, tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")

    done = run("import", tmp_path / name)

    assert done.exit_code == 2
    assert name in done.stderr


def test_command_with_wrong_rows_only_has_status_2(committee, tmp_path):
    file = tmp_path / "wrong.csv"
    file.write_text("住址\n对面\n", encoding="utf-8")

    done = run("import", file)

    assert (done.exit_code, "第 2 行「住址」" in done.stderr) == (2, True)


def test_command_lists_doors(committee, building, tmp_path):
    AdultFactory(door__building=building, door__unit="2", door__number="501")
    out = tmp_path / "doors.json"

    run("doors", "--json", out)

    assert run("doors").output == "3号楼 2单元 501\n"
    (door,) = json.loads(out.read_text(encoding="utf-8"))["doors"]
    assert (door["building"], door["label"]) == ("3号楼", "3号楼 2单元 501")


def test_command_is_logged_without_actor(committee, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(CSV, encoding="utf-8")

    run("import", file)

    assert AuditLine.objects.get().actor is None
