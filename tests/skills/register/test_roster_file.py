"""Reading files of many kinds."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from linli.engines.errors import RuleError
from linli.skills.register import roster_file
from tests.engines.register.test_roster_sheet import TODAY
from tests.skills.register.sheets import workbook

CSV = "楼号,房号,姓名\r\n3号楼,501,张桂英\r\n"


def read(data: bytes) -> roster_file.FileRoster:
    return roster_file.read_file(data, today=TODAY)


def labels(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    rows = read(data).roster.rows
    return [
        (f"{row.door.building_name}-{row.door.unit}-{row.door.number}", row.names) for row in rows
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_reads_csv_in_every_encoding(encoding):
    assert labels(CSV.encode(encoding)) == [("3号楼--501", ("张桂英",))]


@pytest.mark.parametrize("sign", ["\t", ",", "，", ";"])
def test_reads_every_separator(sign):
    assert labels(CSV.replace(",", sign).encode()) == [("3号楼--501", ("张桂英",))]


def test_reads_one_address_a_line():
    data = "3-2-501 张三\n3号楼 2单元 502室\n\n3-2-503\n".encode()

    assert [label for label, _ in labels(data)] == ["3号楼-2-501", "3号楼-2-502", "3号楼-2-503"]


def test_reads_workbook_with_merged_doors():
    data = workbook(
        ["楼号", "单元", "房号", "姓名"],
        ["", 2, "", "张三"],
        ["", "", "", "李四"],
        merged=[(1, 0, 2, 0, "3号楼"), (1, 2, 2, 2, 501)],
    )

    assert labels(data) == [("3号楼-2-501", ("张三",)), ("3号楼-2-501", ("李四",))]


def test_reads_first_sheet_that_is_a_roster():
    read_one = read(workbook(["住址"], ["3-501"], sheets=("说明", "花名册")))

    assert (read_one.sheet, read_one.sheets_left) == ("花名册", 1)


def test_names_row_and_column_of_a_date():
    data = workbook(["楼号", "房号"], ["3", datetime(2026, 3, 2)])

    (problem,) = read(data).roster.problems
    assert (problem.code, problem.row, problem.column) == ("register.cell_is_date", 2, "房号")


def archive(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name.replace("_", "/").replace("-", "."), text)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "register.file_empty"),
        (b" \n", "register.file_empty"),
        (b"%PDF-1.7", "register.file_wrong_type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "register.file_wrong_type"),
        (bytes(range(256)), "register.file_wrong_type"),
        (archive(**{"word_document-xml": "<x/>"}), "register.file_wrong_type"),
        (archive(**{"xl_workbook-xml": "<x"}), "register.file_broken"),
        (workbook(["住址"], ["3-501"])[:-300], "register.file_broken"),
        (OLE, "register.file_broken"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "register.file_locked"),
        (b"<html><table><tr><td>3-501", "register.file_is_page"),
        (workbook(["", ""]), "register.sheet_empty"),
        ("姓名,电话\n张三,1".encode(), "register.no_door_column"),
        ("天气很好".encode(), "register.no_columns"),
        ('住址,姓名\n"3-501,王\n3-502,李\n'.encode(), "register.line_broken"),
        ('住址,姓名\n"3-501,'.encode() + b"x" * 140_000, "register.line_broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refuses_other_files(data, code):
    with pytest.raises(RuleError) as refusal:
        read(data)

    assert refusal.value.code == code


def test_refuses_what_swells_when_unpacked(monkeypatch):
    monkeypatch.setattr(roster_file, "_MOST_UNPACKED", 1_000_000)
    bomb = archive(**{"xl_workbook-xml": "0" * 2_000_000})

    with pytest.raises(RuleError) as refusal:
        read(bomb)

    assert refusal.value.code == "register.file_swells"


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_refuses_too_many_rows(monkeypatch, name):
    monkeypatch.setattr(roster_file, "MOST_ROWS", 3)
    rows = [["住址"], *([f"3-{number}"] for number in range(101, 105))]
    data = workbook(*rows) if name == "xlsx" else "\n".join(row[0] for row in rows).encode()

    with pytest.raises(RuleError) as refusal:
        read(data)

    assert refusal.value.code == "register.too_many_rows"


def test_refuses_large_files(monkeypatch):
    monkeypatch.setattr(roster_file, "MOST_MEGABYTES", 0)

    with pytest.raises(RuleError) as refusal:
        read(b"x")

    assert refusal.value.code == "register.file_too_large"


def test_reads_old_excel():
    data = Path(__file__).with_name("roster.xls").read_bytes()

    assert labels(data) == [("3号楼-2-501", ("张桂英",)), ("3号楼-2-502", ("欧阳修",))]
