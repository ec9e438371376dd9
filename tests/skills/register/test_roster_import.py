"""Importing a list on the page: look, then confirm."""

import gzip
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.core.audit.models import AuditLine
from linli.skills.register import roster_draft
from linli.skills.register.models import Adult, Door
from tests.conftest import logged_in
from tests.skills.register.sheets import workbook

URL = reverse("register:roster-import")
CONFIRM = reverse("register:roster-confirm")
LIST = "楼号\t单元\t房号\t姓名\n3号楼\t2\t501\t张桂英\n3号楼\t2\t\t王芳\n"


def draft_in(answer) -> str:
    return html.unescape(re.search(r'name="draft" value="([^"]+)"', answer.content.decode())[1])


def test_preview_tells_and_writes_nothing(as_worker):
    answer = as_worker.post(URL, {"text": LIST})

    page = answer.content.decode()
    assert "新增 1 个楼栋，1 户，1 位成年人" in page
    assert "第 3 行「房号」是空的。" in page
    assert not Door.objects.exists()
    assert not AuditLine.objects.exists()


def test_preview_carries_no_name_in_clear(as_worker):
    answer = as_worker.post(URL, {"text": LIST})

    assert "张桂英" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_confirmed_preview_is_imported_once(as_worker):
    draft = draft_in(as_worker.post(URL, {"text": LIST}))

    for _ in range(2):
        answer = as_worker.post(CONFIRM, {"draft": draft})

    assert answer["Location"] == reverse("register:building-list")
    assert (Door.objects.count(), Adult.objects.count()) == (1, 1)
    assert AuditLine.objects.count() == 1


def test_file_is_read(as_worker):
    file = SimpleUploadedFile("名册.xlsx", workbook(["住址"], ["3-2-501"]))

    as_worker.post(CONFIRM, {"draft": draft_in(as_worker.post(URL, {"file": file}))})

    assert str(Door.objects.get()) == "2-501"


def test_draft_of_another_user_is_not_taken(as_worker, as_head):
    draft = draft_in(as_worker.post(URL, {"text": LIST}))

    assert as_head.post(CONFIRM, {"draft": draft}).status_code == 422
    assert not Door.objects.exists()


@pytest.mark.parametrize("draft", ["", "x", "AAAA", "很"])
def test_changed_draft_is_not_taken(as_worker, draft):
    answer = as_worker.post(CONFIRM, {"draft": draft})

    assert answer.status_code == 422
    assert not Door.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "这个文件是空的"),
        (b"%PDF-1.7", "这不是表格"),
        (b"PK\x03\x04", "文件损坏了"),
    ],
)
def test_wrong_file_comes_back_with_a_sentence(as_worker, data, sentence):
    answer = as_worker.post(URL, {"file": SimpleUploadedFile("a.xlsx", data)})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_nothing_given_comes_back(as_worker):
    assert as_worker.post(URL, {"text": ""}).status_code == 422


def test_list_known_already_offers_no_button(as_worker):
    as_worker.post(URL, {"text": LIST, "direct": "1"})

    page = as_worker.post(URL, {"text": LIST}).content.decode()

    assert "都已经有了" in page
    assert 'name="draft"' not in page


def test_large_list_goes_in_at_once(as_worker, monkeypatch):
    monkeypatch.setattr(roster_draft, "MOST_ROWS", 0)

    assert 'name="draft"' not in as_worker.post(URL, {"text": LIST}).content.decode()
    as_worker.post(URL, {"text": LIST, "direct": "1"})

    assert Door.objects.count() == 1


def test_thousand_doors_fit_through_the_preview(as_worker):
    rows = [
        f"{building},{unit},{floor}0{door},{surname}桂英"
        for building in range(1, 7)
        for unit in range(1, 5)
        for floor in range(1, 15)
        for door in range(1, 4)
        for surname in "张王李"
    ]
    text = "\n".join(["楼号,单元,房号,姓名", *rows])

    preview = as_worker.post(URL, {"text": text})
    as_worker.post(CONFIRM, {"draft": draft_in(preview)})

    assert len(gzip.compress(preview.content)) < 20_000
    assert (Door.objects.count(), Adult.objects.count()) == (1008, 3024)


def test_stranger_imports_into_his_own_committee(other_head, committee):
    client = logged_in(other_head)

    client.post(URL, {"text": LIST, "direct": "1"})

    assert Door.objects.get().building.committee == other_head.committee


def test_coming_back_from_log_in_begins_anew(as_worker):
    assert as_worker.get(CONFIRM)["Location"] == URL
