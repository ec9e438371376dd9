from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.deliberation.statement_routing import choose_statement, statement_priorities


def priority(*, agree=0, passed=0, seen=0, extremity=0.0):
    return float(
        statement_priorities(
            agree=np.array([agree]),
            passed=np.array([passed]),
            seen=np.array([seen]),
            extremity=np.array([extremity]),
        )[0]
    )


def test_new_statement_has_a_lead():
    assert priority() == (0.25 * 9) ** 2


def test_lead_is_halved_every_five_votes():
    assert priority(agree=5, seen=5) == pytest.approx((6 / 7 * 6 / 7 * 5) ** 2)


def test_informative_statement_is_preferred_to_one_everybody_passes():
    assert priority(agree=10, seen=20, extremity=3) > 100 * priority(passed=20, seen=20)


def test_routing_draws_the_informative_statement_more_often():
    priorities = {"far": 9.0, "near": 1.0}
    rng = np.random.default_rng(1)

    drawn = Counter(choose_statement(seen=(), priorities=priorities, rng=rng) for _ in range(2000))

    assert 1740 < drawn["far"] < 1860


def test_unweighed_statement_counts_one():
    rng = np.random.default_rng(1)

    drawn = Counter(
        choose_statement(seen=(), priorities={"a": None, "b": 1.0}, rng=rng) for _ in range(2000)
    )

    assert 900 < drawn["a"] < 1100


def test_nothing_is_left_to_ask():
    assert choose_statement(seen={"a"}, priorities={"a": 1}, rng=np.random.default_rng(0)) is None


def test_worthless_statements_are_drawn_evenly():
    rng = np.random.default_rng(2)

    drawn = {choose_statement(seen=(), priorities={"a": 0, "b": 0}, rng=rng) for _ in range(50)}

    assert drawn == {"a", "b"}


@given(
    priorities=st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), max_size=8),
    seen=st.sets(st.text(max_size=3), max_size=8),
    seed=st.integers(0, 99),
)
def test_only_unseen_statements_are_shown(priorities, seen, seed):
    shown = choose_statement(seen=seen, priorities=priorities, rng=np.random.default_rng(seed))

    assert shown in (priorities.keys() - seen or {None})


@given(
    counts=st.lists(st.tuples(*[st.integers(0, 500)] * 3), min_size=1, max_size=9),
    extremity=st.floats(0, 50),
)
def test_priorities_are_positive(counts, extremity):
    agree, disagree, passed = np.array(counts).T

    priorities = statement_priorities(
        agree=agree,
        passed=passed,
        seen=agree + disagree + passed,
        extremity=np.full(agree.size, extremity),
    )

    assert (priorities > 0).all()
