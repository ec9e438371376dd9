"""Choosing a password."""

import pytest
from django.urls import reverse

from linli.core.audit.models import AuditLine
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory

PAGE = "/accounts/password/"
FIRST = "bamboo-by-the-gate"
OWN = "seven lanterns 88"


def change(client, password=OWN, again=None, **more):
    return client.post(PAGE, {"password": password, "again": again or password, **more})


@pytest.fixture
def newcomer(committee):
    user = UserFactory.build(committee=committee, username="xin", must_change_password=True)
    user.set_password(FIRST)
    user.save()
    return user


@pytest.fixture
def settled(newcomer):
    newcomer.must_change_password = False
    newcomer.save()
    return newcomer


def test_first_password_opens_no_other_page(newcomer):
    assert logged_in(newcomer).get("/accounts/me/")["Location"] == PAGE


def test_first_password_need_not_be_typed_again(newcomer):
    assert "current" not in logged_in(newcomer).get(PAGE).context["form"].fields


def test_own_password_opens_the_rest(newcomer):
    client = logged_in(newcomer)

    answer = change(client)

    assert answer["Location"] == reverse("ui:today")
    assert client.get("/accounts/me/").status_code == 200


def test_first_password_may_be_left_by_logging_out(newcomer):
    assert logged_in(newcomer).post("/accounts/log-out/").status_code == 302


def test_own_session_goes_on_and_others_end(settled):
    here, elsewhere = logged_in(settled), logged_in(settled)

    change(here, current=FIRST)

    assert here.get("/accounts/me/").status_code == 200
    assert elsewhere.post(PAGE).status_code == 302


def test_session_key_changes(settled):
    client = logged_in(settled)
    before = client.session.session_key

    change(client, current=FIRST)

    assert client.session.session_key != before


def test_change_is_logged_without_the_password(settled):
    change(logged_in(settled), current=FIRST)

    line = AuditLine.objects.get()
    assert (line.action, line.details) == ("accounts.password_changed", {})


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "  ", "\0" * 12])
def test_weak_password_is_refused(newcomer, weak):
    assert change(logged_in(newcomer), weak).status_code == 422


def test_password_like_the_user_name_is_refused(committee):
    user = UserFactory(committee=committee, username="wangxiaoming", must_change_password=True)

    assert change(logged_in(user), "wangxiaoming1").status_code == 422


def test_two_different_passwords_are_refused(newcomer):
    assert change(logged_in(newcomer), again="another one here").status_code == 422


def test_first_password_cannot_be_kept(newcomer):
    assert change(logged_in(newcomer), FIRST).status_code == 422


def test_present_password_is_asked_for(settled):
    assert change(logged_in(settled)).status_code == 422


def test_wrong_present_password_is_refused(settled):
    client = logged_in(settled)

    assert change(client, current="guess").status_code == 422
    settled.refresh_from_db()
    assert settled.check_password(FIRST)


def test_refusal_is_said_in_chinese(newcomer):
    assert "此密码太短" in change(logged_in(newcomer), "short").text


def test_refusal_is_said_in_english(newcomer, settings):
    client = logged_in(newcomer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert "This password is too short" in change(client, "short").text


def test_page_is_not_kept(newcomer):
    assert "no-store" in logged_in(newcomer).get(PAGE)["Cache-Control"]
