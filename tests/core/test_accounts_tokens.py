"""Keys for programs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from linli.core.accounts import services
from linli.core.accounts.models import ApiToken, Role
from linli.core.accounts.scopes import SCOPES
from linli.core.accounts.selectors import token_by_secret
from linli.engines.errors import RuleError
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory

LIST = "/accounts/tokens/"
NEW = "/accounts/tokens/new/"
TODAY = date(2026, 3, 23)


def create(client, **more):
    wanted = {"name": "报表", "scopes": ["register:read"], "days": 30, **more}
    return client.post(NEW, wanted)


def make(user, name="报表", expires_on=TODAY):
    return services.create_token(user, name=name, scopes=["register:read"], expires_on=expires_on)


@pytest.mark.parametrize("role", [Role.CAPTAIN, Role.PARTNER, Role.OVERSEER])
@pytest.mark.parametrize("address", [LIST, NEW])
def test_only_staff_have_tokens(committee, role, address):
    client = logged_in(UserFactory(committee=committee, role=role))

    assert client.get(address).status_code == 403


def test_secret_is_shown_once(as_worker, worker):
    answer = create(as_worker)

    secret = answer.context["secret"]
    found = token_by_secret(secret, today=timezone.localdate())
    assert (found.user, found.scopes) == (worker, ["register:read"])
    assert "no-store" in answer["Cache-Control"]
    assert secret not in as_worker.get(LIST).text


def test_only_a_hash_is_kept(worker):
    token, secret = make(worker)

    stored = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret.encode() not in bytes(stored["digest"])
    assert secret not in str(stored)


def test_token_runs_out_when_told(as_worker):
    create(as_worker, days=30)

    assert ApiToken.objects.get().expires_on == timezone.localdate() + timedelta(days=30)


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"scopes": []}, {"scopes": ["everything"]}, {"days": 3650}, {"days": "x"}],
)
def test_wrong_input_is_shown_again(as_worker, wrong):
    assert create(as_worker, **wrong).status_code == 422
    assert not ApiToken.objects.exists()


def test_form_sent_twice_creates_one_token(as_worker):
    create(as_worker)

    assert create(as_worker).status_code == 422
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("scope", ["register:read", "everything"])
def test_scope_beyond_the_role_is_refused(committee, scope):
    overseer = UserFactory(committee=committee, role=Role.OVERSEER)

    with pytest.raises(RuleError) as refusal:
        services.create_token(overseer, name="x", scopes=[scope], expires_on=TODAY)

    assert refusal.value.code == "accounts.scope_unfit"


def test_withdrawn_token_stops(as_worker, worker):
    token, secret = make(worker)

    as_worker.post(f"{LIST}{token.pk}/withdraw/")

    assert token_by_secret(secret, today=TODAY) is None


def test_withdrawing_needs_a_post(as_worker, worker):
    token, _secret = make(worker)

    assert as_worker.get(f"{LIST}{token.pk}/withdraw/").status_code == 405


@pytest.mark.parametrize("whose", ["colleague", "stranger"])
def test_somebody_elses_token_is_not_there(as_worker, head, other_head, whose):
    token, secret = make({"colleague": head, "stranger": other_head}[whose])

    assert as_worker.post(f"{LIST}{token.pk}/withdraw/").status_code == 404
    assert token_by_secret(secret, today=TODAY)


def test_list_shows_only_own_tokens(as_worker, worker, head):
    own, _secret = make(worker)
    make(head)

    assert [token for token, _scopes in as_worker.get(LIST).context["tokens"]] == [own]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(as_worker, worker, rows, django_assert_num_queries):
    for row in range(rows):
        make(worker, name=f"报表{row}")

    with django_assert_num_queries(4):
        as_worker.get(LIST)


def test_token_works_on_its_last_day(worker):
    _token, secret = make(worker, expires_on=TODAY)

    assert token_by_secret(secret, today=TODAY)


def test_token_stops_after_its_last_day(worker):
    _token, secret = make(worker, expires_on=TODAY)

    assert token_by_secret(secret, today=TODAY + timedelta(days=1)) is None


def test_unknown_secret_finds_nothing(db):
    assert token_by_secret("linli_unknown", today=TODAY) is None


@pytest.mark.parametrize("ending", ["recovered", "closed", "overseer"])
def test_token_stops_with_its_user(ending, worker, head):
    _token, secret = make(worker)

    match ending:
        case "recovered":
            services.recover_user(worker, by=head)
        case "closed":
            services.close_user(worker, by=head, successor=head)
        case "overseer":
            services.change_role(worker, by=head, role=Role.OVERSEER)

    assert token_by_secret(secret, today=TODAY) is None


def test_every_scope_has_a_permission_that_staff_have(worker):
    assert [code for code, scope in SCOPES.items() if not worker.has_perm(scope.permission)] == []
