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

pytestmark = pytest.mark.browser

WECHAT = (
    "Mozilla/5.0 (Linux; Android 10; HMA-AL00) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/88.0.4324.93 Mobile Safari/537.36 MicroMessenger/8.0.16 WeChat/arm64"
)
OPTIONS = ("晚上八点关", "晚上九点关", "晚上十点关")
STATEMENTS = ("跳舞的音乐可以小一点。", "周末可以开得晚一点。", "孩子睡觉要安静。")


@pytest.fixture
def wechat(chromium: Browser, site: Site) -> Iterator[Page]:
    """WeChat's browser on an old phone, in which scripts do not run."""
    yield from open_page(
        chromium, site, viewport=PHONE, user_agent=WECHAT, java_script_enabled=False
    )


@pytest.fixture
def resident(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from open_page(chromium, site, viewport=PHONE, has_touch=True)


def press(page: Page, words: str) -> None:
    """Press the button or link that says ``words``."""
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()
    page.wait_for_load_state()


def press_and_confirm(page: Page, words: str) -> None:
    press(page, words)
    page.locator("main form button.ll-button").first.click()
    page.wait_for_load_state()


def propose(page: Page, title: str) -> str:
    """Write a matter down and bring it to where residents are told; return its address."""
    page.goto("/participation/matters/new/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=plan]").fill("活动室晚上开放，定一个关门时间。")
    page.locator("[name=why]").fill("有人嫌吵，有人嫌关得早。")
    page.locator("[name=proposed_by]").fill("舞蹈队和4号楼居民")
    for number, option in enumerate(OPTIONS, start=1):
        page.locator(f"[name=option_{number}]").fill(option)
    page.locator("[name=next_step]").fill("公示一周，没有异议就照办。")
    press(page, "保存")
    address = page.url
    for step in ("送审", "审核通过", "开始提前通报"):
        press(page, step)
    return address


def prepare_asking(page: Page, *, with_statements: bool) -> None:
    press(page, "准备征询")
    page.locator("[name=question]").fill("活动室晚上几点关门？")
    if with_statements:
        page.locator("[name=has_statements]").check()
        page.locator("[name=seeds]").fill("\n".join(STATEMENTS))
    press(page, "保存（还不会发给居民）")


def make_slips(page: Page) -> list[str]:
    """Make the slips of the first building, read their codes and come back."""
    asking = page.url
    press(page, "打印答题单")
    page.locator("form button[value=page]").first.click()
    page.wait_for_load_state()
    found = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b", page.content())
    page.goto(asking)
    return list(dict.fromkeys(found))


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
