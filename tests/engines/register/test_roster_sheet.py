"""Reading rosters as offices keep them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.errors import RuleError
from linli.engines.register.roster_sheet import Roster, read_roster

TODAY = date(2026, 3, 23)
HEADER = ["楼号", "单元", "房号", "姓名"]


def read(*table) -> Roster:
    return read_roster(table, today=TODAY)


def doors(roster: Roster) -> list[str]:
    return [f"{row.door.building_name}/{row.door.unit}/{row.door.number}" for row in roster.rows]


def problem(*table) -> tuple[str, int, str, str]:
    (only,) = read(*table).problems
    return only.code, only.row, only.column, only.value


def test_finds_header_below_title():
    roster = read(["乐邻苑花名册"], [], ["序号", *HEADER], [1, "3号楼", 2.0, 501.0, "张桂英"])

    assert doors(roster) == ["3号楼/2/501"]
    assert (roster.rows[0].row, roster.rows[0].names) == (4, ("张桂英",))


def test_heading_counts_with_stars_and_brackets():
    roster = read(["*楼 栋（必填）", "房间号："], ["3", "501"])

    assert doors(roster) == ["3号楼//501"]


def test_passes_over_filling_notes():
    roster = read(HEADER, ["填写如3号楼", "", "如：501", "必填"], ["3", "", "501", ""])

    assert (doors(roster), roster.problems) == (["3号楼//501"], ())


def test_passes_over_blank_rows_and_totals():
    roster = read(HEADER, ["3", "", "501", ""], [None, "", " "], ["合计", "", 1.0, ""])

    assert (doors(roster), roster.problems) == (["3号楼//501"], ())


def test_fills_building_and_unit_down():
    roster = read(HEADER, ["3", "2", 501], ["", "", 502], ["", "3", 503], ["4", "", 504])

    assert doors(roster) == ["3号楼/2/501", "3号楼/2/502", "3号楼/3/503", "4号楼//504"]


def test_never_fills_door_down():
    assert problem(HEADER, ["3", "2", 501, "甲"], ["", "", "", "乙"]) == (
        "register.cell_empty",
        3,
        "房号",
        "",
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["3", "", date(2026, 3, 2), ""], ("register.cell_is_date", 2, "房号", "2026-03-02")),
        (["3", "", datetime(2026, 3, 2), ""], ("register.cell_is_date", 2, "房号", "2026-03-02")),
        ([date(2026, 3, 2), "", "1", ""], ("register.cell_is_date", 2, "楼号", "2026-03-02")),
        (["#REF!", "", "501", ""], ("register.cell_is_error", 2, "楼号", "#REF!")),
        (["3", "", "501", "x" * 5000], ("register.cell_too_long", 2, "姓名", "x" * 40)),
        (["3", "", "501", "何时修路?"], ("register.name_unclear", 2, "姓名", "何时修路?")),
        (["3", "", "501", "13800138000"], ("register.name_unclear", 2, "姓名", "13800138000")),
        (["3", "", "4-1-501", ""], ("register.building_differs", 2, "房号", "4-1-501")),
    ],
)
def test_names_the_wrong_cell(row, expected):
    assert problem(HEADER, row) == expected


def test_wrong_rows_leave_others_alone():
    roster = read(["住址"], ["3-2-501"], ["对面"], ["3-2-502"])

    assert (len(roster.rows), roster.problems[0].row) == (2, 3)


@pytest.mark.parametrize("cell", ["无", "空置", "/", "空户", "N/A", ""])
def test_empty_flat_has_no_name(cell):
    assert read(HEADER, ["3", "", "501", cell]).rows[0].names == ()


def test_several_names_in_a_cell():
    assert read(HEADER, ["3", "", "501", "张 三、李四,王五/李四"]).rows[0].names == (
        "张三",
        "李四",
        "王五",
    )


def test_name_of_resident_before_name_of_householder():
    assert read(["户主", "姓名", "住址"], ["张三", "李四", "3-501"]).rows[0].names == ("李四",)


def test_counts_rows_said_twice():
    roster = read(HEADER, ["3", "", "501", "甲"], ["3栋", "", "0501", "甲"], ["3", "", "501", ""])

    assert (len(roster.rows), roster.repeated) == (2, 1)


@pytest.mark.parametrize(
    ("heading", "cell", "is_minor"),
    [
        ("年龄", 17.0, True),
        ("年龄", "18岁", False),
        ("出生日期", date(2008, 3, 24), True),
        ("出生日期", date(2008, 3, 23), False),
        ("出生年月", "2010.05", True),
        ("出生日期", "19500101", False),
        ("出生日期", "不详", False),
    ],
)
def test_leaves_out_minors(heading, cell, is_minor):
    roster = read(["住址", "姓名", heading], ["3-501", "王小宝", cell])

    assert (len(roster.rows), roster.minors) == (1, int(is_minor))
    assert (roster.rows[0].names == ()) == is_minor


@pytest.mark.parametrize(
    ("row", "door", "names"),
    [
        (["3-2-501"], "3号楼/2/501", ()),
        (["3-2-501", "张三"], "3号楼/2/501", ("张三",)),
        (["3", "2", "501", "张三"], "3号楼/2/501", ("张三",)),
        (["3号楼", "501", "张三"], "3号楼//501", ("张三",)),
    ],
)
def test_reads_rows_without_header(row, door, names):
    roster = read(row)

    assert (doors(roster), roster.rows[0].names) == ([door], names)


def test_one_wrong_line_does_not_hide_addresses():
    assert doors(read(["乐邻苑门户"], ["3-2-501"], ["3-2-502"])) == ["3号楼/2/501", "3号楼/2/502"]


def test_door_column_alone_may_hold_addresses():
    assert doors(read(["门牌号"], ["3-2-501"])) == ["3号楼/2/501"]


def test_address_stands_in_where_parts_are_missing():
    assert doors(read(["住址", "楼号", "房号"], ["3-2-501", "", ""])) == ["3号楼/2/501"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([], "register.sheet_empty"),
        ([["", None, "  "]], "register.sheet_empty"),
        ([HEADER, ["", ""]], "register.sheet_empty"),
        ([["你好"]], "register.no_columns"),
        ([["编号", "用户", "主题"], ["19", "A00082319", "停水"]], "register.no_columns"),
        ([["编号", "主题"], [1, "停水"], [2, 501], [3, "修路"]], "register.no_columns"),
        ([["Product", "Price"], ["a", 1]], "register.no_columns"),
        ([["id", "price"], [1, 5], [2, 6], [3, 8]], "register.no_columns"),
        ([["姓名", "电话"], ["张三", "1"]], "register.no_door_column"),
    ],
)
def test_refuses_what_is_no_roster(table, code):
    with pytest.raises(RuleError) as refusal:
        read(*table)

    assert refusal.value.code == code


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.dates(),
    st.sampled_from(["楼号", "房号", "姓名", "3", "501", "3-2-501", "合计", "#N/A"]),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=12))
def test_every_row_is_read_once_or_named(table):
    try:
        roster = read(*table)
    except RuleError:
        return

    named = [row.row for row in roster.rows] + [one.row for one in roster.problems]
    assert len(named) == len(set(named))
    assert set(named) <= set(range(1, len(table) + 1))
