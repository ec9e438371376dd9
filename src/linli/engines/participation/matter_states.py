"""The way of a matter: its states, who may move it where, and what must be so first."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from linli.engines.errors import RuleError


class MoveError(RuleError):
    """A matter may not be moved there, or not yet, or not by this person."""


class State(StrEnum):
    """Where a matter stands; GLOSSARY.md gives the Chinese of each."""

    DRAFT = "draft"
    REVIEW = "review"
    PARTIES = "parties"
    INFORMING = "informing"
    CONSULTING = "consulting"
    OPINION = "opinion"
    POSTING = "posting"
    ACTION = "action"
    FEEDBACK = "feedback"
    APPRAISAL = "appraisal"
    ARCHIVED = "archived"
    RETURNED = "returned"
    REFERRED = "referred"
    ENDED = "ended"


SIDE_STATES: Final = (State.RETURNED, State.REFERRED, State.ENDED)
"""Aside from the way; a matter gets there only with a reason."""
WAY: Final = tuple(state for state in State if state not in SIDE_STATES)
"""The way from the first word to the archive, in order."""
STATES: Final = tuple(State)
FINISHED: Final = (State.ARCHIVED, State.REFERRED, State.ENDED)
"""Nothing waits here; referred and ended matters may be taken up again."""
CHANGEABLE: Final = (State.DRAFT, State.RETURNED, State.REVIEW, State.PARTIES)
"""Here the words of a matter may still change; afterwards residents have been told them."""

HEAD: Final = "head"
WORKER: Final = "worker"
PARTNER: Final = "partner"
CALENDAR: Final = "calendar"
"""Nobody: a day has come."""

_HEAD: Final = frozenset({HEAD})
_STAFF: Final = frozenset({HEAD, WORKER})
_WORKING: Final = frozenset({HEAD, WORKER, PARTNER})


@dataclass(frozen=True, slots=True)
class Move:
    """One step a matter may take.

    Parameters
    ----------
    from_state, to_state
        From where to where.
    roles
        Roles that may make it.
    needs_reason
        Whether a reason must be written down.
    is_forward
        Whether it leads along the way; else it leads aside or back.
    """

    from_state: State
    to_state: State
    roles: frozenset[str]
    needs_reason: bool = False
    is_forward: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What a move depends on.

    Parameters
    ----------
    is_described
        Title, plan and reason are written.
    touches_somebody
        It touches everyone, or at least one building is chosen.
    option_count
        Number of options; 0 where residents are asked about statements only.
    asking_open
        Residents are being asked about it at this moment.
    """

    is_described: bool
    touches_somebody: bool
    option_count: int
    asking_open: bool = False


def _aside(state: State) -> tuple[Move, ...]:
    return tuple(
        Move(state, end, _HEAD, needs_reason=True, is_forward=False)
        for end in (State.REFERRED, State.ENDED)
    )


MOVES: Final[tuple[Move, ...]] = (
    Move(State.DRAFT, State.REVIEW, _WORKING),
    Move(State.REVIEW, State.PARTIES, _HEAD),
    Move(State.PARTIES, State.INFORMING, _WORKING),
    Move(State.INFORMING, State.CONSULTING, _WORKING | {CALENDAR}),
    Move(State.CONSULTING, State.OPINION, _WORKING | {CALENDAR}),
    Move(State.OPINION, State.POSTING, _HEAD),
    Move(State.POSTING, State.ACTION, _STAFF),
    Move(State.ACTION, State.FEEDBACK, _STAFF),
    Move(State.FEEDBACK, State.APPRAISAL, _STAFF),
    Move(State.APPRAISAL, State.ARCHIVED, _HEAD),
    Move(State.RETURNED, State.REVIEW, _WORKING),
    Move(State.REVIEW, State.RETURNED, _HEAD, needs_reason=True, is_forward=False),
    Move(State.PARTIES, State.RETURNED, _HEAD, needs_reason=True, is_forward=False),
    *(
        move
        for state in (*WAY[: WAY.index(State.POSTING)], State.RETURNED)
        for move in _aside(state)
    ),
    Move(State.REFERRED, State.DRAFT, _HEAD, needs_reason=True, is_forward=False),
    Move(State.ENDED, State.DRAFT, _HEAD, needs_reason=True, is_forward=False),
)
"""Every step there is, after the consultation procedure of 2015 (关于加强城乡社区协商的意见)."""


def moves_from(state: str, *, role: str) -> tuple[Move, ...]:
    """List the moves that ``role`` may make from ``state``.

    Parameters
    ----------
    state
        A code of :data:`STATES`.
    role
        A role's code, or :data:`CALENDAR`.

    Returns
    -------
    tuple of Move
        The step along the way first, if there is one; empty for unknown states and roles.

    Examples
    --------
    >>> [str(move.to_state) for move in moves_from("review", role="head")]
    ['parties', 'returned', 'referred', 'ended']
    >>> moves_from("review", role="worker")
    ()
    """
    return tuple(move for move in MOVES if move.from_state == state and role in move.roles)


def check_move(*, from_state: str, to_state: str, role: str, reason: str, facts: Facts) -> Move:
    """Find the move, or say why it may not be made.

    Parameters
    ----------
    from_state, to_state
        Codes of :data:`STATES`.
    role
        Role of whoever moves, or :data:`CALENDAR`.
    reason
        Why; blanks alone are no reason.
    facts
        What stands in the matter now.

    Returns
    -------
    Move
        The step that is allowed.

    Raises
    ------
    MoveError
        ``participation.no_such_move`` if no step leads there;
        ``participation.not_yours_to_move`` if the role may not make it;
        ``participation.reason_needed`` if it needs a reason and there is none;
        ``participation.not_described`` if it leaves the writer unfinished;
        ``participation.touches_nobody`` if those touched are to be told and nobody is;
        ``participation.one_option_only`` if they are to be told of a choice with one option;
        ``participation.asking_still_open`` if it would cut residents off who are answering.

    Examples
    --------
    >>> whole = Facts(is_described=True, touches_somebody=True, option_count=3)
    >>> move = check_move(
    ...     from_state="draft", to_state="review", role="worker", reason="", facts=whole
    ... )
    >>> str(move.to_state)
    'review'
    """
    move = next(
        (one for one in MOVES if (one.from_state, one.to_state) == (from_state, to_state)), None
    )
    if move is None:
        raise MoveError("participation.no_such_move")
    if role not in move.roles:
        raise MoveError("participation.not_yours_to_move")
    if move.needs_reason and not reason.strip():
        raise MoveError("participation.reason_needed")
    _check_facts(move, facts)
    return move


def _check_facts(move: Move, facts: Facts) -> None:
    """Hold what must be so before a step."""
    if move.to_state in {State.REVIEW, State.PARTIES} and not facts.is_described:
        raise MoveError("participation.not_described")
    if move.to_state == State.INFORMING:
        if not facts.touches_somebody:
            raise MoveError("participation.touches_nobody")
        if facts.option_count == 1:
            raise MoveError("participation.one_option_only")
    if facts.asking_open and move.to_state not in {State.INFORMING, State.CONSULTING}:
        raise MoveError("participation.asking_still_open")


def has_reached(state: str, *, goal: str) -> bool:
    """Say whether a matter in ``state`` stands at ``goal`` or further along the way.

    Parameters
    ----------
    state, goal
        Codes of :data:`STATES`; a side state has reached only itself.

    Returns
    -------
    bool
        True at the goal and beyond.

    Examples
    --------
    >>> has_reached("posting", goal="opinion"), has_reached("ended", goal="draft")
    (True, False)
    """
    if state == goal:
        return True
    if state not in WAY or goal not in WAY:
        return False
    return WAY.index(State(state)) > WAY.index(State(goal))
