"""One stray cell at the far corner of a sheet must not cost the server its memory."""

import io
from datetime import date

import pytest
from xlsxwriter import Workbook

from linli.engines.errors import RuleError
from linli.skills.register.roster_file import read_file
from linli.skills.register.sheet_area import SheetArea


def sheet(*cells):
    packed = io.BytesIO()
    with Workbook(packed) as book:
        page = book.add_worksheet()
        for row, column, word in cells:
            page.write(row, column, word)
    return packed.getvalue()


def test_far_corner_is_refused_before_it_is_read():
    with pytest.raises(RuleError, match="file_swells"):
        read_file(sheet((0, 0, "住址"), (1, 0, "3-101"), (1_048_575, 16_383, "x")), today=date.min)


def test_long_list_with_many_columns_is_no_bomb():
    rows = [(row, column, "x") for row in range(1, 300) for column in range(40)]

    assert read_file(sheet((0, 0, "住址"), *rows), today=date.min).sheet == "Sheet1"


@pytest.mark.parametrize("border", range(1, 40))
def test_cell_across_the_border_of_two_chunks_counts(border):
    text = b'<row r="7"><c s="1" r="AB7"><v>1</v></c></row>'
    area = SheetArea()

    area.read(text[:border])
    area.read(text[border:])

    assert area.cells == 28 * 7


def test_row_without_named_cells_counts():
    area = SheetArea()

    area.read(b'<x:row r="900"><x:c r="B2"/></x:row>')

    assert area.cells == 1800
