"""The app of this skill."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Registers the skill's permissions and phrases."""

    name = "linli.skills.participation"
    label = "participation"

    def ready(self) -> None:
        """Register permissions and phrases."""
        from linli.core.ui.phrases import contribute_phrases  # noqa: PLC0415  apps must be ready
        from linli.skills.participation import rules  # noqa: PLC0415, F401
        from linli.skills.participation.phrases import PHRASES  # noqa: PLC0415

        contribute_phrases(PHRASES)
