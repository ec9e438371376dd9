"""The mathematics of Polis, from its published formulas: axes, positions, what speaks for a group.

Signs: agree is +1 here. Polis stores agree as -1, so what it publishes as ``center`` is minus
:attr:`PolisMap.centre`; axes are defined up to their sign, and extremity has none.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from linli.engines.deliberation._grouping import lloyd, silhouettes
from linli.engines.deliberation.statement_routing import META_PRIORITY, statement_priorities
from linli.engines.deliberation.votes import Floats, Ints, VoteTable

type Side = Literal["agree", "disagree"]
type Flags = npt.NDArray[np.bool_]

SIGNIFICANT = 1.2816  # one-sided, at 90 %
REPRESENTATIVE_AT_MOST = 5
POLIS_BASE_CLUSTERS = 100
POLIS_BASE_ROUNDS, POLIS_GROUP_ROUNDS = 100, 20
POLIS_STANDSTILL = 0.01
# Up to here all directions are found at once, so that ties between them can be settled.
STATEMENTS_DECOMPOSED_DENSELY = 64
# Axes whose variances differ by less than this share cannot be told apart.
SAME_VARIANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """The two directions along which people differ most.

    ``centre`` (statements,) is the mean vote on each statement, 0 where nobody voted; ``axes``
    (2, statements) are orthonormal, or 0 where nobody differs; ``variances`` (2,) belong to them.
    """

    centre: Floats
    axes: Floats
    variances: Floats


@dataclass(frozen=True, slots=True, eq=False)
class GroupCounts:
    """Votes inside each group: agreeing, disagreeing and all, each (groups, statements)."""

    agree: Ints
    disagree: Ints
    seen: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """How much one side of a statement belongs to a group, each (groups, statements).

    ``share`` is the smoothed share of the group on this side, ``share_z`` its distance from one
    half; ``ratio`` is that share against the other groups', ``ratio_z`` its distance from theirs.
    """

    share: Floats
    share_z: Floats
    ratio: Floats
    ratio_z: Floats


@dataclass(frozen=True, slots=True)
class RepresentativeStatement:
    """A statement that speaks for a group, with the votes of that group."""

    statement: str
    side: Side
    agree: int
    disagree: int
    seen: int
    share: float
    share_z: float
    ratio: float
    ratio_z: float


@dataclass(frozen=True, slots=True)
class SharedStatement:
    """A statement most people are on one side of, whichever group they are in."""

    statement: str
    side: Side
    share: float
    share_z: float


def principal_plane(table: VoteTable) -> Plane:
    """Find the plane in which people differ most; this function will never fill the gaps.

    Parameters
    ----------
    table
        The votes, with at least one statement.

    Returns
    -------
    Plane
        Axes of zeros where there is no second (or first) direction of difference.

    Notes
    -----
    Polis puts the mean of a statement where a vote is missing and then centres. A filled-in mean
    is 0 after centring, so the same matrix is the sparse one of ``vote - mean``.

    An axis has no sign, and two axes of equal variance no direction. Made definite here: each axis
    points where its largest entry (the first statement of equals) is positive; a space of equal
    variance is turned towards the first statement that lies most in it.

    References
    ----------
    Small, Bjorkegren, Erkkilä, Shaw, Megill (2021), Polis: Scaling deliberation by mapping
    high-dimensional opinion spaces. doi:10.6035/recerca.5516
    """
    n_statements = len(table.statements)
    values = table.values.astype(np.float64)
    heard = np.bincount(table.columns, minlength=n_statements)
    total = np.bincount(table.columns, weights=values, minlength=n_statements)
    centre = total / np.maximum(heard, 1)
    deviations = table.sparse(values - centre[table.columns])
    variances, directions = largest_directions(deviations, n=2, tolerance=1e-12)
    axes = _settle(variances, directions)
    settled = np.zeros(2)
    settled[: min(2, variances.size)] = variances[:2]
    return Plane(centre, axes, settled / max(len(table.participants) - 1, 1))


def largest_directions(deviations: csr_array, *, n: int, tolerance: float) -> tuple[Floats, Floats]:
    """Largest eigenvalues of ``deviationsᵀ deviations``, largest first, and eigenvectors as rows.

    Above a few dozen statements by Lanczos on the sparse votes: no table of all pairs, and no
    library that spreads over processors, whose waiting costs more than the work on a busy machine.
    """
    n_statements = deviations.shape[1]
    if n_statements <= STATEMENTS_DECOMPOSED_DENSELY:
        values, vectors = np.linalg.eigh((deviations.T @ deviations).toarray())
        return np.maximum(values[::-1], 0.0), vectors.T[::-1]
    largest, directions = np.zeros(n), np.zeros((n, n_statements))
    # One after the other, each apart from those before: a single run would miss the second of two
    # directions along which people differ equally.
    for i in range(n):
        largest[i], directions[i] = _next_direction(deviations, directions[:i], tolerance)
    return largest, directions


def _next_direction(deviations: csr_array, found: Floats, tolerance: float) -> tuple[float, Floats]:
    """Largest eigenvalue and vector orthogonal to those ``found``; zeros if nothing is left."""
    transposed = deviations.T.tocsr()

    def apart(vector: Floats) -> Floats:
        rest: Floats = vector - (found @ vector) @ found
        return rest

    def squared(vector: Floats) -> Floats:
        return apart(transposed @ (deviations @ apart(vector)))

    size = deviations.shape[1]
    # A fixed start keeps Lanczos repeatable; a smooth uneven one meets every direction.
    start = apart(1 + np.cos((len(found) + 1) * np.arange(size)) / 2)
    everything = float(np.square(deviations.data).sum())
    if np.linalg.norm(squared(start)) <= 1e-12 * everything:
        return 0.0, np.zeros(size)
    operator = LinearOperator((size, size), matvec=squared, dtype=np.float64)
    values, vectors = eigsh(operator, k=1, v0=start, tol=tolerance)
    return max(float(values[0]), 0.0), vectors[:, 0]


def _settle(variances: Floats, directions: Floats) -> Floats:
    """Choose the first two directions so that only the votes decide them."""
    axes = np.zeros((2, directions.shape[1]))
    floor = SAME_VARIANCE * max(float(variances[0]), 1e-300)
    chosen = 0
    while chosen < 2 and chosen < variances.size and variances[chosen] > floor:
        tied = variances[chosen] - variances[chosen:] <= floor
        space = directions[chosen:][tied]
        for _ in range(min(2 - chosen, len(space))):
            if len(space) == 1:
                axis = space[0]
            else:
                lengths = np.round(np.linalg.norm(space, axis=0), 9)
                axis = space[:, int(np.argmax(lengths))] @ space
                axis /= np.linalg.norm(axis)
            axis = axis * np.sign(axis[int(np.argmax(np.round(np.abs(axis), 9)))])
            axes[chosen] = axis
            chosen += 1
            space = _orthogonal_to(axis, space)
    return axes


def _orthogonal_to(axis: Floats, space: Floats) -> Floats:
    """Basis of what is left of ``space`` without the direction ``axis``."""
    rest = space - np.outer(space @ axis, axis)
    _, _, basis = np.linalg.svd(rest, full_matrices=False)
    return basis[: len(space) - 1]


def project_people(table: VoteTable, plane: Plane, *, n_zeroed: int = 0) -> Floats:
    """Place people on the plane; this function will stretch those who answered little.

    Parameters
    ----------
    table, plane
        The votes and their plane, over the same statements.
    n_zeroed
        Statements Polis set to zero for everybody; they move nobody but count as answered.

    Returns
    -------
    ndarray
        Shape (participants, 2); (0, 0) for people without a vote.

    Notes
    -----
    ``sqrt(N / max(n, 1)) * sum over own votes of (vote - mean) * axis`` with N statements in all
    and n answered. Without the stretch, people who answered little would all stand in the middle.
    """
    n_all = len(table.statements) + n_zeroed
    answered = table.votes_per_person + n_zeroed
    deviations = table.values - plane.centre[table.columns]
    stretch = np.sqrt(n_all / np.maximum(answered, 1))
    shifts = (
        np.bincount(
            table.rows,
            weights=deviations * axis[table.columns],
            minlength=len(table.participants),
        )
        for axis in plane.axes
    )
    return np.column_stack([shift * stretch for shift in shifts])


def statement_extremity(plane: Plane, *, n_zeroed: int = 0) -> Floats:
    """Distance from the middle at which agreeing with that statement alone would put somebody."""
    reach = np.linalg.norm(plane.axes, axis=0)
    distance: Floats = np.sqrt(plane.centre.size + n_zeroed) * np.abs(1 - plane.centre) * reach
    return distance


def count_votes(table: VoteTable, group_of: Ints, n_groups: int) -> GroupCounts:
    """Count the votes inside each group; ``group_of`` (participants,) is -1 for no group."""
    groups = group_of[table.rows]
    inside = groups >= 0
    cells = groups[inside] * len(table.statements) + table.columns[inside]
    values = table.values[inside]
    shape = (n_groups, len(table.statements))
    size = shape[0] * shape[1]

    def counted(which: Ints) -> Ints:
        return np.bincount(which, minlength=size).reshape(shape)

    return GroupCounts(
        agree=counted(cells[values > 0]), disagree=counted(cells[values < 0]), seen=counted(cells)
    )


def contrast(side: Ints, seen: Ints) -> Contrast:
    """Compare each group with all other groups together on one side of every statement.

    Notes
    -----
    With a votes on the side, s votes in all, and o marking the other groups together:

    - share ``p = (a + 1) / (s + 2)``, share_z ``2 sqrt(s + 1) ((a + 1) / (s + 1) - 1/2)``
    - ratio ``p / p_o``, ratio_z the two-proportion statistic of ``(a + 1) / (s + 1)`` against
      ``(a_o + 1) / (s_o + 1)``, pooled ``(a + a_o + 2) / (s + s_o + 2)``; 0 where that is 1.

    People in no group are in neither. The statistics are approximate for a handful of votes.
    """
    side_out, seen_out = side.sum(axis=0) - side, seen.sum(axis=0) - seen
    inside, outside = (side + 1) / (seen + 1), (side_out + 1) / (seen_out + 1)
    pooled = (side + side_out + 2) / (seen + seen_out + 2)
    spread = np.sqrt(pooled * np.maximum(1 - pooled, 0) * (1 / (seen + 1) + 1 / (seen_out + 1)))
    certain = spread == 0
    share = (side + 1) / (seen + 2)
    return Contrast(
        share=share,
        share_z=2 * np.sqrt(seen + 1) * (inside - 0.5),
        ratio=share / ((side_out + 1) / (seen_out + 2)),
        ratio_z=np.where(certain, 0.0, (inside - outside) / np.where(certain, 1.0, spread)),
    )


def state_side(
    statement: str, counts: GroupCounts, of: Contrast, side: Side, at: tuple[int, int]
) -> RepresentativeStatement:
    """One side of a statement for a group, with its numbers; ``at`` is (group, column)."""
    return RepresentativeStatement(
        statement=statement,
        side=side,
        agree=int(counts.agree[at]),
        disagree=int(counts.disagree[at]),
        seen=int(counts.seen[at]),
        share=float(of.share[at]),
        share_z=float(of.share_z[at]),
        ratio=float(of.ratio[at]),
        ratio_z=float(of.ratio_z[at]),
    )


def strength(of: Contrast) -> Floats:
    """Order of representative statements: the product of all four numbers, without noise."""
    return np.round(of.ratio * of.ratio_z * of.share * of.share_z, 9)


def speaks(of: Contrast) -> Flags:
    """Whether share and contrast of a side are both significant at 90 %."""
    return (of.ratio_z > SIGNIFICANT) & (of.share_z > SIGNIFICANT)


def choose_as_polis(
    statements: Sequence[str], counts: GroupCounts, *, live: Flags
) -> tuple[tuple[RepresentativeStatement, ...], ...]:
    """Choose up to five statements for each group exactly as Polis does, agreement first.

    Notes
    -----
    A statement is taken on the side with the larger ``ratio_z`` if either side is significant,
    ordered by :func:`strength`. In front stands the one the group most agrees with, if any. Equal
    ones go by the order of ``statements``; only those marked in ``live`` are taken. Agreement and
    disagreement are not treated alike; the map of Linli does so (see ``opinion_map``).
    """
    agree, disagree = contrast(counts.agree, counts.seen), contrast(counts.disagree, counts.seen)
    on_agree = agree.ratio_z > disagree.ratio_z
    order = np.argsort(-np.where(on_agree, strength(agree), strength(disagree)), stable=True)
    passing = (speaks(agree) | speaks(disagree)) & live
    chosen = []
    for group in range(len(counts.seen)):
        best = _most_agreed(counts, agree, group, live)
        columns = [int(c) for c in order[group] if passing[group, c] and c != best]
        if best is None and not columns:
            unlike = np.maximum(agree.ratio_z[group], disagree.ratio_z[group])
            columns = [int(np.argmax(np.where(live, unlike, -np.inf)))]
        told = (
            []
            if best is None
            else [state_side(statements[best], counts, agree, "agree", (group, best))]
        )
        for column in columns[: REPRESENTATIVE_AT_MOST - len(told)]:
            side: Side = "agree" if on_agree[group, column] else "disagree"
            of = agree if side == "agree" else disagree
            told.append(state_side(statements[column], counts, of, side, (group, column)))
        chosen.append(tuple(sorted(told, key=lambda one: one.side != "agree")))
    return tuple(chosen)


def _most_agreed(counts: GroupCounts, agree: Contrast, group: int, live: Flags) -> int | None:
    """Column of the statement a group most agrees with, as Polis looks for it, one by one."""
    rise = agree.share[group] * agree.share_z[group]
    full = rise * agree.ratio[group] * agree.ratio_z[group]
    best: int | None = None
    for column in np.flatnonzero(live & (counts.agree[group] + counts.disagree[group] > 0)):
        if best is None:
            better = agree.share_z[group, column] > SIGNIFICANT or (
                agree.ratio[group, column] > 1 and agree.share[group, column] > 0.5
            )
        elif agree.ratio[group, best] > 1:
            better = full[column] > full[best]
        else:
            better = rise[column] > rise[best]
        if better:
            best = int(column)
    return best


def group_aware_consensus(side: Ints, seen: Ints) -> Floats:
    """Chance that one member of each group, drawn apart, are all on this side; (statements,).

    Notes
    -----
    The product over groups of ``(a + 1) / (s + 2)``. It falls with the number of groups.
    """
    return np.prod((side + 1) / (seen + 2), axis=0)


def majority_consensus(
    statements: Sequence[str], agree: Ints, disagree: Ints, seen: Ints
) -> tuple[SharedStatement, ...]:
    """Statements on which a significant majority of all people is on one side, at most five a side.

    Parameters are the votes of everybody, each (statements,).
    """
    shared: list[SharedStatement] = []
    sides: tuple[tuple[Side, Ints], ...] = (("agree", agree), ("disagree", disagree))
    for side, votes in sides:
        share = (votes + 1) / (seen + 2)
        share_z = 2 * np.sqrt(seen + 1) * ((votes + 1) / (seen + 1) - 0.5)
        order = np.argsort(-np.round(share * share_z, 9), kind="stable")
        kept = [c for c in order if share[c] > 0.5 and share_z[c] > SIGNIFICANT]
        shared += [
            SharedStatement(statements[c], side, float(share[c]), float(share_z[c]))
            for c in kept[:REPRESENTATIVE_AT_MOST]
        ]
    return tuple(shared)


@dataclass(frozen=True, slots=True, eq=False)
class PolisMap:
    """What Polis publishes about a conversation, in Linli's signs.

    Arrays over statements follow ``statements``, those set to zero included with centre, axes and
    extremity 0. ``positions`` (people, 2) belong to
    ``participants``, the people Polis grouped, in the order given. ``base_clusters`` and ``groups``
    hold ids of people, ``base_centres`` and ``group_centres`` are (clusters, 2).
    """

    statements: tuple[str, ...]
    participants: tuple[str, ...]
    centre: Floats
    axes: Floats
    extremity: Floats
    positions: Floats
    base_clusters: tuple[tuple[str, ...], ...]
    base_centres: Floats
    groups: tuple[tuple[str, ...], ...]
    group_centres: Floats
    votes: GroupCounts
    consensus: Floats
    priorities: Floats
    representative: tuple[tuple[RepresentativeStatement, ...], ...]
    majority: tuple[SharedStatement, ...]


def reproduce_polis(
    votes: VoteTable,
    *,
    in_conv: Sequence[str],
    n_groups: int | None = None,
    moderated_out: Collection[str] = (),
    meta: Collection[str] = (),
    base_clusters: Sequence[Sequence[str]] | None = None,
    groups: Sequence[Collection[str]] | None = None,
) -> PolisMap:
    """Compute what Polis publishes; this function will keep Polis's faults, for comparison only.

    Parameters
    ----------
    votes
        All votes, those on moderated-out and meta statements too. Statements nobody voted on are
        no columns of Polis and are left out.
    in_conv
        Ids of the people Polis grouped, in the order of its rows (that of the first vote): its
        groups depend on that order. Published ``in-conv`` is a set without it; the members of
        published ``base-clusters`` stand in it.
    n_groups
        Number of groups; None takes the best silhouette, of equals the larger number.
    moderated_out, meta
        Statements Polis sets to zero for everybody. They count as answered in the projection.
    base_clusters
        People of each base cluster in Polis's order, where its warm start is to be followed;
        by default they are computed cold.
    groups
        People of each group, where the published ones are to be taken; computed by default.

    Returns
    -------
    PolisMap
        In Linli's sign (agree +1); Polis's ``center`` is minus ``centre``, its axes and positions
        are these up to the sign of each axis.

    Notes
    -----
    Base clusters are k-means of at most 100 centres over the projections of ``in_conv``, groups
    k-means over their centres weighted by members, each starting from the first different rows
    and stopping when no centre moves by 0.01 or after 100 and 20 rounds. Published groups of
    conversations of more than 100 people carry the history of earlier updates, which votes alone
    do not tell; with ``base_clusters`` given, one step of it is known.

    References
    ----------
    Polis, math/src/polismath (compdemocracy/polis), formulas only.
    """
    everybody = np.ones(len(votes.participants), dtype=bool)
    votes = votes.only(
        people=everybody, statements=np.isin(np.arange(len(votes.statements)), votes.columns)
    )
    zeroed = frozenset(moderated_out) | frozenset(meta)
    shown = votes.without(statements=zeroed)
    live = np.array([statement not in zeroed for statement in votes.statements])
    n_zeroed = int((~live).sum())
    plane = principal_plane(shown)
    place_of = {person: i for i, person in enumerate(votes.participants)}
    rows = np.array([place_of[person] for person in in_conv], dtype=np.int64)
    positions = project_people(shown, plane, n_zeroed=n_zeroed)[rows]
    base_of = _polis_base_clusters(positions, in_conv, base_clusters)
    base_centres, sizes = _means(positions, base_of), np.bincount(base_of)
    if groups is None:
        label_of = _polis_groups(base_centres, sizes, n_groups)[base_of]
    else:
        label_of = _labels(in_conv, groups)
    group_of = np.full(len(votes.participants), -1)
    group_of[rows] = label_of
    counts = count_votes(votes, group_of, int(label_of.max()) + 1)
    centre, extremity = np.zeros(live.size), np.zeros(live.size)
    axes = np.zeros((2, live.size))
    centre[live], axes[:, live] = plane.centre, plane.axes
    extremity[live] = statement_extremity(plane, n_zeroed=n_zeroed)
    return PolisMap(
        statements=votes.statements,
        participants=tuple(in_conv),
        centre=centre,
        axes=axes,
        extremity=extremity,
        positions=positions,
        base_clusters=_members(in_conv, base_of),
        base_centres=base_centres,
        groups=_members(in_conv, label_of),
        group_centres=_means(positions, label_of),
        votes=counts,
        consensus=group_aware_consensus(counts.agree, counts.seen),
        priorities=_polis_priorities(votes.statements, counts, extremity, frozenset(meta)),
        representative=choose_as_polis(votes.statements, counts, live=live),
        majority=_polis_majority(shown),
    )


def _polis_base_clusters(
    positions: Floats, in_conv: Sequence[str], given: Sequence[Sequence[str]] | None
) -> Ints:
    """Base cluster of each person, from what was given or cold."""
    if given is not None:
        return _labels(in_conv, given)
    weights = np.ones(len(positions))
    starts = _first_different(positions, POLIS_BASE_CLUSTERS)
    return lloyd(
        positions, weights, starts, rounds=POLIS_BASE_ROUNDS, tolerance=POLIS_STANDSTILL
    ).label_of


def _polis_groups(centres: Floats, sizes: Ints, n_groups: int | None) -> Ints:
    """Group of each base cluster."""

    def into(k: int) -> Ints:
        return lloyd(
            centres,
            sizes.astype(np.float64),
            _first_different(centres, k),
            rounds=POLIS_GROUP_ROUNDS,
            tolerance=POLIS_STANDSTILL,
        ).label_of

    if n_groups is not None:
        return into(n_groups)
    divisions = [into(k) for k in range(2, min(5, 2 + len(centres) // 12) + 1)]
    apart = silhouettes(centres, divisions)
    return divisions[max(range(len(divisions)), key=lambda i: (apart[i], i))]


def _first_different(points: Floats, k: int) -> Floats:
    """First ``k`` rows that differ from all before them."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:k]]


def _members(people: Sequence[str], label_of: Ints) -> tuple[tuple[str, ...], ...]:
    """People of each label."""
    names = np.array(people, dtype=object)
    return tuple(tuple(names[label_of == label]) for label in range(int(label_of.max()) + 1))


def _labels(people: Sequence[str], sets: Sequence[Collection[str]]) -> Ints:
    """Number of the set each person is in."""
    label_of = {person: i for i, members in enumerate(sets) for person in members}
    return np.array([label_of[person] for person in people], dtype=np.int64)


def _means(points: Floats, label_of: Ints) -> Floats:
    """Mean of the points of each label, all of which occur."""
    sizes = np.bincount(label_of)
    return np.column_stack([np.bincount(label_of, weights=axis) / sizes for axis in points.T])


def _polis_priorities(
    statements: Sequence[str], counts: GroupCounts, extremity: Floats, meta: frozenset[str]
) -> Floats:
    """Priorities from the votes of the grouped people; a fixed one for meta statements."""
    agree, seen = counts.agree.sum(axis=0), counts.seen.sum(axis=0)
    passed = seen - agree - counts.disagree.sum(axis=0)
    priorities = statement_priorities(agree=agree, passed=passed, seen=seen, extremity=extremity)
    priorities[[statement in meta for statement in statements]] = META_PRIORITY
    return priorities


def _polis_majority(shown: VoteTable) -> tuple[SharedStatement, ...]:
    """Majority statements over everybody's votes."""
    everybody = np.zeros(len(shown.participants), dtype=np.int64)
    counts = count_votes(shown, everybody, 1)
    return majority_consensus(shown.statements, counts.agree[0], counts.disagree[0], counts.seen[0])
