import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.deliberation.votes import Vote, VoteTable
from linli.skills.deliberation.polis_export import write_export
from linli.skills.deliberation.polis_files import (
    PolisStatement,
    read_conversation,
    read_export,
    read_matrix,
    read_statements,
    read_votes,
)
from linli.skills.deliberation.polis_tables import PolisFileError
from tests.engines.deliberation.shared_data import folders

HEAD = "timestamp,datetime,comment-id,voter-id,vote"
COMMENTS = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body"


@pytest.fixture
def file(tmp_path):
    def write(content, name="votes.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def lines(*rows, head=HEAD):
    return "\n".join((head, *rows)) + "\n"


def said(table):
    return {
        (table.participants[row], table.statements[column]): value
        for row, column, value in zip(
            table.rows.tolist(), table.columns.tolist(), table.values.tolist(), strict=True
        )
    }


def refusal(call, *arguments, **named):
    with pytest.raises(PolisFileError) as refused:
        call(*arguments, **named)
    return refused.value.code.removeprefix("deliberation.file_"), dict(refused.value.params)


def test_latest_vote_counts(file):
    path = file(lines("5,,1,7,-1", "9,,1,7,1", "2,,1,7,0"))

    cast = read_votes(path)

    assert said(cast.table) == {("7", "1"): 1}
    assert (cast.rows, cast.superseded) == (3, 2)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_more_reserved_vote_counts_at_the_same_time(file, order):
    rows = ["5,,1,7,1", "5,,1,7,-1", "5,,1,7,0"]

    assert said(read_votes(file(lines(*(rows[i] for i in order)))).table) == {("7", "1"): -1}


def test_fractions_of_a_second_are_told_apart(file):
    rows = lines("1385689500.75,,1,7,1", "1385689500.5,,1,7,-1", "1385689500,,1,7,0")

    assert said(read_votes(file(rows)).table) == {("7", "1"): 1}


def test_exact_duplicates_count_once(file):
    assert said(read_votes(file(lines("5,,1,7,1", "5,,1,7,1"))).table) == {("7", "1"): 1}


def test_negative_and_word_ids_are_ids(file):
    path = file(lines("5,,-3,anna,1", "5,,99999999999999999999999,李,0"))

    assert set(said(read_votes(path).table)) == {("anna", "-3"), ("李", "9" * 23)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_encodings_are_recognised(file, encoding):
    text = lines('1,5,2,0,0,1,"先试三个月，\n再说"', head=COMMENTS)

    assert read_statements(file(text.encode(encoding)))[0].text == "先试三个月，\n再说"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_separate_too(file, mark):
    text = lines("5,,1,7,1").replace(",", mark)

    assert said(read_votes(file(text)).table) == {("7", "1"): 1}


def test_optional_columns_are_read_where_they_are(file):
    head = "comment-id,moderated,is-meta,is-seed,comment-body"

    (statement,) = read_statements(file(lines("4,1,true,false,灯", head=head)))

    assert statement == PolisStatement("4", "灯", 1, 0, 0, is_meta=True, is_seed=False)


def test_moderated_out_statements_are_left_out(file):
    votes = file(lines("5,,1,7,1", "5,,2,7,1", "5,,2,8,1"))
    comments = file(lines("1,1,0,1,0,1,a", "1,2,0,2,0,-1,b", head=COMMENTS), "comments.csv")

    read = read_conversation(votes=votes, comments=comments)

    assert said(read.votes) == {("7", "1"): 1}
    assert read.votes.participants == ("7",)
    assert [statement.id for statement in read.statements] == ["1"]
    assert [statement.id for statement in read.left_out] == ["2"]
    assert [(line.code, line.params) for line in read.report] == [
        ("deliberation.file_only_left_out", {"people": 1})
    ]


def test_swapped_signs_are_told_not_mended(file):
    votes = file(lines("5,,1,7,-1", "5,,1,8,-1", "5,,1,9,1"))
    comments = file(lines("1,1,0,2,1,1,a", head=COMMENTS), "comments.csv")

    read = read_conversation(votes=votes, comments=comments)

    assert said(read.votes)["7", "1"] == -1
    assert [line.code for line in read.report] == ["deliberation.file_sign_reversed"]


def test_unknown_statements_are_told_with_their_place(file):
    votes = file(lines("5,,1,7,1", "5,,44,7,1"))
    comments = file(lines("1,1,0,1,0,1,a", head=COMMENTS), "comments.csv")

    (line,) = read_conversation(votes=votes, comments=comments).report

    assert (line.code, line.params["row"], line.params["value"]) == (
        "deliberation.file_unknown_statements",
        3,
        "44",
    )


def test_people_of_the_matrix_stay_without_votes(file):
    votes = file(lines("5,,1,7,1"))
    matrix = file("participant,group-id,1\n7,0,1\n8,,\n", "participants-votes.csv")

    read = read_conversation(votes=votes, matrix=matrix)

    assert read.votes.participants == ("7", "8")
    assert [line.code for line in read.report] == ["deliberation.file_matrix_people"]


def test_matrix_that_differs_is_told(file):
    votes = file(lines("5,,1,7,1", "5,,1,9,1"))
    matrix = file("participant,group-id,1\n7,0,-1\n", "participants-votes.csv")

    report = read_conversation(votes=votes, matrix=matrix).report

    assert [(line.code, line.params) for line in report] == [
        (
            "deliberation.file_matrix_lacks",
            {"file": "participants-votes.csv", "people": 1},
        ),
        (
            "deliberation.file_matrix_differs",
            {"file": "participants-votes.csv", "cells": 1},
        ),
    ]


def test_matrix_gives_the_votes_where_there_are_no_others(file):
    matrix = file("participant,xid,group-id,n-votes,3,X\n7,,0,2,1,0\n", "m.csv")

    read = read_conversation(votes=None, matrix=matrix)

    assert said(read.votes) == {("7", "3"): 1, ("7", "X"): 0}


@pytest.mark.parametrize(
    ("content", "code", "row", "column"),
    [
        ("", "empty", None, None),
        ("\n\n", "empty", None, None),
        (b"PK\x03\x04 \x00\x00", "not_text", None, None),
        (b"\x81\xff\xff\n", "not_text", None, None),
        ("a,b\n1,2\n", "column_missing", 1, "timestamp"),
        (HEAD + ",vote\n", "column_twice", 1, "vote"),
        (lines("5,,1,7,1", "5,,1,8,2"), "vote", 3, "vote"),
        (lines("5,,1,7,"), "vote", 2, "vote"),
        (lines("5,,1,7,yes"), "vote", 2, "vote"),
        (lines("5,,1,,1"), "id_empty", 2, "voter-id"),
        (lines(f"5,,{'7' * 300},3,1"), "id_long", 2, "comment-id"),
        (lines("yesterday,,1,7,1"), "time", 2, "timestamp"),
        (lines("5,,1,7,1", ",,1,8,1"), "time", 3, "timestamp"),
        (lines(f"{'9' * 20},,1,7,1"), "time", 2, "timestamp"),
        (lines("-1e300,,1,7,1"), "time", 2, "timestamp"),
        (lines("nan,,1,7,1"), "time", 2, "timestamp"),
        (lines("5,,1,7,1", "5,1,7"), "row_width", 3, None),
        (lines('5,"",1,7,1', '5,"x,1,7,1'), "broken", 3, None),
    ],
)
def test_broken_votes_are_refused_with_their_place(file, content, code, row, column):
    refused, params = refusal(read_votes, file(content))

    assert (refused, params["file"]) == (code, "votes.csv")
    assert (params.get("row"), params.get("column")) == (row, column)


def test_missing_file_and_folder_are_refused(tmp_path):
    assert refusal(read_votes, tmp_path / "none.csv")[0] == "missing"
    assert refusal(read_votes, tmp_path)[0] == "is_a_folder"
    assert refusal(read_export, tmp_path / "none")[0] == "not_a_folder"
    assert refusal(read_export, tmp_path) == ("no_votes", {"file": tmp_path.name})


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["1,1,0,1,0,3,a"], "vote"),
        (["1,1,0,-1,0,1,a"], "count"),
        (["1,1,0,1,0,1,a", "1,1,0,1,0,1,b"], "statement_twice"),
    ],
)
def test_broken_statements_are_refused(file, rows, code):
    assert refusal(read_statements, file(lines(*rows, head=COMMENTS)))[0] == code


def test_broken_matrix_is_refused(file):
    assert refusal(read_matrix, file("participant,1\n7,1\n7,0\n"))[0] == "person_twice"
    assert refusal(read_matrix, file("participant,1\n7,x\n"))[0] == "vote"


def test_new_names_with_a_prefix_are_found(tmp_path):
    for name, content in (
        ("votes", lines("5,,1,7,1")),
        ("comments", lines("1,1,0,1,0,1,a", head=COMMENTS)),
        ("summary", 'topic,垃圾房\nconversation-description,"一\n二"\n'),
        ("participant-votes", "participant,group-id,1\n7,0,1\n"),
    ):
        (tmp_path / f"2025-08-29-r4abc-{name}.csv").write_text(content, encoding="utf-8")

    read = read_export(tmp_path)

    assert said(read.votes) == {("7", "1"): 1}
    assert read.summary == {"topic": "垃圾房", "conversation-description": "一\n二"}
    assert read.report == ()


def everybody_votes(people):
    return VoteTable.collect(
        (f"key{person:03}", statement, Vote(person % 3 - 1))
        for person in range(people)
        for statement in ("1", "2")
    )


STATEMENTS = tuple(
    PolisStatement(name, f"看法，{name}\n第二行", 1, 0, 0, is_meta=False, is_seed=True)
    for name in ("1", "2")
)


def test_export_is_read_back(tmp_path):
    votes = everybody_votes(60)

    write_export(tmp_path / "out", topic="垃圾房", statements=STATEMENTS, votes=votes)
    read = read_export(tmp_path / "out")

    assert read.votes.values.tolist() == votes.values.tolist()
    assert [one.text for one in read.statements] == [one.text for one in STATEMENTS]
    assert read.summary["voters"] == "60"
    assert read.report == ()


def test_export_tells_neither_author_nor_time_nor_person(tmp_path):
    write_export(tmp_path / "out", topic="", statements=STATEMENTS, votes=everybody_votes(60))

    votes = (tmp_path / "out" / "votes.csv").read_text(encoding="utf-8").splitlines()
    comments = (tmp_path / "out" / "comments.csv").read_text(encoding="utf-8").splitlines()
    assert votes[:2] == [HEAD, ",,1,0,-1"]
    assert comments[1].startswith(",,1,,20,20,1,")
    assert "key" not in "".join(votes)


def test_export_counts_each_group(tmp_path):
    groups = [["key000", "key001"], ["key002"]]

    write_export(
        tmp_path / "out", topic="", statements=STATEMENTS, votes=everybody_votes(60), groups=groups
    )

    sheet = (tmp_path / "out" / "comment-groups.csv").read_text(encoding="utf-8")
    assert sheet.splitlines()[0].endswith(
        "group-b-votes,group-b-agrees,group-b-disagrees,group-b-passes"
    )
    assert '第二行",60,20,20,20,2,0,1,1,1,1,0,0' in sheet


def test_export_refuses_fewer_than_fifty(tmp_path):
    with pytest.raises(PolisFileError, match="export_too_few_voters"):
        write_export(tmp_path / "out", topic="", statements=STATEMENTS, votes=everybody_votes(49))

    assert list(tmp_path.iterdir()) == []


def test_export_overwrites_nothing(tmp_path):
    with pytest.raises(PolisFileError, match="export_folder_exists"):
        write_export(tmp_path, topic="", statements=STATEMENTS, votes=everybody_votes(60))


def test_million_rows_are_read_in_seconds(file):
    rows = (f"{i},,{i % 500},{i // 250},{i % 3 - 1}" for i in range(1_000_000))
    path = file(lines(*rows))

    start = time.process_time()
    cast = read_votes(path)

    assert cast.rows == 1_000_000
    assert time.process_time() - start < 20


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.integers(-1, 1)),
        min_size=1,
        max_size=12,
    ),
    order=st.randoms(use_true_random=False),
)
def test_order_of_rows_changes_nothing(tmp_path_factory, rows, order):
    path = tmp_path_factory.mktemp("polis") / "votes.csv"
    answers = []
    for _ in range(2):
        path.write_text(lines(*(f"{t},,{s},{p},{v}" for t, s, p, v in rows)), encoding="utf-8")
        answers.append(said(read_votes(path).table))
        order.shuffle(rows)

    assert answers[0] == answers[1]


@pytest.mark.parametrize("folder", folders("polis"))
def test_real_exports_are_read_without_doubt(folder):
    read = read_export(folder)

    known = {"deliberation.file_superseded", "deliberation.file_only_left_out"}
    assert {line.code for line in read.report} <= known
    assert len(read.votes.participants) == int(read.summary["voters"])
