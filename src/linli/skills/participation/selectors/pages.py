"""What the pages of matters show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.core.accounts.models import User
from linli.core.ui.phrases import say, say_refusal
from linli.core.ui.registry import TodayItem
from linli.engines.errors import RuleError
from linli.engines.participation.matter_states import (
    CHANGEABLE,
    FINISHED,
    HEAD,
    SIDE_STATES,
    WAY,
    WORKER,
    Facts,
    Move,
    check_move,
    has_reached,
    moves_from,
)
from linli.skills.participation.models import Matter, Option
from linli.skills.participation.selectors.matters import (
    assigned_partners,
    matter_facts,
    matters_for,
    options_of,
    partners_of,
    touched_building_ids,
    touched_building_names,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step that a user may take, as its button and the sentence beside it."""

    to_state: str
    label: str
    sentence: str
    refusal: str = ""
    """Why not yet; empty where it may be taken."""


@dataclass(frozen=True, slots=True)
class PastMove:
    """One line of a matter's history."""

    text: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One state on the line of a matter's way."""

    code: str
    label: str
    at: datetime | None
    """When the matter came here last; None: not yet."""


@dataclass(frozen=True, slots=True)
class MatterPage:
    """Everything a matter's own page shows."""

    matter: Matter
    stages: list[Stage]
    stands_at: int
    """Index of the stage where it stands, or stood when it left the way."""
    state: str
    is_aside: bool
    last_reason: str
    primary: Step | None
    others: list[Step]
    waiting: str
    options: list[Option]
    buildings: list[str] | None
    history: list[PastMove]
    reviewed_own: bool
    may_change: bool
    assigned: list[User]
    assignable: list[User]


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter on a list, with where it stands."""

    pk: int
    number: str
    title: str
    state: str
    position: int | None
    """Place on the way, from 0; None: aside."""
    length: int
    due: date | None
    overdue: bool
    keeper: str


def state_label(state: str) -> str:
    """Name a state in the reader's language."""
    return say(f"participation.state_{state}")


def matter_rows(user: User, *, finished: bool, today: date) -> list[MatterRow]:
    """List the matters a user may see: those in motion, or those finished."""
    found = matters_for(user).select_related("keeper")
    found = found.filter(state__in=FINISHED) if finished else found.exclude(state__in=FINISHED)
    return [_row(matter, today) for matter in found]


def _row(matter: Matter, today: date) -> MatterRow:
    due = _due(matter)
    return MatterRow(
        pk=matter.pk,
        number=f"{matter.year}-{matter.number}",
        title=matter.title,
        state=state_label(matter.state),
        position=_position(matter.state),
        length=len(WAY),
        due=due,
        overdue=due is not None and due < today,
        keeper=matter.keeper.name,
    )


def _position(state: str) -> int | None:
    return next((place for place, stage in enumerate(WAY) if stage == state), None)


def _due(matter: Matter) -> date | None:
    """Find the day that counts next: until answers end theirs, then the decision's."""
    if matter.state in FINISHED or has_reached(matter.state, goal="action"):
        return None
    if has_reached(matter.state, goal="opinion"):
        return matter.decision_on
    return matter.answers_until or matter.decision_on


def today_items(user: User, today: date) -> Sequence[TodayItem]:
    """List the matters in motion with where they stand, the most urgent first."""
    rows = matter_rows(user, finished=False, today=today)
    rows.sort(key=lambda row: (row.due is None, row.due or today))
    return [
        TodayItem(
            text=row.title,
            url=reverse("participation:matter-detail", args=[row.pk]),
            note=row.state,
            due=row.due,
            overdue=row.overdue,
        )
        for row in rows
    ]


def matter_page(user: User, matter: Matter) -> MatterPage:
    """Gather what a matter's page shows to this user."""
    moves = list(matter.moves.select_related("by"))
    arrived = {move.to_state: move.at for move in moves} | {"draft": matter.created_at}
    last_on_way = next(
        (move.to_state for move in reversed(moves) if move.to_state not in SIDE_STATES), "draft"
    )
    stands_at = _position(matter.state)
    if stands_at is None:
        stands_at = _position(last_on_way) or 0
    primary, others = _steps(user, matter)
    is_head = user.has_perm("participation.assign_matter")
    assigned = assigned_partners(matter)
    return MatterPage(
        matter=matter,
        stages=[
            Stage(code, state_label(code), arrived.get(code) if place <= stands_at else None)
            for place, code in enumerate(WAY)
        ],
        stands_at=stands_at,
        state=state_label(matter.state),
        is_aside=matter.state in SIDE_STATES,
        last_reason=moves[-1].reason if moves else "",
        primary=primary,
        others=others,
        waiting=_waiting(matter),
        options=options_of(matter.pk),
        buildings=touched_building_names(matter),
        history=[
            PastMove(
                text=state_label(move.to_state),
                at=move.at,
                by=move.by.name if move.by else _("the calendar"),
                reason=move.reason,
            )
            for move in reversed(moves)
        ],
        reviewed_own=matter.reviewed_by_id == matter.created_by_id,
        may_change=user.has_perm("participation.change_matter") and matter.state in CHANGEABLE,
        assigned=assigned,
        assignable=(
            [one for one in partners_of(matter.committee_id) if one not in assigned]
            if is_head
            else []
        ),
    )


def _steps(user: User, matter: Matter) -> tuple[Step | None, list[Step]]:
    facts = matter_facts(matter)
    moves = moves_from(matter.state, role=user.role)
    steps = [(move, _step(move, user.role, facts)) for move in moves]
    primary = next((step for move, step in steps if move.is_forward), None)
    return primary, [step for move, step in steps if not move.is_forward]


def _step(move: Move, role: str, facts: Facts) -> Step:
    refusal = ""
    try:
        check_move(
            from_state=move.from_state, to_state=move.to_state, role=role, reason="–", facts=facts
        )
    except RuleError as refused:
        refusal = say_refusal(refused)
    return Step(
        to_state=move.to_state,
        label=say(f"participation.do_{move.to_state}"),
        sentence=say(f"participation.tell_{move.to_state}"),
        refusal=refusal,
    )


def _waiting(matter: Matter) -> str:
    """Say who takes the next step, for those who cannot."""
    if matter.state in FINISHED:
        return say("participation.waiting_for_nobody")
    if any(move.is_forward for move in moves_from(matter.state, role=WORKER)):
        return say("participation.waiting_for_staff")
    assert moves_from(matter.state, role=HEAD)  # noqa: S101  the engine's promise
    return say("participation.waiting_for_head")


def matter_values(matter: Matter) -> dict[str, object]:
    """Give a matter's present values, named as the form's fields."""
    values: dict[str, object] = {
        name: getattr(matter, name)
        for name in (
            "title",
            "plan",
            "why",
            "proposed_by",
            "decider",
            "answers_until",
            "decision_on",
            "next_step",
        )
    }
    values["reach"] = "everyone" if matter.touches_everyone else "buildings"
    values["buildings"] = touched_building_ids(matter) or []
    for place, option in enumerate(options_of(matter.pk), start=1):
        values[f"option_{place}"] = option.text
        values[f"detail_{place}"] = option.detail
    return values
