"""Codes of rules and services become sentences here."""

from collections.abc import Mapping

from django.utils.functional import Promise

from linli.engines.errors import Param, RuleError

Refusal = RuleError
"""What a view catches: a service said no, with a code that has a phrase."""

_PHRASES: dict[str, Promise | str] = {}


def contribute_phrases(phrases: Mapping[str, Promise | str]) -> None:
    """Add a room's phrases, keyed by code."""
    _PHRASES.update(phrases)


def say(code: str, params: Mapping[str, Param] | None = None) -> str:
    """Make the sentence for a code in the reader's language."""
    return str(_PHRASES[code]) % (params or {})


def say_refusal(refusal: RuleError) -> str:
    """Make the sentence for a refusal."""
    return say(refusal.code, refusal.params)


def known_codes() -> frozenset[str]:
    """Name all codes that have a phrase."""
    return frozenset(_PHRASES)
