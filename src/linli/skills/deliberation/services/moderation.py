"""Deciding whether a resident's statement appears; every decision keeps its reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from linli.core.accounts.models import User
from linli.core.audit.services import record
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, ModerationLine, Statement
from linli.skills.deliberation.services.words import clean_line

LONGEST = 140


@transaction.atomic
def add_seed(asking: Asking, *, by: User | None, text: str) -> Statement:
    """Add a statement of the desk, before or while answers are taken."""
    if not asking.has_statements:
        raise RuleError("deliberation.no_statements_here")
    if asking.closed_at is not None:
        raise RuleError("deliberation.asking_closed_already")
    text = clean_line(text)
    if not text:
        raise RuleError("deliberation.statement_length", most=LONGEST)
    if len(text) > LONGEST:
        raise RuleError("deliberation.statement_too_long", longest=LONGEST)
    Asking.objects.select_for_update().get(pk=asking.pk)
    twin = asking.statements.filter(text=text).exclude(status="refused").first()
    if twin is not None:
        return twin
    last = asking.statements.order_by("-position").values_list("position", flat=True).first()
    statement = Statement.objects.create(asking=asking, text=text, position=(last or 0) + 1)
    record(
        "deliberation.statement_added",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        number=statement.position,
    )
    return statement


@transaction.atomic
def moderate_statement(
    statement: Statement,
    *,
    by: User,
    accept: bool,
    reason: str = "",
    now: datetime | None = None,
) -> Statement:
    """Show a resident's statement or not; the first of two decisions counts."""
    decision = "accepted" if accept else "refused"
    asking = Asking.objects.select_for_update().get(pk=statement.asking_id)
    if asking.closed_at is not None:
        raise RuleError("deliberation.asking_closed_already")
    if not accept and not reason:
        raise RuleError("deliberation.reason_missing")
    changed = Statement.objects.filter(pk=statement.pk, status="pending").update(status=decision)
    if not changed:
        last = statement.moderation.select_related("by").order_by("pk").last()
        if last is None:
            raise RuleError("deliberation.statement_not_waiting", text=statement.text)
        raise RuleError("deliberation.moderated_already", by=last.by.name, text=statement.text)
    ModerationLine.objects.create(
        statement=statement, at=now or timezone.now(), by=by, decision=decision, reason=reason
    )
    statement.refresh_from_db()
    record(
        "deliberation.statement_accepted" if accept else "deliberation.statement_refused",
        committee_id=statement.asking.matter.committee_id,
        actor=by,
        subject=statement.asking,
        why=reason,
        number=statement.position,
    )
    return statement
