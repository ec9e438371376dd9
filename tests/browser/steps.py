"""What the head of a committee does on the way to an asking, step by step."""

import re

from playwright.sync_api import Page

OPTIONS = ("晚上八点关", "晚上九点关", "晚上十点关")
STATEMENTS = ("跳舞的音乐可以小一点。", "周末可以开得晚一点。", "孩子睡觉要安静。")


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


def prepare_asking(page: Page, *, with_statements: bool = False, form: str = "single") -> None:
    press(page, "准备征询")
    page.locator(f"[name=form][value={form}]").check()
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
