"""The room of what is seen."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base page, components, charts and the day's page."""

    name = "linli.core.ui"
    label = "ui"

    def ready(self) -> None:
        """Take in the phrases of the rooms below."""
        from linli.core.accounts.phrases import PHRASES  # noqa: PLC0415  apps must be ready
        from linli.core.ui.phrases import contribute_phrases  # noqa: PLC0415

        contribute_phrases(PHRASES)
