"""A new committee with nothing in it, started from the list the office has."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import is_wider_than_screen
from tests.browser.steps import press
from tests.skills.register.sheets import workbook

pytestmark = pytest.mark.browser

OWN_PASSWORD = "九棵柳树在河边轻轻摇"


def office_list(folder: Path) -> Path:
    """Write a list with title rows, merged building cells and a sum below."""
    doors = [(unit, floor * 100 + door) for unit in (1, 2) for floor in (1, 2) for door in (1, 2)]
    book = workbook(
        ["春晖里居委会住户台账（2026年）"],
        ["填表人：王静", "", "", "", "单位：户"],
        [],
        ["序号", "楼号", "单元", "门牌号", "户主姓名", "备注"],
        *(
            [place, "", f"{unit}单元", number, "王建国", ""]
            for place, (unit, number) in enumerate([*doors, *doors], start=1)
        ),
        ["合计：16 户"],
        merged=[
            (0, 0, 0, 5, "春晖里居委会住户台账（2026年）"),
            (4, 1, 11, 1, "1号楼"),
            (12, 1, 19, 1, "2号楼"),
        ],
    )
    sheet = folder / "住户台账.xlsx"
    sheet.write_bytes(book)
    return sheet


def test_empty_committee_starts_from_its_list(phone, site, tmp_path):
    told = site.linli(
        "committee", "create", "春晖里居委会", "--head", "zhang", "--head-name", "张书记"
    )
    first_password = re.search(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", told)
    phone.goto("/accounts/log-in/")
    phone.locator("[name=username]").fill("zhang")
    phone.locator("[name=password]").fill(first_password[0])
    press(phone, "登录")
    phone.locator("[name=password]").fill(OWN_PASSWORD)
    phone.locator("[name=again]").fill(OWN_PASSWORD)
    press(phone, "保存密码")

    press(phone, "导入你的台账")
    phone.locator("input[type=file]").set_input_files(office_list(tmp_path))
    press(phone, "先看一看")
    expect(phone.locator("main")).to_contain_text("新增 2 个楼栋，16 户")
    assert not is_wider_than_screen(phone)
    phone.locator("main form button.ll-button").first.click()
    phone.wait_for_load_state()
    expect(phone.locator("main")).to_contain_text("2号楼")

    phone.goto("/register/import/")
    phone.locator("textarea").fill("3-1-101\n3-1-102")
    press(phone, "先看一看")
    phone.locator("main form button.ll-button").first.click()
    phone.wait_for_load_state()
    expect(phone.locator("main")).to_contain_text("3 个楼栋，18 户")
