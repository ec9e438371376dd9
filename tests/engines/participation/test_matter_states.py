"""The way of a matter."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.participation import matter_states
from linli.engines.participation.matter_states import (
    CALENDAR,
    FINISHED,
    HEAD,
    MOVES,
    PARTNER,
    SIDE_STATES,
    STATES,
    WAY,
    WORKER,
    Facts,
    MoveError,
    check_move,
    has_reached,
    moves_from,
)

WHOLE = Facts(is_described=True, touches_somebody=True, option_count=3)
ROLES = (HEAD, WORKER, PARTNER, CALENDAR, "captain", "overseer", "")
moves = st.sampled_from(MOVES)
states = st.sampled_from(STATES)
facts = st.builds(
    Facts,
    is_described=st.booleans(),
    touches_somebody=st.booleans(),
    option_count=st.integers(0, 6),
    asking_open=st.booleans(),
)
blanks = st.text(alphabet=" \t\n　")


def refusal(**asked):
    asked = {"role": HEAD, "reason": "有理由", "facts": WHOLE} | asked
    with pytest.raises(MoveError) as refused:
        check_move(**asked)
    return refused.value.code


def reachable(start):
    seen, front = {start}, [start]
    while front:
        here = front.pop()
        for move in MOVES:
            if move.from_state == here and move.to_state not in seen:
                seen.add(move.to_state)
                front.append(move.to_state)
    return seen


def test_every_state_is_reachable_from_draft():
    assert reachable("draft") == set(STATES)


@given(states)
def test_every_state_can_reach_an_end(state):
    assert reachable(state) & set(FINISHED)


def test_codes_fit_their_field():
    assert max(len(state) for state in STATES) <= 12


def test_no_step_exists_twice():
    assert len({(move.from_state, move.to_state) for move in MOVES}) == len(MOVES)


@given(st.text(), st.sampled_from(ROLES))
def test_nothing_moves_out_of_an_unknown_state(state, role):
    assert state in STATES or moves_from(state, role=role) == ()


@given(states, st.sampled_from(ROLES))
def test_offered_moves_are_allowed_moves(state, role):
    for move in moves_from(state, role=role):
        done = check_move(
            from_state=state, to_state=move.to_state, role=role, reason="有理由", facts=WHOLE
        )
        assert done == move


@given(states, states, st.sampled_from(ROLES))
def test_moves_that_are_not_offered_are_refused(state, to_state, role):
    if to_state not in {move.to_state for move in moves_from(state, role=role)}:
        assert refusal(from_state=state, to_state=to_state, role=role) in {
            "participation.no_such_move",
            "participation.not_yours_to_move",
        }


@given(moves.filter(lambda move: move.needs_reason), blanks, facts)
def test_blank_is_no_reason(move, blank, facts):
    code = refusal(from_state=move.from_state, to_state=move.to_state, reason=blank, facts=facts)

    assert code == "participation.reason_needed"


def test_every_way_aside_needs_a_reason():
    aside = [move for move in MOVES if move.to_state in SIDE_STATES]

    assert all(move.needs_reason for move in aside)


@pytest.mark.parametrize("state", WAY[WAY.index("posting") :])
@pytest.mark.parametrize("end", ["referred", "ended", "returned"])
def test_nothing_posted_is_given_up(state, end):
    assert refusal(from_state=state, to_state=end) == "participation.no_such_move"


@pytest.mark.parametrize(
    ("state", "to_state"),
    [
        ("review", "parties"),
        ("review", "returned"),
        ("opinion", "posting"),
        ("appraisal", "archived"),
        ("draft", "ended"),
        ("ended", "draft"),
    ],
)
@pytest.mark.parametrize("role", [WORKER, PARTNER, CALENDAR, "captain", "overseer"])
def test_only_the_head_decides(state, to_state, role):
    code = refusal(from_state=state, to_state=to_state, role=role)

    assert code == "participation.not_yours_to_move"


def test_the_head_makes_every_move():
    assert all(HEAD in move.roles for move in MOVES)


def test_calendar_only_opens_and_closes_consultation():
    steps = [(str(move.from_state), str(move.to_state)) for move in MOVES if CALENDAR in move.roles]

    assert steps == [("informing", "consulting"), ("consulting", "opinion")]


@pytest.mark.parametrize(
    ("state", "to_state", "facts", "code"),
    [
        ("draft", "review", Facts(False, True, 3), "not_described"),
        ("parties", "informing", Facts(True, False, 3), "touches_nobody"),
        ("parties", "informing", Facts(True, True, 1), "one_option_only"),
        ("consulting", "opinion", Facts(True, True, 3, asking_open=True), "asking_still_open"),
        ("consulting", "ended", Facts(True, True, 3, asking_open=True), "asking_still_open"),
    ],
)
def test_what_is_missing_holds_the_matter(state, to_state, facts, code):
    assert refusal(from_state=state, to_state=to_state, facts=facts) == f"participation.{code}"


def test_matter_without_options_may_go_on():
    bare = Facts(is_described=True, touches_somebody=True, option_count=0)

    move = check_move(
        from_state="parties", to_state="informing", role=WORKER, reason="", facts=bare
    )

    assert move.to_state == "informing"


@given(states, states)
def test_reaching_is_an_order(one, other):
    both = has_reached(one, goal=other) and has_reached(other, goal=one)

    assert both == (one == other)


@given(states, states, states)
def test_reaching_is_transitive(one, two, three):
    if has_reached(one, goal=two) and has_reached(two, goal=three):
        assert has_reached(one, goal=three)


def test_examples_of_the_docstrings_hold():
    assert doctest.testmod(matter_states).failed == 0
