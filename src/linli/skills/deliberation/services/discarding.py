"""Discarding an asking that reached nobody."""

from django.db import transaction

from linli.core.accounts.models import User
from linli.core.audit.services import record
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking


@transaction.atomic
def discard_asking(asking: Asking, *, by: User | None) -> None:
    """Delete an asking of which no resident was told: not opened, no slip ever, no notice.

    A slip or a notice is in somebody's hands: what it points to is changed, never taken away.
    """
    held = Asking.objects.select_for_update(of=("self",)).select_related("matter").get(pk=asking.pk)
    if held.opened_on is not None:
        raise RuleError("deliberation.asking_already_open")
    if held.codes.exists():
        raise RuleError("deliberation.discard_after_slips")
    if held.notices.exists():
        raise RuleError("deliberation.discard_after_notice")
    record(
        "deliberation.asking_discarded",
        committee_id=held.matter.committee_id,
        actor=by,
        subject=held,
        matter=str(held.matter_id),
    )
    held.delete()
