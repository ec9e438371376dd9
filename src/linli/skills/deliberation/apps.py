"""The app of this skill."""

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """Registers the skill's permissions and phrases."""

    name = "linli.skills.deliberation"
    label = "deliberation"

    def ready(self) -> None:
        """Register permissions and phrases."""
        from linli.core.ui.phrases import contribute_phrases  # noqa: PLC0415  apps must be ready
        from linli.skills.deliberation import rules  # noqa: PLC0415, F401
        from linli.skills.deliberation.phrases import PHRASES  # noqa: PLC0415

        contribute_phrases(PHRASES)
