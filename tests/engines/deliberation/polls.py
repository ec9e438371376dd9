"""Made-up conversations for tests: planted groups, and noise."""

import numpy as np

from linli.engines.deliberation.votes import Vote, VoteTable


def table(rows: list[str]) -> VoteTable:
    """Votes from one line for each person: + agree, - disagree, 0 pass, . not seen."""
    meaning = {"+": Vote.AGREE, "-": Vote.DISAGREE, "0": Vote.PASS}
    return VoteTable.collect(
        (
            (str(person), str(statement), meaning[sign])
            for person, row in enumerate(rows)
            for statement, sign in enumerate(row)
            if sign != "."
        ),
        participants=[str(person) for person in range(len(rows))],
    )


def from_grid(grid: np.ndarray, seen: np.ndarray) -> VoteTable:
    rows, columns = np.nonzero(seen)
    return VoteTable.from_arrays(
        [str(i) for i in range(grid.shape[0])],
        [str(i) for i in range(grid.shape[1])],
        rows=rows,
        columns=columns,
        values=grid[rows, columns].astype(np.int8),
    )


def noise(people: int, statements: int, *, seed: int, seen: float = 0.8) -> VoteTable:
    """Everybody votes by lot; each statement has its own odds."""
    rng = np.random.default_rng(seed)
    odds = rng.dirichlet([2, 2, 1], size=statements)
    drawn = rng.random((people, statements))
    grid = np.where(drawn < odds[:, 0], 1, np.where(drawn < odds[:, 0] + odds[:, 1], -1, 0))
    return from_grid(grid, rng.random((people, statements)) < seen)


def planted(
    people: int, statements: int, groups: int, *, seed: int, loyal: float = 0.92, seen: float = 0.8
) -> tuple[VoteTable, np.ndarray]:
    """Groups stand around a circle, statements split it; members take their side mostly."""
    rng = np.random.default_rng(seed)
    group_of = np.arange(people) % groups
    stands = 2 * np.pi * np.arange(groups) / groups
    splits = 2 * np.pi * (np.arange(statements) + 0.25) / statements
    side = np.where(np.cos(stands[:, None] - splits[None, :]) > 0, 1, -1)
    grid = side[group_of] * np.where(rng.random((people, statements)) < loyal, 1, -1)
    return from_grid(grid, rng.random((people, statements)) < seen), group_of
