import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.skills.deliberation import map_phrases
from linli.skills.deliberation.map_command import map_command
from tests.engines.deliberation.shared_data import folders

HEAD = "timestamp,datetime,comment-id,voter-id,vote\n"
SIDES = ["1", "-1"]


def votes_of(people, statements, vote):
    return HEAD + "".join(
        f"{person * 100 + statement},,{statement},{person},{vote(person, statement)}\n"
        for person in range(people)
        for statement in range(statements)
    )


def two_sides(person, statement):
    return SIDES[(person < 8) == (statement % 2 == 0)]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command on votes written to a file, in the language asked for."""

    def call(votes, *options, language="zh-hans"):
        path = tmp_path / "votes.csv"
        if votes is not None:
            path.write_text(votes, encoding="utf-8")
        with translation.override(language):
            return CliRunner().invoke(map_command, [str(path), *map(str, options)])

    return call


@pytest.fixture
def mapped(run, tmp_path):
    """Run the command and read the machine's answer."""

    def call(votes, *options):
        out = tmp_path / "map.json"
        done = run(votes, "--json", out, *options)
        assert done.exit_code == 0, done.output
        return json.loads(out.read_text(encoding="utf-8"))

    return call


def test_finding_is_said_in_three_sentences(run):
    done = run(votes_of(16, 8, two_sides))

    assert done.stdout.splitlines() == [
        "16 人对 8 条看法表了态，其中 16 人表态够多，能看出位置。",
        "看法大致分成 2 拨：甲 8 人、乙 8 人。",
        "换一部分人再算，分法 100% 一致（种子 0）。",
    ]


def test_finding_is_said_in_english_too(run):
    done = run(votes_of(16, 8, two_sides), "--seed", "7", language="en")

    assert done.stdout.splitlines() == [
        "16 people voted on 8 statements; 16 voted on enough of them to be placed.",
        "Opinions fall into 2 groups: A 8 people, B 8 people.",
        "With another part of the people the groups come out 100% alike (seed 7).",
    ]


def test_json_tells_groups_and_what_speaks_for_them(mapped):
    answer = mapped(votes_of(16, 8, two_sides))

    assert {name: answer[name] for name in ("participants", "statements", "votes", "verdict")} == {
        "participants": 16,
        "statements": 8,
        "votes": 128,
        "verdict": "groups",
    }
    first, second = answer["groups"]
    assert (first["id"], first["size"], first["members"]) == ("A", 8, [str(i) for i in range(8)])
    assert first["representative"][0] == {
        "statement": "1",
        "side": "agree",
        "agree": 8,
        "disagree": 0,
        "seen": 8,
    }
    assert second["members"] == [str(i) for i in range(8, 16)]
    assert (answer["unplaced"], answer["stability"], answer["seed"]) == ([], 1.0, 0)
    assert answer["bridging"] == []
    assert answer["divisive"][0] == {"statement": "0", "score": 0.82}


def test_moderated_out_and_superseded_do_not_count(mapped, tmp_path):
    comments = tmp_path / "comments.csv"
    comments.write_text("comment-id,moderated\n7,-1\n", encoding="utf-8")
    later = "".join(f"9999,,{statement},0,0\n" for statement in range(3))

    answer = mapped(votes_of(16, 8, two_sides) + later, "--statements", comments)

    assert (answer["statements"], answer["votes"]) == (7, 112)


def test_people_of_the_matrix_are_counted_and_shown(mapped, tmp_path):
    matrix = tmp_path / "participants-votes.csv"
    matrix.write_text("participant,group-id\n0,\n77,\n", encoding="utf-8")

    answer = mapped(votes_of(16, 8, two_sides), "--matrix", matrix)

    assert (answer["participants"], answer["unplaced"]) == (17, ["77"])


@pytest.mark.parametrize(
    ("people", "statements", "vote"),
    [
        (1, 8, two_sides),
        (16, 1, two_sides),
        (16, 8, lambda _p, _s: 1),
        (16, 8, lambda _p, _s: 0),
    ],
)
def test_little_input_is_answered(mapped, people, statements, vote):
    answer = mapped(votes_of(people, statements, vote))

    assert (answer["verdict"], answer["groups"]) == ("no_clear_groups", [])
    assert len(answer["unplaced"]) == answer["participants"] == people


def test_file_with_nothing_but_headings_is_refused(run):
    done = run(HEAD)

    assert (done.exit_code, done.stderr) == (2, "votes.csv 里没有表态。\n")


def test_no_groups_are_said_with_the_reason(run):
    done = run(votes_of(16, 8, lambda _p, _s: 1))

    assert done.stdout.splitlines()[1] == "看法没有明显分成几拨：能看出位置的人表态都一样。"


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (None, "找不到文件 votes.csv。"),
        ("", "votes.csv 是空的。"),
        ("甲,乙\n1,2\n", "votes.csv 第 1 行：缺少「timestamp」这一列。"),
        (HEAD + "5,,1,7,1\n5,,1,8,2\n", "votes.csv 第 3 行「vote」：“2”不是 1、0 或 -1。"),
        (HEAD + "5,1,7,1\n", "votes.csv 第 2 行有 4 列，应为 5 列。"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(run, tmp_path, votes, sentence):
    done = run(votes, "--json", tmp_path / "map.json", "--svg", tmp_path / "map.svg")

    assert (done.exit_code, done.stderr.strip(), done.stdout) == (2, sentence, "")
    assert {path.name for path in tmp_path.iterdir()} <= {"votes.csv"}


@pytest.mark.parametrize("name", [".", ".."])
def test_folder_is_refused(name, tmp_path, monkeypatch):
    (tmp_path / "folder" / "folder").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "folder" / "folder")

    with translation.override("en"):
        done = CliRunner().invoke(map_command, [name])

    assert done.exit_code == 2
    assert "is a folder; give the file itself." in done.stderr


@pytest.mark.parametrize("name", ["none.csv", "votes.csv/none.csv", "x" * 300])
def test_file_that_is_none_is_refused(name, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    done = run(votes_of(2, 2, two_sides), "--statements", name)

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert name.rsplit("/", maxsplit=1)[-1] in done.stderr


def test_place_that_cannot_be_written_is_told(run, tmp_path):
    done = run(votes_of(16, 8, two_sides), "--json", tmp_path / "none" / "map.json")

    assert done.exit_code == 2
    assert "none" in done.stderr


def test_gb18030_names_are_read(mapped, tmp_path):
    comments = tmp_path / "comments.csv"
    comments.write_bytes("comment-id,moderated,comment-body\n7,-1,东门\n".encode("gb18030"))

    assert mapped(votes_of(16, 8, two_sides), "--statements", comments)["statements"] == 7


def test_doubts_are_told_on_stderr(run):
    done = run(votes_of(16, 8, two_sides) + "9999,,0,0,0\n")

    assert done.exit_code == 0
    assert done.stderr.strip() == "有 1 次表态后来被本人改过，不计。"


def test_picture_needs_nothing_else(run, tmp_path):
    out = tmp_path / "map.svg"

    assert run(votes_of(16, 8, two_sides), "--svg", out).exit_code == 0

    picture = out.read_text(encoding="utf-8")
    root = ET.fromstring(picture)
    tags = {element.tag.rsplit("}", 1)[1] for element in root.iter()}
    assert tags == {"svg", "title", "desc", "rect", "g", "path", "text"}
    assert re.findall(r"(?:href|src|url\(|style)", picture) == []
    assert "甲 8 人" in picture
    assert root[1].text == (
        "图上有 16 人；离得近的人表态相近。看法大致分成 2 拨：甲 8 人、乙 8 人。"
        "有 0 人表态太少，还看不出位置。"
    )


def test_picture_of_nobody_is_a_picture(run, tmp_path):
    out = tmp_path / "map.svg"

    run(votes_of(1, 8, two_sides), "--svg", out)

    assert ET.fromstring(out.read_text(encoding="utf-8")).tag.endswith("svg")


def test_outputs_replace_older_ones_whole(run, tmp_path):
    out = tmp_path / "map.json"
    out.write_text("old", encoding="utf-8")

    run(votes_of(16, 8, two_sides), "--json", out)

    assert json.loads(out.read_text(encoding="utf-8"))["participants"] == 16
    assert {path.name for path in tmp_path.iterdir()} == {"votes.csv", "map.json"}


def test_command_runs_as_a_program(tmp_path):
    votes = tmp_path / "votes.csv"
    votes.write_text(votes_of(16, 8, two_sides), encoding="utf-8")
    program = (
        "import django; django.setup();"
        "from linli.skills.deliberation.map_command import map_command; map_command()"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "linli.site.settings",
        "LINLI_DATA_DIR": str(tmp_path / "data"),
        "LC_ALL": "zh_CN.UTF-8",
    }

    done = subprocess.run(
        [sys.executable, "-c", program, str(votes)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
    )

    assert done.returncode == 0, done.stderr
    assert "看法大致分成 2 拨" in done.stdout
    assert not (tmp_path / "data").exists()


def test_every_code_of_the_files_has_a_phrase():
    package = Path(map_phrases.__file__).parent
    said = set()
    for name in ("polis_files", "polis_tables", "polis_export"):
        text = (package / f"{name}.py").read_text(encoding="utf-8")
        said |= set(re.findall(r"\"(deliberation\.\w+)\"", text))
        said |= {f"deliberation.file_{one}" for one in re.findall(r"refuse\(\"(\w+)\"", text)}

    assert said <= set(map_phrases.MAP_PHRASES)


@settings(max_examples=25, deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_content_breaks_the_command(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    votes = folder / "votes.csv"
    votes.write_bytes(content)

    done = CliRunner().invoke(map_command, [str(votes), "--json", str(folder / "map.json")])

    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == ["votes.csv"]


@pytest.mark.parametrize("folder", folders("polis"))
def test_real_exports_are_mapped(folder, tmp_path):
    out = tmp_path / "map.json"
    options = ["--statements", folder / "comments.csv", "--json", out]

    done = CliRunner().invoke(map_command, [str(part) for part in (folder / "votes.csv", *options)])

    assert done.exit_code == 0, done.output
    answer = json.loads(out.read_text(encoding="utf-8"))
    sizes = sum(group["size"] for group in answer["groups"])
    assert answer["participants"] == sizes + len(answer["unplaced"])
    assert len(done.stdout.splitlines()) == 3
