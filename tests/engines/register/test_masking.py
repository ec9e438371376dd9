"""Masking names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.register.masking import mask_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张桂英", "张*英"),
        ("王芳", "王*"),
        ("欧阳修", "欧阳*"),
        ("欧阳修远", "欧阳*远"),
        ("欧阳", "欧*"),
        ("诸葛孔明", "诸葛*明"),
        ("张王小芳", "张*芳"),
        ("英", "*"),
        ("买买提·吐尔逊", "买*·吐*"),
        ("买买提•吐尔逊", "买*·吐*"),
        ("John Smith", "J* S*"),
        ("Anna", "A*"),
        (" 张 ", "*"),
        ("", ""),
    ],
)
def test_masks_name(name, masked):
    assert mask_name(name) == masked


@given(st.text("张王李赵桂英芳敏欧阳", min_size=2, max_size=8))
def test_something_is_always_hidden(name):
    assert "*" in mask_name(name)
    assert mask_name(name) != name
