"""Reading committees, users and tokens."""

from datetime import date

from django.db.models import F, QuerySet

from linli.core.accounts import vault
from linli.core.accounts.models import ApiToken, Committee, Role, RoleLabel, User


def users_of(committee_id: int) -> QuerySet[User]:
    """List a committee's users, those who left last."""
    return User.objects.filter(committee_id=committee_id).order_by("-is_active", "name", "pk")


def successors_of(user: User) -> QuerySet[User]:
    """List who can take over from somebody: staff, or somebody with the same role."""
    fit = users_of(user.committee_id).filter(is_active=True).exclude(pk=user.pk)
    return fit.filter(role__in={Role.HEAD, Role.WORKER, user.role})


def role_labels(committee_id: int) -> dict[str, str]:
    """Map each role to what this committee calls it."""
    own = dict(RoleLabel.objects.filter(committee_id=committee_id).values_list("role", "label"))
    return {role.value: own.get(role.value, str(role.label)) for role in Role}


def own_role_labels(committee_id: int) -> dict[str, str]:
    """Map those roles that this committee calls otherwise."""
    return dict(RoleLabel.objects.filter(committee_id=committee_id).values_list("role", "label"))


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """List a user's tokens, those that still work first."""
    return ApiToken.objects.filter(user=user).order_by(
        F("withdrawn_at").desc(nulls_first=True), "-pk"
    )


def token_by_secret(secret: str, *, today: date) -> ApiToken | None:
    """Find a token that works today, with its user; a user without the right to tokens has none."""
    token = (
        ApiToken.objects.filter(
            digest=vault.token_digest(secret), withdrawn_at=None, expires_on__gte=today
        )
        .select_related("user__committee")
        .first()
    )
    return token if token and token.user.has_perm("accounts.use_tokens") else None


def committees_sealed_otherwise() -> list[str]:
    """Name the committees whose data was sealed with other keys than the present ones."""
    own = vault.fingerprint()
    return [
        name
        for name, kept in Committee.objects.values_list("name", "keys_fingerprint")
        if bytes(kept) != own
    ]
