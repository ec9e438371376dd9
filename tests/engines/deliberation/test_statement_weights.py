"""Weighing statements from all votes."""

from hypothesis import given
from hypothesis import strategies as st

from linli.engines.deliberation.statement_weights import weigh_statements
from linli.engines.deliberation.votes import Vote, VoteTable

CASTS = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("123")), st.sampled_from(Vote)
)


def table(casts, statements=("1", "2", "3")):
    return VoteTable.collect(
        ((person, statement, vote) for (person, statement), vote in casts.items()),
        statements=statements,
    )


def test_nothing_known_weighs_all_the_same():
    assert len(set(weigh_statements(table({})).values())) == 1


def test_statement_that_divides_weighs_more_than_one_all_agree_on():
    casts = {(str(i), "1"): Vote.AGREE for i in range(20)}
    casts |= {(str(i), "2"): Vote.AGREE if i % 2 else Vote.DISAGREE for i in range(20)}

    weights = weigh_statements(table(casts, ("1", "2")))

    assert weights["2"] > weights["1"]


def test_new_statement_weighs_more_than_one_everybody_passed():
    casts = {(str(i), "1"): Vote.PASS for i in range(20)}

    weights = weigh_statements(table(casts, ("1", "2")))

    assert weights["2"] > weights["1"]


@given(CASTS)
def test_every_statement_has_a_weight(casts):
    weights = weigh_statements(table(casts))

    assert list(weights) == ["1", "2", "3"]
    assert all(weight > 0 for weight in weights.values())
