"""What stands before every page: how much may come in, and what goes out with each answer."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from linli.core.accounts.keys import load_keys


def sent(client, address, *, megabytes, **more):
    """Announce a body of so many megabytes; nothing may read it."""
    return client.generic(
        "POST", address, b"", CONTENT_LENGTH=str(int(megabytes * 1024 * 1024)), **more
    )


@pytest.mark.parametrize("address", ["/v/", "/v/AAAA/answer/", "/accounts/log-in/", "/register/"])
def test_stranger_cannot_fill_the_disk(address, client):
    answered = sent(client, address, megabytes=1.1)

    assert answered.status_code == 413
    assert "1 MB" in answered.text


def test_member_can_send_a_large_list(as_head):
    file = SimpleUploadedFile("list.csv", b"x" * 2 * 1024 * 1024)

    answered = as_head.post(reverse("register:roster-import"), {"file": file})

    assert answered.status_code == 422


def test_even_a_member_has_a_limit(as_head):
    assert sent(as_head, reverse("register:roster-import"), megabytes=211).status_code == 413


def test_residents_only_takes_nothing_large_from_anybody(as_head, settings):
    settings.RESIDENTS_ONLY = True

    assert sent(as_head, "/v/", megabytes=1.1).status_code == 413


def test_forged_length_is_no_fault(client, db):
    assert client.generic("POST", "/v/", b"", CONTENT_LENGTH="9" * 5000).status_code == 413


@pytest.mark.parametrize(
    "address",
    ["/", "/nowhere/", "/v/", "/v/AAAA/", "/accounts/log-in/", "/static/ui/base.css", "/api/x"],
)
def test_every_answer_has_the_policy(address, client, db):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_foreign_host_is_refused_with_the_policy(client, db):
    answered = client.get("/", headers={"host": "evil.example"})

    assert answered.status_code == 400
    assert "Content-Security-Policy" in answered.headers


@pytest.mark.parametrize("name", ["ui:language", "ui:text-size"])
@pytest.mark.parametrize(
    "page", ["null", "ui:today", "//evil.example", "https://evil.example", "/\\evil.example", "%"]
)
def test_choices_lead_nowhere_else(name, page, client):
    assert client.post(reverse(name), {"next": page}).headers["Location"] == "/"


@pytest.mark.parametrize("page", ["null", "ui:today", "//evil.example", "javascript:alert(1)"])
def test_log_in_leads_nowhere_else(page, head):
    head.set_password("horse-battery-7")
    head.must_change_password = False
    head.save()

    answered = Client().post(
        reverse("accounts:log-in"),
        {"username": head.username, "password": "horse-battery-7", "next": page},
    )

    assert (answered.status_code, answered.headers["Location"]) == (302, reverse("ui:today"))


def test_sessions_are_signed_with_the_key_of_the_file():
    """The key is read at first use; what stands for it until then must not become the key."""
    key = load_keys(settings.KEYS_FILE).session.hex()

    assert Signer().sign("x") == Signer(key=key).sign("x")
    assert Signer().sign("x") != Signer(key=repr(settings.SECRET_KEY)).sign("x")


def test_keys_are_for_their_owner_only():
    load_keys(settings.KEYS_FILE)

    assert settings.KEYS_FILE.stat().st_mode & 0o077 == 0
