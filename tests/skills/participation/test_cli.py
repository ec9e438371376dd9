"""Commands for matters."""

import json

import pytest
from click.testing import CliRunner

from linli.core.accounts.command_line import Refused
from linli.engines.errors import RuleError
from linli.skills.participation.cli import participation
from linli.skills.participation.models import Matter


def run(*arguments):
    return CliRunner().invoke(
        participation,
        [str(one) for one in arguments],
        catch_exceptions=False,
        standalone_mode=False,
    )


@pytest.fixture
def number(matter):
    return f"{matter.year}-{matter.number}"


def test_matters_are_listed(matter, number):
    assert run("matters").output == f"{number}\tdraft\t{matter.title}\n"


def test_answer_is_written_to_a_file(matter, tmp_path):
    run("matters", "--json", tmp_path / "answer.json")

    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert [one["title"] for one in answer] == [matter.title]


def test_matter_is_moved(worker, number):
    run("move", number, "review", "--by", worker.username)

    assert Matter.objects.get().state == "review"


def test_refused_step_is_a_refusal(worker, number):
    with pytest.raises(RuleError):
        run("move", number, "archived", "--by", worker.username)


@pytest.mark.parametrize("number", ["2026-999999", "x", "2026-"])
def test_unknown_number_is_named(worker, number):
    with pytest.raises(Refused, match=number):
        run("move", number, "review", "--by", worker.username)


def test_nobody_moves_nothing(number):
    with pytest.raises(Refused, match="nobody"):
        run("move", number, "review", "--by", "nobody")


def test_user_of_another_committee_moves_nothing(committee, number, other_head):
    with pytest.raises(Refused):
        run("move", number, "review", "--by", other_head.username, "--committee", committee.name)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "matter.json"), ("[]", "matter.json"), ('{"plan": 3}', "title"), ("{", "matter.json")],
)
def test_broken_file_is_named(worker, tmp_path, text, said):
    file = tmp_path / "matter.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Refused, match=said):
        run("create", file, "--by", worker.username)


def test_missing_file_is_named(worker, tmp_path):
    with pytest.raises(Refused, match=r"gone\.json"):
        run("create", tmp_path / "gone.json", "--by", worker.username)
