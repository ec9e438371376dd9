"""Sheets as offices keep them."""

import io
from datetime import datetime

import xlsxwriter

from linli.engines.register.roster_sheet import RosterRow
from linli.skills.register.roster_file import read_text
from tests.engines.register.test_roster_sheet import TODAY


def workbook(*rows, merged=(), sheets=("花名册",)) -> bytes:
    """Write rows into the last sheet; ``merged`` are ranges (top, left, bottom, right, value)."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    day = book.add_format({"num_format": "m-d"})
    for name in sheets[:-1]:
        book.add_worksheet(name).write(0, 0, "填表说明")
    sheet = book.add_worksheet(sheets[-1])
    for place, row in enumerate(rows):
        for at, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(place, at, cell, day)
            else:
                sheet.write(place, at, cell)
    for one in merged:
        sheet.merge_range(*one)
    book.close()
    return buffer.getvalue()


def roster(text: str) -> tuple[RosterRow, ...]:
    return read_text(text, today=TODAY).rows
