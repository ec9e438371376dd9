"""Making, opening, closing and recounting askings; destroying ballots when their time is up."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from linli.core.accounts.models import User
from linli.core.audit.services import record
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Ballot, Form, FrozenResult, Statement, Vote
from linli.skills.deliberation.selectors.askings import askings_due_for_destruction
from linli.skills.deliberation.selectors.opinion_map import map_of_votes
from linli.skills.deliberation.selectors.results import ballots_digest, count_asking
from linli.skills.deliberation.services.ballots import reshuffle_ballots
from linli.skills.deliberation.services.moderation import LONGEST
from linli.skills.deliberation.services.words import clean_line
from linli.skills.participation.services import advance

DAYS_KEPT = 90
"""How long frozen ballots stay for a recount, unless the closing says otherwise."""
BEFORE_INFORMING = frozenset({"draft", "review", "parties", "returned"})
"""States of a matter in which nobody was told of it yet."""
LARGE_BUILDING = 50
"""Codes a building needs before ballots carry it."""
_SAME_FORM = timedelta(minutes=10)
_PLANNED = (
    "question",
    "form",
    "basis",
    "is_secret",
    "has_statements",
    "residents_may_add",
    "asks_about_self",
    "closes_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingPlan:
    """What is asked, how, whom and until when."""

    question: str
    form: str
    basis: str
    closes_on: date
    is_secret: bool = True
    has_statements: bool = False
    residents_may_add: bool = False
    asks_about_self: bool = True
    seeds: tuple[str, ...] = ()


@transaction.atomic
def create_asking(
    *, matter_id: int, by: User | None, plan: AskingPlan, now: datetime | None = None
) -> Asking:
    """Write down a new asking; nobody is asked before it is opened."""
    now = now or timezone.now()
    asking = Asking(matter_id=matter_id, key=uuid.uuid4(), created_at=now)
    _apply(asking, plan, today=timezone.localdate(now))
    present = asking.matter.askings.filter(closed_at=None).first()
    if present is not None:
        if _just_written(present, asking):
            return present
        raise RuleError("deliberation.asking_exists")
    try:
        with transaction.atomic():
            asking.save()
    except IntegrityError as clash:
        raise RuleError("deliberation.asking_exists") from clash
    _seed(asking, plan.seeds)
    record(
        "deliberation.asking_created",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
    )
    return asking


def _just_written(present: Asking, new: Asking) -> bool:
    """Say whether the same form was sent a moment ago."""
    return (
        present.opened_on is None
        and new.created_at - present.created_at < _SAME_FORM
        and all(getattr(present, name) == getattr(new, name) for name in _PLANNED)
    )


@transaction.atomic
def change_asking(
    asking: Asking, *, by: User | None, plan: AskingPlan, now: datetime | None = None
) -> None:
    """Change an asking that nobody was shown yet."""
    asking = _locked(asking)
    if asking.opened_on is not None:
        raise RuleError("deliberation.asking_already_open")
    if plan.basis != asking.basis and asking.codes.filter(withdrawn_on=None).exists():
        raise RuleError("deliberation.basis_after_codes")
    _apply(asking, plan, today=timezone.localdate(now))
    asking.save()
    asking.statements.all().delete()
    _seed(asking, plan.seeds)
    record(
        "deliberation.asking_changed",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
    )


def _apply(asking: Asking, plan: AskingPlan, *, today: date) -> None:
    """Hold the plan against the rules and take it over."""
    if plan.form == Form.NONE and not plan.has_statements:
        raise RuleError("deliberation.nothing_asked")
    if plan.form != Form.NONE and not plan.question:
        raise RuleError("deliberation.question_missing")
    if plan.form != Form.NONE and asking.matter.options.count() < 2:
        raise RuleError("deliberation.needs_two_options")
    if plan.closes_on < today:
        raise RuleError("deliberation.closes_in_past")
    asking.question = clean_line(plan.question)
    asking.form = plan.form
    asking.basis = plan.basis
    asking.is_secret = plan.is_secret
    asking.has_statements = plan.has_statements
    asking.residents_may_add = plan.has_statements and plan.residents_may_add
    asking.asks_about_self = plan.asks_about_self
    asking.closes_on = plan.closes_on


def _seed(asking: Asking, seeds: tuple[str, ...]) -> None:
    if not asking.has_statements:
        return
    texts = dict.fromkeys(filter(None, map(clean_line, seeds)))
    if any(len(text) > LONGEST for text in texts):
        raise RuleError("deliberation.statement_too_long", longest=LONGEST)
    Statement.objects.bulk_create(
        Statement(asking=asking, text=text, position=position)
        for position, text in enumerate(texts, start=1)
    )


def guard_matter(matter_id: int, what: str) -> None:
    """Refuse to change what slips and ballots of a matter rest on."""
    if what == "words":
        return
    running = Asking.objects.filter(matter_id=matter_id)
    if running.filter(opened_on__isnull=False).exists():
        raise RuleError("deliberation.matter_was_asked")
    if what == "reach" and running.filter(codes__withdrawn_on=None, codes__isnull=False).exists():
        raise RuleError("deliberation.matter_has_slips")


def _locked(asking: Asking) -> Asking:
    """Read the asking again and hold it until the transaction ends."""
    return Asking.objects.select_for_update(of=("self",)).select_related("matter").get(pk=asking.pk)


@transaction.atomic
def open_asking(asking: Asking, *, by: User | None, now: datetime | None = None) -> Asking:
    """Start taking answers; from here on question, options and secrecy stay as they are."""
    asking = _locked(asking)
    today = timezone.localdate(now)
    if asking.opened_on is not None:
        raise RuleError("deliberation.asking_already_open")
    if asking.closes_on < today:
        raise RuleError("deliberation.closes_in_past")
    if asking.has_statements and not asking.statements.filter(status="accepted").exists():
        raise RuleError("deliberation.no_statements")
    if asking.matter.state in BEFORE_INFORMING:
        raise RuleError("deliberation.not_told_beforehand")
    asking.opened_on = today
    asking.large_buildings = large_buildings(asking)
    asking.save(update_fields=["opened_on", "large_buildings"])
    advance(asking.matter, to="consulting", by=by, now=now)
    record(
        "deliberation.asking_opened",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
    )
    return asking


def large_buildings(asking: Asking) -> list[int]:
    """Name the buildings with enough codes for a ballot to carry its building."""
    found = (
        asking.codes.filter(withdrawn_on=None)
        .values("door__building")
        .annotate(codes=Count("pk"))
        .filter(codes__gte=LARGE_BUILDING)
        .order_by("door__building")
    )
    return [row["door__building"] for row in found]


@transaction.atomic
def close_asking(
    asking: Asking,
    *,
    by: User | None,
    days_kept: int = DAYS_KEPT,
    now: datetime | None = None,
) -> FrozenResult:
    """Freeze the answers: counts, map and the mark of the ballots; no more answers are taken."""
    now = now or timezone.now()
    asking = _locked(asking)
    if asking.opened_on is None:
        raise RuleError("deliberation.asking_not_open")
    if asking.closed_at is not None:
        raise RuleError("deliberation.asking_closed_already")
    asking.closed_at = now
    asking.ballots_until = timezone.localdate(now) + timedelta(days=days_kept)
    asking.save(update_fields=["closed_at", "ballots_until"])
    _forget_days(asking, today=timezone.localdate(now))
    frozen = freeze_result(asking, now=now)
    # Not before the end: holding everybody's ballots while one asking is counted would keep the
    # voters of others waiting. What fails here is done by the day's chore.
    transaction.on_commit(reshuffle_ballots, robust=True)
    advance(asking.matter, to="opinion", by=by, now=now)
    record(
        "deliberation.asking_closed",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        heard=frozen.counts["heard"],
        asked=frozen.counts["asked"],
        until=asking.ballots_until.isoformat(),
    )
    return frozen


def _forget_days(asking: Asking, *, today: date) -> None:
    """Give all answers one day: a slip made late, and answers of few on a day, point at doors."""
    for model in (Ballot, Vote):
        model.objects.filter(asking=asking).update(day=today)


def freeze_result(asking: Asking, *, now: datetime) -> FrozenResult:
    """Store what an asking came to."""
    return FrozenResult.objects.create(
        asking=asking,
        counts=count_asking(asking),
        ballots_sha256=ballots_digest(asking),
        opinion_map=map_of_votes(asking) if asking.has_statements else None,
        frozen_at=now,
    )


@dataclass(frozen=True, slots=True)
class Recount:
    """Whether the kept ballots are the frozen ones, and count the same."""

    ballots_agree: bool
    counts_agree: bool

    @property
    def agrees(self) -> bool:
        """Say whether nothing differs."""
        return self.ballots_agree and self.counts_agree


@transaction.atomic
def recount_asking(asking: Asking, *, by: User | None) -> Recount:
    """Count the kept ballots again and compare with what was frozen."""
    if asking.closed_at is None:
        raise RuleError("deliberation.asking_not_closed")
    if asking.destroyed_at is not None:
        raise RuleError("deliberation.ballots_destroyed")
    frozen = asking.result
    found = Recount(
        ballots_agree=ballots_digest(asking) == frozen.ballots_sha256,
        counts_agree=_answers(count_asking(asking)) == _answers(frozen.counts),
    )
    record(
        "deliberation.recounted" if found.agrees else "deliberation.recount_differs",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        sha256=frozen.ballots_sha256,
    )
    return found


def _answers(counts: dict[str, object]) -> dict[str, object]:
    """Leave out what is counted from codes: slips may be withdrawn after closing."""
    return {name: told for name, told in counts.items() if name not in {"asked", "reissued"}}


def destroy_due(*, today: date, now: datetime | None = None) -> int:
    """Destroy the ballots of every asking whose time is up; return of how many askings."""
    due = list(askings_due_for_destruction(today))
    for asking in due:
        destroy_ballots(asking, now=now)
    return len(due)


@transaction.atomic
def destroy_ballots(asking: Asking, *, now: datetime | None = None) -> None:
    """Delete ballots and votes; counts, the mark and the reasons stay.

    Reasons stay because they are the arguments a result rests on, and carry no voter and no day.
    """
    asking = _locked(asking)
    if asking.destroyed_at is not None:
        return
    # Signed ballots point at codes; the codes side is not touched.
    votes, _ = Vote.objects.filter(asking=asking).delete()
    ballots, _ = Ballot.objects.filter(asking=asking).delete()
    asking.destroyed_at = now or timezone.now()
    asking.save(update_fields=["destroyed_at"])
    record(
        "deliberation.ballots_destroyed_on_time",
        committee_id=asking.matter.committee_id,
        actor=None,
        subject=asking,
        ballots=ballots,
        votes=votes,
        sha256=asking.result.ballots_sha256,
    )
