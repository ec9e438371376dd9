"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Committees, users, roles and tokens."""

    name = "linli.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register permissions."""
        from linli.core.accounts import rules  # noqa: PLC0415, F401  apps must be ready
