"""Sentences for codes, in templates."""

from django import template
from django.apps import apps
from django.utils.functional import Promise

from linli.core.audit.models import AuditLine
from linli.core.ui.phrases import known_codes, say
from linli.engines.errors import Param

register = template.Library()


@register.filter
def say_line(line: AuditLine) -> str:
    """Make the sentence for a line of the log; one whose words are gone shows its code."""
    try:
        return say(line.action, _in_words(line))
    except (KeyError, TypeError, ValueError):
        return line.action


@register.filter
def say_subject(line: AuditLine) -> str:
    """Say what a line is about by kind and number, never by name: “matter 7”."""
    kind, _colon, number = line.subject.partition(":")
    try:
        word = apps.get_model(kind)._meta.verbose_name  # noqa: SLF001  Django's documented door
    except (LookupError, ValueError):
        return ""
    # The committee is the reader's own; kinds without a word of their own are left out.
    told = isinstance(word, Promise) and kind != "accounts.committee"
    return f"{word} {number}" if told else ""


def _in_words(line: AuditLine) -> dict[str, Param]:
    """Say codes among the details in words: those with a phrase ``<skill>.<key>_<code>``."""
    skill = line.action.partition(".")[0]
    known = known_codes()
    words: dict[str, Param] = {}
    for key, value in line.details.items():
        code = f"{skill}.{key}_{value}"
        words[key] = say(code) if code in known else value
    return words
