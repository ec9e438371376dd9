"""The only writers of ballots, votes and reasons.

No answer leaves a line in the log: a time beside a ballot would help to join it to a door. Each
call is one transaction: look the code up, hold the asking open, and put the answer in place of an
earlier one by a single statement.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import wraps
from time import sleep

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from linli.core.accounts.models import User
from linli.core.audit.selectors import lines_of
from linli.core.audit.services import record
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import (
    AgeBand,
    Asking,
    Ballot,
    Choice,
    Form,
    Reason,
    Statement,
    Tenure,
    Vote,
    random_row_key,
)
from linli.skills.deliberation.selectors.voting import Slip, find_slip, shown_statements
from linli.skills.deliberation.services.words import clean_line, clean_text

MOST_WAITING = 300
"""Nobody can tell who sends statements, so only their sum can be limited."""

_WRITING = threading.Lock()
_TRIES = 5


def _one_after_the_other[**P, R](answer: Callable[P, R]) -> Callable[P, R]:
    """Make an answer one transaction; on SQLite let the threads of this process queue for it.

    SQLite lets one write and the others sleep and try again, up to a tenth of a second: a queue
    is fair and wastes nothing. Inside another transaction it would be a trap, and is left out.
    """

    @wraps(answer)
    def taken(*args: P.args, **kwargs: P.kwargs) -> R:
        alone = connection.vendor == "sqlite" and not connection.in_atomic_block
        with _WRITING if alone else nullcontext(), transaction.atomic():
            return answer(*args, **kwargs)

    return taken


@_one_after_the_other
def answer_question(
    code: str, *, options: Sequence[int], reason: str = "", today: date | None = None
) -> None:
    """Put down the answer to the question and, apart from it, the reason given.

    ``options`` are ids, in order where ranked.
    """
    slip, day = _opened(code, today)
    _put_ballot(slip, day, answer=_checked(slip.asking, options))
    if reason.strip():
        _put_reason(slip, reason, statement_id=None, side=None)


@_one_after_the_other
def vote(
    code: str, *, statement_id: int, choice: int, reason: str = "", today: date | None = None
) -> None:
    """Put down a vote on a statement and, apart from it, the reason given."""
    slip, day = _opened(code, today, statement_id=statement_id)
    if not slip.shows_statement:
        raise RuleError("deliberation.statement_gone")
    _put_vote(slip, day, statement_id, choice)
    _note_heard(slip, day)
    if reason.strip():
        _put_reason(slip, reason, statement_id=statement_id, side=choice)


@_one_after_the_other
def undo_vote(code: str, *, statement_id: int, today: date | None = None) -> None:
    """Take a vote and its reason back; a ballot on which nothing is left goes too."""
    slip, _day = _opened(code, today)
    votes = Vote.objects.filter(asking=slip.asking, voter_key=slip.voter_key)
    votes.filter(statement_id=statement_id).delete()
    Reason.objects.filter(asking=slip.asking, pk=slip.reason_id(statement_id)).delete()
    if not votes.exists():
        Ballot.objects.filter(
            asking=slip.asking, voter_key=slip.voter_key, answer__isnull=True
        ).delete()


@_one_after_the_other
def describe_self(
    code: str, *, age_band: str = "", tenure: str = "", today: date | None = None
) -> None:
    """Put down what the voter ticked about himself; empty where he would rather not."""
    slip, day = _opened(code, today)
    if age_band not in ("", *AgeBand) or tenure not in ("", *Tenure):
        raise RuleError("deliberation.answer_unfit")
    _put_ballot(slip, day, age_band=age_band, tenure=tenure)


@_one_after_the_other
def propose_statement(code: str, *, text: str, today: date | None = None) -> Statement:
    """Add a resident's statement, to be read by the desk first; the same words count once."""
    # Held alone from the start: two who shared it first would wait for each other for ever.
    slip = find_slip(code)
    asking = Asking.objects.select_for_update().get(pk=slip.asking.pk)
    replace(slip, asking=asking).require_open(today or timezone.localdate())
    words = clean_line(text)
    if not asking.residents_may_add:
        raise RuleError("deliberation.no_own_statements")
    if not 4 <= len(words) <= 140:
        raise RuleError("deliberation.statement_length", most=140)
    known = Statement.objects.filter(asking=asking)
    same = known.filter(text=words).first()
    if same:
        return same
    if known.filter(status="pending").count() >= MOST_WAITING:
        raise RuleError("deliberation.too_many_waiting")
    last = known.order_by("position").last()
    return Statement.objects.create(
        asking=asking,
        text=words,
        position=last.position + 1 if last else 1,
        from_resident=True,
        status="pending",
    )


@_one_after_the_other
def paper_ballot(
    code: str,
    *,
    by: User,
    asking: Asking,
    options: Sequence[int] = (),
    votes: Mapping[int, int | None] | None = None,
    age_band: str = "",
    tenure: str = "",
    today: date | None = None,
) -> None:
    """Put down a whole sheet of paper; what it left blank takes an earlier answer back.

    ``votes`` has every statement of the sheet, None where no box is ticked. Sheets handed in on the
    last day may be entered until the asking is closed.
    """
    day = today or timezone.localdate()
    slip = find_slip(code, hold=True)
    slip.require_open(min(day, slip.asking.closes_on))
    if slip.asking.pk != asking.pk:
        raise RuleError("deliberation.code_unknown")
    if age_band not in ("", *AgeBand) or tenure not in ("", *Tenure):
        raise RuleError("deliberation.answer_unfit")
    answer = _checked(slip.asking, options) if options else None
    given = votes or {}
    if answer is None and set(given.values()) <= {None}:
        raise RuleError("deliberation.sheet_empty")
    shown = set(shown_statements(slip.asking).values_list("pk", flat=True))
    if not given.keys() <= shown:
        raise RuleError("deliberation.statement_gone")
    for statement_id, choice in given.items():
        if choice is not None:
            _put_vote(slip, day, statement_id, choice)
    blank = [statement_id for statement_id, choice in given.items() if choice is None]
    Vote.objects.filter(asking=slip.asking, voter_key=slip.voter_key, statement__in=blank).delete()
    _put_ballot(slip, day, answer=answer, age_band=age_band, tenure=tenure)
    _note_paper_day(slip.asking, by=by)


def _note_paper_day(asking: Asking, *, by: User) -> None:
    """Write in the log, once a day and worker, that paper was entered.

    A line for each sheet would tell the order in which ballots came in.
    """
    committee_id = asking.matter.committee_id
    todays = lines_of(committee_id).filter(
        action="deliberation.paper_entered",
        actor=by,
        subject=f"deliberation.asking:{asking.pk}",
        at__date=timezone.localdate(),
    )
    if not todays.exists():
        record("deliberation.paper_entered", committee_id=committee_id, actor=by, subject=asking)


def reshuffle_ballots() -> None:
    """Rewrite ballots, votes and reasons in the order of their random numbers.

    Where rows lie in the file, and which transaction wrote them, tells the order in which they
    came. PostgreSQL gets new files with one transaction's mark; SQLite overwrites the old pages
    and empties its write-ahead log, where the earlier pages would stay readable.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            _rewrite()
        except OperationalError:
            # Somebody reads these tables for longer than voters can be kept waiting.
            if not tries_left or connection.in_atomic_block:
                raise
            sleep(1)
        else:
            break
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def _rewrite() -> None:
    tables = [connection.ops.quote_name(one._meta.db_table) for one in (Vote, Ballot, Reason)]  # noqa: SLF001
    # Checks that wait for the end of the transaction would forbid emptying a table.
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A vote that came in between copying and emptying would be lost. The short wait ends
            # before PostgreSQL looks for a deadlock, so that no voter is the one sent away.
            cursor.execute("SET LOCAL lock_timeout = '500ms'")
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        empty = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
        for table in tables:
            cursor.execute(f"CREATE TEMPORARY TABLE linli_shuffled AS SELECT * FROM {table}")  # noqa: S608
            cursor.execute(f"{empty} {table}")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM linli_shuffled ORDER BY id")  # noqa: S608
            cursor.execute("DROP TABLE linli_shuffled")


def _opened(code: str, today: date | None, *, statement_id: int = 0) -> tuple[Slip, date]:
    """Look a code up and keep its asking from being closed until this answer is in."""
    day = today or timezone.localdate()
    slip = find_slip(code, statement_id=statement_id, hold=True)
    slip.require_open(day)
    return slip, day


def _checked(asking: Asking, options: Sequence[int]) -> list[int]:
    """Refuse an answer that does not fit the question."""
    known = set(asking.matter.options.values_list("pk", flat=True))
    chosen = list(options)
    if asking.form == Form.NONE or not set(chosen) <= known:
        raise RuleError("deliberation.answer_unfit")
    if len(set(chosen)) < len(chosen):
        raise RuleError("deliberation.answer_twice")
    if not chosen:
        raise RuleError("deliberation.answer_empty")
    if asking.form == Form.SINGLE and len(chosen) > 1:
        raise RuleError("deliberation.answer_unfit")
    return chosen if asking.form == Form.RANKED else sorted(chosen)


def _put_ballot(slip: Slip, day: date, **answers: object) -> None:
    """Write a voter's ballot or change what is new on it, in one statement."""
    if not slip.asking.is_secret:
        _drop_earlier_codes(slip)
    building, code = _known_of(slip)
    ballot = Ballot(
        asking=slip.asking,
        voter_key=slip.voter_key,
        day=day,
        building_id=building,
        code_id=code,
        **answers,
    )
    Ballot.objects.bulk_create(
        [ballot],
        update_conflicts=True,
        unique_fields=["asking", "voter_key"],
        update_fields=["day", "building", *answers],
    )


def _known_of(slip: Slip) -> tuple[int | None, int | None]:
    """Give what a ballot may know of its voter: a large building; the code, where signed."""
    asking = slip.asking
    building = slip.building_id if slip.building_id in asking.large_buildings else None
    return building, None if asking.is_secret else slip.code_id


def _drop_earlier_codes(slip: Slip) -> None:
    """Where answers are signed, a holder's new code replaces what his old one said."""
    earlier = Ballot.objects.filter(
        asking=slip.asking, code__door=slip.door_id, code__adult=slip.adult_id
    ).exclude(voter_key=slip.voter_key)
    Vote.objects.filter(asking=slip.asking, voter_key__in=earlier.values("voter_key")).delete()
    earlier.delete()


_VOTE = """
INSERT INTO deliberation_vote (id, asking_id, voter_key, statement_id, choice, day)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (asking_id, voter_key, statement_id)
DO UPDATE SET choice = excluded.choice, day = excluded.day
"""
_HEARD = """
INSERT INTO deliberation_ballot
       (id, asking_id, voter_key, day, age_band, tenure, building_id, code_id)
VALUES (%s, %s, %s, %s, '', '', %s, %s)
ON CONFLICT (asking_id, voter_key)
DO UPDATE SET day = excluded.day, building_id = excluded.building_id
"""
"""A vote is what fifty phones send at once; these two are written by hand because building them
anew each time costs as much as everything else a vote needs (docs/reference/votes.md)."""


def _put_vote(slip: Slip, day: date, statement_id: int, choice: int) -> None:
    """Write a vote or replace it, in one statement."""
    if choice not in Choice:
        raise RuleError("deliberation.answer_unfit")
    key, asking = slip.voter_key, slip.asking.pk
    with connection.cursor() as cursor:
        cursor.execute(
            _VOTE, [random_row_key(), asking, key, statement_id, choice, day.isoformat()]
        )


def _note_heard(slip: Slip, day: date) -> None:
    """See to it that a voter has a ballot, and leave what stands on it."""
    if not slip.asking.is_secret:
        _drop_earlier_codes(slip)
    building, code = _known_of(slip)
    with connection.cursor() as cursor:
        cursor.execute(
            _HEARD,
            [random_row_key(), slip.asking.pk, slip.voter_key, day.isoformat(), building, code],
        )


def _put_reason(slip: Slip, text: str, *, statement_id: int | None, side: int | None) -> None:
    """Write a reason or replace the one given before."""
    words = clean_text(text)
    if not 1 <= len(words) <= 300:
        raise RuleError("deliberation.reason_length", most=300)
    Reason.objects.bulk_create(
        [
            Reason(
                pk=slip.reason_id(statement_id),
                asking=slip.asking,
                statement_id=statement_id,
                side=side,
                text=words,
            )
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["side", "text"],
    )
