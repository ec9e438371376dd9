"""Commands of the skill."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from linli.core.accounts.command_line import Refused
from linli.engines.errors import RuleError
from linli.skills.deliberation.cli import deliberation
from linli.skills.deliberation.models import Asking, Ballot
from tests.factories.answers import answer, closed_asking_of, open_asking_of

OLD = Path(__file__).parents[2] / "data" / "polis_old"


def run(*arguments):
    return CliRunner().invoke(
        deliberation,
        [str(one) for one in arguments],
        catch_exceptions=False,
        standalone_mode=False,
    )


def test_export_is_brought_in_with_its_map(head, tmp_path):
    out = tmp_path / "answer.json"

    told = run("import-polis", OLD, "--title", "题目", "--json", out).output

    answered = json.loads(out.read_text(encoding="utf-8"))
    assert "看法分成 2 拨" in told
    assert (answered["title"], answered["map"]["verdict"]) == ("题目", "groups")
    assert Asking.objects.get().pk == answered["id"]


def test_missing_folder_is_refused(head, tmp_path):
    with pytest.raises(RuleError, match="file_not_a_folder"):
        run("import-polis", tmp_path / "nowhere")

    assert not Asking.objects.exists()


def test_votes_are_written(head, tmp_path):
    run("import-polis", OLD)

    run("export-polis", Asking.objects.get().pk, tmp_path / "out")

    assert (tmp_path / "out" / "votes.csv").exists()


def test_askings_are_listed(head, tmp_path):
    asking = open_asking_of(head)
    answer(asking, by=head, count=2)

    told = run("askings", "--json", tmp_path / "out.json").output

    assert told == f"{asking.pk}  open  2/2  {asking.matter.title}\n"
    assert json.loads((tmp_path / "out.json").read_text())[0]["heard"] == 2


def test_asking_is_closed_and_told(head, tmp_path):
    asking = open_asking_of(head)
    answer(asking, by=head, count=3)

    told = run("close", asking.pk, "--json", tmp_path / "out.json").output

    assert "3 户里，已听到 3 户的意见" in told
    assert json.loads((tmp_path / "out.json").read_text())["answered"] == 3


def test_results_of_an_open_asking_tell_no_counts(head):
    asking = open_asking_of(head)
    answer(asking, by=head, count=3)

    assert run("results", asking.pk).output == "3 户里，已听到 3 户的意见\n"


def test_recount_agrees(head, tmp_path):
    told = run("recount", closed_asking_of(head).pk, "--json", tmp_path / "out.json").output

    assert "都一致" in told
    assert json.loads((tmp_path / "out.json").read_text()) == {
        "ballots_agree": True,
        "counts_agree": True,
    }


def test_recount_that_differs_is_refused(head):
    asking = closed_asking_of(head)
    Ballot.objects.filter(asking=asking).first().delete()

    with pytest.raises(Refused):
        run("recount", asking.pk)


def test_due_ballots_are_destroyed(head):
    asking = closed_asking_of(head)

    day = (asking.ballots_until + timedelta(days=1)).isoformat()
    told = run("destroy-due", "--today", day).output

    assert "1 次征询" in told
    assert not Ballot.objects.exists()


def test_unknown_asking_is_refused(head):
    with pytest.raises(Refused):
        run("results", 987654)


def test_asking_of_another_committee_is_not_found(head, other_head):
    asking = open_asking_of(other_head)

    with pytest.raises(Refused):
        run("results", asking.pk, "--committee", "乐邻苑居委会")
