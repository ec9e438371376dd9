"""Journeys through the real workbench in Chromium."""

import pytest

from tests.browser.conftest import axe_violations, is_wider_than_screen, log_in

pytestmark = pytest.mark.browser


def test_head_logs_in_and_sees_the_day(phone, site):
    log_in(phone, site)

    assert phone.locator("h1").count() == 1
    assert not is_wider_than_screen(phone)


def test_head_logs_in_without_scripts(phone_without_scripts, site):
    log_in(phone_without_scripts, site)

    assert phone_without_scripts.locator("h1").count() == 1


@pytest.mark.parametrize("address", ["/accounts/log-in/", "/nowhere/"])
def test_page_for_everybody_is_accessible(phone, address):
    phone.goto(address)

    assert axe_violations(phone) == []


@pytest.mark.parametrize("address", ["/", "/ui/", "/participation/", "/register/"])
def test_desk_page_is_accessible(phone, site, address):
    log_in(phone, site)
    phone.goto(address)

    assert axe_violations(phone) == []


@pytest.mark.parametrize("address", ["/", "/ui/", "/participation/", "/register/"])
def test_desk_page_fits_a_phone(phone, site, address):
    log_in(phone, site)
    phone.goto(address)

    assert not is_wider_than_screen(phone)
