"""The only writer of the log."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

from linli.core.audit.models import AuditLine
from linli.engines.errors import Param


def record(
    action: str,
    *,
    committee_id: int,
    actor: AbstractBaseUser | None,
    subject: Model | None = None,
    why: str = "",
    **details: Param,
) -> None:
    """Write one line; ``details`` hold codes and numbers, no personal data."""
    AuditLine.objects.create(
        committee_id=committee_id,
        actor_id=actor.pk if actor else None,
        action=action,
        subject=f"{_label(subject)}:{subject.pk}" if subject else "",
        why=why,
        details=details,
    )


def _label(subject: Model) -> str:
    # Of the instance, not of its type: request.user is a lazy stand-in.
    return str(subject._meta.label_lower)  # noqa: SLF001  Django's documented door to it
