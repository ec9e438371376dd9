"""Which building an address means."""

import pytest

from linli.engines.errors import RuleError
from linli.engines.register.building_match import match_building
from linli.engines.register.door_address import read_door


@pytest.mark.parametrize(
    ("address", "known", "match"),
    [
        ("3栋501", ["3号楼", "4号楼"], "3号楼"),
        ("3-501", ["阳光苑3号楼"], "阳光苑3号楼"),
        ("阳光苑3栋501", ["阳光苑3号楼", "3号楼"], "阳光苑3号楼"),
        ("阳光苑3栋501", ["3号楼"], None),
        ("月光苑3栋501", ["阳光苑3号楼"], None),
        ("5-501", ["3号楼"], None),
        ("3-501", [], None),
        ("3-501", ["3号楼", "阳光苑3号楼"], "3号楼"),
    ],
)
def test_matches_building(address, known, match):
    assert match_building(read_door(address), known=known) == match


def test_refuses_number_of_several_estates():
    with pytest.raises(RuleError) as refusal:
        match_building(read_door("3-501"), known=["阳光苑3号楼", "月光苑3号楼"])

    assert refusal.value.code == "register.building_ambiguous"
