"""Posting notices; what was posted stays as it was."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from linli.core.accounts.models import User
from linli.core.audit.services import record
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Notice
from linli.skills.deliberation.selectors.notices import notice_content
from linli.skills.participation.services import advance


@transaction.atomic
def post_notice(
    asking: Asking,
    *,
    by: User,
    kind: str,
    object_until: date,
    now: datetime | None = None,
) -> Notice:
    """Post a notice as it stands today; a correction is a further notice.

    The same notice sent twice on one day is posted once.
    """
    today = timezone.localdate(now)
    Asking.objects.select_for_update().get(pk=asking.pk)
    if kind == "result" and asking.closed_at is None:
        raise RuleError("deliberation.asking_not_closed")
    if kind == "before" and asking.closed_at is not None:
        raise RuleError("deliberation.asking_closed_already")
    if object_until < today:
        raise RuleError("deliberation.objections_in_past")
    content = notice_content(asking, kind=kind, object_until=object_until, today=today)
    latest = asking.notices.filter(kind=kind, posted_on=today, object_until=object_until).first()
    if latest is not None and _says_the_same(latest.content, content):
        return latest
    notice = Notice.objects.create(
        matter=asking.matter,
        asking=asking,
        slug=f"{content['number']}-{secrets.token_hex(4)}",
        kind=kind,
        content=content,
        object_until=object_until,
        posted_on=today,
        posted_by=by,
    )
    advance(asking.matter, to="informing" if kind == "before" else "posting", by=by, now=now)
    record(
        "deliberation.notice_posted",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=notice,
        number=content["number"],
    )
    return notice


_COUNTED = ("number", "is_correction")


def _says_the_same(one: dict[str, object], other: dict[str, object]) -> bool:
    return {k: v for k, v in one.items() if k not in _COUNTED} == {
        k: v for k, v in other.items() if k not in _COUNTED
    }
