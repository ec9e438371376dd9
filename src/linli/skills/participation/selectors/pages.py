"""What the pages of matters show."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.core.accounts.models import User
from linli.core.ui.charts.way import AHEAD, DONE, HERE, Way, way
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
    State,
    check_move,
    has_reached,
    moves_from,
)
from linli.skills.participation.models import Matter, MatterMove, Option
from linli.skills.participation.selectors.matters import (
    assigned_partners,
    finished_or_not,
    matter_facts,
    matters_for,
    options_of,
    partners_of,
    touched_building_ids,
    touched_building_names,
)

_BY_INSTRUMENTS = (State.CONSULTING, State.OPINION, State.POSTING)


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
class MatterPage:
    """Everything a matter's own page shows."""

    matter: Matter
    way: Way
    state: str
    is_aside: bool
    last_reason: str
    primary: Step | None
    is_by_hand: bool
    """The step is usually taken by asking or posting in Linli; the button is for the others."""
    others: list[Step]
    waiting: str
    options: list[Option]
    buildings: list[str] | None
    history: list[PastMove]
    reviewed_own: bool
    may_change: bool
    may_assign: bool
    assigned: list[User]
    assignable: list[User]


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter on a list, with where it stands."""

    pk: int
    number: str
    title: str
    state: str
    is_aside: bool
    way: Way
    due: date | None
    is_decision: bool
    """The day that counts is that of the decision."""
    overdue: bool
    keeper: str
    waits_for_user: bool


def state_label(state: str) -> str:
    """Name a state in the reader's language."""
    return say(f"participation.state_{state}")


def matter_rows(user: User, *, finished: bool, today: date) -> list[MatterRow]:
    """List the matters a user may see: those in motion, or those finished."""
    found = finished_or_not(matters_for(user).select_related("keeper"), finished=finished)
    last_on_way = (
        MatterMove.objects.filter(matter=OuterRef("pk"))
        .exclude(to_state__in=SIDE_STATES)
        .order_by("-pk")
        .values("to_state")[:1]
    )
    found = found.annotate(left_at=Coalesce(Subquery(last_on_way), Value("draft")))
    return [_row(user, matter, matter.left_at, today) for matter in found]


def _row(user: User, matter: Matter, left_at: str, today: date) -> MatterRow:
    due = _due(matter)
    return MatterRow(
        pk=matter.pk,
        number=f"{matter.year}-{matter.number}",
        title=matter.title,
        state=state_label(matter.state),
        is_aside=matter.state in SIDE_STATES,
        way=_way(matter, left_at),
        due=due,
        is_decision=due is not None and due == matter.decision_on,
        overdue=due is not None and due < today,
        keeper=matter.keeper.name,
        waits_for_user=_waits_for(user, matter),
    )


def _way(matter: Matter, left_at: str) -> Way:
    """Draw the way with where the matter stands; ``left_at`` is where it left the way, if so."""
    is_aside = matter.state in SIDE_STATES
    here = WAY.index(State(left_at if is_aside else matter.state))
    return way(
        steps=[
            (
                state_label(code),
                HERE if place == here and not is_aside else DONE if place <= here else AHEAD,
            )
            for place, code in enumerate(WAY)
        ]
    )


def _due(matter: Matter) -> date | None:
    """Find the day that counts next: until answers end theirs, then the decision's."""
    if matter.state in FINISHED or has_reached(matter.state, goal="action"):
        return None
    if has_reached(matter.state, goal="opinion"):
        return matter.decision_on
    return matter.answers_until or matter.decision_on


def today_items(user: User, today: date) -> Sequence[TodayItem]:
    """List the matters in motion with where they stand, the most urgent first.

    What waits for this very user is to be done; the others are on their way.
    """
    rows = matter_rows(user, finished=False, today=today)
    rows.sort(key=lambda row: (row.due is None, row.due or today))
    if not rows and user.has_perm("participation.create_matter") and not matters_for(user).exists():
        return [
            TodayItem(
                text=_("Write down the first matter"),
                url=reverse("participation:matter-create"),
                note=_("Whatever concerns residents and is to be decided."),
            )
        ]
    return [
        TodayItem(
            text=row.title,
            url=reverse("participation:matter-detail", args=[row.pk]),
            note=(
                _("%(state)s, waiting for you") % {"state": row.state}
                if row.waits_for_user
                else row.state
            ),
            due=row.due,
            overdue=row.overdue,
            moving=not row.waits_for_user,
            way=row.way,
        )
        for row in rows
    ]


def _waits_for(user: User, matter: Matter) -> bool:
    """Say whether nobody but this user takes the next step."""
    if matter.state == State.RETURNED:
        return matter.keeper_id == user.pk
    step = next(
        (move for move in moves_from(matter.state, role=user.role) if move.is_forward), None
    )
    return step is not None and step.roles == {HEAD}


def matter_page(user: User, matter: Matter) -> MatterPage:
    """Gather what a matter's page shows to this user."""
    moves = list(matter.moves.select_related("by"))
    left_at = next(
        (move.to_state for move in reversed(moves) if move.to_state not in SIDE_STATES), "draft"
    )
    primary, others = _steps(user, matter)
    may_assign = user.has_perm("participation.assign_matter")
    assigned = list(assigned_partners(matter))
    return MatterPage(
        matter=matter,
        way=_way(matter, left_at),
        state=state_label(matter.state),
        is_aside=matter.state in SIDE_STATES,
        last_reason=moves[-1].reason if moves else "",
        primary=primary,
        is_by_hand=primary is not None and primary.to_state in _BY_INSTRUMENTS,
        others=others,
        waiting=_waiting(matter),
        options=options_of(matter.pk),
        buildings=touched_building_names(matter),
        history=[
            PastMove(
                text=say(f"participation.do_{move.to_state}"),
                at=move.at,
                by=move.by.name if move.by else _("the calendar"),
                reason=move.reason,
            )
            for move in reversed(moves)
        ]
        + [PastMove(_("Write it down"), matter.created_at, matter.created_by.name, "")],
        reviewed_own=matter.reviewed_by_id == matter.created_by_id,
        may_change=user.has_perm("participation.change_matter") and matter.state in CHANGEABLE,
        may_assign=may_assign,
        assigned=assigned,
        assignable=(
            [one for one in partners_of(matter.committee_id) if one not in assigned]
            if may_assign
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


def matter_mark(matter: Matter) -> str:
    """Give a mark that changes with every word, option and building of a matter."""
    told = json.dumps(matter_values(matter), default=str, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


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
