"""Faithful to Polis: literal cases by hand, and what Polis itself published for conversations."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from linli.engines.deliberation.polis_mathematics import (
    choose_as_polis,
    contrast,
    count_votes,
    group_aware_consensus,
    majority_consensus,
    principal_plane,
    project_people,
    reproduce_polis,
    statement_extremity,
)
from linli.engines.deliberation.votes import Vote, VoteTable
from tests.engines.deliberation.polls import noise, table
from tests.engines.deliberation.shared_data import folders


def test_centre_is_the_mean_of_votes_given():
    assert principal_plane(table(["+-.", "++.", "0-+"])).centre.tolist() == pytest.approx(
        [2 / 3, -1 / 3, 1]
    )


def test_axes_are_those_of_the_filled_in_matrix():
    votes = noise(40, 12, seed=1, seen=0.6)
    dense = np.full((40, 12), np.nan)
    dense[votes.rows, votes.columns] = votes.values
    filled = np.where(np.isnan(dense), np.nanmean(dense, axis=0), dense)
    _, _, expected = np.linalg.svd(filled - filled.mean(axis=0))

    axes = principal_plane(votes).axes

    assert np.abs(np.sum(axes * expected[:2], axis=1)) == pytest.approx([1, 1])


def test_lanczos_finds_the_same_axes(monkeypatch):
    votes = noise(40, 12, seed=1, seen=0.6)
    expected = principal_plane(votes).axes

    monkeypatch.setattr(
        "linli.engines.deliberation.polis_mathematics.STATEMENTS_DECOMPOSED_DENSELY", 5
    )

    assert principal_plane(votes).axes == pytest.approx(expected, abs=1e-9)


def test_axes_of_equal_variance_do_not_depend_on_the_decomposition():
    votes = table(["+0", "-0", "0+", "0-"])

    assert principal_plane(votes).axes.tolist() == [[1, 0], [0, 1]]


def test_one_line_of_difference_has_one_axis():
    axes = principal_plane(table(["++", "--"])).axes

    assert axes[0] == pytest.approx([0.5**0.5] * 2)
    assert axes[1].tolist() == [0, 0]


def test_few_answers_are_stretched():
    votes = table(["+-", "-+", "+."])
    plane = principal_plane(votes)

    placed = project_people(votes, plane)

    expected = 2**0.5 * (1 - plane.centre[0]) * plane.axes[0, 0]
    assert placed[2, 0] == pytest.approx(expected)


def test_statements_set_to_zero_count_as_answered():
    votes = table(["+-", "-+", "+."])
    plane = principal_plane(votes)

    placed = project_people(votes, plane, n_zeroed=2)

    expected = (4 / 3) ** 0.5 * (1 - plane.centre[0]) * plane.axes[0, 0]
    assert placed[2, 0] == pytest.approx(expected)


def test_extremity_is_where_one_agreement_puts_somebody():
    votes = table(["+-+", "-+0", "+.-", "--+"])
    plane = principal_plane(votes)

    alone = VoteTable.collect([("x", "1", Vote.AGREE)], statements=votes.statements)
    reached = np.linalg.norm(project_people(alone, plane)[0])

    assert statement_extremity(plane)[1] == pytest.approx(reached)


def test_contrast_of_four_agreeing_against_two_not():
    agree, seen = np.array([[4], [0]]), np.array([[4], [2]])

    found = contrast(agree, seen)

    assert found.share[0, 0] == pytest.approx(5 / 6)
    assert found.share_z[0, 0] == pytest.approx(2 * 5**0.5 * 0.5)
    assert found.ratio[0, 0] == pytest.approx((5 / 6) / (1 / 4))
    pooled = 6 / 8
    spread = (pooled * 0.25 * (1 / 5 + 1 / 3)) ** 0.5
    assert found.ratio_z[0, 0] == pytest.approx((1 - 1 / 3) / spread)


def test_contrast_of_a_certain_statement_is_none():
    assert contrast(np.array([[3], [2]]), np.array([[3], [2]])).ratio_z.tolist() == [[0], [0]]


def test_group_with_nothing_of_its_own_still_says_something():
    counts = count_votes(table(["+", "+", "+"]), np.array([0, 0, 1]), 2)

    spoken = choose_as_polis(["0"], counts, live=np.array([True]))

    assert [[one.statement for one in group] for group in spoken] == [["0"], ["0"]]


def test_consensus_is_a_product_over_groups():
    consensus = group_aware_consensus(np.array([[3], [1]]), np.array([[4], [2]]))

    assert consensus.tolist() == pytest.approx([4 / 6 * 2 / 4])


def test_majority_needs_more_than_chance():
    shared = majority_consensus(
        ["a", "b"], agree=np.array([9, 6]), disagree=np.array([1, 4]), seen=np.array([10, 10])
    )

    assert [(one.statement, one.side) for one in shared] == [("a", "agree")]


def test_cold_groups_of_two_sides():
    votes = table(["++--"] * 4 + ["--++"] * 4)

    found = reproduce_polis(votes, in_conv=votes.participants)

    assert found.groups == (("0", "1", "2", "3"), ("4", "5", "6", "7"))


def test_statement_nobody_voted_on_stretches_nobody():
    rows = ["++-."] * 4 + ["--+."] * 4

    ours = reproduce_polis(table(rows), in_conv=table(rows).participants)

    alone = table([row[:3] for row in rows])
    assert ours.statements == ("0", "1", "2")
    expected = reproduce_polis(alone, in_conv=alone.participants)
    assert ours.positions.tolist() == expected.positions.tolist()


# What Polis published. Its sign is agree -1; the votes in these files have agree +1.


def published(folder):
    """A snapshot, its votes, and what is to be given to reproduce it."""
    theirs = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    raw = json.loads((folder / "votes.json").read_text(encoding="utf-8"))
    votes = VoteTable.collect(
        (
            str(one.get("participant_id", one.get("pid"))),
            str(one.get("statement_id", one.get("tid"))),
            Vote(one["vote"]),
        )
        for one in raw
    )
    counted = dict(zip(votes.participants, votes.votes_per_person.tolist(), strict=True))
    if counted != theirs["user-vote-counts"]:
        pytest.skip(f"{folder.name}: votes are missing, says Polis's own count of them")
    base = theirs["base-clusters"]
    people_of = {
        i: [str(p) for p in people] for i, people in zip(base["id"], base["members"], strict=True)
    }
    groups = sorted(theirs["group-clusters"], key=lambda group: group["id"])
    return SimpleNamespace(
        theirs=theirs,
        votes=votes,
        base=list(people_of.values()),
        base_centres=np.column_stack([base["x"], base["y"]]),
        groups=[[p for i in group["members"] for p in people_of[i]] for group in groups],
        moderated_out=[str(s) for s in theirs["mod-out"]],
        meta=[str(s) for s in theirs["meta-tids"]],
    )


def reproduced(given, **more):
    return reproduce_polis(
        given.votes,
        in_conv=[person for cluster in given.base for person in cluster],
        moderated_out=given.moderated_out,
        meta=given.meta,
        base_clusters=given.base,
        **more,
    )


SNAPSHOTS = pytest.mark.parametrize("folder", folders("polis-oracle"))


@SNAPSHOTS
def test_plane_and_positions_are_those_of_polis(folder):
    given = published(folder)
    theirs = given.theirs["pca"]
    order = [given.votes.statements.index(str(s)) for s in given.theirs["tids"]]

    ours = reproduced(given)

    axes = np.array(theirs["comps"])
    signs = np.sign(np.sum(axes * ours.axes[:, order], axis=1))
    assert -ours.centre[order] == pytest.approx(np.array(theirs["center"]), abs=1e-6)
    assert signs[:, None] * ours.axes[:, order] == pytest.approx(axes, abs=1e-6)
    assert ours.extremity[order] == pytest.approx(theirs["comment-extremity"], abs=1e-6)
    # Votes and axes both change sign: positions keep that of the axes, mirrored once.
    assert -signs * ours.base_centres == pytest.approx(given.base_centres, abs=1e-6)


@SNAPSHOTS
def test_number_of_groups_is_that_of_polis(folder):
    given = published(folder)

    assert len(reproduced(given).groups) == len(given.groups)


@SNAPSHOTS
def test_groups_are_those_of_polis(folder):
    given = published(folder)
    if len(given.base) == 100:
        pytest.skip(f"{folder.name}: its groups carry the history of earlier updates")

    ours = reproduced(given, n_groups=len(given.groups))

    assert {frozenset(group) for group in ours.groups} == {frozenset(g) for g in given.groups}


@SNAPSHOTS
def test_votes_and_statements_of_the_groups_are_those_of_polis(folder):
    given = published(folder)

    ours = reproduced(given, groups=given.groups)

    names = given.votes.statements
    votes = {
        (group, name): (
            int(ours.votes.agree[group, i]),
            int(ours.votes.disagree[group, i]),
            int(ours.votes.seen[group, i]),
        )
        for group in range(len(given.groups))
        for i, name in enumerate(names)
    }
    theirs = given.theirs
    assert votes == {
        (int(group), name): (one["A"], one["D"], one["S"])
        for group, of in theirs["group-votes"].items()
        for name, one in of["votes"].items()
    }
    consensus = dict(zip(names, ours.consensus.tolist(), strict=True))
    assert consensus == pytest.approx(theirs["group-aware-consensus"], abs=1e-6)
    priorities = dict(zip(names, ours.priorities.tolist(), strict=True))
    assert priorities == pytest.approx(theirs["comment-priorities"], abs=1e-6)


@SNAPSHOTS
def test_representative_statements_are_those_of_polis(folder):
    given = published(folder)

    ours = reproduced(given, groups=given.groups)

    for group, theirs in given.theirs["repness"].items():
        spoken = ours.representative[int(group)]
        assert [(one.statement, one.side) for one in spoken] == [
            (str(one["tid"]), one["repful-for"]) for one in theirs
        ]
        numbers = [[one.share, one.share_z, one.ratio, one.ratio_z] for one in spoken]
        names = ("p-success", "p-test", "repness", "repness-test")
        expected = np.array([[one[name] for name in names] for one in theirs])
        assert np.array(numbers) == pytest.approx(expected, abs=1e-4)


@SNAPSHOTS
def test_majority_statements_are_those_of_polis(folder):
    given = published(folder)
    theirs = [
        (str(one["tid"]), side)
        for side in ("agree", "disagree")
        for one in given.theirs["consensus"][side]
    ]

    assert [(one.statement, one.side) for one in reproduced(given).majority] == theirs
