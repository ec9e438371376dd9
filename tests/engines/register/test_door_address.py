"""Reading doors from addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.errors import RuleError
from linli.engines.register.door_address import (
    canonical_number,
    door_label,
    order_in_building,
    order_of,
    read_building,
    read_door,
    read_door_in_columns,
)


@pytest.mark.parametrize(
    ("text", "building", "unit", "floor", "number"),
    [
        ("瞿溪路1200弄23号402室", "瞿溪路1200弄23号", "", 4, "402"),
        ("上海市黄浦区五里桥街道瞿溪路1200弄23号402室", "瞿溪路1200弄23号", "", 4, "402"),
        ("阳光苑3号楼2单元501室", "阳光苑3号楼", "2", 5, "501"),
        ("3-2-501", "3号楼", "2", 5, "501"),
        ("３－２－５０１", "3号楼", "2", 5, "501"),
        ("3 2 501", "3号楼", "2", 5, "501"),
        ("3/2/501", "3号楼", "2", 5, "501"),
        ("3-2-5-501", "3号楼", "2", 5, "501"),
        ("3#2-501", "3号楼", "2", 5, "501"),
        ("3#-2-501", "3号楼", "2", 5, "501"),
        ("3栋2单元501", "3栋", "2", 5, "501"),
        ("三栋二单元五零一", "3栋", "2", 5, "501"),
        ("三十二幢1203", "32幢", "", 12, "1203"),
        ("02-01-0301", "2号楼", "1", 3, "301"),
        ("3楼2单元501", "3号楼", "2", 5, "501"),
        ("5号3楼301", "5号", "", 3, "301"),
        ("A座1203A", "A座", "", 12, "1203A"),
        ("12幢东单元302", "12幢", "东", 3, "302"),
        ("东方3号院5号楼301", "东方3号院5号楼", "", 3, "301"),
        ("1200弄23-402", "1200弄23号楼", "", 4, "402"),
        ("3号楼 2单元 12", "3号楼", "2", None, "12"),
    ],
)
def test_reads_address_in_one_piece(text, building, unit, floor, number):
    door = read_door(text)

    assert (door.building_name, door.unit, door.floor, door.number) == (
        building,
        unit,
        floor,
        number,
    )
    assert door.raw == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-03-02", "register.cell_is_date"),
        ("3月2日", "register.cell_is_date"),
        ("2026/3/2 00:00:00", "register.cell_is_date"),
        ("501", "register.building_unnamed"),
        ("2单元501", "register.building_unnamed"),
        ("居委会对面", "register.address_unclear"),
        ("", "register.address_unclear"),
        ("苑" * 60 + "3号楼501", "register.address_unclear"),
    ],
)
def test_says_what_cannot_be_read(text, code):
    with pytest.raises(RuleError) as refusal:
        read_door(text)

    assert (refusal.value.code, refusal.value.params["value"]) == (code, text)


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        ({"building": "三栋", "unit": "2", "door": "0501"}, "3栋 2单元 501"),
        ({"building": "3", "unit": "二单元", "door": "501室"}, "3号楼 2单元 501"),
        ({"building": "3", "door": "2-501"}, "3号楼 2单元 501"),
        ({"building": "3号楼", "door": "3-2-501"}, "3号楼 2单元 501"),
        ({"building": "3", "door": "商铺甲"}, "3号楼 商铺甲"),
        ({"building": "望湖楼", "door": "501"}, "望湖楼 501"),
        ({"building": "瞿溪路1200弄23号", "door": "402"}, "瞿溪路1200弄23号 402"),
    ],
)
def test_reads_columns(cells, label):
    door = read_door_in_columns(**cells)

    assert door_label(door.building_name, door.unit, door.number) == label


def test_floor_column_counts_before_number():
    assert read_door_in_columns(building="3", floor="5层", door="1").floor == 5


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"building": "3号楼", "door": "4-2-501"}, "register.building_differs"),
        ({"building": "", "door": "501"}, "register.building_unnamed"),
        ({"building": "3", "unit": "第二个门", "door": "501"}, "register.unit_unclear"),
        ({"building": "3", "door": "楼" * 21}, "register.address_unclear"),
        ({"building": "2026-03-02", "door": "501"}, "register.cell_is_date"),
    ],
)
def test_says_which_column_cannot_be_read(cells, code):
    with pytest.raises(RuleError) as refusal:
        read_door_in_columns(**cells)

    assert refusal.value.code == code


NUMBERS = st.integers(1, 999).map(str)
ESTATES = st.sampled_from(["", "阳光苑", "瞿溪路1200弄", "东方三村", "幸福里(北)"])
KINDS = st.sampled_from(["号楼", "栋", "幢", "座", "号"])
UNITS = st.one_of(st.just(""), NUMBERS, st.sampled_from(["A", "甲", "东"]))
DOORS = st.builds(
    "{}{:02d}{}".format, st.integers(1, 99), st.integers(1, 99), st.sampled_from(["", "A"])
)


@given(ESTATES, NUMBERS, KINDS, UNITS, DOORS)
def test_label_reads_back(estate, number, kind, unit, door):
    building = f"{estate}{number}{kind}"

    read = read_door(door_label(building, unit, door))

    assert (read.building_name, read.unit, read.number) == (building, unit, door)


@given(NUMBERS, NUMBERS, DOORS)
def test_zeros_and_dashes_make_no_difference(building, unit, door):
    plain = read_door(f"{building}-{unit}-{door}")
    other = read_door(f"0{building}—0{unit}—0{door}")

    assert (plain.building_name, plain.unit, plain.number) == (
        other.building_name,
        other.unit,
        other.number,
    )


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        door = read_door(text)
    except RuleError:
        return

    assert door.number
    assert len(door.building_name) <= 44


@given(st.text(max_size=40))
def test_canonical_number_is_canonical(text):
    assert canonical_number(canonical_number(text)) == canonical_number(text)


def test_lists_go_by_number():
    names = ["10号楼", "二号楼", "1号楼", "1200弄3号", "A座"]

    assert sorted(names, key=order_of) == ["1号楼", "A座", "二号楼", "10号楼", "1200弄3号"]


@given(st.text(max_size=10), st.text(max_size=10))
def test_places_fit_their_column(unit, number):
    assert 0 <= order_in_building(unit, number) <= 2**31 - 1
    assert 0 <= order_of(unit + number) <= 2**31 - 1


def test_name_without_number_is_all_estate():
    assert read_building("望湖楼") == ("望湖楼", "", "")
