"""How much the next answer to each statement would tell, from all votes so far."""

from collections.abc import Mapping

import numpy as np

from linli.engines.deliberation.polis_mathematics import (
    count_votes,
    principal_plane,
    statement_extremity,
)
from linli.engines.deliberation.statement_routing import statement_priorities
from linli.engines.deliberation.votes import VoteTable


def weigh_statements(votes: VoteTable) -> Mapping[str, float]:
    """Weigh every statement for routing; this function will weigh those without a vote too.

    Parameters
    ----------
    votes
        All votes of an asking; statements may be without one.

    Returns
    -------
    Mapping
        Priority, positive, by statement, in the order of the table.

    Notes
    -----
    :func:`statement_priorities` over the counts of everybody, with the extremity of each statement
    in the plane in which people differ most. Before the first vote nothing has a place there and
    all statements weigh the same.

    References
    ----------
    Polis, comment routing (compdemocracy.org/comment-routing).

    Examples
    --------
    Four neighbours agree that lamps are needed and are divided on the car park:

    >>> from linli.engines.deliberation.votes import Vote, VoteTable
    >>> choices = {"lamps": (1, 1, 1, 1), "car park": (1, 1, -1, -1)}
    >>> table = VoteTable.collect(
    ...     (f"neighbour {i}", statement, Vote(vote))
    ...     for statement, votes in choices.items()
    ...     for i, vote in enumerate(votes)
    ... )
    >>> weights = weigh_statements(table)
    >>> weights["car park"] > weights["lamps"]
    True
    """
    counts = count_votes(votes, np.zeros(len(votes.participants), dtype=np.int64), 1)
    agree, disagree, seen = counts.agree[0], counts.disagree[0], counts.seen[0]
    extremity = np.zeros(len(votes.statements))
    if votes.rows.size:
        extremity = statement_extremity(principal_plane(votes))
    priorities = statement_priorities(
        agree=agree, passed=seen - agree - disagree, seen=seen, extremity=extremity
    )
    return dict(zip(votes.statements, priorities.tolist(), strict=True))
