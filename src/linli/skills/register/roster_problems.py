"""Sentences about rows that could not be taken over."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from linli.core.ui.phrases import say
from linli.engines.register.roster_sheet import Problem

SHOWN_PROBLEMS = 200


def problem_sentences(problems: Iterable[Problem]) -> list[str]:
    """Say of each row where and what is wrong."""
    return [_sentence(problem) for problem in problems]


def _sentence(problem: Problem) -> str:
    said = say(problem.code, {"value": problem.value})
    if not problem.column:
        return _("Row %(row)s: %(said)s") % {"row": problem.row, "said": said}
    return _("Row %(row)s, “%(column)s”: %(said)s") % {
        "row": problem.row,
        "column": problem.column,
        "said": said,
    }
