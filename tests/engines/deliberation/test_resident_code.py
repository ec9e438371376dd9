"""Codes are written one way and read however paper makes people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.deliberation.resident_code import (
    ALPHABET,
    BITS,
    CodeError,
    code_from_number,
    format_code,
    normalise_code,
)

numbers = st.integers(0, 2**BITS - 1)


@given(numbers, numbers)
def test_every_number_has_its_own_code(one, two):
    assert (code_from_number(one) == code_from_number(two)) == (one == two)


@given(numbers, st.booleans(), st.sampled_from(["-", " ", "—", "・", ".", "\u3000"]))
def test_code_is_read_as_it_was_written(number, small, between):
    code = code_from_number(number)
    typed = format_code(code).replace("-", between)

    assert normalise_code(typed.lower() if small else typed) == code


@given(numbers)
def test_full_width_is_read_too(number):
    code = code_from_number(number)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)

    assert normalise_code(wide) == code


def test_letters_that_look_like_digits_are_digits():
    assert normalise_code("oOiI lL00 1111 ZZZZ") == "00111100" + "1111ZZZZ"


@pytest.mark.parametrize(
    "typed", ["", "0123", "U" * 16, "0" * 15, "0" * 17, "零" * 16, "0123456789ABCDE!"]
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(CodeError) as refusal:
        normalise_code(typed)

    assert refusal.value.code == "deliberation.code_mistyped"


@given(st.text(max_size=40))
def test_anything_typed_is_a_code_or_refused(typed):
    try:
        code = normalise_code(typed)
    except CodeError:
        return
    assert len(code) == 16
    assert set(code) <= set(ALPHABET)


@pytest.mark.parametrize("number", [-1, 2**BITS])
def test_number_out_of_range_is_refused(number):
    with pytest.raises(CodeError):
        code_from_number(number)
