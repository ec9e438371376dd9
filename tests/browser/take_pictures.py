"""Take the pictures of the docs from the demo: ``make pictures``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, Site, log_in, open_page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DESK_PAGES = {
    "today": "/",
    "buildings": "/register/",
    "matter": "/participation/matters/1/",
    "asking": "/deliberation/askings/1/",
    "map": "/deliberation/askings/1/map/",
    "log": "/accounts/log/",
}


@pytest.fixture
def sharp_phone(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from open_page(chromium, site, viewport=PHONE, device_scale_factor=1.5, has_touch=True)


def take(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def test_take_pictures_of_the_desk(sharp_phone, site):
    log_in(sharp_phone, site)
    for name, address in DESK_PAGES.items():
        sharp_phone.goto(address)
        if name == "map":
            sharp_phone.locator("main figure").first.evaluate("one => one.scrollIntoView()")
        take(sharp_phone, name)


def test_take_pictures_of_an_answer(sharp_phone, site):
    sharp_phone.goto(site.residents[0])
    take(sharp_phone, "question")
    sharp_phone.goto(f"{site.residents[0]}?card=statements")
    take(sharp_phone, "vote")
