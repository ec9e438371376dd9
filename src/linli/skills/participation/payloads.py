"""A matter as a program hands it in; API and command read the same shape."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from linli.engines.errors import RuleError
from linli.skills.participation.models import Decider
from linli.skills.participation.services import (
    REASON_LIMIT,
    TEXT_LIMIT,
    Choice,
    Draft,
    Words,
)
from linli.skills.register.selectors import buildings_in

# PostgreSQL keeps no NUL; a line has no line breaks either.
_TEXT, _LINE = r"^[^\x00]*$", r"^[^\x00-\x1f\x7f]*$"
type Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=_LINE)
]
type Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_LINE)
]
type Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=TEXT_LIMIT, pattern=_TEXT)
]
type Reason = Annotated[str, StringConstraints(max_length=REASON_LIMIT, pattern=_TEXT)]


class OptionPayload(BaseModel):
    """One option."""

    model_config = ConfigDict(extra="forbid")

    text: Line
    detail: Sentence = ""


class MatterPayload(BaseModel):
    """A matter as it is written down."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    plan: Text
    why: Text
    proposed_by: Line
    decider: Decider = Decider.RESIDENTS
    options: list[OptionPayload] = []
    buildings: list[str] | None = None
    """Names of the buildings it touches; None: everyone."""
    answers_until: date | None = None
    decision_on: date | None = None
    next_step: Text = ""

    def draft(self, committee_id: int) -> Draft:
        """Give it as the services take it, with the committee's own buildings."""
        return Draft(
            words=Words(
                title=self.title,
                plan=self.plan,
                why=self.why,
                proposed_by=self.proposed_by,
                decider=self.decider.value,
                answers_until=self.answers_until,
                decision_on=self.decision_on,
                next_step=self.next_step,
            ),
            options=[Choice(option.text, option.detail) for option in self.options],
            building_ids=_ids(self.buildings, committee_id),
        )


class MovePayload(BaseModel):
    """A step that a matter is to take."""

    model_config = ConfigDict(extra="forbid")

    to: str
    reason: Reason = ""
    seen_state: str | None = None
    """Where the mover saw it stand; a matter moved since is not moved."""


def _ids(names: list[str] | None, committee_id: int) -> list[int] | None:
    if names is None:
        return None
    known = {building.name: building.pk for building in buildings_in(committee_id)}
    for name in names:
        if name not in known:
            raise RuleError("participation.no_building_of_that_name", name=name)
    return [known[name] for name in names]
