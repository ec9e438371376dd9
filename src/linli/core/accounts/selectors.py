"""Reading committees, users and tokens."""

from datetime import date

from django.db.models import QuerySet

from linli.core.accounts import vault
from linli.core.accounts.models import ApiToken, Committee, Role, RoleLabel, User


def users_of(committee_id: int) -> QuerySet[User]:
    """List a committee's users, those who left last."""
    return User.objects.filter(committee_id=committee_id).order_by("-is_active", "name", "pk")


def role_labels(committee_id: int) -> dict[str, str]:
    """Map each role to what this committee calls it."""
    own = dict(RoleLabel.objects.filter(committee_id=committee_id).values_list("role", "label"))
    return {role.value: own.get(role.value, str(role.label)) for role in Role}


def user_by_token(secret: str, *, scope: str, today: date) -> User | None:
    """Find whom a valid token with ``scope`` acts for."""
    token = (
        ApiToken.objects.filter(
            digest=vault.token_digest(secret), withdrawn_at=None, expires_on__gte=today
        )
        .select_related("user__committee")
        .first()
    )
    if token is None or scope not in token.scopes or not token.user.is_active:
        return None
    return token.user


def committees_sealed_otherwise() -> list[str]:
    """Name the committees whose data was sealed with other keys than the present ones."""
    own = vault.fingerprint()
    return [
        name
        for name, kept in Committee.objects.values_list("name", "keys_fingerprint")
        if bytes(kept) != own
    ]
