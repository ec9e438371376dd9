"""The head looks after accounts."""

import pytest

from linli.core.accounts import services
from linli.core.accounts.models import Role, User
from linli.core.audit.models import AuditLine
from linli.engines.errors import RuleError
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory

LIST = "/accounts/users/"
NEW = "/accounts/users/new/"
ROLES_BELOW_HEAD = [role for role in Role if role != Role.HEAD]


def page(user: User, action: str = "") -> str:
    return f"{LIST}{user.pk}/{action}"


def create(client, **more):
    return client.post(NEW, {"name": "周青", "username": "zhou", "role": "worker", **more})


@pytest.mark.parametrize("role", ROLES_BELOW_HEAD)
@pytest.mark.parametrize("address", [LIST, NEW, "/accounts/desk/", "/accounts/roles/"])
def test_only_the_head_enters(committee, role, address):
    client = logged_in(UserFactory(committee=committee, role=role))

    assert client.get(address).status_code == 403


@pytest.mark.parametrize("action", ["", "close/"])
def test_another_committees_user_is_not_there(as_head, other_head, action):
    assert as_head.get(page(other_head, action)).status_code == 404


@pytest.mark.parametrize("action", ["role/", "recover/", "close/"])
def test_nothing_is_done_to_another_committees_user(as_head, other_head, action):
    assert as_head.post(page(other_head, action)).status_code == 404


def test_another_committees_head_is_left_alone(as_head, other_head):
    before = User.objects.filter(pk=other_head.pk).values().get()

    as_head.post(page(other_head, "recover/"))
    as_head.post(page(other_head, "role/"), {"role": "worker"})
    as_head.post(page(other_head, "close/"), {"successor": other_head.pk})

    assert User.objects.filter(pk=other_head.pk).values().get() == before


def test_list_shows_only_own_users(as_head, worker, other_head):
    listed = [user for user, _label in as_head.get(LIST).context["users"]]

    assert worker in listed
    assert other_head not in listed


def test_list_calls_roles_what_the_committee_calls_them(as_head, head, worker):
    services.label_roles(head.committee, by=head, labels={"worker": "全岗社工"})

    assert "全岗社工" in as_head.get(LIST).text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(as_head, committee, rows, django_assert_num_queries):
    UserFactory.create_batch(rows, committee=committee)

    with django_assert_num_queries(5):
        as_head.get(LIST)


def test_first_password_is_shown_once(as_head):
    answer = create(as_head)

    assert User.objects.get(username="zhou").check_password(answer.context["password"])
    assert answer.context["password"] in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_first_password_is_kept_nowhere(as_head, caplog):
    password = create(as_head).context["password"]

    kept = [str(line.details) + line.why for line in AuditLine.objects.all()]
    assert password not in "".join([*kept, caplog.text, *as_head.session.values()])
    assert password not in str(as_head.cookies)


def test_first_password_must_be_changed(as_head):
    create(as_head)

    assert User.objects.get(username="zhou").must_change_password


def test_user_name_is_kept_in_small_letters(as_head):
    create(as_head, username="ZHOU")

    assert User.objects.filter(username="zhou").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"username": "zhou qing"},
        {"username": "z"},
        {"username": "<b>"},
        {"role": "admin"},
        {"role": ""},
    ],
)
def test_wrong_input_is_shown_again(as_head, wrong):
    assert create(as_head, **wrong).status_code == 422
    assert not User.objects.filter(name="周青").exists()


def test_taken_user_name_is_refused(as_head, worker):
    answer = create(as_head, username=worker.username.upper())

    assert answer.status_code == 422
    assert "已有人用" in answer.text


def test_form_sent_twice_creates_one_account(as_head):
    create(as_head)
    create(as_head)

    assert User.objects.filter(name="周青").count() == 1


def test_new_first_password_works(as_head, worker):
    password = as_head.post(page(worker, "recover/")).context["password"]

    worker.refresh_from_db()
    assert worker.check_password(password)
    assert worker.must_change_password


def test_new_first_password_is_not_kept_by_browsers(as_head, worker):
    assert "no-store" in as_head.post(page(worker, "recover/"))["Cache-Control"]


def test_new_first_password_needs_a_post(as_head, worker):
    assert as_head.get(page(worker, "recover/")).status_code == 405


def test_role_is_changed(as_head, worker):
    as_head.post(page(worker, "role/"), {"role": "overseer"})

    worker.refresh_from_db()
    assert worker.role == Role.OVERSEER


def test_unknown_role_is_refused(as_head, worker):
    assert as_head.post(page(worker, "role/"), {"role": "admin"}).status_code == 422


def test_last_head_keeps_the_role(as_head, head):
    answer = as_head.post(page(head, "role/"), {"role": "worker"})

    assert answer.status_code == 422
    assert "唯一的书记/主任" in answer.text


def test_same_role_again_is_not_logged(as_head, worker):
    as_head.post(page(worker, "role/"), {"role": "worker"})

    assert not AuditLine.objects.exists()


def test_leaving_worker_is_closed_and_work_handed_over(as_head, head, worker, monkeypatch):
    monkeypatch.setattr(services, "_HANDOVERS", [lambda _leaving, _successor: 3])

    answer = as_head.post(page(worker, "close/"), {"successor": head.pk})

    worker.refresh_from_db()
    line = AuditLine.objects.get()
    assert (answer.status_code, worker.is_active) == (302, False)
    assert (line.actor, line.details) == (head, {"passed": 3, "successor": head.pk})


def test_successor_must_be_chosen(as_head, worker):
    assert as_head.post(page(worker, "close/")).status_code == 422


def test_successor_of_another_committee_is_refused(as_head, worker, other_head):
    answer = as_head.post(page(worker, "close/"), {"successor": other_head.pk})

    assert answer.status_code == 422
    worker.refresh_from_db()
    assert worker.is_active


@pytest.mark.parametrize("unfit", ["self", "closed", "captain", "other committee"])
def test_unfit_successor_is_refused(unfit, committee, head, worker, other_head):
    successor = {
        "self": worker,
        "closed": UserFactory(committee=committee, is_active=False),
        "captain": UserFactory(committee=committee, role=Role.CAPTAIN),
        "other committee": other_head,
    }[unfit]

    with pytest.raises(RuleError) as refusal:
        services.close_user(worker, by=head, successor=successor)

    assert refusal.value.code == "accounts.successor_unfit"


def test_skill_that_cannot_hand_over_keeps_the_account_open(as_head, head, worker, monkeypatch):
    def refuse(_leaving, _successor):
        raise RuleError("elsewhere.no")

    monkeypatch.setattr(services, "_HANDOVERS", [refuse])

    answer = as_head.post(page(worker, "close/"), {"successor": head.pk})

    worker.refresh_from_db()
    assert (answer.status_code, worker.is_active) == (422, True)


def test_captain_may_hand_over_to_a_captain(committee, head):
    leaving, next_one = UserFactory.create_batch(2, committee=committee, role=Role.CAPTAIN)

    services.close_user(leaving, by=head, successor=next_one)

    assert not leaving.is_active


@pytest.mark.parametrize("action", ["role/", "recover/", "close/"])
def test_closed_account_stays_as_it_is(as_head, head, committee, action):
    closed = UserFactory(committee=committee, is_active=False)

    answer = as_head.post(page(closed, action), {"role": "head", "successor": head.pk})

    assert answer.status_code == 422


def test_desk_is_changed(as_head, committee):
    as_head.post("/accounts/desk/", {"desk_phone": "021-5550 0199", "desk_hours": "每天"})

    committee.refresh_from_db()
    assert (committee.desk_phone, committee.desk_hours) == ("021-5550 0199", "每天")


def test_desk_phone_that_is_too_long_is_refused(as_head):
    answer = as_head.post("/accounts/desk/", {"desk_phone": "1" * 41})

    assert answer.status_code == 422


def test_roles_get_own_names_and_usual_ones_back(as_head, committee):
    as_head.post("/accounts/roles/", {"worker": "全岗社工", "head": "书记"})
    as_head.post("/accounts/roles/", {"worker": "", "head": "书记"})

    assert {one.role: one.label for one in committee.role_labels.all()} == {"head": "书记"}


def test_role_name_that_is_too_long_is_refused(as_head):
    assert as_head.post("/accounts/roles/", {"worker": "全" * 21}).status_code == 422


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_an_own_page(committee, role):
    client = logged_in(UserFactory(committee=committee, role=role))

    assert client.get("/accounts/me/").status_code == 200


def test_worker_is_not_offered_the_heads_pages(as_worker):
    assert LIST not in as_worker.get("/accounts/me/").text
