"""Reading the log."""

from django.db.models import QuerySet

from linli.core.audit.models import AuditLine


def lines_of(
    committee_id: int, *, part: str = "", actor_id: int | None = None
) -> QuerySet[AuditLine]:
    """List a committee's log, newest first, with who acted; of one part or person if wanted."""
    lines = AuditLine.objects.filter(committee_id=committee_id).select_related("actor")
    if part:
        lines = lines.filter(action__startswith=f"{part}.")
    if actor_id:
        lines = lines.filter(actor_id=actor_id)
    return lines
