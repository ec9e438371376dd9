"""Which statement a resident is shown next: the one whose answer would tell most."""

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]

META_PRIORITY = 49.0
UNKNOWN_PRIORITY = 1.0


def statement_priorities(*, agree: Ints, passed: Ints, seen: Ints, extremity: Floats) -> Floats:
    """Weigh statements for routing; this function will favour new, far-reaching and liked ones.

    Parameters
    ----------
    agree, passed, seen
        Shape (statements,), votes so far: agreeing, passing, and all of them.
    extremity
        Shape (statements,), how far from the middle agreeing alone would put somebody, at least 0.

    Returns
    -------
    ndarray
        Shape (statements,), positive; twice the priority is drawn twice as often.

    Notes
    -----
    With A agrees, P passes, S votes and extremity E::

        importance = (1 - (P + 1) / (S + 2)) * (E + 1) * (A + 1) / (S + 2)
        priority = (importance * (1 + 8 * 2 ** (-S / 5))) ** 2

    A statement nobody has answered starts at 5.06 (E + 1)²; its lead is halved with every five
    votes. Being agreed with counts, being rejected does not: statements everyone rejects fade.

    References
    ----------
    Polis, comment routing (compdemocracy.org/comment-routing).

    Examples
    --------
    A split statement that reaches far, and one that everybody passes:

    >>> priorities = statement_priorities(
    ...     agree=np.array([6, 0]),
    ...     passed=np.array([0, 10]),
    ...     seen=np.array([12, 10]),
    ...     extremity=np.array([3.0, 0.0]),
    ... )
    >>> [round(float(p), 3) for p in priorities]
    [21.828, 0.0]
    """
    sure = 1 - (passed + 1) / (seen + 2)
    importance = sure * (extremity + 1) * (agree + 1) / (seen + 2)
    novelty = 1 + 8 * 2.0 ** (-seen / 5)
    return np.square(importance * novelty)


def choose_statement(
    *, seen: Collection[str], priorities: Mapping[str, float | None], rng: np.random.Generator
) -> str | None:
    """Draw the next statement for one person; this function will never repeat one.

    Parameters
    ----------
    seen
        Ids of the statements this person has answered.
    priorities
        Priority of every statement that may be shown, at least 0; None (not yet weighed) counts 1.
    rng
        Source of chance.

    Returns
    -------
    str or None
        The statement, drawn with probability proportional to its priority, whatever the order of
        ``priorities``; None when the person has seen all. If all that is left has priority 0, it
        is drawn evenly.

    Examples
    --------
    >>> choose_statement(
    ...     seen={"1"}, priorities={"1": 9.0, "2": 4.0}, rng=np.random.default_rng(0)
    ... )
    '2'
    >>> choose_statement(seen={"1"}, priorities={"1": 9.0}, rng=np.random.default_rng(0))
    """
    unseen = sorted(priorities.keys() - set(seen))
    if not unseen:
        return None
    weights = [priorities[statement] for statement in unseen]
    reach = np.cumsum([UNKNOWN_PRIORITY if weight is None else weight for weight in weights])
    if reach[-1] <= 0:
        reach = np.arange(1.0, len(unseen) + 1)
    return unseen[int(np.searchsorted(reach, rng.random() * reach[-1], side="right"))]
