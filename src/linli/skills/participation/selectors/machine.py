"""A matter as API and command answer it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from linli.core.accounts.models import User
from linli.skills.participation.models import Matter
from linli.skills.participation.selectors.matters import (
    finished_or_not,
    matters_for,
    options_of,
    touched_building_names,
)


@dataclass(frozen=True, slots=True)
class OptionData:
    """One option."""

    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class MoveData:
    """One step a matter took."""

    from_state: str
    to_state: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class MatterSummary:
    """A matter in a list."""

    id: int
    number: str
    title: str
    state: str
    state_since: datetime
    answers_until: date | None
    decision_on: date | None


@dataclass(frozen=True, slots=True)
class MatterData:
    """A matter whole, in codes and plain values."""

    id: int
    number: str
    title: str
    plan: str
    why: str
    proposed_by: str
    decider: str
    state: str
    state_since: datetime
    options: list[OptionData]
    buildings: list[str] | None
    """Names of the buildings it touches; None: everyone."""
    answers_until: date | None
    decision_on: date | None
    next_step: str
    keeper: str
    moves: list[MoveData]


def matter_summaries(user: User, *, finished: bool) -> list[MatterSummary]:
    """List the matters a user may see: those in motion, or those finished."""
    return _summaries(matters_for(user), finished=finished)


def summaries_of(committee_id: int, *, finished: bool) -> list[MatterSummary]:
    """List a committee's matters: those in motion, or those finished."""
    return _summaries(Matter.objects.filter(committee_id=committee_id), finished=finished)


def _summaries(matters: QuerySet[Matter], *, finished: bool) -> list[MatterSummary]:
    return [
        MatterSummary(
            id=matter.pk,
            number=f"{matter.year}-{matter.number}",
            title=matter.title,
            state=matter.state,
            state_since=matter.state_since,
            answers_until=matter.answers_until,
            decision_on=matter.decision_on,
        )
        for matter in finished_or_not(matters, finished=finished)
    ]


def matter_data(matter: Matter) -> MatterData:
    """Give a matter whole, as a machine reads it."""
    return MatterData(
        id=matter.pk,
        number=f"{matter.year}-{matter.number}",
        title=matter.title,
        plan=matter.plan,
        why=matter.why,
        proposed_by=matter.proposed_by,
        decider=matter.decider,
        state=matter.state,
        state_since=matter.state_since,
        options=[OptionData(option.text, option.detail) for option in options_of(matter.pk)],
        buildings=touched_building_names(matter),
        answers_until=matter.answers_until,
        decision_on=matter.decision_on,
        next_step=matter.next_step,
        keeper=matter.keeper.name,
        moves=[
            MoveData(
                move.from_state,
                move.to_state,
                move.at,
                move.by.name if move.by else "",
                move.reason,
            )
            for move in matter.moves.select_related("by")
        ],
    )
