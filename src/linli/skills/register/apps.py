"""The app of this skill."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registers the skill's permissions and phrases."""

    name = "linli.skills.register"
    label = "register"

    def ready(self) -> None:
        """Register permissions and phrases."""
        from linli.core.ui.phrases import contribute_phrases  # noqa: PLC0415  apps must be ready
        from linli.skills.register import rules  # noqa: PLC0415, F401
        from linli.skills.register.phrases import PHRASES  # noqa: PLC0415

        contribute_phrases(PHRASES)
