"""Points into groups: k-means from chosen starts, silhouettes, agreement of two groupings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from linli.engines.deliberation.votes import Floats, Ints

ROUNDS = 100
# Starts are compared when their centres hardly move; only the best is brought to a standstill.
ROUGHLY, STANDSTILL = 0.01, 1e-6
# Different points on which the starts of k-means are tried.
SEEDED_ON = 5_000
# Distances the silhouette holds at once, 8 MB of them; larger blocks leave the cache.
SILHOUETTE_BLOCK = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """A division of points: ``label_of`` (points,), ``centres`` (k, 2), ``inertia`` weighted."""

    label_of: Ints
    centres: Floats
    inertia: float


def lloyd(
    points: Floats, weights: Floats, centres: Floats, *, rounds: int, tolerance: float
) -> Clusters:
    """Move centres to the mean of their nearest points until none moves ``tolerance`` or more.

    A point as near to two centres goes to the first; a centre that loses all its points is dropped.
    """
    for _ in range(rounds):
        label_of = _nearest(points, centres)
        weight = np.bincount(label_of, weights=weights, minlength=len(centres))
        kept = weight > 0
        moved = _weighted_means(points, weights, label_of, weight)[kept]
        shift = np.linalg.norm(moved - centres[kept], axis=1).max()
        lost = not kept.all()
        centres = moved
        if shift < tolerance and not lost:
            break
    label_of = _nearest(points, centres)
    return Clusters(label_of, centres, _inertia(points, weights, centres, label_of))


def _nearest(points: Floats, centres: Floats) -> Ints:
    """Index of the nearest centre for every point."""
    return np.argmin(squared_distances(centres, points), axis=0)


def squared_distances(points: Floats, others: Floats) -> Floats:
    """Squared distances, shape (points, others), by differences so that equal points give 0."""
    (x, y), (other_x, other_y) = points.T, others.T
    distances: Floats = np.square(x[:, None] - other_x)
    distances += np.square(y[:, None] - other_y)
    return distances


def _weighted_means(points: Floats, weights: Floats, label_of: Ints, weight: Floats) -> Floats:
    """Weighted mean of the points of each label; ``weight`` is the sum of weights of each."""
    sums = [
        np.bincount(label_of, weights=weights * axis, minlength=weight.size) for axis in points.T
    ]
    return np.column_stack(sums) / np.where(weight > 0, weight, 1.0)[:, None]


def _inertia(points: Floats, weights: Floats, centres: Floats, label_of: Ints) -> float:
    return float(weights @ np.square(points - centres[label_of]).sum(axis=1))


def divide(points: Floats, k: int, *, rng: np.random.Generator, starts: int) -> Ints:
    """Divide points into at most ``k`` clusters: the best of several k-means++ starts.

    Parameters
    ----------
    points
        Shape (points, 2). Equal points count once, with their number as weight, sorted and turned
        by their own skew, so that neither the order of the points, nor their doubling, nor a
        mirror changes the division.
    k
        Number of clusters, at least 1; fewer come out when there are fewer different points.
    rng, starts
        Source of chance and number of starts. Above ``SEEDED_ON`` different points the starts are
        tried on a sample of that size, and only the best goes on over all points.

    Returns
    -------
    ndarray
        Shape (points,), the cluster of each point, numbered from 0.

    References
    ----------
    Arthur and Vassilvitskii (2007), k-means++: The advantages of careful seeding.
    """
    turned = points * np.where(np.round(np.sum(points**3, axis=0), 6) < 0, -1.0, 1.0)
    # Pairs of numbers sort fastest as complex ones.
    plane, place_of, weights = np.unique(
        turned[:, 0] + 1j * turned[:, 1], return_inverse=True, return_counts=True
    )
    places = np.column_stack([plane.real, plane.imag])
    heavy = weights.astype(np.float64)
    tried, tried_weights = places, heavy
    if len(places) > SEEDED_ON:
        sample = np.sort(rng.choice(len(places), SEEDED_ON, replace=False))
        tried, tried_weights = places[sample], heavy[sample]
    found = [
        lloyd(
            tried,
            tried_weights,
            _spread_out(tried, tried_weights, min(k, len(tried)), rng),
            rounds=ROUNDS,
            tolerance=ROUGHLY,
        )
        for _ in range(starts)
    ]
    # Equally good divisions differ in the last digits; the first of them stays.
    best = min(found, key=lambda clusters: float(f"{clusters.inertia:.9g}"))
    best = lloyd(places, heavy, best.centres, rounds=ROUNDS, tolerance=STANDSTILL)
    return best.label_of[place_of]


def _spread_out(points: Floats, weights: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Choose k points as starts, each with probability by its squared distance to the others."""
    distance = np.ones(len(points))
    centres = np.empty((k, 2))
    for i in range(k):
        reach = np.cumsum(weights * distance)
        at = int(np.searchsorted(reach, rng.random() * reach[-1], side="right"))
        centres[i] = points[min(at, len(points) - 1)]
        far = squared_distances(centres[i : i + 1], points)[0]
        distance = far if i == 0 else np.minimum(distance, far)
    return centres


def silhouettes(
    points: Floats, divisions: Sequence[Ints], *, among: Ints | None = None
) -> list[float]:
    """Mean silhouette of divisions: how much nearer points are to their own cluster than the next.

    Parameters
    ----------
    points
        Shape (points, 2).
    divisions
        For each division the cluster of every point, shape (points,), numbered from 0.
    among
        Indices of the points to judge, all by default; distances are taken to all points.

    Returns
    -------
    list of float
        For each division between -1 and 1; 0 where there is only one cluster.

    Notes
    -----
    Mean of ``(b - a) / max(a, b)``, a the mean distance to the others in the same cluster, b the
    smallest mean distance to another cluster; 0 for a cluster of one. Work grows with the square
    of the points, so callers pass a sample of them above a few thousand.

    References
    ----------
    Rousseeuw (1987), Silhouettes. doi:10.1016/0377-0427(87)90125-7
    """
    judged = np.arange(len(points)) if among is None else among
    sizes = [np.bincount(label_of) for label_of in divisions]
    starts = np.cumsum([0, *(size.size for size in sizes)])
    # One row for each cluster of each division: a sparse product sums distances by cluster.
    labels = [start + label_of for start, label_of in zip(starts, divisions, strict=False)]
    everybody = np.tile(np.arange(len(points)), len(divisions))
    member = csr_array((np.ones(everybody.size), (np.concatenate(labels), everybody)))
    totals = np.zeros(len(divisions))
    step = max(1, SILHOUETTE_BLOCK // len(points))
    for at in range(0, judged.size, step):
        block = judged[at : at + step]
        sums = member @ np.sqrt(squared_distances(points, points[block]))
        for i, label_of in enumerate(divisions):
            part = sums[starts[i] : starts[i + 1]].T
            totals[i] += _silhouettes_of(part, label_of[block], sizes[i])
    return [float(total) / judged.size for total in totals]


def _silhouettes_of(sums: Floats, own: Ints, sizes: Ints) -> float:
    """Sum of silhouettes from the sums of distances (points, clusters)."""
    if sizes.size < 2:
        return 0.0
    at = np.arange(own.size)
    inner = sums[at, own] / np.maximum(sizes[own] - 1, 1)
    means = np.where(sizes > 0, sums / np.maximum(sizes, 1), np.inf)
    means[at, own] = np.inf
    outer = means.min(axis=1)
    larger = np.maximum(inner, outer)
    apart = (sizes[own] > 1) & (larger > 0)
    return float(np.sum(np.where(apart, (outer - inner) / np.where(apart, larger, 1), 0)))


def agreement(one: Ints, other: Ints) -> float:
    """Adjusted Rand index of two divisions of the same people: 1 for the same, 0 by chance.

    References
    ----------
    Hubert and Arabie (1985), Comparing partitions. doi:10.1007/BF01908075
    """
    together = np.bincount(one * (int(other.max()) + 1) + other)
    pairs = _pairs(together)
    pairs_one, pairs_other = _pairs(np.bincount(one)), _pairs(np.bincount(other))
    expected = pairs_one * pairs_other / max(one.size * (one.size - 1) / 2, 1)
    most = (pairs_one + pairs_other) / 2
    return 1.0 if most == expected else float((pairs - expected) / (most - expected))


def _pairs(sizes: Ints) -> float:
    return float(np.sum(sizes * (sizes - 1)) / 2)
