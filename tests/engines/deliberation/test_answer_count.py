import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.deliberation.answer_count import (
    AnswerError,
    count_multiple,
    count_ranked,
    count_single,
)

OPTIONS = ["东门", "西门", "车库"]
singles = st.lists(st.sampled_from([(), *((option,) for option in OPTIONS)]), max_size=30)
rankings = st.lists(st.lists(st.sampled_from(OPTIONS), max_size=4), max_size=30)


def test_blank_answers_are_counted_apart():
    counted = count_single([("东门",), (), ()], options=OPTIONS)

    assert (counted.answers, counted.blank) == (1, 2)


def test_options_keep_their_order_and_their_zero():
    assert count_single([("西门",)], options=OPTIONS).counts == (
        ("东门", 0),
        ("西门", 1),
        ("车库", 0),
    )


def test_tie_leaves_both_leading():
    assert count_single([("西门",), ("东门",)], options=OPTIONS).leading == ("东门", "西门")


def test_nobody_leads_without_answers():
    assert count_single([(), ()], options=OPTIONS).leading == ()


def test_single_choice_refuses_two():
    with pytest.raises(AnswerError, match="answer_too_many"):
        count_single([("东门", "西门")], options=OPTIONS)


@pytest.mark.parametrize("count", [count_single, count_multiple, count_ranked])
def test_unknown_option_is_refused(count):
    with pytest.raises(AnswerError) as refused:
        count([("天上",)], options=OPTIONS)

    assert (refused.value.code, refused.value.params) == (
        "deliberation.answer_unknown_option",
        {"option": "天上"},
    )


def test_voter_counts_once_for_an_option():
    assert count_multiple([("东门", "东门", "车库")], options=OPTIONS).counts == (
        ("东门", 1),
        ("西门", 0),
        ("车库", 1),
    )


def test_pairs_count_the_unnamed_as_last():
    counted = count_ranked([("西门",)], options=OPTIONS)

    assert [(pair.option, pair.over) for pair in counted.pairs if pair.answers] == [
        ("西门", "东门"),
        ("西门", "车库"),
    ]


def test_circle_has_no_winner():
    circle = [("东门", "西门", "车库"), ("西门", "车库", "东门"), ("车库", "东门", "西门")]

    counted = count_ranked(circle, options=OPTIONS)

    assert (counted.winner, counted.unbeaten) == (None, ())


def test_tie_for_unbeaten_is_told():
    counted = count_ranked([("东门", "西门"), ("西门", "东门")], options=OPTIONS)

    assert (counted.winner, counted.unbeaten) == (None, ("东门", "西门"))


def test_blank_rankings_elect_nobody():
    counted = count_ranked([(), ()], options=OPTIONS)

    assert (counted.winner, counted.unbeaten, counted.first.blank) == (None, (), 2)


@given(answers=singles, order=st.randoms(use_true_random=False))
def test_order_of_voters_changes_nothing(answers, order):
    shuffled = list(answers)
    order.shuffle(shuffled)

    assert count_single(shuffled, options=OPTIONS) == count_single(answers, options=OPTIONS)
    assert count_multiple(shuffled, options=OPTIONS) == count_single(answers, options=OPTIONS)
    assert count_ranked(shuffled, options=OPTIONS) == count_ranked(answers, options=OPTIONS)


@given(answers=rankings)
def test_every_answer_is_counted_or_blank(answers):
    counted = count_ranked(answers, options=OPTIONS)

    assert counted.first.answers + counted.first.blank == len(answers)
    assert sum(n for _, n in counted.first.counts) == counted.first.answers


@given(answers=rankings)
def test_pairs_never_exceed_the_answers(answers):
    counted = count_ranked(answers, options=OPTIONS)

    for_pair = {(pair.option, pair.over): pair.answers for pair in counted.pairs}
    assert all(
        votes + for_pair[other, one] <= counted.first.answers
        for (one, other), votes in for_pair.items()
    )


@given(answers=rankings, favourite=st.sampled_from(OPTIONS))
def test_more_than_half_of_first_places_wins(answers, favourite):
    decided = [*answers, *[[favourite]] * (len(answers) + 1)]

    assert count_ranked(decided, options=OPTIONS).winner == favourite
