"""Tokens, scopes, permissions and refusals of the API."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from linli import __version__
from linli.core.accounts import services
from linli.core.accounts.api_auth import TokenAuth
from linli.core.accounts.models import Role
from linli.core.accounts.scopes import SCOPES
from linli.site.api import make_api, skill_routers
from tests.conftest import logged_in

probed = pytest.mark.urls("tests.site.api_probe")
ROOT = Path(__file__).resolve().parents[2]
FAR = date(2999, 1, 1)


@pytest.fixture
def bearer(worker):
    """Headers with a token of 王 that may read the register."""
    return headers(worker, ["register:read"])


def headers(user, scopes, expires_on=FAR):
    _token, secret = services.create_token(user, name="x", scopes=scopes, expires_on=expires_on)
    return {"Authorization": f"Bearer {secret}"}


@probed
def test_token_acts_for_its_user(client, bearer, worker):
    answer = client.get("/api/probe/whoami", headers=bearer)

    assert answer.json() == {"auth": worker.username, "user": worker.username}


@probed
def test_cookie_beside_a_token_does_not_count(bearer, worker, head):
    answer = logged_in(head).get("/api/probe/whoami", headers=bearer)

    assert answer.json()["user"] == worker.username


@probed
def test_session_alone_does_not_open_the_api(as_head):
    assert as_head.get("/api/probe/whoami").status_code == 401


@probed
@pytest.mark.parametrize(
    "shown", [None, "", "Bearer", "Bearer ", "Bearer linli_wrong", "Basic bGk6bGk=", "linli_wrong"]
)
def test_no_valid_token_is_refused(client, db, shown):
    answer = client.get("/api/probe/whoami", headers={"Authorization": shown} if shown else {})

    assert (answer.status_code, answer.json()["code"]) == (401, "api.unauthorized")
    assert answer["WWW-Authenticate"] == "Bearer"


@probed
def test_token_that_ran_out_is_refused(client, worker):
    old = headers(worker, ["register:read"], expires_on=date(2001, 1, 1))

    assert client.get("/api/probe/whoami", headers=old).status_code == 401


@probed
def test_token_with_another_scope_is_refused(client, worker):
    other = headers(worker, ["participation:read"])

    answer = client.get("/api/probe/whoami", headers=other)

    assert (answer.status_code, answer.json()["code"]) == (403, "api.forbidden")


@probed
def test_token_gives_no_more_than_the_role(client, bearer):
    assert client.post("/api/probe/heads-only", headers=bearer).status_code == 403


@probed
def test_same_token_gives_more_with_the_role(client, bearer, worker, head):
    services.change_role(worker, by=head, role=Role.HEAD)

    assert client.post("/api/probe/heads-only", headers=bearer).status_code == 200


@probed
@pytest.mark.parametrize("role", [Role.CAPTAIN, Role.PARTNER, Role.OVERSEER])
def test_token_stops_when_the_role_has_none(client, bearer, worker, head, role):
    services.change_role(worker, by=head, role=role)

    assert client.get("/api/probe/whoami", headers=bearer).status_code == 401


@probed
def test_operation_without_scope_lets_nobody_in(client, head):
    everything = headers(head, list(SCOPES))

    assert client.get("/api/probe/unguarded", headers=everything).status_code == 403


@probed
def test_token_needs_no_form_token(bearer):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        "/api/probe/reading", {"floor": 3}, content_type="application/json", headers=bearer
    )

    assert answer.json() == {"floor": 3}


@probed
@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("refused", 422, "accounts.last_head"),
        ("missing", 404, "api.not_found"),
        ("denied", 403, "api.forbidden"),
    ],
)
def test_refusals_have_one_shape(client, bearer, how, status, code):
    answer = client.post(f"/api/probe/endings/{how}", headers=bearer)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]


@probed
def test_refusal_is_said_in_words(client, bearer):
    answer = client.post("/api/probe/endings/refused", headers=bearer)

    assert answer.json()["message"] == "李 是唯一的书记/主任，请先指定另一位。"


@probed
def test_answers_show_chinese_as_it_is(client, db):
    assert "需要有效的访问令牌" in client.get("/api/probe/whoami").text


@probed
def test_answers_are_not_kept(client, bearer):
    answer = client.get("/api/probe/whoami", headers=bearer)

    assert answer["Cache-Control"] == "private, no-store"


@probed
def test_wrong_value_names_its_place(client, bearer):
    answer = client.post(
        "/api/probe/reading", {"floor": "x"}, content_type="application/json", headers=bearer
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "api.invalid")
    assert [field["place"] for field in answer.json()["fields"]] == ["body.taken.floor"]


@probed
def test_broken_json_is_refused(client, bearer):
    answer = client.post("/api/probe/reading", "{", content_type="application/json", headers=bearer)

    assert (answer.status_code, answer.json()["code"]) == (400, "api.unreadable")


@probed
def test_pages_still_ask_for_a_session(client, bearer):
    assert client.get("/accounts/me/", headers=bearer).status_code == 302


def test_description_is_public(client, db):
    schema = client.get("/api/openapi.json").json()

    assert schema["info"]["version"] == __version__


def operations():
    for bound in make_api(skill_routers(), namespace="walk")._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                yield f"/api{bound.prefix}{path}".replace("//", "/"), operation


def test_every_operation_asks_for_a_known_scope_and_permission(head):
    """Each operation is guarded by one of the scopes, with a permission that somebody has."""
    unguarded = []
    for path, operation in operations():
        match operation.auth_callbacks:
            case [TokenAuth(scope=scope, permission=permission)]:
                if scope not in SCOPES or not head.has_perm(permission):
                    unguarded.append(path)
            case _:
                unguarded.append(path)

    assert unguarded == []


def test_reading_asks_for_read_and_writing_for_write():
    wrong = [
        path
        for path, operation in operations()
        for guard in operation.auth_callbacks
        if guard.scope.endswith(":read") != (operation.methods == ["GET"])
    ]

    assert wrong == []


def test_page_tells_method_and_scope_of_every_operation():
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    rows = {
        f"| {method} | `{re.sub(r'{[a-z]+:', '{', path)}` | `{operation.auth_callbacks[0].scope}` |"
        for path, operation in operations()
        for method in operation.methods
    }

    assert {row for row in rows if row not in page} == set()


def test_page_tells_every_scope():
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")

    assert [scope for scope in SCOPES if f"| `{scope}` |" not in page] == []
