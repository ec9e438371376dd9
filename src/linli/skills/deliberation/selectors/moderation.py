"""Reading what waits for a decision and what was decided."""

from dataclasses import dataclass

from django.db.models import QuerySet

from linli.engines.deliberation.similar_statements import find_similar
from linli.skills.deliberation.models import Asking, ModerationLine, Statement


@dataclass(frozen=True, slots=True)
class Waiting:
    """A resident's statement beside those that say nearly the same."""

    statement: Statement
    similar: tuple[Statement, ...]


def waiting_statements(asking: Asking) -> list[Waiting]:
    """List what waits, each with the near-identical ones that are shown or wait too."""
    others = list(asking.statements.exclude(status="refused"))
    texts = {str(row.pk): row.text for row in others}
    by_id = {str(row.pk): row for row in others}
    found = []
    for row in others:
        if row.status != "pending":
            continue
        rest = {key: text for key, text in texts.items() if key != str(row.pk)}
        found.append(
            Waiting(row, tuple(by_id[one.statement] for one in find_similar(row.text, rest)))
        )
    return found


def statements_in(asking: Asking) -> QuerySet[Statement]:
    """List all statements of an asking, whatever became of them."""
    return asking.statements.all()


def moderation_log(asking: Asking) -> QuerySet[ModerationLine]:
    """List the decisions, oldest first."""
    return ModerationLine.objects.filter(statement__asking=asking).select_related("statement", "by")
