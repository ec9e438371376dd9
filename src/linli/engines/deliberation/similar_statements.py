"""Statements that say nearly the same, to be seen side by side by the one who moderates."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from linli.engines.deliberation.votes import id_order

ALIKE = 0.6
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[\W_]+(?=[{_HAN}])")


@dataclass(frozen=True, slots=True)
class SimilarStatement:
    """A statement like the new one; ``likeness`` is 1 where only signs and width differ."""

    statement: str
    likeness: float


def find_similar(
    text: str, others: Mapping[str, str], *, threshold: float = ALIKE
) -> tuple[SimilarStatement, ...]:
    """Find statements nearly the same as a text; this function will compare letters, not meaning.

    Parameters
    ----------
    text
        The new statement.
    others
        Texts of the statements there are, by id.
    threshold
        Least likeness that is told, above 0 up to 1.

    Returns
    -------
    tuple
        The most alike first, equal ones by id.

    Notes
    -----
    Dice's coefficient ``2 |A ∩ B| / (|A| + |B|)`` of pairs of neighbouring Han characters and of
    Latin words and numbers, each as often as it occurs. Before that: Unicode NFKC (full and half
    width), lower case, punctuation and spaces dropped. "不同意" and "同意" share most pairs, so
    opposites come out as alike: it is a moderator who decides. Other words for the same thing, and
    traditional against simplified characters, are not found.

    References
    ----------
    Dice (1945), Measures of the amount of ecologic association between species.
    doi:10.2307/1932409

    Examples
    --------
    >>> others = {"1": "垃圾厢房应该建在东门！", "2": "楼道里要有灯。"}
    >>> find_similar("垃圾厢房应该建在东门口", others)
    (SimilarStatement(statement='1', likeness=0.947),)
    """
    parts = _parts(text)
    found = [
        SimilarStatement(identifier, round(_dice(parts, _parts(other)), 3))
        for identifier, other in others.items()
    ]
    close = (one for one in found if one.likeness >= threshold)
    return tuple(sorted(close, key=lambda one: (-one.likeness, id_order(one.statement))))


def _parts(text: str) -> Counter[str]:
    """Pairs of Han characters, and words of other scripts."""
    parts: Counter[str] = Counter()
    plain = _BETWEEN_HAN.sub("", unicodedata.normalize("NFKC", text).lower())
    for run in _RUNS.findall(plain):
        if _IS_HAN.match(run):
            # A single character would have no pair and so no say.
            parts.update(run[i : i + 2] for i in range(max(len(run) - 1, 1)))
        else:
            parts[run] += 1
    return parts


def _dice(one: Counter[str], other: Counter[str]) -> float:
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0
