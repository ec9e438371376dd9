from hypothesis import given
from hypothesis import strategies as st

from linli.engines.deliberation.similar_statements import find_similar

text = st.text("东门应该建垃圾厢房，。! abc12", max_size=20)


def likeness(one, other):
    found = find_similar(one, {"x": other}, threshold=0.001)
    return found[0].likeness if found else 0.0


def test_width_case_and_punctuation_do_not_count():
    assert likeness("ＡＢＣ路，垃圾房！", "abc路 垃圾房") == 1.0


def test_near_identical_is_found():
    assert likeness("垃圾厢房应该建在东门", "垃圾厢房应建在东门") > 0.7


def test_other_subject_is_not_found():
    assert find_similar("楼道里要有灯", {"1": "垃圾厢房应该建在东门"}) == ()


def test_single_character_can_be_alike():
    assert likeness("好", "好！") == 1.0


def test_words_are_compared_whole():
    assert likeness("more light", "less light") == 0.5


def test_most_alike_comes_first_then_id():
    others = {"10": "东门建厢房", "2": "东门建厢房", "1": "东门建厢房吧"}

    found = find_similar("东门建厢房", others)

    assert [one.statement for one in found] == ["2", "10", "1"]


def test_empty_text_is_like_nothing():
    assert find_similar("！？", {"1": "", "2": "，"}) == ()


@given(one=text, other=text)
def test_likeness_is_mutual_and_bounded(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(one=text.filter(lambda value: any(letter.isalnum() for letter in value)))
def test_text_is_wholly_like_itself(one):
    assert likeness(one, one) == 1.0
