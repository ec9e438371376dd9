import json
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.deliberation import opinion_map
from linli.engines.deliberation.opinion_map import CODES, map_opinions, sketch_opinions
from linli.engines.deliberation.votes import Vote, VoteError, VoteTable
from tests.engines.deliberation.polls import noise, planted, table

FEW = settings(max_examples=15, deadline=None)
rows_of_votes = st.integers(1, 9).flatmap(
    lambda width: st.lists(st.text("+-0.", min_size=width, max_size=width), max_size=24)
)


def answer(found):
    """All of a map that a reader sees, without its arrays."""
    plain = {
        field.name: getattr(found, field.name)
        for field in fields(found)
        if field.name != "positions"
    }
    return plain, found.positions.tolist()


def entries(votes):
    return [
        (votes.participants[row], votes.statements[column], Vote(value))
        for row, column, value in zip(votes.rows, votes.columns, votes.values.tolist(), strict=True)
    ]


def divisions(found):
    return {frozenset(group.members) for group in found.groups}


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_planted_groups_are_found(groups):
    votes, group_of = planted(60, 24, groups, seed=groups)

    found = map_opinions(votes, seed=0)

    assert found.verdict == "groups"
    assert divisions(found) == {
        frozenset(str(i) for i in np.flatnonzero(group_of == group)) for group in range(groups)
    }


@pytest.mark.parametrize("seed", range(6))
def test_noise_of_26_people_has_no_groups(seed):
    found = map_opinions(noise(26, 20, seed=seed), seed=seed)

    assert found.verdict == "no_clear_groups"
    assert found.groups == ()


def test_noise_of_2000_people_has_no_groups():
    found = map_opinions(noise(2000, 30, seed=1, seen=0.4), seed=0)

    assert found.verdict == "no_clear_groups"


def test_everybody_of_no_groups_is_ungrouped():
    found = map_opinions(noise(26, 20, seed=1), seed=0)

    assert found.ungrouped == tuple(str(i) for i in range(26))


def test_groups_are_named_by_size_then_first_member():
    votes = table(["++++----"] * 5 + ["----++++"] * 8 + ["++++----"] * 2)

    found = map_opinions(votes, seed=0)

    assert [(group.id, len(group.members), group.members[0]) for group in found.groups] == [
        ("A", 8, "5"),
        ("B", 7, "0"),
    ]


@pytest.mark.parametrize("width", [2, 10])
def test_blocs_of_equal_voters_are_groups(width):
    corners = ["++", "+-", "-+", "--"]
    votes = table([(one[0] * 4 + one[1] * 4) * width for one in corners for _ in range(10)])

    found = map_opinions(votes, seed=0)

    assert [len(group.members) for group in found.groups] == [10] * 4
    assert [attempt.groups for attempt in found.tried] == [2, 3, 4]
    assert found.stability == 1


def test_eight_neighbours_can_have_groups():
    assert map_opinions(table(["++++----"] * 4 + ["----++++"] * 4), seed=0).verdict == "groups"


def test_many_equal_votes_on_many_statements_have_no_groups():
    assert map_opinions(table(["+" * 80] * 30), seed=0).verdict == "no_clear_groups"


def test_who_voted_too_little_is_unplaced():
    votes = table(["++++----"] * 8 + ["----++++"] * 8 + ["++++++..", "........"])

    found = map_opinions(votes, seed=0)

    assert found.unplaced == ("16", "17")
    assert [line.code for line in found.report] == [
        "deliberation.map_unplaced",
        "deliberation.map_groups",
    ]


def test_each_group_speaks_in_its_own_statements():
    votes = table(["++++----+"] * 8 + ["----++++0"] * 8)

    found = map_opinions(votes, seed=0)

    spoken = [(one.statement, one.side) for one in found.groups[0].representative]
    assert spoken == [(s, "agree") for s in "0123"] + [("4", "disagree")]


def test_statement_only_one_side_sees_neither_joins_nor_divides():
    votes = table(["++++----+"] * 8 + ["----++++."] * 8)

    found = map_opinions(votes, seed=0)

    assert "8" not in {one.statement for one in (*found.bridging, *found.divisive)}


def test_shared_disagreement_bridges_as_disagreement():
    votes = table(["++++-----"] * 8 + ["----++++-"] * 8)

    found = map_opinions(votes, seed=0)

    assert [(one.statement, one.side) for one in found.bridging] == [("8", "disagree")]


def test_opposed_groups_divide_to_the_full():
    votes = table(["++++----"] * 8 + ["----++++"] * 8)

    divisive = map_opinions(votes, seed=0).divisive

    assert [one.score for one in divisive] == [pytest.approx(0.9**2 + 0.1**2)] * 8


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "no_votes"),
        (["......"], "no_votes"),
        (["+-+-+-+"], "too_few_people"),
        (["+", "-", "+", "0", "-", "+", "+", "-"], "too_few_statements"),
        (["+++---+"] * 30, "no_differences"),
        (["0000000"] * 30, "no_differences"),
    ],
)
def test_too_little_is_answered(rows, code):
    found = map_opinions(table(rows), seed=0)

    assert found.verdict == "no_clear_groups"
    assert found.report[0].code == f"deliberation.map_{code}"


def test_two_runs_give_the_same():
    votes = noise(80, 20, seed=3)

    assert answer(map_opinions(votes, seed=5)) == answer(map_opinions(votes, seed=5))


def test_nobody_can_vote_twice_on_a_statement():
    with pytest.raises(VoteError, match="vote_twice"):
        VoteTable.collect([("1", "1", Vote.AGREE), ("1", "1", Vote.PASS)])


def test_ids_are_ordered_by_number_then_word():
    votes = VoteTable.collect((p, "1", Vote.AGREE) for p in ["10", "x", "2", "-1", "02", "9" * 30])

    assert votes.participants == ("-1", "02", "2", "10", "9" * 30, "x")


def test_large_silhouettes_are_judged_on_a_sample(monkeypatch):
    monkeypatch.setattr(opinion_map, "SILHOUETTE_SAMPLE", 20)
    votes, _ = planted(60, 24, 2, seed=2)

    found = sketch_opinions(votes, seed=0)

    assert [line.code for line in found.report] == ["deliberation.map_judged_on_sample"]
    assert len(found.groups) == 2


def test_large_conversations_are_judged_on_samples(monkeypatch):
    monkeypatch.setattr(opinion_map, "REPEAT_SAMPLE", 30)
    votes, _ = planted(80, 24, 2, seed=4)

    assert map_opinions(votes, seed=0).verdict == "groups"


def test_every_code_is_declared():
    source = Path(opinion_map.__file__).read_text(encoding="utf-8")

    assert set(re.findall(r"deliberation\.map_\w+", source)) == CODES


def test_map_survives_json():
    found = map_opinions(planted(40, 16, 2, seed=1)[0], seed=0)

    written = json.dumps(
        [[g.id, g.members, [r.statement for r in g.representative]] for g in found.groups]
    )

    assert json.loads(written)[0][0] == "A"


@FEW
@given(rows=rows_of_votes, seed=st.integers(0, 3))
def test_everybody_is_placed_or_unplaced_exactly_once(rows, seed):
    found = map_opinions(table(rows), seed=seed)

    everybody = [str(i) for i in range(len(rows))]
    assert Counter((*found.placed, *found.unplaced)) == Counter(everybody)
    grouped = [member for group in found.groups for member in group.members]
    assert Counter((*grouped, *found.ungrouped)) == Counter(everybody)
    assert len(found.positions) == len(found.placed)
    assert 0 <= found.stability <= 1


@FEW
@given(rows=rows_of_votes, order=st.randoms(use_true_random=False))
def test_order_of_votes_changes_nothing(rows, order):
    votes = table(rows)
    shuffled = entries(votes)
    order.shuffle(shuffled)
    again = VoteTable.collect(shuffled, participants=reversed(votes.participants))

    assert answer(map_opinions(again, seed=0)) == answer(map_opinions(votes, seed=0))


@FEW
@given(seed=st.integers(0, 1000), groups=st.integers(2, 4))
def test_flipping_all_signs_mirrors_the_map(seed, groups):
    votes, _ = planted(40, 16, groups, seed=seed, loyal=0.85)

    found = map_opinions(votes, seed=1)
    mirrored = map_opinions(votes.with_values(-votes.values), seed=1)

    turn = {"agree": "disagree", "disagree": "agree"}
    assert np.array_equal(mirrored.positions, -found.positions)
    assert mirrored.verdict == found.verdict
    assert mirrored.stability == found.stability
    assert [(b.statement, turn[b.side], b.score) for b in mirrored.bridging] == [
        (b.statement, b.side, b.score) for b in found.bridging
    ]
    assert mirrored.divisive == found.divisive
    for one, other in zip(found.groups, mirrored.groups, strict=True):
        assert one.members == other.members
        assert {(r.statement, r.side) for r in one.representative} == {
            (r.statement, turn[r.side]) for r in other.representative
        }


@FEW
@given(seed=st.integers(0, 1000), groups=st.integers(2, 4))
def test_doubling_everybody_keeps_the_groups(seed, groups):
    votes, _ = planted(36, 16, groups, seed=seed)
    doubled = VoteTable.collect(
        (f"{person}{twin}", statement, vote)
        for person, statement, vote in entries(votes)
        for twin in ("", "00")
    )

    found, twice = sketch_opinions(votes, seed=0), sketch_opinions(doubled, seed=0)

    singles = {frozenset(m for m in g.members if m in votes.participants) for g in twice.groups}
    assert singles == divisions(found)


@FEW
@given(rows=rows_of_votes.filter(lambda rows: len(rows) > 1), at=st.integers(0, 1000))
def test_banned_people_and_moderated_statements_leave_no_trace(rows, at):
    votes = table(rows)
    person = votes.participants[at % len(votes.participants)]
    statement = votes.statements[at % len(votes.statements)] if votes.statements else "0"
    left = [(p, s, v) for p, s, v in entries(votes) if p != person and s != statement]
    never = VoteTable.collect(
        left,
        participants=[p for p in votes.participants if p != person],
        statements=[s for s in votes.statements if s != statement],
    )

    without = votes.without(people=[person], statements=[statement])

    assert answer(map_opinions(without, seed=0)) == answer(map_opinions(never, seed=0))


@FEW
@given(seed=st.integers(0, 1000), sign=st.sampled_from([1, -1]))
def test_unanimous_statement_bridges_most(seed, sign):
    votes, _ = planted(40, 16, 2, seed=seed)
    unanimous = [(person, "-5", Vote(sign)) for person in votes.participants]

    found = map_opinions(VoteTable.collect([*entries(votes), *unanimous]), seed=0)

    assert found.bridging[0].statement == "-5"
    assert found.bridging[0].side == ("agree" if sign == 1 else "disagree")
