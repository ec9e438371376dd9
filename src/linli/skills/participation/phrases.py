"""Codes of this skill's rules, services and log lines become sentences."""

from django.utils.functional import Promise

PHRASES: dict[str, Promise | str] = {}
