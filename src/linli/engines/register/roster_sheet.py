"""Read a table of doors and residents as offices keep it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from linli.engines.errors import RuleError
from linli.engines.register.door_address import DoorAddress, read_door, read_door_in_columns

type Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a spreadsheet's cell holds."""

ADULT_AGE = 18
LONGEST_CELL = 120
LONGEST_NAME = 30
_HEADER_WITHIN = 20
_HEADERS = {
    "address": "住址 现住址 地址 家庭住址 居住地址 现居住地址 居住地 详细地址 房屋地址 门牌地址 "
    "address",
    "building": "楼栋 楼号 号 楼栋号 楼幢 幢 幢号 栋 栋号 楼 座 座号 楼座 号楼 楼宇 楼名 building",
    "unit": "单元 单元号 门洞 梯 梯号 unit entrance",
    "floor": "楼层 层 层数 所在楼层 floor",
    "door": "室号 室 门牌 门牌号 房号 房间号 房间 户号 门号 房屋编号 房屋号 "
    "door room flat doornumber",
    "name": "姓名 居民姓名 住户姓名 成员姓名 名字 业主姓名 业主 户主姓名 户主 住户 居民 "
    "name resident",
    "age": "年龄 周岁 实足年龄 age",
    "born": "出生日期 出生年月 出生年月日 生日 birthday dateofbirth born",
}
_ROLE_OF = {
    word: (role, rank)
    for role, words in _HEADERS.items()
    for rank, word in enumerate(words.split())
}
"""The earlier a word stands in its list, the more it means the role: 姓名 before 户主."""
_NOTE = re.compile(
    r"填写|必填|选填|例如|^例|如[：:]|示例|样例|说明|格式|请输入|请填|e\.g\.|required|optional"
)
_TOTAL = re.compile(r"(?:合|总|小|共)计.*|total.*", re.IGNORECASE)
_NOBODY = re.compile(r"[-—/\\无空]|空置|空户|空房|无人|未知|不详|暂无|n/?a|none", re.IGNORECASE)
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|####*).*", re.IGNORECASE)
_NUMBER = re.compile(r"[\d零〇一二两三四五六七八九十甲乙丙丁]")
_DOOR_ROLES = ("address", "building", "unit", "door")
_TIMES = (date, time, timedelta)
_BETWEEN_NAMES = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row that can be taken over."""

    row: int
    """Its number in the sheet, from 1."""
    door: DoorAddress
    names: tuple[str, ...]
    """Adults named in the row; often one, or none."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell because of which a row is left out."""

    code: str
    row: int
    column: str
    """The column's heading as the sheet has it."""
    value: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A sheet, read."""

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str], ...]
    """Pairs of role (``building``, ``door``, ``name``, …) and heading, as recognised."""
    repeated: int
    """Rows that say nothing a row above has not said."""
    minors: int
    """Names left out because the sheet's age or birthday is below 18."""


@dataclass(slots=True)
class _Columns:
    """Where each role stands in a row."""

    place: dict[str, int]
    heading: dict[str, str]
    first_row: int
    """Index of the first row of data."""


def read_roster(table: Sequence[Sequence[Cell]], *, today: date) -> Roster:
    """Read the doors and adults of a table.

    Parameters
    ----------
    table
        Rows of cells as a spreadsheet or a text has them, from its first row on; rows may differ
        in length.
    today
        Day on which ages are reckoned from birthdays.

    Returns
    -------
    Roster
        Rows in the order of the sheet, each with its number there, and a problem for each row that
        could not be read (its first wrong cell).

    Raises
    ------
    RuleError
        ``register.sheet_empty`` where there is nothing, or nothing below the header;
        ``register.no_columns`` where there is no header and less than half of the first 20 rows
        hold a door; ``register.no_door_column`` (``found``: the headings understood) where a
        header names neither address nor door.

    Notes
    -----
    The header is the row with most known headings. Without one, a single column is an address per
    row; otherwise the leading columns are building, unit and door, or an address, and a name may
    follow. Up to two rows of filling notes below the header and rows of totals are passed over. An
    empty building takes over the one above, and so does an empty unit while the building stays; an
    empty door never does. Whole numbers lose their ``.0``. ``、``, commas and slashes part several
    names in one cell. Where a sheet has both, the parts count before the address. A heading counts
    whatever its blanks, stars and brackets.

    Examples
    --------
    >>> sheet = [["楼号", "房号", "姓名"], ["3号楼", 501.0, "张桂英"], ["", 502, ""]]
    >>> roster = read_roster(sheet, today=date(2026, 1, 1))
    >>> [(row.row, row.door.number, row.names) for row in roster.rows]
    [(2, '501', ('张桂英',)), (3, '502', ())]
    """
    if not any(_text(cell) for row in table for cell in row):
        raise RuleError("register.sheet_empty")
    columns = _find_header(table) or _guess_columns(table)
    rows: list[RosterRow] = []
    problems: list[Problem] = []
    said: set[tuple[str, str, str, str]] = set()
    above = {"building": "", "unit": ""}
    repeated = minors = 0
    for index in range(columns.first_row, len(table)):
        cells = {role: _text(_at(table[index], at)) for role, at in columns.place.items()}
        if _is_passed_over(cells, table[index], index - columns.first_row):
            continue
        _fill_down(cells, above)
        try:
            door, names = _read_cells(cells, table[index], columns)
        except _WrongCellError as wrong:
            heading = columns.heading[wrong.role]
            problems.append(Problem(wrong.code, index + 1, heading, wrong.value[:40]))
            continue
        if names and _is_minor(table[index], columns, today):
            names, minors = (), minors + len(names)
        told = {(door.building_name, door.unit, door.number, name) for name in (*names, "")}
        if told <= said:
            repeated += 1
            continue
        said |= told
        rows.append(RosterRow(index + 1, door, names))
    if not rows and not problems:
        raise RuleError("register.sheet_empty")
    named = tuple((role, columns.heading[role]) for role in columns.place)
    return Roster(tuple(rows), tuple(problems), named, repeated, minors)


class _WrongCellError(Exception):
    """A cell because of which its row cannot be taken over."""

    def __init__(self, code: str, role: str, value: str) -> None:
        super().__init__(code)
        self.code, self.role, self.value = code, role, value


def _find_header(table: Sequence[Sequence[Cell]]) -> _Columns | None:
    """Find the row that names most columns."""
    best = _Columns({}, {}, 0)
    for index, row in enumerate(table[:_HEADER_WITHIN]):
        named: dict[str, tuple[int, int, str]] = {}
        for at, cell in enumerate(row):
            text = _text(cell)
            role, rank = _ROLE_OF.get(_bare(text), ("", 0))
            if role and (role not in named or rank < named[role][0]):
                named[role] = (rank, at, text[:40])
        if len(named) > len(best.place):
            place = {role: at for role, (_, at, _) in named.items()}
            heading = {role: text for role, (_, _, text) in named.items()}
            best = _Columns(place, heading, index + 1)
    return _settle_columns(best) if best.place else None


def _settle_columns(found: _Columns) -> _Columns:
    """Keep an address, its parts, or both where building and door are there."""
    place = found.place
    if "door" not in place and "address" not in place:
        raise RuleError("register.no_door_column", found="、".join(found.heading.values()))
    if "door" in place and "building" in place:
        return found
    if "address" not in place:
        # 门牌 or 房号 alone holds whole addresses, or nothing can be told.
        place["address"], found.heading["address"] = place["door"], found.heading["door"]
    for role in ("building", "unit", "floor", "door"):
        place.pop(role, None)
    return found


def _guess_columns(table: Sequence[Sequence[Cell]]) -> _Columns:
    """Tell columns without a header by what the first rows hold."""
    filled = [[_text(cell) for cell in row] for row in table if any(map(_text, row))]
    sample = filled[:_HEADER_WITHIN]
    first = [text for text in sample[0] if text]
    # Several cells without a number are headings of something else: id, price.
    if len(first) > 1 and not _NUMBER.search("".join(first)):
        raise RuleError("register.no_columns")
    for parts in (("address",), ("building", "unit", "door"), ("building", "door")):
        fitting = [_is_door(dict(zip(parts, cells, strict=False)), parts) for cells in sample]
        # One row that happens to look like a door does not make a roster of a foreign table.
        if 2 * sum(fitting) >= len(sample):
            place = {role: at for at, role in enumerate(parts)}
            if max(map(len, sample)) > len(parts):
                place["name"] = len(parts)
            return _Columns(place, {role: "ABCD"[at] for role, at in place.items()}, 0)
    raise RuleError("register.no_columns")


def _is_door(cells: dict[str, str], parts: tuple[str, ...]) -> bool:
    """Say whether cells hold a door with a number."""
    if len(cells) < len(parts):
        return False
    try:
        door = _door_of(cells)
    except (RuleError, _WrongCellError):
        return False
    return bool(door.building) and bool(re.fullmatch(r"[A-Z]{0,2}\d{1,5}[A-Z]?", door.number))


def _is_passed_over(cells: dict[str, str], row: Sequence[Cell], below_header: int) -> bool:
    """Pass over blank rows, totals, and notes right below the header."""
    texts = [text for text in cells.values() if text]
    if not texts or _TOTAL.fullmatch(next(filter(None, map(_text, row)))):
        return True
    return below_header < 2 and any(_NOTE.search(text) for text in texts)


def _fill_down(cells: dict[str, str], above: dict[str, str]) -> None:
    """Take building and unit over from the row above where they are left out."""
    if "building" not in cells:
        return
    if not cells["building"]:
        cells["building"] = above["building"]
        if "unit" in cells and not cells["unit"]:
            cells["unit"] = above["unit"]
    elif "unit" in cells and not cells["unit"] and cells["building"] == above["building"]:
        cells["unit"] = above["unit"]
    above.update(building=cells["building"], unit=cells.get("unit", ""))


def _read_cells(
    cells: dict[str, str], row: Sequence[Cell], columns: _Columns
) -> tuple[DoorAddress, tuple[str, ...]]:
    """Read a row's door and names, or name its first wrong cell."""
    for role, text in cells.items():
        if _ERROR.fullmatch(text):
            raise _WrongCellError("register.cell_is_error", role, text)
        if len(text) > LONGEST_CELL:
            raise _WrongCellError("register.cell_too_long", role, text)
        if role in _DOOR_ROLES and isinstance(_at(row, columns.place[role]), _TIMES):
            raise _WrongCellError("register.cell_is_date", role, text)
    return _door_of(cells), _names_of(cells.get("name", ""))


def _door_of(cells: dict[str, str]) -> DoorAddress:
    """Read a row's door from its address or its parts."""
    has_parts = bool(cells.get("door")) or ("door" in cells and not cells.get("address"))
    main = "door" if has_parts else "address"
    if not cells[main]:
        raise _WrongCellError("register.cell_empty", main, "")
    if main == "door" and not cells["building"]:
        raise _WrongCellError("register.cell_empty", "building", "")
    try:
        if main == "address":
            return read_door(cells["address"])
        return read_door_in_columns(
            building=cells["building"],
            unit=cells.get("unit", ""),
            floor=cells.get("floor", ""),
            door=cells["door"],
        )
    except RuleError as unclear:
        value = str(unclear.params["value"])
        role = next((role for role in _DOOR_ROLES if cells.get(role) == value), main)
        raise _WrongCellError(unclear.code, role, value) from unclear


def _names_of(cell: str) -> tuple[str, ...]:
    """Read the names of a cell, each once."""
    if _NOBODY.fullmatch(cell):
        return ()
    names = []
    for part in _BETWEEN_NAMES.split(cell):
        name = " ".join(part.split())
        if re.fullmatch(r"[\u3400-\u9fff ]+", name):
            name = name.replace(" ", "")
        if not name or _NOBODY.fullmatch(name):
            continue
        if len(name) > LONGEST_NAME or re.search(r"[\d!?。:]", name):
            raise _WrongCellError("register.name_unclear", "name", cell)
        names.append(name)
    return tuple(dict.fromkeys(names))


def _is_minor(row: Sequence[Cell], columns: _Columns, today: date) -> bool:
    """Say whether the row's age or birthday is known and below 18."""
    age = re.match(r"\d{1,3}", _text(_at(row, columns.place.get("age", -1))))
    if age:
        return int(age[0]) < ADULT_AGE
    born = _at(row, columns.place.get("born", -1))
    if isinstance(born, datetime):
        born = born.date()
    if not isinstance(born, date):
        digits = re.match(r"((?:19|20)\d\d)\D?(\d\d?)(?:\D?(\d\d?))?", _text(born))
        if not digits or not 1 <= int(digits[2]) <= 12:
            return False
        born = date(int(digits[1]), int(digits[2]), min(int(digits[3] or 1) or 1, 28))
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday) < ADULT_AGE


def _at(row: Sequence[Cell], at: int) -> Cell:
    """Give a cell; rows may be short."""
    return row[at] if 0 <= at < len(row) else None


def _text(cell: Cell) -> str:
    """Write a cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _bare(heading: str) -> str:
    """Strip a heading to its words."""
    heading = re.sub(r"[(\[【（].*?[)\]】）]", "", heading.lower())
    return re.sub(r"[\s*:_.\-☆★]", "", heading)
