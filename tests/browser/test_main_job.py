"""The main job on a phone: a matter from draft to posted notice, answered by phone and paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    PHONE,
    Site,
    axe_violations,
    is_wider_than_screen,
    log_in,
    open_page,
)
from tests.browser.steps import (
    OPTIONS,
    STATEMENTS,
    make_slips,
    prepare_asking,
    press,
    press_and_confirm,
    propose,
)

pytestmark = pytest.mark.browser

WECHAT = (
    "Mozilla/5.0 (Linux; Android 10; HMA-AL00) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/88.0.4324.93 Mobile Safari/537.36 MicroMessenger/8.0.16 WeChat/arm64"
)


@pytest.fixture
def wechat(chromium: Browser, site: Site) -> Iterator[Page]:
    """WeChat's browser on an old phone, in which scripts do not run."""
    yield from open_page(
        chromium, site, viewport=PHONE, user_agent=WECHAT, java_script_enabled=False
    )


def answer(page: Page, card: str, option: str) -> None:
    """Answer the question and whatever statements come, as a resident does."""
    page.goto(f"/v/{card}")
    page.get_by_label(re.compile(option)).check()
    page.locator("main form button.ll-button").first.click()
    page.wait_for_load_state()
    for _card in STATEMENTS:
        agree = page.get_by_role("button", name="同意", exact=True)
        if not agree.count():
            break
        agree.click()
        page.wait_for_load_state()


def enter_paper(page: Page, code: str, option: str) -> None:
    page.locator("[name=code]").fill(code.lower().replace("-", " "))
    page.locator("[name=option]").select_option(label=option)
    press(page, "保存，下一张")


def test_matter_goes_from_draft_to_posted_notice(phone, resident, wechat, site):
    log_in(phone, site)
    propose(phone, "活动室几点关门")
    prepare_asking(phone, with_statements=True)
    codes = make_slips(phone)
    asking = phone.url
    press_and_confirm(phone, "开始征询")

    answer(resident, f"{codes[0]}/", OPTIONS[1])
    answer(resident, f"{codes[1]}/", OPTIONS[1])
    answer(wechat, f"{codes[2]}/", OPTIONS[0])
    phone.goto(asking)
    press(phone, "录入纸质答题单")
    enter_paper(phone, codes[3], f"3 {OPTIONS[2]}")
    phone.goto(asking)
    press_and_confirm(phone, "提前结束")

    phone.goto(asking)
    press(phone, "结果")
    expect(phone.locator("main")).to_contain_text("4")
    assert not is_wider_than_screen(phone)
    assert axe_violations(phone) == []
    phone.goto(asking)
    press(phone, "准备公示")
    press(phone, "贴出公示")
    expect(phone.locator("main")).to_contain_text("活动室几点关门")
    notice = phone.locator(
        "a[href^='/notices/'], a[href^='http'][href*='/notices/']"
    ).first.get_attribute("href")
    resident.goto(notice)
    expect(resident.locator("body")).to_contain_text(OPTIONS[1])


def test_residents_cards_fit_a_phone_and_are_accessible(phone, resident, site):
    log_in(phone, site)
    propose(phone, "楼道灯什么时候亮")
    prepare_asking(phone, with_statements=False)
    code = make_slips(phone)[0]
    press_and_confirm(phone, "开始征询")

    resident.goto(f"/v/{code}/")

    assert axe_violations(resident) == []
    assert not is_wider_than_screen(resident)
    assert resident.context.cookies() == []


def test_double_tap_answers_once(phone, resident, site):
    log_in(phone, site)
    propose(phone, "门禁换不换")
    prepare_asking(phone, with_statements=False)
    code = make_slips(phone)[0]
    asking = phone.url
    press_and_confirm(phone, "开始征询")

    resident.goto(f"/v/{code}/")
    resident.get_by_label(re.compile(OPTIONS[0])).check()
    with resident.expect_navigation():
        resident.locator("main form button.ll-button").first.dblclick()
    resident.wait_for_load_state("networkidle")
    answer(resident, f"{code}/?card=question", OPTIONS[1])

    phone.goto(asking)
    expect(phone.locator("main")).to_contain_text("已听到 1")
