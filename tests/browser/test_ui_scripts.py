"""What the small scripts do, and that pages do without them."""

import pytest

from tests.browser.conftest import axe_violations, log_in, open_page

pytestmark = pytest.mark.browser
GUIDE = "/ui/"
PRESS_THRICE = """() => {
  const button = document.querySelector('form[action="/text-size/"] button');
  for (let i = 0; i < 3; i += 1) button.click();
}"""


@pytest.fixture
def guide(phone, site):
    log_in(phone, site)
    phone.goto(GUIDE)
    return phone


def test_summary_of_errors_takes_the_focus(guide):
    assert guide.evaluate("document.activeElement.className") == "ll-error-summary"


def test_characters_left_are_counted(guide):
    guide.locator("#id_plan").fill("一二三")

    assert "137" in guide.locator("[data-linli-count]").inner_text()


def test_text_is_copied(guide):
    guide.locator("[data-linli-copy]").click()

    guide.get_by_text("已复制").wait_for()


def test_form_is_sent_once_however_often_it_is_tapped(guide):
    sent: list[str] = []
    guide.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)

    with guide.expect_navigation():
        guide.evaluate(PRESS_THRICE)

    assert len(sent) == 1


def test_other_page_of_a_list_is_swapped_in(guide):
    guide.locator("#id_plan").fill("一二三")

    guide.get_by_role("link", name="下一页").click()
    guide.get_by_text("105 室").wait_for()

    assert guide.url.endswith("?page=2")
    assert guide.locator("#id_plan").input_value() == "一二三"
    assert guide.evaluate("document.activeElement.id") == "doors"


def test_lost_network_is_told(guide):
    guide.evaluate("""() => document.body.dispatchEvent(
        new CustomEvent("htmx:sendError", { bubbles: true })
    )""")

    guide.get_by_text("没发出去").wait_for()


def test_buttons_that_need_a_script_are_not_shown_without(phone_without_scripts, site):
    log_in(phone_without_scripts, site)
    phone_without_scripts.goto(GUIDE)

    assert not phone_without_scripts.locator("[data-linli-copy]").is_visible()
    assert not phone_without_scripts.locator("[data-linli-read]").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [GUIDE, "/ui/resident/"])
def test_style_guide_is_accessible_in_large_type(chromium, site, address, scheme):
    for page in open_page(
        chromium, site, viewport={"width": 360, "height": 740}, color_scheme=scheme
    ):
        log_in(page, site)
        page.goto(address)
        page.get_by_role("button", name="大字版").click()
        page.wait_for_selector("html.ll-large")

        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
