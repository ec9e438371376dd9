"""Counting the answers to a simple question: one option, several, or a ranking."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from linli.engines.errors import RuleError


class AnswerError(RuleError):
    """An answer the question does not allow."""


@dataclass(frozen=True, slots=True)
class OptionCount:
    """Answers for each option in the order of the options; ``leading`` has all that tie for most.

    ``answers`` holds only answers with an option in them; ``blank`` ones are apart.
    """

    counts: tuple[tuple[str, int], ...]
    answers: int
    blank: int
    leading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of two options, how many ranked the first above the second."""

    option: str
    over: str
    answers: int


@dataclass(frozen=True, slots=True)
class RankedCount:
    """A ranking counted: first places, every pair, and who beats or ties with everybody.

    ``pairs`` holds each ordered pair once. ``winner`` beats every other option one against one
    (Condorcet); None if nobody does. ``unbeaten`` lists all options that lose against none.
    """

    first: OptionCount
    pairs: tuple[Comparison, ...]
    winner: str | None
    unbeaten: tuple[str, ...]


def count_single(answers: Iterable[Sequence[str]], *, options: Sequence[str]) -> OptionCount:
    """Count a question with one choice; this function will set blank answers apart.

    Parameters
    ----------
    answers
        One tuple for each voter, of one option or empty.
    options
        All options, in the order they were shown.

    Returns
    -------
    OptionCount
        ``leading`` is empty when nobody chose anything.

    Raises
    ------
    AnswerError
        ``deliberation.answer_unknown_option`` for an option that was not offered;
        ``deliberation.answer_too_many`` for more than one.

    Examples
    --------
    >>> count_single([("东门",), ("西门",), ("东门",), ()], options=["东门", "西门"])
    OptionCount(counts=(('东门', 2), ('西门', 1)), answers=3, blank=1, leading=('东门',))
    """
    given = [_checked(answer, options) for answer in answers]
    for answer in given:
        if len(answer) > 1:
            raise AnswerError("deliberation.answer_too_many", options=len(answer))
    return _count_options(given, options)


def count_multiple(answers: Iterable[Sequence[str]], *, options: Sequence[str]) -> OptionCount:
    """Count a question with several choices; this function will count each voter once an option.

    Parameters
    ----------
    answers
        One tuple of options for each voter, in any order; the same option twice counts once.
    options
        All options, in the order they were shown.

    Returns
    -------
    OptionCount
        The counts add up to more than ``answers`` where voters chose several.

    Raises
    ------
    AnswerError
        ``deliberation.answer_unknown_option`` for an option that was not offered.

    Examples
    --------
    >>> count_multiple([("灯", "椅"), ("灯", "灯"), ()], options=["灯", "椅"]).counts
    (('灯', 2), ('椅', 1))
    """
    return _count_options([_checked(answer, options) for answer in answers], options)


def count_ranked(answers: Iterable[Sequence[str]], *, options: Sequence[str]) -> RankedCount:
    """Count rankings; this function will compare every two options one against one.

    Parameters
    ----------
    answers
        One tuple for each voter, the best option first. Options left out count as ranked below all
        that are named and as equal among themselves; a repeated option counts at its first place.
    options
        All options, in the order they were shown.

    Returns
    -------
    RankedCount
        First places, the full table of pairs, and the Condorcet winner if there is one. Blank
        answers are in no pair.

    Raises
    ------
    AnswerError
        ``deliberation.answer_unknown_option`` for an option that was not offered.

    Notes
    -----
    With three options and more there may be no winner: 甲 beats 乙, 乙 beats 丙, 丙 beats 甲. That
    is told, not broken by a rule nobody agreed on.

    References
    ----------
    Condorcet (1785), Essai sur l'application de l'analyse à la probabilité des décisions.

    Examples
    --------
    Most first places and the one that beats all others may differ:

    >>> rankings = [("甲", "乙", "丙")] * 4 + [("丙", "乙", "甲")] * 3 + [("乙", "丙", "甲")] * 2
    >>> counted = count_ranked(rankings, options=["甲", "乙", "丙"])
    >>> counted.first.leading, counted.winner
    (('甲',), '乙')
    """
    rankings = [_checked(answer, options) for answer in answers]
    above: Counter[tuple[str, str]] = Counter()
    for ranking in rankings:
        if not ranking:
            continue
        place = {
            option: ranking.index(option) if option in ranking else len(ranking)
            for option in options
        }
        above.update(pair for pair in permutations(options, 2) if place[pair[0]] < place[pair[1]])
    answered = any(rankings)
    lost = {one for one, other in permutations(options, 2) if above[one, other] < above[other, one]}
    tied = {
        one for one, other in permutations(options, 2) if above[one, other] == above[other, one]
    }
    unbeaten = tuple(option for option in options if option not in lost) if answered else ()
    return RankedCount(
        first=_count_options([ranking[:1] for ranking in rankings], options),
        pairs=tuple(Comparison(*pair, above[pair]) for pair in permutations(options, 2)),
        winner=next((option for option in unbeaten if option not in tied), None),
        unbeaten=unbeaten,
    )


def _checked(answer: Sequence[str], options: Sequence[str]) -> tuple[str, ...]:
    """Give the options of an answer, each once, in the answer's order."""
    for option in answer:
        if option not in options:
            raise AnswerError("deliberation.answer_unknown_option", option=option)
    return tuple(dict.fromkeys(answer))


def _count_options(answers: Sequence[tuple[str, ...]], options: Sequence[str]) -> OptionCount:
    chosen = Counter(option for answer in answers for option in answer)
    most = max(chosen.values(), default=0)
    return OptionCount(
        counts=tuple((option, chosen[option]) for option in options),
        answers=sum(bool(answer) for answer in answers),
        blank=sum(not answer for answer in answers),
        leading=tuple(option for option in options if most and chosen[option] == most),
    )
