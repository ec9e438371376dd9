"""Logging in and out, and what ends a session."""

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.core.accounts import services
from linli.core.accounts.lock_out import client_address
from linli.core.accounts.models import Role
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory

LOG_IN = "/accounts/log-in/"
PASSWORD = "bamboo by the gate"


@pytest.fixture
def li(committee):
    user = UserFactory.build(committee=committee, username="li", name="李")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, username: str = "li", password: str = PASSWORD, **more: str):
    return client.post(LOG_IN, {"username": username, "password": password, **more})


def fail(client: Client, times: int, username: str = "li"):
    for _time in range(times):
        answer = log_in(client, username, "wrong")
    return answer


def test_right_password_leads_to_today(client, li):
    assert log_in(client)["Location"] == reverse("ui:today")


def test_user_name_may_be_typed_in_capitals_and_full_width(client, li):
    assert log_in(client, username="  ＬI ").status_code == 302


def test_page_is_not_kept(client, db):
    assert "no-store" in client.get(LOG_IN)["Cache-Control"]


def test_who_is_logged_in_needs_no_log_in_page(as_worker):
    assert as_worker.get(LOG_IN)["Location"] == reverse("ui:today")


def test_next_page_of_this_site_is_followed(client, li):
    assert log_in(client, next="/accounts/me/")["Location"] == "/accounts/me/"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "http:///x"],
)
def test_next_page_elsewhere_is_not_followed(client, li, address):
    assert log_in(client, next=address)["Location"] == reverse("ui:today")


def test_next_page_goes_through_the_form(client, db):
    assert 'value="/accounts/me/"' in client.get(f"{LOG_IN}?next=/accounts/me/").text


def test_missing_password_is_asked_for_again(client, li):
    assert client.post(LOG_IN, {"username": "li"}).status_code == 422


def shown_to(answer) -> str:
    """Take the form's errors without what was typed."""
    return str(answer.context["form"].errors)


def test_unknown_name_and_wrong_password_look_alike(client, li):
    wrong, unknown = fail(client, 1), fail(client, 1, "nobody")

    assert (wrong.status_code, shown_to(wrong)) == (422, shown_to(unknown))


def test_closed_account_looks_like_an_unknown_one(client, li, head):
    services.close_user(li, by=head, successor=head)

    assert shown_to(log_in(client)) == shown_to(fail(client, 1, "nobody"))


def test_session_key_changes_at_log_in(client, li):
    client.get(LOG_IN)
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key

    log_in(client)

    assert client.cookies["sessionid"].value != session.session_key


def test_session_cookie_is_out_of_scripts_reach(client, li):
    cookie = log_in(client).cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_log_in_without_form_token_is_refused(li):
    strict = Client(enforce_csrf_checks=True)

    assert log_in(strict).status_code == 403


def test_sixth_wrong_password_locks_out(client, li):
    assert fail(client, 6).status_code == 429


def test_locked_out_page_tells_minutes(client, li):
    assert fail(client, 6).context["minutes"] == 15


def test_waiting_is_not_prolonged_by_trying(client, li):
    fail(client, 6)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=10))

    assert fail(client, 1).context["minutes"] == 5


def test_locked_out_user_cannot_use_the_right_password(client, li):
    fail(client, 6)

    assert log_in(client).status_code == 429


def test_capitals_do_not_give_further_tries(client, li):
    fail(client, 3)
    fail(client, 3, "LI")

    assert log_in(client).status_code == 429


def test_unknown_name_is_locked_out_as_well(client, li):
    assert fail(client, 6, "nobody").status_code == 429


def test_others_at_the_same_address_are_not_locked_out(client, li):
    fail(client, 6, "nobody")

    assert log_in(client).status_code == 302


def test_same_name_at_another_address_is_not_locked_out(client, li):
    fail(client, 6)

    assert log_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_waiting_ends(client, li):
    fail(client, 6)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=16))

    assert log_in(client).status_code == 302


def test_new_first_password_ends_the_waiting(client, li, head):
    fail(client, 6)

    password = services.recover_user(li, by=head)

    assert log_in(client, password=password).status_code == 302


def test_wrong_passwords_are_not_stored(client, li):
    fail(client, 2)

    assert "wrong" not in AccessAttempt.objects.get().post_data


def test_address_is_what_the_own_proxy_saw(rf, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"})

    assert client_address(request) == "198.51.100.4"


@pytest.mark.parametrize("claimed", ["203.0.113.9", "nonsense"])
def test_claimed_address_is_not_believed_without_proxy(rf, claimed):
    request = rf.get("/", headers={"X-Forwarded-For": claimed}, REMOTE_ADDR="192.0.2.1")

    assert client_address(request) == "192.0.2.1"


def test_log_out_ends_the_session(as_worker):
    as_worker.post("/accounts/log-out/")

    assert as_worker.get("/accounts/me/").status_code == 302


def test_log_out_by_link_is_refused(as_worker):
    assert as_worker.get("/accounts/log-out/").status_code == 405


@pytest.mark.parametrize("ending", ["recovered", "closed"])
def test_other_sessions_end_at_once(ending, worker, head):
    elsewhere = logged_in(worker)
    if ending == "recovered":
        services.recover_user(worker, by=head)
    else:
        services.close_user(worker, by=head, successor=head)

    answer = elsewhere.post("/accounts/password/")

    assert answer["Location"] == LOG_IN


def test_role_holds_for_running_sessions(worker, head):
    running = logged_in(worker)

    services.change_role(worker, by=head, role=Role.OVERSEER)

    assert running.get("/accounts/tokens/").status_code == 403


def test_members_pages_are_not_kept(as_worker):
    assert as_worker.get("/accounts/me/")["Cache-Control"] == "private, no-store"


def test_what_was_posted_by_a_stranger_is_not_the_next_page(client, db):
    assert client.post("/accounts/password/")["Location"] == LOG_IN
