"""What the API and the commands answer: askings, results and maps as plain data."""

from typing import Any

from linli.skills.deliberation.models import Asking
from linli.skills.deliberation.selectors.askings import reached_or_frozen, stage_of
from linli.skills.deliberation.selectors.opinion_map import offered_map
from linli.skills.participation.selectors import options_of


def asking_facts(asking: Asking, *, asked: int, heard: int) -> dict[str, Any]:
    """Tell an asking with its stage and how many were heard."""
    return {
        "id": asking.pk,
        "matter": asking.matter_id,
        "title": asking.matter.title,
        "question": asking.question,
        "form": asking.form,
        "basis": asking.basis,
        "is_secret": asking.is_secret,
        "has_statements": asking.has_statements,
        "residents_may_add": asking.residents_may_add,
        "stage": stage_of(asking),
        "is_imported": asking.is_imported,
        "opened_on": _day(asking.opened_on),
        "closes_on": _day(asking.closes_on),
        "closed_at": asking.closed_at and asking.closed_at.isoformat(),
        "ballots_until": _day(asking.ballots_until),
        "destroyed_at": asking.destroyed_at and asking.destroyed_at.isoformat(),
        "asked": asked,
        "heard": heard,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def whole_asking(asking: Asking) -> dict[str, Any]:
    """Tell an asking with its options and the statements shown."""
    who = reached_or_frozen(asking)
    return {
        **asking_facts(asking, asked=who["asked"], heard=who["heard"]),
        "options": [
            {"id": option.pk, "text": option.text} for option in options_of(asking.matter_id)
        ],
        "statements": [
            {"id": str(row.position), "text": row.text, "from_resident": row.from_resident}
            for row in asking.statements.filter(status="accepted")
        ],
    }


def result_facts(asking: Asking) -> dict[str, Any]:
    """Tell what a closed asking came to; of an open one only how many were heard."""
    who = reached_or_frozen(asking)
    told: dict[str, Any] = {"asking": asking.pk, "stage": stage_of(asking), **who}
    if asking.closed_at is not None:
        told["ballots_sha256"] = asking.result.ballots_sha256
        told["frozen_at"] = asking.result.frozen_at.isoformat()
    return told


def map_facts(asking: Asking) -> dict[str, Any]:
    """Tell the map where there is one, else what is missing."""
    offer, facts = offered_map(asking)
    return {
        "asking": asking.pk,
        "offered": facts is not None,
        "people_missing": offer.people_missing,
        "statements_missing": offer.statements_missing,
        "map": facts,
    }
