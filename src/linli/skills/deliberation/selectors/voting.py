"""What a resident's code opens, and what the pages behind it show."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from time import perf_counter
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet

from linli.core.accounts import vault
from linli.core.accounts.models import Committee
from linli.engines.deliberation.resident_code import normalise_code
from linli.engines.deliberation.statement_routing import choose_statement
from linli.engines.deliberation.statement_weights import weigh_statements
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import (
    AgeBand,
    Asking,
    Ballot,
    Choice,
    Form,
    Statement,
    Tenure,
    Vote,
)
from linli.skills.deliberation.selectors.opinion_map import vote_table
from linli.skills.participation.selectors import options_of

PAPER_STATEMENTS = 12
"""Most statements on the back of a slip; fewer where they are long."""
_LINE_LETTERS, _LINE_MM, _GAP_MM, _OPTION_MM = 40, 4.4, 1.8, 6.5
"""Measures of the slip's style sheet, rounded up."""
AGE_BANDS: list[tuple[str, Any]] = AgeBand.choices
TENURES: list[tuple[str, Any]] = Tenure.choices
_WEIGHTS_SECONDS = 30.0
_ANY_ASKING = "slip"
"""A slip does not say which asking it belongs to, so the door side's hash is bound to none."""


def slip_digest(plain: str) -> bytes:
    """Hash a code for the side that knows doors."""
    return vault.code_digest(plain, asking=_ANY_ASKING)


@dataclass(frozen=True)
class Slip:
    """A code that exists, with what it opens."""

    plain: str
    code_id: int
    door_id: int
    adult_id: int | None
    building_id: int
    is_withdrawn: bool
    shows_statement: bool
    """Whether the statement that was asked for is on show here."""
    asking: Asking

    @cached_property
    def voter_key(self) -> bytes:
        """The name under which this code's answers lie."""
        return vault.voter_key(self.plain, asking=str(self.asking.key))

    def reason_id(self, statement_id: int | None) -> int:
        """Number this code's reason on a statement.

        The number follows from the code, so that a form sent twice counts once and undoing finds
        the reason again; from the voter's key it does not follow, so reasons lie apart.
        """
        place = f"{self.asking.key}/reason/{statement_id or 0}"
        digest = vault.voter_key(self.plain, asking=place)
        return int.from_bytes(digest[:8]) >> 2 or 1

    @property
    def asks_question(self) -> bool:
        """Say whether there is a question besides the statements."""
        return self.asking.form != Form.NONE

    def require_open(self, today: date) -> None:
        """Refuse where no answer is taken."""
        if self.is_withdrawn:
            raise RuleError("deliberation.code_withdrawn")
        if self.asking.closed_at is not None or self.asking.closes_on < today:
            raise RuleError("deliberation.answers_over")
        if self.asking.opened_on is None or self.asking.opened_on > today:
            raise RuleError("deliberation.answers_not_yet")


_FIND = """\
SELECT a.*, c.id AS code_id, c.door_id, c.adult_id, d.building_id,
       c.withdrawn_on IS NOT NULL AS is_withdrawn,
       EXISTS (SELECT 1 FROM deliberation_statement s
               WHERE s.id = %s AND s.asking_id = a.id AND s.status = 'accepted') AS shows_statement
FROM deliberation_code c
JOIN deliberation_asking a ON a.id = c.asking_id
JOIN register_door d ON d.id = c.door_id
WHERE c.digest = %s
"""
"""Everything a vote needs to know, in one query: written by hand, as the ORM takes ten times as
long to write the same (see docs/reference/votes.md)."""


def find_slip(text: str, *, statement_id: int = 0, hold: bool = False) -> Slip:
    """Find what a code opens, however it was typed.

    With ``hold``, inside a transaction, the asking cannot be closed before that has ended: voters
    share a lock on it. SQLite needs none, as its transactions begin as the only writer.
    """
    plain = normalise_code(text)
    lock = "FOR SHARE OF a" if hold and connection.vendor == "postgresql" else ""
    rows: Iterable[Any] = Asking.objects.raw(_FIND + lock, [statement_id, slip_digest(plain)])
    asking = next(iter(rows), None)
    if asking is None:
        raise RuleError("deliberation.code_unknown")
    return Slip(
        plain=plain,
        code_id=asking.code_id,
        door_id=asking.door_id,
        adult_id=asking.adult_id,
        building_id=asking.building_id,
        is_withdrawn=bool(asking.is_withdrawn),
        shows_statement=bool(asking.shows_statement),
        asking=asking,
    )


def committee_for(text: str) -> Committee | None:
    """Name the committee whose desk can help with a code, as far as that is known."""
    try:
        return find_slip(text).asking.matter.committee
    except RuleError:
        return only_committee()


def only_committee() -> Committee | None:
    """Name the one committee of this installation; None where there are more."""
    committees = list(Committee.objects.all()[:2])
    return committees[0] if len(committees) == 1 else None


def options_on_card(asking: Asking) -> list[Any]:
    """List the options of the question, in their order."""
    return list(options_of(asking.matter_id))


@dataclass(frozen=True, slots=True)
class Progress:
    """How much a code has answered; never which way."""

    question_answered: bool
    statements: frozenset[int]

    @property
    def count(self) -> int:
        """Count the cards answered."""
        return len(self.statements) + self.question_answered


def progress_of(slip: Slip) -> Progress:
    """Count what was answered with a code."""
    ballot = Ballot.objects.filter(asking=slip.asking, voter_key=slip.voter_key)
    votes = Vote.objects.filter(asking=slip.asking, voter_key=slip.voter_key)
    return Progress(
        question_answered=ballot.filter(answer__isnull=False).exists(),
        statements=frozenset(votes.values_list("statement_id", flat=True)),
    )


def own_answer(slip: Slip) -> list[str] | None:
    """Read the answer back, in signed askings only."""
    if slip.asking.is_secret:
        return None
    ballot = Ballot.objects.filter(asking=slip.asking, voter_key=slip.voter_key).first()
    if ballot is None or ballot.answer is None:
        return None
    texts = dict(slip.asking.matter.options.values_list("pk", "text"))
    return [texts[option] for option in ballot.answer if option in texts]


def own_votes(slip: Slip) -> list[tuple[str, str]]:
    """Read the votes on statements back, in signed askings only."""
    if slip.asking.is_secret:
        return []
    votes = Vote.objects.filter(asking=slip.asking, voter_key=slip.voter_key)
    return [
        (vote.statement.text, str(Choice(vote.choice).label))
        for vote in votes.select_related("statement").order_by("statement__position")
    ]


def shown_statements(asking: Asking) -> QuerySet[Statement]:
    """List the statements residents may answer."""
    return Statement.objects.filter(asking=asking, status="accepted")


def paper_statements(asking: Asking) -> list[Statement]:
    """List the statements that stand on paper: the first the desk wrote, as many as fit."""
    room_mm = 130.0 - _OPTION_MM * asking.matter.options.count()
    fitting = []
    for statement in shown_statements(asking).filter(from_resident=False)[:PAPER_STATEMENTS]:
        room_mm -= _LINE_MM * ceil(len(statement.text) / _LINE_LETTERS) + _GAP_MM
        if room_mm < 0:
            break
        fitting.append(statement)
    return fitting


def next_statement(asking: Asking, *, seen: frozenset[int]) -> Statement | None:
    """Draw the statement whose answer would tell most; None when all are answered."""
    statements = {str(statement.position): statement for statement in shown_statements(asking)}
    weighed = _weights(asking)
    chosen = choose_statement(
        seen={place for place, statement in statements.items() if statement.pk in seen},
        priorities={place: weighed.get(place) for place in statements},
        rng=np.random.default_rng(secrets.randbits(64)),
    )
    return statements[chosen] if chosen else None


def statement_after(asking: Asking, *, position: int) -> Statement | None:
    """Give the next statement in their fixed order, for answering all once more."""
    return shown_statements(asking).filter(position__gt=position).first()


def _weights(asking: Asking) -> Mapping[str, float]:
    """Weigh the statements by the votes so far; each process counts anew now and then.

    In a large asking that takes longer, so it is done less often: a hundredth of the time at most.
    """
    key = f"deliberation.weights.{asking.key}"
    weighed: Mapping[str, float] | None = cache.get(key)
    if weighed is None:
        began = perf_counter()
        weighed = weigh_statements(vote_table(asking))
        cache.set(key, weighed, max(_WEIGHTS_SECONDS, 100 * (perf_counter() - began)))
    return weighed


@dataclass(frozen=True)
class PaperQuestion:
    """The same question as it stands on paper."""

    asking: Asking
    asks_question: bool
    options: list[Any]
    statements: list[Statement]
    age_bands: list[tuple[str, Any]]
    tenures: list[tuple[str, Any]]


def paper_question(asking: Asking) -> PaperQuestion:
    """Collect what the back of a slip and the form for entering it show."""
    return PaperQuestion(
        asking=asking,
        asks_question=asking.form != Form.NONE,
        options=options_on_card(asking),
        statements=paper_statements(asking) if asking.has_statements else [],
        age_bands=AGE_BANDS,
        tenures=TENURES,
    )
