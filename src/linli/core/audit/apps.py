"""The audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did or read what, when and why."""

    name = "linli.core.audit"
    label = "audit"
