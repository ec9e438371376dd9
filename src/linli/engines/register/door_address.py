"""Read a door from an address as people write it, or from the columns of a sheet."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from linli.engines.errors import RuleError

DEFAULT_KIND = "号楼"
LONGEST_BUILDING = 40
_HAN_DIGITS = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEMS = "甲乙丙丁戊己庚辛"
_NUMBER = r"(?:\d{1,5}|[零〇一二三四五六七八九十百两]{1,5})"
_BUILDING = rf"(?:[A-Za-z]?\d{{1,4}}|{_NUMBER}|[A-Za-z]|[{_STEMS}])"
_UNIT = rf"(?:{_NUMBER}|[A-Za-z]|[{_STEMS}东南西北中])"
_DOOR = (
    rf"(?:[A-Za-z]{{0,2}}\d{{1,5}}[A-Za-z{_STEMS}]?|[零〇一二三四五六七八九十百]{{1,5}}|[{_STEMS}])"
)
_DOOR_END = r"(?:号室|号房|房间|室|房|户|号)?"
_TAIL = (
    rf"(?:(?P<unit>{_UNIT})(?:(?:单元|门|梯)-?|-))?"
    rf"(?:(?P<floor>{_NUMBER})(?:层|楼)-?)?"
    rf"(?P<number>{_DOOR}){_DOOR_END}"
)
# 楼 alone is a building only before a unit: 5号3楼301 is the third floor of number 5.
_KIND = r"(?P<kind>号楼|栋楼|栋|幢|座|#楼|#|号|楼(?=.*单元))"
_HEAD = rf"(?P<estate>|.*?[^\d零〇一二三四五六七八九十A-Za-z])(?P<building>{_BUILDING})"
_ADDRESS = re.compile(rf"{_HEAD}(?:{_KIND}-?|-){_TAIL}")
_IN_BUILDING = re.compile(_TAIL)
_BUILDING_ALONE = re.compile(rf"{_HEAD}(?P<kind>号楼|栋楼|栋|幢|座|#楼|#|号|楼)?")
_UNIT_ALONE = re.compile(rf"(?P<unit>{_UNIT})(?:单元|门|梯)?")
_DATE = re.compile(r"(?:19|20)\d\d[-/年.]\d{1,2}(?:[-/月.]|$).*|\d{1,2}月\d{1,2}日?|.*\d:\d\d.*")
_DISTRICT = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,5}市[\u4e00-\u9fff]{1,5}?[区县])"
    r"?(?:[\u4e00-\u9fff]{2,6}街道)?(?:[\u4e00-\u9fff]{2,6}(?:社区|居委会))?"
)
_DASHES = re.compile(r"[‐‑‒–—―−－﹣/／、\\]+|-{2,}")


@dataclass(frozen=True, slots=True)
class DoorAddress:
    """A door, told apart into its parts."""

    estate: str
    """What stands before the building: 阳光苑, 瞿溪路1200弄; often empty."""
    building: str
    """The building's number or letter, without leading zeros: 3, A."""
    kind: str
    """How buildings are called there: 号楼, 栋, 幢, 座, 号."""
    unit: str
    """Number or letter of the unit; empty where there is none."""
    floor: int | None
    number: str
    """The door's number: 501, 1203A."""
    raw: str
    """The address as it was written."""

    @property
    def building_name(self) -> str:
        """The building as its residents name it: 3号楼."""
        return f"{self.estate}{self.building}{self.kind}"


def read_door(text: str) -> DoorAddress:
    """Read a door from an address in one piece.

    Parameters
    ----------
    text
        An address in one of the short or long forms in use, for instance ``3-2-501``,
        ``3#2-501``, ``三栋二单元501``, ``阳光苑3号楼2单元501室``, ``瞿溪路1200弄23号402室``. Wide
        characters, blanks and every kind of dash are read alike; province, city, district and
        street office before the estate are dropped.

    Returns
    -------
    DoorAddress
        With ``floor`` from the address, or from a number of three or four digits
        (``number // 100``), else ``None``.

    Raises
    ------
    RuleError
        ``register.cell_is_date`` where a spreadsheet has turned ``3-2`` into a date,
        ``register.building_unnamed`` where only a door is given, ``register.address_unclear``
        for anything else. ``value`` is the text.

    Notes
    -----
    Two numbers are building and door, three are building, unit and door; of four, the third must
    be the floor of the fourth. Where 楼 stands alone it is a building before 单元 and a floor
    otherwise. A lane (弄) or a named estate before the building stays part of its name, since one
    committee may have two buildings with one number.

    Examples
    --------
    >>> door = read_door("阳光苑3号楼2单元501室")
    >>> door.building_name, door.unit, door.floor, door.number
    ('阳光苑3号楼', '2', 5, '501')
    >>> read_door("3-2-501").building_name
    '3号楼'
    """
    plain = _plain(text)
    if _DATE.fullmatch(plain):
        raise RuleError("register.cell_is_date", value=text)
    four = re.fullmatch(r"(\d{1,4})-(\d{1,3})-(\d{1,2})-(\d{3,4})", plain)
    if four and int(four[4]) // 100 == int(four[3]):
        plain = f"{four[1]}-{four[2]}-{four[4]}"
    found = _ADDRESS.fullmatch(plain)
    if found:
        house = (_estate(found), canonical_number(found["building"]), _kind(found))
        return _door(house, found, text)
    if _IN_BUILDING.fullmatch(plain):
        raise RuleError("register.building_unnamed", value=text)
    raise RuleError("register.address_unclear", value=text)


def read_door_in_columns(
    *, building: str, unit: str = "", floor: str = "", door: str
) -> DoorAddress:
    """Read a door whose parts stand in columns of their own.

    Parameters
    ----------
    building, unit, floor, door
        The cells' text. ``building`` may be bare (``3``) or named (``三栋``, ``望湖楼``). ``door``
        may repeat unit or building (``2-501``, ``3-2-501``); what is not a number (``商铺甲``) is
        kept as it stands, at most 20 characters. ``unit`` and ``floor`` may be empty.

    Returns
    -------
    DoorAddress
        As of `read_door`; ``raw`` joins the cells with blanks.

    Raises
    ------
    RuleError
        ``register.cell_is_date``, ``register.building_unnamed`` (empty or longer than 30),
        ``register.unit_unclear``, ``register.address_unclear`` or ``register.building_differs``
        (the door's own building is another one) with ``value``.

    Examples
    --------
    >>> read_door_in_columns(building="三栋", unit="2", door="0501").number
    '501'
    """
    for cell in (building, unit, door):
        if _DATE.fullmatch(_plain(cell)):
            raise RuleError("register.cell_is_date", value=cell)
    estate, house, kind = read_building(building)
    if not 0 < len(estate + house) <= 30:
        raise RuleError("register.building_unnamed", value=building)
    raw = " ".join(part for part in (building, unit, door) if part)
    plain = _plain(door)
    inside = _IN_BUILDING.fullmatch(plain)
    if inside is None and (whole := _ADDRESS.fullmatch(plain)):
        if canonical_number(whole["building"]) != house:
            raise RuleError("register.building_differs", value=door)
        inside = whole
    if inside is None and (not plain or len(plain) > 20):
        raise RuleError("register.address_unclear", value=door)
    read = _door((estate, house, kind), inside, raw)
    if unit:
        found = _UNIT_ALONE.fullmatch(_plain(unit))
        if found is None:
            raise RuleError("register.unit_unclear", value=unit)
        read = replace(read, unit=canonical_number(found["unit"]))
    if inside is None:
        read = replace(read, number=plain)
    storey = re.fullmatch(rf"({_NUMBER})(?:层|楼|F)?", _plain(floor))
    return replace(read, floor=int(canonical_number(storey[1]))) if storey else read


@lru_cache(maxsize=4096)
def read_building(name: str) -> tuple[str, str, str]:
    """Tell a building's name apart into estate, number and kind.

    Parameters
    ----------
    name
        A building's name: ``3号楼``, ``三栋``, ``瞿溪路1200弄23号``.

    Returns
    -------
    tuple of str
        Estate, number and kind; a name without a number is all estate (``("西楼", "", "")``).

    Examples
    --------
    >>> read_building("阳光苑三栋")
    ('阳光苑', '3', '栋')
    """
    found = _BUILDING_ALONE.fullmatch(_plain(name))
    if found is None:
        return _plain(name), "", ""
    return _estate(found), canonical_number(found["building"]), _kind(found)


def door_label(building: str, unit: str, number: str) -> str:
    """Write a door for people: building, unit and number with blanks between.

    Parameters
    ----------
    building
        The building's name.
    unit, number
        As in `DoorAddress`.

    Returns
    -------
    str
        ``3号楼 2单元 501``; without a unit ``3号楼 501``. `read_door` reads it back.

    Examples
    --------
    >>> door_label("3号楼", "2", "501")
    '3号楼 2单元 501'
    """
    return " ".join(part for part in (building, f"{unit}单元" if unit else "", number) if part)


@lru_cache(maxsize=4096)
def canonical_number(text: str) -> str:
    """Write a number one way: Arabic, without leading zeros, letters large.

    Parameters
    ----------
    text
        ``03``, ``十二``, ``五零一``, ``a``, ``1203a``.

    Returns
    -------
    str
        ``3``, ``12``, ``501``, ``A``, ``1203A``; anything else in capitals.

    Examples
    --------
    >>> [canonical_number(text) for text in ("03", "十二", "二十", "五零一", "b")]
    ['3', '12', '20', '501', 'B']
    """
    if re.fullmatch(r"[零〇一二三四五六七八九两]+", text):
        text = "".join(str(_HAN_DIGITS[han]) for han in text)
    elif re.fullmatch(r"[零〇一二三四五六七八九十百两]+", text):
        text = str(_han_value(text))
    return re.sub(r"(?<!\d)0+(?=\d)", "", text.upper())


def order_of(building_name: str) -> int:
    """Place a building on lists by the numbers in its name.

    Parameters
    ----------
    building_name
        As residents name it.

    Returns
    -------
    int
        0 to 2,000,000,000; lanes before buildings, letters by alphabet, 0 without a number.

    Examples
    --------
    >>> order_of("2号楼") < order_of("十号楼") < order_of("1200弄3号")
    True
    """
    estate, number, _ = read_building(building_name)
    lanes = re.findall(r"\d+", estate)
    lane = int(lanes[-1]) % 100_000 if lanes else 0
    return lane * 20_000 + min(_rank(number), 19_999)


def order_in_building(unit: str, number: str) -> int:
    """Place a door within its building by unit and number.

    Parameters
    ----------
    unit, number
        As in `DoorAddress`.

    Returns
    -------
    int
        0 to 2,000,000,000; a letter behind the number comes after the plain number.

    Examples
    --------
    >>> order_in_building("1", "502") < order_in_building("1", "502A")
    True
    >>> order_in_building("1", "502A") < order_in_building("2", "101")
    True
    """
    behind = number[-1:] if number[-1:].isalpha() else ""
    within = min(_rank(number.rstrip(behind) if behind else number), 99_999)
    return min(_rank(unit), 199) * 10_000_000 + within * 100 + min(_rank(behind), 99)


def _rank(text: str) -> int:
    """Rank a number, a letter or a stem; others come first."""
    digits = re.sub(r"\D", "", text)
    if digits:
        return int(digits[:9])
    if len(text) == 1:
        if text in _STEMS:
            return _STEMS.index(text) + 1
        if "A" <= text <= "Z":
            return ord(text) - ord("A") + 1
    return 0


def _plain(text: str) -> str:
    """Make widths, blanks and dashes alike."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = _DASHES.sub("-", text)
    text = re.sub(r"(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z])", "-", text)
    text = re.sub(r"\s+", "", text)
    return _DISTRICT.sub("", text) if len(text) > 8 else text


def _door(house: tuple[str, str, str], inside: re.Match[str] | None, raw: str) -> DoorAddress:
    """Put the parts together in their canonical form."""
    if sum(map(len, house)) > LONGEST_BUILDING:
        raise RuleError("register.address_unclear", value=raw)
    number = canonical_number(inside["number"]) if inside else ""
    floor = _floor_of(number)
    if inside and inside["floor"]:
        floor = int(canonical_number(inside["floor"]))
    return DoorAddress(
        estate=house[0],
        building=house[1],
        kind=house[2],
        unit=canonical_number(inside["unit"]) if inside and inside["unit"] else "",
        floor=floor,
        number=number,
        raw=raw.strip()[:120],
    )


def _estate(found: re.Match[str]) -> str:
    return re.sub(r"^[-,.。]+|[-,.。]+$", "", found["estate"])


def _kind(found: re.Match[str]) -> str:
    """Name the kind of building; shorthand becomes the usual word."""
    kind = found["kind"] or DEFAULT_KIND
    return {"#": DEFAULT_KIND, "#楼": DEFAULT_KIND, "楼": DEFAULT_KIND, "栋楼": "栋"}.get(
        kind, kind
    )


def _floor_of(number: str) -> int | None:
    """Read the floor from a number of three or four digits."""
    digits = re.fullmatch(rf"[A-Z]{{0,2}}(\d{{3,4}})[A-Z{_STEMS}]?", number)
    return int(digits[1]) // 100 if digits else None


def _han_value(text: str) -> int:
    """Read a Chinese number below a thousand."""
    total, digit = 0, 0
    for han in text:
        if han in "十百":
            total += (digit or 1) * (10 if han == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[han]
    return total + digit
