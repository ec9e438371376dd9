"""The only writers of matters."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from linli.core.accounts.models import Committee, Role, User
from linli.core.audit.services import record
from linli.engines.errors import RuleError
from linli.engines.participation.matter_states import (
    CALENDAR,
    CHANGEABLE,
    State,
    check_move,
    has_reached,
)
from linli.skills.participation.models import Assignment, Decider, Matter, MatterMove, Option
from linli.skills.participation.selectors import matter_facts, matter_mark
from linli.skills.register.selectors import buildings_in

OPTION_LIMIT = 6
"""More options than this nobody compares on a phone."""
TEXT_LIMIT = 2000
REASON_LIMIT = 500
_SAME_FORM = timedelta(minutes=10)

type Guard = Callable[[int, str], None]
"""Called with a matter's id and ``words``, ``options`` or ``reach``; raises to refuse a change."""

_GUARDS: list[Guard] = []


def contribute_guard(check: Guard) -> None:
    """Let a higher skill refuse changes of a matter that its own rows rest on."""
    if check not in _GUARDS:
        _GUARDS.append(check)


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in a matter."""

    title: str
    plan: str
    why: str
    proposed_by: str
    decider: str = Decider.RESIDENTS
    answers_until: date | None = None
    decision_on: date | None = None
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is written."""

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A matter as it is handed in: words, options and whom it touches."""

    words: Words
    options: Sequence[Choice] = ()
    building_ids: Collection[int] | None = field(default=None)
    """None: it touches everyone."""


@transaction.atomic
def create_matter(
    draft: Draft,
    *,
    committee: Committee,
    by: User,
    now: datetime | None = None,
    is_demo: bool = False,
) -> Matter:
    """Write down a new matter; the same form sent twice makes one."""
    now = now or timezone.now()
    _check_words(draft.words)
    # Whoever holds the committee's row numbers alone: no gaps, no doubles, nothing to try again.
    Committee.objects.select_for_update(no_key=True).get(pk=committee.pk)
    again = _just_written(draft.words, committee=committee, by=by, now=now)
    if again is not None:
        return again
    year = timezone.localtime(now).year
    last = Matter.objects.filter(committee=committee, year=year).aggregate(last=Max("number"))
    matter = Matter.objects.create(
        committee=committee,
        year=year,
        number=(last["last"] or 0) + 1,
        created_by=by,
        keeper=by,
        created_at=now,
        state_since=now,
        is_demo=is_demo,
        **_fields(draft.words),
    )
    _write_options(matter, draft.options)
    _write_reach(matter, draft.building_ids)
    record("participation.matter_created", committee_id=committee.pk, actor=by, subject=matter)
    return matter


def _just_written(words: Words, *, committee: Committee, by: User, now: datetime) -> Matter | None:
    return Matter.objects.filter(
        committee=committee,
        created_by=by,
        state=State.DRAFT,
        created_at__gte=now - _SAME_FORM,
        **_fields(words),
    ).first()


def _fields(words: Words) -> dict[str, object]:
    return {name: getattr(words, name) for name in Words.__dataclass_fields__}


def _check_words(words: Words) -> None:
    if not all(text.strip() for text in (words.title, words.plan, words.why)):
        raise RuleError("participation.not_described")
    if words.answers_until and words.decision_on and words.decision_on < words.answers_until:
        raise RuleError("participation.decision_too_early")


@transaction.atomic
def change_matter(matter: Matter, draft: Draft, *, by: User, seen_mark: str = "") -> Matter:
    """Change the words, options and reach of a matter that residents have not been told.

    ``seen_mark`` is the mark of what the writer saw: if somebody changed it since, she is told.
    """
    _check_words(draft.words)
    held = _hold_changeable(matter)
    stood = matter_mark(held)
    for name, value in _fields(draft.words).items():
        setattr(held, name, value)
    held.save(update_fields=list(Words.__dataclass_fields__))
    if _write_options(held, draft.options):
        _ask_guards(held, "options")
    if _write_reach(held, draft.building_ids):
        _ask_guards(held, "reach")
    # The same form sent twice changes nothing the second time, and is nobody else's change.
    if seen_mark not in {"", stood} and matter_mark(held) != stood:
        raise RuleError("participation.changed_meanwhile")
    record("participation.matter_changed", committee_id=held.committee_id, actor=by, subject=held)
    return held


def _hold_changeable(matter: Matter) -> Matter:
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.state not in CHANGEABLE:
        raise RuleError("participation.words_stand")
    _ask_guards(held, "words")
    return held


def _ask_guards(matter: Matter, what: str) -> None:
    for check in _GUARDS:
        check(matter.pk, what)


def _write_options(matter: Matter, options: Sequence[Choice]) -> bool:
    """Replace the options where they differ; say whether they did."""
    if len(options) > OPTION_LIMIT:
        raise RuleError("participation.too_many_options", limit=OPTION_LIMIT)
    seen: set[str] = set()
    for option in options:
        if option.text in seen:
            raise RuleError("participation.option_twice", option=option.text)
        seen.add(option.text)
    present = [Choice(option.text, option.detail) for option in matter.options.all()]
    if present == list(options):
        return False
    matter.options.all().delete()
    Option.objects.bulk_create(
        Option(matter=matter, position=place, text=option.text, detail=option.detail)
        for place, option in enumerate(options, start=1)
    )
    return True


def _write_reach(matter: Matter, building_ids: Collection[int] | None) -> bool:
    """Set the buildings where they differ; say whether they did."""
    wanted = set(building_ids or ())
    if buildings_in(matter.committee_id).filter(pk__in=wanted).count() < len(wanted):
        raise RuleError("participation.building_unknown")
    present = set(matter.buildings.values_list("pk", flat=True))
    everyone = building_ids is None
    if everyone == matter.touches_everyone and wanted == present:
        return False
    matter.touches_everyone = everyone
    matter.save(update_fields=["touches_everyone"])
    matter.buildings.set(wanted)
    return True


@transaction.atomic
def move_matter(
    matter: Matter,
    *,
    to: str,
    by: User | None,
    reason: str = "",
    now: datetime | None = None,
    seen_state: str | None = None,
) -> Matter:
    """Move a matter one step; ``by`` is None where a day has come.

    ``seen_state`` is where the mover saw it stand: if somebody moved it since, she is told. The
    same step sent twice by the same person is taken once.
    """
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    seen = seen_state or matter.state
    if held.state != seen:
        last = held.moves.last()
        mover = by.pk if by else None
        if last and (last.from_state, last.to_state, last.by_id) == (seen, to, mover):
            return held
        raise RuleError("participation.moved_meanwhile")
    check_move(
        from_state=held.state,
        to_state=to,
        role=by.role if by else CALENDAR,
        reason=reason,
        facts=matter_facts(held),
    )
    _write_move(held, to=State(to), by=by, reason=reason.strip(), now=now or timezone.now())
    matter.state, matter.state_since = held.state, held.state_since
    matter.reviewed_by = held.reviewed_by
    return held


def _write_move(matter: Matter, *, to: State, by: User | None, reason: str, now: datetime) -> None:
    from_state = matter.state
    matter.state, matter.state_since = to.value, now
    if to == State.PARTIES:
        matter.reviewed_by = by
    elif to in {State.RETURNED, State.DRAFT}:
        matter.reviewed_by = None
    moved = Matter.objects.filter(pk=matter.pk, state=from_state).update(
        state=matter.state, state_since=now, reviewed_by=matter.reviewed_by
    )
    if not moved:
        raise RuleError("participation.moved_meanwhile")
    MatterMove.objects.create(
        matter=matter, from_state=from_state, to_state=to.value, at=now, by=by, reason=reason
    )
    own = to == State.PARTIES and by is not None and by.pk == matter.created_by_id
    record(
        "participation.reviewed_own" if own else f"participation.moved_to_{to}",
        committee_id=matter.committee_id,
        actor=by,
        subject=matter,
        why=reason,
    )


def advance(
    matter: Matter, *, to: str, by: User | None, reason: str = "", now: datetime | None = None
) -> None:
    """Bring a matter to where an instrument of deliberation has led it.

    An asking that opens leads to ``consulting``, one that closes to ``opinion``, a posted result
    to ``posting``. Nothing happens where the matter stands there already or further on; else the
    rules of every move hold.
    """
    matter.refresh_from_db(fields=["state"])
    if not has_reached(matter.state, goal=to):
        move_matter(matter, to=to, by=by, reason=reason, now=now)


@transaction.atomic
def take_as_consulted(
    matter: Matter, *, by: User | None, reason: str, now: datetime | None = None
) -> None:
    """Put a new matter that was consulted elsewhere to where its answers are in words."""
    _write_move(matter, to=State.OPINION, by=by, reason=reason, now=now or timezone.now())


@transaction.atomic
def assign_partner(matter: Matter, partner: User, *, by: User) -> None:
    """Let a partner social worker see and help with a matter."""
    fits = partner.role == Role.PARTNER and partner.is_active
    if not fits or partner.committee_id != matter.committee_id:
        raise RuleError("participation.not_a_partner", name=partner.name)
    _assignment, is_new = Assignment.objects.get_or_create(matter=matter, user=partner)
    if is_new:
        record(
            "participation.partner_assigned",
            committee_id=matter.committee_id,
            actor=by,
            subject=matter,
            partner=partner.pk,
        )


@transaction.atomic
def unassign_partner(matter: Matter, partner: User, *, by: User) -> None:
    """Take a matter from a partner."""
    gone, _rows = Assignment.objects.filter(matter=matter, user=partner).delete()
    if gone:
        record(
            "participation.partner_unassigned",
            committee_id=matter.committee_id,
            actor=by,
            subject=matter,
            partner=partner.pk,
        )


@transaction.atomic
def hand_over(leaving: User, successor: User) -> int:
    """Pass on what a leaving user kept or helped with; return how many matters that were."""
    kept = Matter.objects.filter(keeper=leaving)
    if kept.exists() and successor.role not in {Role.HEAD, Role.WORKER}:
        raise RuleError("participation.successor_not_staff", name=successor.name)
    count = kept.update(keeper=successor)
    helped = Assignment.objects.filter(user=leaving)
    if successor.role == Role.PARTNER:
        known = Assignment.objects.filter(user=successor).values("matter")
        count += helped.exclude(matter__in=known).update(user=successor)
    Assignment.objects.filter(user=leaving).delete()
    if count:
        record(
            "participation.handed_over",
            committee_id=leaving.committee_id,
            actor=None,
            subject=successor,
            matters=count,
        )
    return count
