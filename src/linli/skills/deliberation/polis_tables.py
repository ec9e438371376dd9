"""Tables as text files from anywhere: encodings, separators, broken rows, and where they broke."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from linli.engines.errors import RuleError

LONGEST_ID = 200
VALUES = {"1": 1, "0": 0, "-1": -1, "+1": 1, "1.0": 1, "0.0": 0, "-1.0": -1}
NO_TIME = -(2**62)


class PolisFileError(RuleError):
    """A file is not what it should be; ``file``, ``row`` and ``column`` say where, if anywhere."""


def read_records(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Header, and (row, cells) of what follows; row 1 is the header, as a spreadsheet counts."""
    name = path.name
    data = _bytes(path)
    encoding = _encoding(data, name)
    reader = csv.reader(
        io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=""),
        delimiter=_delimiter(data.split(b"\n", 1)[0].decode(encoding, "replace")),
        strict=True,
    )
    lines = _numbered(reader, name)
    _, header = next(lines, (1, []))
    if not any(title.strip() for title in header):
        raise PolisFileError("deliberation.file_empty", file=name)
    return [title.strip() for title in header], lines


def _numbered(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    """Number the lines from 1 and pass over blank ones."""
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if record:
                yield number, record
    except csv.Error:
        raise PolisFileError("deliberation.file_broken", file=name, row=number + 1) from None


def _bytes(path: Path) -> bytes:
    """Content of a file; a clear word where there is none."""
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise PolisFileError("deliberation.file_is_a_folder", file=path.absolute().name) from None
    except (FileNotFoundError, NotADirectoryError):
        raise PolisFileError("deliberation.file_missing", file=path.name) from None
    except OSError:
        raise PolisFileError("deliberation.file_unreadable", file=path.name) from None
    if not data.strip():
        raise PolisFileError("deliberation.file_empty", file=path.name)
    return data


def _encoding(data: bytes, name: str) -> str:
    """UTF-8 or UTF-16 by their marks, else UTF-8 if it fits, else GB18030."""
    tried = ["utf-8-sig", "gb18030"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tried = ["utf-16"]
    elif b"\0" in data[:2]:
        tried = ["utf-16-be" if data[0] == 0 else "utf-16-le"]
    elif b"\0" in data:
        raise PolisFileError("deliberation.file_not_text", file=name)
    for encoding in tried:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise PolisFileError("deliberation.file_not_text", file=name)


def _delimiter(first_line: str) -> str:
    """Comma, unless the header has none but semicolons or tabs, as spreadsheets may write it."""
    if "," in first_line:
        return ","
    return next((mark for mark in (";", "\t") if mark in first_line), ",")


def find_columns(header: list[str], name: str, wanted: tuple[str, ...]) -> list[int]:
    """Places of the columns a file must have."""
    titles = [title.lower() for title in header]
    for title, times in Counter(header).items():
        if times > 1:
            raise PolisFileError("deliberation.file_column_twice", file=name, row=1, column=title)
    for title in wanted:
        if title not in titles:
            raise PolisFileError("deliberation.file_column_missing", file=name, row=1, column=title)
    return [titles.index(title) for title in wanted]


def parse_time(text: str, name: str, number: int) -> float:
    """Time as a number; its unit does not matter for the order of votes of one file."""
    text = text.strip()
    if not text:
        return NO_TIME
    try:
        time: float = int(text)
    except ValueError:
        try:
            time = float(text)
        except ValueError:
            time = math.inf
    # Not in the comparison: nan, which is smaller than nothing.
    if not abs(time) < -NO_TIME:
        refuse("time", name, number, "timestamp", text)
    return time


def parse_count(text: str, name: str, number: int, column: str) -> int:
    """A number of votes, 0 if empty."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        refuse("count", name, number, column, text)
    return int(text)


def check_id(identifier: str, name: str, number: int, column: str) -> None:
    """Refuse ids that are empty or too long to be ids."""
    if not identifier:
        refuse("id_empty", name, number, column)
    if len(identifier) > LONGEST_ID:
        refuse("id_long", name, number, column, identifier)


def refuse(problem: str, name: str, number: int, column: str, value: str = "") -> NoReturn:
    """Refuse a cell."""
    raise PolisFileError(
        f"deliberation.file_{problem}", file=name, row=number, column=column, value=value[:40]
    )


def refuse_vote(text: str, name: str, number: int, column: str) -> NoReturn:
    """Refuse what is not 1, 0 or -1."""
    refuse("vote", name, number, column, text.strip())


def refuse_width(record: list[str], width: int, name: str, number: int) -> NoReturn:
    """Refuse a row with more or fewer cells than the header."""
    raise PolisFileError(
        "deliberation.file_row_width", file=name, row=number, found=len(record), expected=width
    )
