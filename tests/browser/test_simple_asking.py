"""A simple asking over three options, from start to notice, answered in each of three ways."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, axe_violations, log_in
from tests.browser.steps import (
    OPTIONS,
    make_slips,
    prepare_asking,
    press,
    press_and_confirm,
    propose,
)

pytestmark = pytest.mark.browser


def start_asking(page: Page, site: Site, *, title: str, form: str) -> tuple[str, list[str]]:
    """Open an asking; return its address and codes of the first building."""
    log_in(page, site)
    propose(page, title)
    prepare_asking(page, form=form)
    codes = make_slips(page)
    asking = page.url
    press_and_confirm(page, "开始征询")
    return asking, codes


def rank(page: Page, code: str, *options: str) -> None:
    page.goto(f"/v/{code}/")
    for place, option in enumerate(options, start=1):
        page.get_by_label(f"第 {place} 位").select_option(label=option)
    press(page, "就这样答")


def tick(page: Page, code: str, *options: str) -> None:
    page.goto(f"/v/{code}/")
    for option in options:
        page.get_by_label(re.compile(option)).check()
    press(page, "就这样答")


def post_result(page: Page, asking: str) -> None:
    """Close the asking and follow its results to the posted notice."""
    page.goto(asking)
    press_and_confirm(page, "提前结束")
    press(page, "准备公示")
    press(page, "贴出公示")


def test_ranked_asking_goes_from_start_to_notice(phone, resident, site):
    eight, nine, ten = OPTIONS
    asking, codes = start_asking(phone, site, title="排一排关门时间", form="ranked")

    rank(resident, codes[0], nine, eight, ten)
    rank(resident, codes[1], nine, ten, eight)
    rank(resident, codes[2], eight, nine)
    post_result(phone, asking)

    notice = phone.locator("article")
    expect(notice).to_contain_text("已听到 3 户的意见")
    expect(notice).to_contain_text(f"和别的方案两两相比，「{nine}」都有更多人排在前面")
    assert axe_violations(phone) == []


def test_several_options_may_be_ticked(phone, resident, site):
    eight, nine, ten = OPTIONS
    asking, codes = start_asking(phone, site, title="哪几个时间都行", form="multiple")

    tick(resident, codes[0], eight, nine)
    tick(resident, codes[1], nine, ten)
    post_result(phone, asking)

    expect(phone.locator("article")).to_contain_text(f"{nine} 2 份")
