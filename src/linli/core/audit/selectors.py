"""Reading the log."""

from django.db.models import QuerySet

from linli.core.audit.models import AuditLine


def lines_of(committee_id: int) -> QuerySet[AuditLine]:
    """List a committee's log, newest first, with who acted."""
    return AuditLine.objects.filter(committee_id=committee_id).select_related("actor")
