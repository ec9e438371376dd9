"""Votes on statements into opinion groups, what joins and what divides them, and how sure it is."""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from linli.engines.deliberation._grouping import agreement, divide, silhouettes
from linli.engines.deliberation.polis_mathematics import (
    REPRESENTATIVE_AT_MOST,
    GroupCounts,
    Side,
    contrast,
    count_votes,
    group_aware_consensus,
    largest_directions,
    principal_plane,
    project_people,
    speaks,
    strength,
)
from linli.engines.deliberation.votes import Floats, Ints, VoteTable, id_order
from linli.engines.report import Line

type Verdict = Literal["groups", "no_clear_groups"]

CODES: Final[frozenset[str]] = frozenset(
    {
        "deliberation.map_no_votes",
        "deliberation.map_too_few_people",
        "deliberation.map_too_few_statements",
        "deliberation.map_no_differences",
        "deliberation.map_like_chance",
        "deliberation.map_not_stable",
        "deliberation.map_groups",
        "deliberation.map_unplaced",
        "deliberation.map_judged_on_sample",
    }
)

VOTES_NEEDED = 7
PEOPLE_NEEDED = 7
STATEMENTS_NEEDED = 2
GROUPS_AT_MOST = 5
# Polis allows one more group for every twelve people.
PEOPLE_PER_GROUP = 12
STARTS = 10
# Above this many people the silhouette is judged on a sample of them.
SILHOUETTE_SAMPLE = 5_000

RESAMPLES = 30
RESAMPLE_SHARE = 0.8
RESAMPLE_STARTS = 4
RESAMPLE_SILHOUETTE_SAMPLE = 600
SHUFFLES = 40
# Above this many people, resampling and shuffling work on samples of this size.
REPEAT_SAMPLE = 2_000
STABILITY_NEEDED = 0.6
SPREAD_NEEDED = 4.0


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that speaks for a group, with the votes inside the group."""

    statement: str
    side: Side
    agree: int
    disagree: int
    seen: int


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """People of like opinion (看法相近的一拨); ``id`` is A for the largest, then B, C and so on."""

    id: str
    members: tuple[str, ...]
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class BridgingStatement:
    """A statement on which most of every group are on the same side."""

    statement: str
    side: Side
    score: float


@dataclass(frozen=True, slots=True)
class DivisiveStatement:
    """A statement on which two groups are on opposite sides."""

    statement: str
    score: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """A number of groups that was tried, and how well apart they were (-1 to 1)."""

    groups: int
    silhouette: float


@dataclass(frozen=True, slots=True, eq=False)
class OpinionSketch:
    """The mathematics of the map alone, before asking whether it can be trusted."""

    placed: tuple[str, ...]
    positions: Floats
    unplaced: tuple[str, ...]
    groups: tuple[OpinionGroup, ...]
    bridging: tuple[BridgingStatement, ...]
    divisive: tuple[DivisiveStatement, ...]
    tried: tuple[Attempt, ...]
    report: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OpinionMap:
    """How opinions lie, and how far that can be trusted.

    ``positions`` (placed, 2) belong to ``placed``; ``unplaced`` voted too little for that. Every
    person is in exactly one of the two. ``groups`` is empty unless ``verdict`` is ``"groups"``.
    """

    participants: int
    statements: int
    votes: int
    placed: tuple[str, ...]
    positions: Floats
    unplaced: tuple[str, ...]
    verdict: Verdict
    groups: tuple[OpinionGroup, ...]
    stability: float
    bridging: tuple[BridgingStatement, ...]
    divisive: tuple[DivisiveStatement, ...]
    tried: tuple[Attempt, ...]
    seed: int
    report: tuple[Line, ...]

    @property
    def ungrouped(self) -> tuple[str, ...]:
        """Everybody who is in no group: the unplaced, and the placed too if there are no groups."""
        if self.groups:
            return self.unplaced
        return tuple(sorted(self.placed + self.unplaced, key=id_order))


@dataclass(frozen=True, slots=True, eq=False)
class _Division:
    """People with enough votes, where they stand, and the group of each (empty for none)."""

    enough: npt.NDArray[np.bool_]
    positions: Floats
    group_of: Ints
    tried: tuple[Attempt, ...]
    report: tuple[Line, ...]


def map_opinions(votes: VoteTable, *, seed: int) -> OpinionMap:
    """Find opinion groups and judge them; this function will say so when there are none.

    Parameters
    ----------
    votes
        One vote at most per person and statement. Leave out moderated statements and banned people
        beforehand (:meth:`VoteTable.without`).
    seed
        Seed of the starts and of the judging, 0 or more. The same votes and seed give the same
        map, in whatever order the votes came.

    Returns
    -------
    OpinionMap
        Also for no votes, one voter, one statement or all the same vote: ``no_clear_groups`` with
        the reason in ``report``.

    Notes
    -----
    Positions, groups and statements are those of :func:`sketch_opinions`. They are shown only when
    both hold:

    1. *Not chance.* The variance along the first axis exceeds that of every one of 40 shuffles by
       more than four standard deviations of theirs. A shuffle deals the votes on each statement
       anew among the people who voted on it: who voted on what and how each statement fared stay,
       what people have in common goes.
    2. *Stable.* ``stability`` is at least 0.6. It is the mean adjusted Rand index, over 30 random
       samples of 80 % of the people, between the groups found in the sample alone (axes, number of
       groups and all) and the groups of the map; 1 is the same groups every time, 0 is chance.

    Above 2,000 people both work on random samples of that size. Without groups, ``bridging`` and
    ``divisive`` take everybody as one. A smooth spectrum from one pole to the other is cut in two
    stably: the map says that people differ along a line, not that there is a gap in it.

    Examples
    --------
    Eight neighbours for the new bin room and eight against it:

    >>> from linli.engines.deliberation.votes import Vote, VoteTable
    >>> told = (
    ...     (str(person), str(statement), Vote.AGREE if side else Vote.DISAGREE)
    ...     for person in range(16)
    ...     for statement in range(8)
    ...     for side in [(person < 8) == (statement % 2 == 0)]
    ... )
    >>> found = map_opinions(VoteTable.collect(told), seed=0)
    >>> found.verdict, [group.members[0] for group in found.groups], found.stability
    ('groups', ['0', '8'], 1.0)
    """
    division = _divide_people(votes, seed=seed)
    sketch = _describe(votes, division)
    report = list(sketch.report)
    stability = 0.0
    clear = bool(sketch.groups)
    if sketch.groups:
        stability = _stability(votes, division, seed=seed)
        if not _spreads_beyond_chance(votes, seed=seed):
            clear = False
            report.append(Line("deliberation.map_like_chance", {"shuffles": SHUFFLES}))
        if stability < STABILITY_NEEDED:
            clear = False
            percent, needed = round(100 * stability), round(100 * STABILITY_NEEDED)
            report.append(
                Line("deliberation.map_not_stable", {"percent": percent, "needed": needed})
            )
    if clear:
        report.append(
            Line(
                "deliberation.map_groups",
                {"groups": len(sketch.groups), "percent": round(100 * stability)},
            )
        )
    elif sketch.groups:
        sketch = _describe(votes, replace(division, group_of=np.empty(0, dtype=np.int64)))
    return OpinionMap(
        participants=len(votes.participants),
        statements=len(votes.statements),
        votes=len(votes.values),
        placed=sketch.placed,
        positions=sketch.positions,
        unplaced=sketch.unplaced,
        verdict="groups" if clear else "no_clear_groups",
        groups=sketch.groups,
        stability=stability,
        bridging=sketch.bridging,
        divisive=sketch.divisive,
        tried=sketch.tried,
        seed=seed,
        report=tuple(report),
    )


def sketch_opinions(votes: VoteTable, *, seed: int) -> OpinionSketch:
    """Do the mathematics of the map alone; this function will give groups even to pure noise.

    Show nobody these groups: :func:`map_opinions` judges whether they mean anything.

    Parameters
    ----------
    votes, seed
        As for :func:`map_opinions`.

    Returns
    -------
    OpinionSketch
        ``groups`` is empty only where there is nothing to divide; the reason is in ``report``.

    Notes
    -----
    Who voted on at least min(7, number of statements) is placed, by Polis's projection. k-means++
    with ten seeded starts divides the placed for each k up to min(5, 2 + placed / 12); the largest
    mean silhouette decides, the larger k among equals. Above 5,000 people the silhouette is judged
    on a random sample of that many.

    A representative statement has a significant share of the group (90 %, one-sided) and a
    significantly larger one than the other groups, ordered by the product of both shares' numbers
    and statistics, at most five a group; where none is, the one most unlike the others.

    *Bridging*: the chance that one member of each group, drawn apart, all agree (or all disagree),
    ``prod (a + 1) / (s + 2)``, for statements where that share exceeds one half in every group.

    *Divisive*: the chance that one member of each of two groups stand on opposite sides,
    ``p q' + q p'`` with p agreeing and q disagreeing, for the two groups where it is largest;
    listed above one half, which only groups with opposite majorities reach. For everybody as one
    group it is ``2 p q`` and listed above one quarter.
    """
    return _describe(votes, _divide_people(votes, seed=seed))


def _divide_people(
    votes: VoteTable,
    *,
    seed: int,
    starts: int = STARTS,
    judged: int | None = None,
    at_most: int | None = None,
    least: int = PEOPLE_NEEDED,
) -> _Division:
    """Place people and divide them into the number of groups that lie best apart."""
    needed = max(1, min(VOTES_NEEDED, len(votes.statements)))
    enough = votes.votes_per_person >= needed
    nobody = np.empty(0, dtype=np.int64)
    if not len(votes.values):
        line = Line("deliberation.map_no_votes")
        return _Division(enough, np.empty((0, 2)), nobody, (), (line,))
    plane = principal_plane(votes)
    # Rounding before any comparison, so that the last digit of a processor decides nothing.
    positions = np.round(project_people(votes, plane)[enough], 9) + 0.0
    reason = _nothing_to_divide(votes, positions, least=least)
    if reason is not None:
        return _Division(enough, positions, nobody, (), (reason,))
    rng = np.random.default_rng([seed, 1])
    if at_most is None:
        at_most = min(GROUPS_AT_MOST, 2 + len(positions) // PEOPLE_PER_GROUP)
    most = min(at_most, len(np.unique(positions, axis=0)))
    divisions = [divide(positions, k, rng=rng, starts=starts) for k in range(2, most + 1)]
    seen: tuple[Floats, list[Ints]] = positions, divisions
    report: tuple[Line, ...] = ()
    if len(positions) > SILHOUETTE_SAMPLE:
        drawn = np.sort(rng.choice(len(positions), SILHOUETTE_SAMPLE, replace=False))
        seen = positions[drawn], [division[drawn] for division in divisions]
        report = (Line("deliberation.map_judged_on_sample", {"people": SILHOUETTE_SAMPLE}),)
    among: Ints | None = None
    if judged is not None and len(seen[0]) > judged:
        among = np.sort(rng.choice(len(seen[0]), judged, replace=False))
    apart = np.round(silhouettes(*seen, among=among), 9)
    best = max(range(len(divisions)), key=lambda i: (apart[i], i))
    tried = tuple(Attempt(k, float(s)) for k, s in enumerate(apart, start=2))
    return _Division(enough, positions, _by_size(divisions[best]), tried, report)


def _nothing_to_divide(votes: VoteTable, positions: Floats, *, least: int) -> Line | None:
    """Reason why there can be no groups, if there is one."""
    if len(positions) < least:
        return Line(
            "deliberation.map_too_few_people",
            {
                "placed": len(positions),
                "people": least,
                "votes": max(1, min(VOTES_NEEDED, len(votes.statements))),
            },
        )
    if len(votes.statements) < STATEMENTS_NEEDED:
        return Line("deliberation.map_too_few_statements", {"statements": STATEMENTS_NEEDED})
    if np.all(positions == positions[0]):
        return Line("deliberation.map_no_differences")
    return None


def _by_size(label_of: Ints) -> Ints:
    """Number groups by size, the largest 0; of equals first the one with the first member."""
    labels, first, sizes = np.unique(label_of, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(int(labels.max()) + 1, dtype=np.int64)
    rank[labels[order]] = np.arange(labels.size)
    return rank[label_of]


def _describe(votes: VoteTable, division: _Division) -> OpinionSketch:
    """Name the groups and the statements that speak for, join and divide them."""
    people = np.array(votes.participants, dtype=object)
    placed = tuple(people[division.enough])
    unplaced = tuple(people[~division.enough])
    n_groups = int(division.group_of.max()) + 1 if division.group_of.size else 0
    group_of = np.full(people.size, -1 if n_groups else 0)
    if n_groups:
        group_of[division.enough] = division.group_of
    counts = count_votes(votes, group_of, max(n_groups, 1))
    spoken = _representative(votes.statements, counts) if n_groups else ()
    groups = tuple(
        OpinionGroup(
            id=chr(ord("A") + group),
            members=tuple(people[group_of == group]),
            representative=spoken[group],
        )
        for group in range(n_groups)
    )
    report = division.report
    if unplaced and len(votes.values):
        needed = min(VOTES_NEEDED, len(votes.statements))
        params = {"unplaced": len(unplaced), "votes": needed}
        report = (*report, Line("deliberation.map_unplaced", params))
    return OpinionSketch(
        placed=placed,
        positions=division.positions,
        unplaced=unplaced,
        groups=groups,
        bridging=_bridging(votes.statements, counts),
        divisive=_divisive(votes.statements, counts),
        tried=division.tried,
        report=report,
    )


def _representative(
    statements: tuple[str, ...], counts: GroupCounts
) -> tuple[tuple[Representative, ...], ...]:
    """Statements that speak for each group, agreement and disagreement treated alike."""
    agree, disagree = contrast(counts.agree, counts.seen), contrast(counts.disagree, counts.seen)
    # At most one side of a statement can have a significant share.
    on_agree = speaks(agree)
    passing = on_agree | speaks(disagree)
    force = np.where(on_agree, strength(agree), strength(disagree))
    order = np.argsort(-force, axis=1, kind="stable")
    chosen = []
    for group in range(len(counts.seen)):
        columns = [int(c) for c in order[group] if passing[group, c]][:REPRESENTATIVE_AT_MOST]
        sides = on_agree[group]
        if not columns:
            unlike = np.round([agree.ratio_z[group], disagree.ratio_z[group]], 9)
            columns = [int(np.argmax(unlike.max(axis=0)))]
            sides = unlike[0] >= unlike[1]
        told = [
            Representative(
                statement=statements[column],
                side="agree" if sides[column] else "disagree",
                agree=int(counts.agree[group, column]),
                disagree=int(counts.disagree[group, column]),
                seen=int(counts.seen[group, column]),
            )
            for column in columns
        ]
        chosen.append(tuple(sorted(told, key=lambda one: one.side != "agree")))
    return tuple(chosen)


def _bridging(statements: tuple[str, ...], counts: GroupCounts) -> tuple[BridgingStatement, ...]:
    """Statements with a majority on the same side in every group, the most shared first."""
    found: list[tuple[float, int, Side]] = []
    sides: tuple[tuple[Side, Ints], ...] = (("agree", counts.agree), ("disagree", counts.disagree))
    for side, votes in sides:
        score = np.round(group_aware_consensus(votes, counts.seen), 12)
        shared = ((votes + 1) / (counts.seen + 2) > 0.5).all(axis=0)
        found += [(float(score[c]), int(c), side) for c in np.flatnonzero(shared)]
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(
        BridgingStatement(statements[column], side, score) for score, column, side in found
    )


def _divisive(statements: tuple[str, ...], counts: GroupCounts) -> tuple[DivisiveStatement, ...]:
    """Statements on which two groups stand on opposite sides, the most opposed first."""
    agree = (counts.agree + 1) / (counts.seen + 2)
    disagree = (counts.disagree + 1) / (counts.seen + 2)
    opposed = agree[:, None] * disagree[None] + disagree[:, None] * agree[None]
    score = np.round(opposed.max(axis=(0, 1)), 12)
    listed = score > (0.5 if len(agree) > 1 else 0.25)
    order = [int(c) for c in np.argsort(-score, kind="stable") if listed[c]]
    return tuple(DivisiveStatement(statements[c], float(score[c])) for c in order)


def _stability(votes: VoteTable, division: _Division, *, seed: int) -> float:
    """Mean adjusted Rand index between the map and maps of samples of the people."""
    n_people = len(votes.participants)
    size = min(round(RESAMPLE_SHARE * n_people), REPEAT_SAMPLE)
    at_most = max(attempt.groups for attempt in division.tried)
    known = np.full(n_people, -1)
    known[division.enough] = division.group_of
    agreements = []
    for repeat in range(RESAMPLES):
        rng = np.random.default_rng([seed, 2, repeat])
        taken = np.zeros(n_people, dtype=bool)
        taken[rng.choice(n_people, size, replace=False)] = True
        again = _divide_people(
            votes.only(people=taken),
            seed=seed,
            starts=RESAMPLE_STARTS,
            judged=RESAMPLE_SILHOUETTE_SAMPLE,
            at_most=at_most,
            least=2,
        )
        if again.group_of.size:
            before = known[taken][again.enough]
            agreements.append(agreement(before, again.group_of))
        else:
            agreements.append(0.0)
    return round(min(max(float(np.mean(agreements)), 0.0), 1.0), 6)


def _spreads_beyond_chance(votes: VoteTable, *, seed: int) -> bool:
    """Whether people differ along one line by more than shuffled votes do."""
    rng = np.random.default_rng([seed, 3])
    n_people = len(votes.participants)
    if n_people > REPEAT_SAMPLE:
        taken = np.zeros(n_people, dtype=bool)
        taken[rng.choice(n_people, REPEAT_SAMPLE, replace=False)] = True
        votes = votes.only(people=taken)
    by_column = np.argsort(votes.columns, kind="stable")
    chance = np.empty(SHUFFLES)
    for i in range(SHUFFLES):
        dealt = np.argsort(votes.columns + rng.random(votes.columns.size))
        values = np.empty_like(votes.values)
        values[by_column] = votes.values[dealt]
        chance[i] = _largest_spread(votes.with_values(values))
    spread = _largest_spread(votes)
    margin = SPREAD_NEEDED * float(chance.std()) + 1e-6 * spread
    return bool(spread > chance.max() and spread > chance.mean() + margin)


def _largest_spread(votes: VoteTable) -> float:
    """Sum of squares along the first axis."""
    n_statements = len(votes.statements)
    heard = np.bincount(votes.columns, minlength=n_statements)
    total = np.bincount(votes.columns, weights=votes.values, minlength=n_statements)
    centre = total / np.maximum(heard, 1)
    deviations = votes.sparse(votes.values - centre[votes.columns])
    return float(largest_directions(deviations, n=1, tolerance=1e-4)[0][0])
