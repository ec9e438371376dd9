"""Read a roster from an uploaded file or a pasted text."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from linli.engines.errors import RuleError
from linli.engines.register.roster_sheet import Cell, Roster, read_roster
from linli.skills.register.sheet_area import SheetArea

MOST_MEGABYTES = 20
MOST_ROWS = 200_000
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_CELLS = 10_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
_PAGE = (b"<html", b"<!doc", b"<table", b"<?xml", b"<meta")
_DELIMITERS = "\t,，;；"
_ADDRESS_AND_NAME = re.compile(r"(.*\d\S*)\s+([^\d\s]{2,20})")


@dataclass(frozen=True, slots=True)
class FileRoster:
    """What a file holds, and what of it was not read."""

    roster: Roster
    sheet: str
    """Name of the sheet that was read; empty for text."""
    sheets_left: int
    """Other sheets with something in them."""

    @property
    def has_names(self) -> bool:
        """Say whether any adult is named."""
        return any(row.names for row in self.roster.rows)


def read_file(data: bytes, *, today: date) -> FileRoster:
    """Read an .xlsx, .xls or .csv by what it holds, whatever it is called."""
    if len(data) > MOST_MEGABYTES * 1024 * 1024:
        raise RuleError("register.file_too_large", limit=MOST_MEGABYTES)
    if not data.strip():
        raise RuleError("register.file_empty")
    if data.startswith(b"PK"):
        _check_package(data)
        return _read_workbook(data, today)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RuleError("register.file_locked")
        return _read_workbook(data, today)
    if data.startswith(_NO_TABLE):
        raise RuleError("register.file_wrong_type")
    if data[:500].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGE):
        raise RuleError("register.file_is_page")
    return FileRoster(read_text(_decode(data), today=today), "", 0)


def read_text(text: str, *, today: date) -> Roster:
    """Read a roster pasted, or from a .csv: one row a line, parted by tabs or commas."""
    sample = [line for line in text.splitlines()[:50] if line.strip()]
    if not sample:
        raise RuleError("register.sheet_empty")
    delimiter = max(_DELIMITERS, key=lambda sign: sum(sign in line for line in sample))
    if not any(delimiter in line for line in sample):
        return _read_table([_part(line) for line in text.splitlines()], today)
    # A quotation mark never closed swallows all that follows. What is copied out of a spreadsheet
    # comes with tabs and with marks that are only part of a name.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=delimiter != "\t")
    table: list[list[Cell]] = []
    try:
        for line in lines:
            table.append([*line])
            if len(table) > MOST_ROWS:
                break
    except csv.Error as broken:
        raise RuleError("register.line_broken", row=len(table) + 1) from broken
    return _read_table(table, today)


def read_rows(rows: Sequence[Sequence[str]], *, today: date) -> Roster:
    """Read a program's rows of address, building, unit, door, name; the first is row 1."""
    table: list[list[Cell]] = [["address", "building", "unit", "door", "name"]]
    roster = _read_table(table + [[*row] for row in rows], today)
    return replace(
        roster,
        rows=tuple(replace(row, row=row.row - 1) for row in roster.rows),
        problems=tuple(replace(problem, row=problem.row - 1) for problem in roster.problems),
    )


def _part(line: str) -> list[Cell]:
    """Part an address from a name that follows after a blank."""
    found = _ADDRESS_AND_NAME.fullmatch(line.strip())
    return [found[1], found[2]] if found else [line]


def _read_table(table: list[list[Cell]], today: date) -> Roster:
    if len(table) > MOST_ROWS:
        raise RuleError("register.too_many_rows", limit=MOST_ROWS)
    return read_roster(table, today=today)


def _decode(data: bytes) -> str:
    """Read text in the encodings that Excel and WPS write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise RuleError("register.file_wrong_type")


def _check_package(data: bytes) -> None:
    """Refuse what is no workbook, and what swells beyond measure when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise RuleError("register.file_wrong_type")
            unpacked = 0
            for name in names:
                # Sizes in the directory may lie; what comes out is counted.
                area = SheetArea()
                with package.open(name) as part:
                    while chunk := part.read(1 << 20):
                        unpacked += len(chunk)
                        area.read(chunk)
                        if unpacked > _MOST_UNPACKED or area.cells > _MOST_CELLS:
                            raise RuleError("register.file_swells")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as broken:
        raise RuleError("register.file_broken") from broken
    except RuntimeError as locked:
        raise RuleError("register.file_locked") from locked


def _read_workbook(data: bytes, today: date) -> FileRoster:
    """Read the first sheet that is a roster."""
    try:
        tables = _tables_of(data)
    except PasswordError as locked:
        raise RuleError("register.file_locked") from locked
    except CalamineError as broken:
        raise RuleError("register.file_broken") from broken
    except BaseException as failed:
        # A fault inside the reader's Rust comes as a panic beside Exception.
        if type(failed).__name__ == "PanicException":
            raise RuleError("register.file_broken") from failed
        raise
    first_refusal = RuleError("register.sheet_empty")
    for number, (name, table) in enumerate(tables):
        try:
            roster = _read_table(table, today)
        except RuleError as refusal:
            if number == 0:
                first_refusal = refusal
            continue
        return FileRoster(roster, name, len(tables) - 1)
    raise first_refusal


def _tables_of(data: bytes) -> list[tuple[str, list[list[Cell]]]]:
    """Take the cells of every sheet that has any."""
    tables = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS:
                raise RuleError("register.too_many_rows", limit=MOST_ROWS)
            table = _cells_of(sheet)
            if any(cell not in (None, "") for row in table for cell in row):
                tables.append((name, table))
    return tables


def _cells_of(sheet: CalamineSheet) -> list[list[Cell]]:
    """Take a sheet's cells; what is merged downwards stands in each of its rows."""
    table: list[list[Cell]] = [[*row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in table[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = table[top][left]
    return table
