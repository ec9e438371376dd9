"""Reading askings: what a user may see of them, and where each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from linli.core.accounts.models import User
from linli.skills.deliberation.models import (
    Asking,
    Ballot,
    Code,
    FrozenResult,
    Notice,
    Statement,
    Vote,
)
from linli.skills.participation.selectors import matters_for


def askings_for(user: User) -> QuerySet[Asking]:
    """List the askings of the matters a user may see, newest first."""
    return Asking.objects.filter(matter__in=matters_for(user)).select_related("matter__committee")


def askings_of(matter_id: int) -> QuerySet[Asking]:
    """List a matter's askings, newest first."""
    return Asking.objects.filter(matter_id=matter_id).select_related("matter__committee")


def askings_in(committee_id: int) -> QuerySet[Asking]:
    """List a committee's askings, newest first."""
    return Asking.objects.filter(matter__committee_id=committee_id).select_related(
        "matter__committee"
    )


def is_being_asked(matter_id: int) -> bool:
    """Say whether residents are answering about a matter at this moment."""
    return Asking.objects.filter(
        matter_id=matter_id, opened_on__isnull=False, closed_at=None
    ).exists()


@dataclass(frozen=True, slots=True)
class Reached:
    """How many got a code, how many answered so far, and how many slips were replaced."""

    asked: int
    heard: int
    reissued: int

    @property
    def unheard(self) -> int:
        """Those who have not answered yet."""
        return max(self.asked - self.heard, 0)


def reached(asking: Asking) -> Reached:
    """Count who was asked and who was heard; the two sides are only counted, never joined."""
    codes = asking.codes.aggregate(
        asked=Count("pk", filter=Q(withdrawn_on=None)),
        reissued=Count("pk", filter=Q(is_reissue=True)),
    )
    return Reached(
        asked=codes["asked"],
        heard=heard_ballots([asking.pk]).count(),
        reissued=codes["reissued"],
    )


def heard_ballots(asking_ids: Sequence[int]) -> QuerySet[Ballot]:
    """List the ballots of those who answered the question or voted on a statement."""
    voted = Vote.objects.filter(asking=OuterRef("asking"), voter_key=OuterRef("voter_key"))
    return Ballot.objects.filter(asking__in=asking_ids).filter(
        Q(answer__isnull=False) | Exists(voted)
    )


def reached_or_frozen(asking: Asking) -> dict[str, Any]:
    """Give the frozen counts of a closed asking, else how many were asked and heard so far."""
    if asking.closed_at is not None:
        counts: dict[str, Any] = asking.result.counts
        return counts
    who = reached(asking)
    return {
        "asked": who.asked,
        "heard": who.heard,
        "unheard": who.unheard,
        "reissued": who.reissued,
    }


def stage_of(asking: Asking) -> str:
    """Name where an asking stands."""
    if asking.closed_at is not None:
        return "closed"
    return "open" if asking.opened_on else "draft"


@dataclass(frozen=True, slots=True)
class AskingRow:
    """An asking on a list, with the numbers shown beside it."""

    asking: Asking
    stage: str
    asked: int
    heard: int


def asking_rows(askings: Sequence[Asking]) -> list[AskingRow]:
    """Add the numbers to askings, in as many queries for many as for one."""
    ids = [asking.pk for asking in askings]
    asked = dict(
        Asking.objects.filter(pk__in=ids)
        .annotate(asked=Count("codes", filter=Q(codes__withdrawn_on=None)))
        .values_list("pk", "asked")
    )
    heard: dict[int, int] = dict(
        heard_ballots(ids).values_list("asking").annotate(heard=Count("pk")).order_by()
    )
    frozen = dict(FrozenResult.objects.filter(asking__in=ids).values_list("asking", "counts"))
    rows = []
    for asking in askings:
        counts = frozen.get(asking.pk, {})
        rows.append(
            AskingRow(
                asking,
                stage_of(asking),
                counts.get("asked", asked.get(asking.pk, 0)),
                counts.get("heard", heard.get(asking.pk, 0)),
            )
        )
    return rows


def is_untold(asking: Asking) -> bool:
    """Say whether no resident can know of an asking: not open, no slip made, no notice posted."""
    return not (asking.opened_on or asking.codes.exists() or asking.notices.exists())


def statements_of(asking: Asking, *, status: str = "accepted") -> list[Statement]:
    """List an asking's statements of one status, in their order."""
    return list(asking.statements.filter(status=status))


def pending_count(asking: Asking) -> int:
    """Count residents' statements that wait for a decision."""
    return asking.statements.filter(status="pending").count()


def latest_notice(matter_id: int, *, kind: str) -> Notice | None:
    """Give the newest notice of a kind, if any was posted."""
    return Notice.objects.filter(matter_id=matter_id, kind=kind).first()


@dataclass(frozen=True, slots=True)
class Due:
    """Something about an asking that waits for somebody."""

    asking: Asking
    what: str
    count: int = 0
    on: date | None = None


def due_askings(user: User, *, today: date) -> list[Due]:
    """List what is due: askings to close, statements to look at, results to post or posted."""
    found: list[Due] = []
    running = (
        askings_for(user)
        .filter(Q(closed_at=None) | Q(closed_at__date__gte=today - timedelta(days=60)))
        .annotate(
            waiting=Count("statements", filter=Q(statements__status="pending"), distinct=True),
            told=Count("notices", filter=Q(notices__kind="result"), distinct=True),
            object_until=Max("notices__object_until", filter=Q(notices__kind="result")),
            had_slips=Exists(Code.objects.filter(asking=OuterRef("pk"))),
        )
    )
    for asking in running:
        if asking.closed_at is None and asking.opened_on is None:
            continue
        if asking.closed_at is not None:
            if not asking.told and asking.had_slips:
                found.append(Due(asking, "post"))
            if asking.object_until and asking.object_until >= today:
                found.append(Due(asking, "objections", on=asking.object_until))
            continue
        if asking.closes_on < today:
            found.append(Due(asking, "close", on=asking.closes_on))
        if asking.waiting:
            found.append(Due(asking, "moderate", count=asking.waiting))
    return found


def askings_due_for_destruction(today: date) -> QuerySet[Asking]:
    """List closed askings whose ballots were kept long enough."""
    return Asking.objects.filter(
        closed_at__isnull=False, destroyed_at=None, ballots_until__lt=today
    ).select_related("matter")
