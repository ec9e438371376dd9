"""The command ``linli`` itself."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from linli.core.accounts.command_line import Refused, write_files, write_json
from linli.core.accounts.models import User
from linli.site import cli as command
from linli.site.cli import cli
from tests.site.commands import command_paths
from tests.site.installation import LINLI, Installation

HAN = re.compile("[一-鿿]")


@pytest.fixture
def run(db):
    def invoke(*arguments):
        return CliRunner().invoke(cli, arguments)

    return invoke


def test_committee_is_set_up_with_its_head(run):
    done = run("committee", "create", "甲居委会", "--head", "li", "--head-name", "李")

    assert done.exit_code == 0
    assert User.objects.get().role == "head"


def test_first_password_is_printed_and_works(run):
    done = run("committee", "create", "甲居委会", "--head", "li", "--head-name", "李")

    password = done.output.split("：")[-1].split()[0]
    assert User.objects.get().check_password(password)


def test_only_committee_need_not_be_named(run, committee):
    assert run("user", "create", "wang", "--name", "王").exit_code == 0


def test_several_committees_want_a_name(run, committee, other_head):
    done = run("user", "create", "wang", "--name", "王")

    assert (done.exit_code, "--committee" in done.output) == (2, True)


def test_unknown_committee_is_refused(run, committee):
    done = run("user", "list", "--committee", "没有的居委会")

    assert (done.exit_code, "没有的居委会" in done.output) == (2, True)


def test_recovered_user_gets_a_new_password(run, head):
    run("user", "recover", head.username.upper())

    head.refresh_from_db()
    assert head.must_change_password


def test_closed_user_hands_over(run, head, worker):
    done = run("user", "close", worker.username, "--successor", head.username)

    worker.refresh_from_db()
    assert (done.exit_code, worker.is_active) == (0, False)


def test_closed_user_is_not_recovered(run, head, worker):
    run("user", "close", worker.username, "--successor", head.username)

    assert run("user", "recover", worker.username).exit_code == 2


@pytest.mark.parametrize(
    ("surroundings", "language"),
    [
        ({}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LINLI_LANGUAGE": "en"}, "en"),
    ],
)
def test_language_follows_the_terminal(surroundings, language, monkeypatch):
    for name in ("LINLI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    assert command.own_language() == language


def test_answer_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(Refused):
        write_json(tmp_path / "missing" / "out.json", {})

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [".", "/", "folder", "file/out.json", f"{'x' * 250}.json"])
def test_place_that_is_no_file_is_one_sentence(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").write_text("old", encoding="utf-8")

    with pytest.raises(Refused):
        write_json(place, {})

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


def test_reason_is_said_in_the_language_of_the_user(tmp_path):
    with translation.override("zh-hans"), pytest.raises(Refused, match="没有这个文件或文件夹。"):
        write_json(tmp_path / "missing" / "out.json", {})


def test_of_two_answers_both_are_written_or_none(tmp_path):
    with pytest.raises(Refused):
        write_files({tmp_path / "a.svg": "<svg/>", tmp_path / "missing" / "a.json": "{}"})

    assert list(tmp_path.iterdir()) == []


def test_answer_goes_through_a_pipe_and_leaves_it(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as other_end:
        heard = other_end.submit(pipe.read_text, encoding="utf-8")
        write_json(pipe, {})

    assert (heard.result(), pipe.is_fifo()) == ("{}\n", True)


def test_answer_through_a_link_keeps_the_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "out.json")

    write_json(tmp_path / "link", {})

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == "{}\n"


def test_answer_is_replaced_whole(tmp_path):
    (tmp_path / "out.json").write_text("old", encoding="utf-8")

    write_json(tmp_path / "out.json", {"组": 1})

    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_command_without_database_says_what_to_do(tmp_path):
    installation = Installation(tmp_path / "new")

    done = installation.linli("user", "list")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not installation.folder.exists()


def test_map_of_files_leaves_no_trace(tmp_path):
    installation = Installation(tmp_path / "new")
    votes = tmp_path / "votes.csv"
    votes.write_text("timestamp,datetime,comment-id,voter-id,vote\n", encoding="utf-8")

    installation.linli("deliberation", "map", votes)

    assert [path.name for path in tmp_path.iterdir()] == ["votes.csv"]


@pytest.mark.parametrize("path", [*command_paths(cli)])
def test_help_is_in_chinese(path, run):
    said = run(*path.split()[1:], "--help").output

    told = [line for line in said.splitlines() if line.startswith("  ")]
    assert HAN.search(told[0])
    assert [line for line in told if re.match(r"  [a-z-]+  +", line) and not HAN.search(line)] == []


def test_wrong_use_is_told_in_chinese(tmp_path):
    """Click asks the standard library for its words."""
    surroundings = {**Installation(tmp_path).surroundings, "LINLI_LANGUAGE": "zh-hans"}

    done = subprocess.run(
        [LINLI, "serve", "--nope"], env=surroundings, capture_output=True, text=True, check=False
    )

    assert (done.returncode, "出错：没有选项 '--nope'。" in done.stderr) == (2, True)


def test_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").touch()

    done = Installation(tmp_path / "file" / "data").linli(
        "committee", "create", "甲", "--head", "li", "--head-name", "李"
    )

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert str(tmp_path / "file") in done.stderr


@pytest.mark.parametrize(("chosen", "code"), [("zh", 0), ("zh_CN", 0), ("en_GB", 0), ("fr", 2)])
def test_language_is_taken_or_refused(chosen, code, tmp_path):
    surroundings = {**Installation(tmp_path).surroundings, "LINLI_LANGUAGE": chosen}

    done = subprocess.run(
        [LINLI, "--help"], env=surroundings, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr.count("\n")) == (code, code // 2)
