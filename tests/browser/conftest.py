"""A real server with the demo, and phones that look at it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.everything import browser as browser_path
from tests.everything import free_port

HERE = Path(__file__).resolve().parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PHONE = {"width": 360, "height": 740}
LINLI = str(Path(sys.executable).with_name("linli"))


@dataclass(frozen=True)
class Site:
    """A running server, its accounts and its data folder."""

    address: str
    passwords: dict[str, str]
    surroundings: dict[str, str]
    residents: list[str]
    """Addresses with codes that nobody has used."""

    def linli(self, *arguments: str) -> str:
        """Run a command on the same data."""
        done = subprocess.run(
            [LINLI, *arguments], env=self.surroundings, capture_output=True, text=True, check=True
        )
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    surroundings = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LINLI_", "DJANGO_"))
        },
        "LINLI_DATA_DIR": str(folder / "data"),
    }
    told = folder / "told"
    with told.open("wb") as out:
        server = subprocess.Popen(
            [LINLI, "start", "--port", str(port)], env=surroundings, stdout=out, stderr=out
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _await(server, f"{address}/accounts/log-in/", told)
        said = told.read_text(encoding="utf-8")
        lines = re.findall(r"^  (\w+) +(\S+-\S+) ", said, re.MULTILINE)
        yield Site(address, dict(lines), surroundings, re.findall(r"http\S+/v/\S+", said))
    finally:
        server.terminate()
        server.wait(20)


def _await(server: subprocess.Popen[bytes], address: str, told: Path) -> None:
    """Wait for the first page."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server does not answer:\n{told.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    flags = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path(), args=flags)
        yield started
        started.close()


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page on a phone of 360 × 740 that collects what goes wrong in it."""
    yield from open_page(chromium, site, viewport=PHONE, has_touch=True)


@pytest.fixture
def phone_without_scripts(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from open_page(chromium, site, viewport=PHONE, has_touch=True, java_script_enabled=False)


@pytest.fixture
def desk(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from open_page(chromium, site, viewport={"width": 1280, "height": 800})


@pytest.fixture
def resident(chromium: Browser, site: Site) -> Iterator[Page]:
    """A phone on which nobody logs in."""
    yield from open_page(chromium, site, viewport=PHONE, has_touch=True)


def open_page(chromium: Browser, site: Site, **options: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.address, locale="zh-CN", **options)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert [line for line in wrong if "status of 4" not in line] == []


def log_in(page: Page, site: Site, username: str = "head") -> None:
    """Log in as one of the demo's accounts."""
    page.goto("/accounts/log-in/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(site.passwords[username])
    page.locator("main button[type=submit], main button:not([type])").first.click()
    page.wait_for_url(f"{site.address}/")


def axe_violations(page: Page) -> list[str]:
    """Name what axe finds wrong; it is handed in past the page's own policy."""
    page.evaluate(AXE)
    found = page.evaluate(
        """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
        "wcag22aa", "best-practice"]})"""
    )
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def is_wider_than_screen(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )
