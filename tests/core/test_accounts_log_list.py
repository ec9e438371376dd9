"""The log as the head and the overseer read it."""

import pytest

from linli.core.accounts.models import Role
from linli.core.audit.models import AuditLine
from linli.core.audit.services import record
from linli.core.ui.templatetags.phrases import say_line
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory

LIST = "/accounts/log/"


@pytest.fixture
def as_overseer(committee):
    return logged_in(UserFactory(committee=committee, name="孙", role=Role.OVERSEER))


def write(user, times=1, action="accounts.user_created", **details):
    for _time in range(times):
        record(action, committee_id=user.committee_id, actor=user, **(details or {"role": "head"}))


def lines(client, query=""):
    return list(client.get(LIST + query).context["page"])


@pytest.mark.parametrize("role", [Role.WORKER, Role.CAPTAIN, Role.PARTNER])
def test_others_do_not_enter(committee, role):
    client = logged_in(UserFactory(committee=committee, role=role))

    assert client.get(LIST).status_code == 403


def test_overseer_sees_who_of_the_staff_did_what(as_overseer, worker):
    write(worker, role="captain")

    shown = as_overseer.get(LIST).text
    assert worker.name in shown
    assert "新建了一个账号，角色：楼组长。" in shown


def test_log_does_not_name_whom_it_was_done_to(as_overseer, head, committee):
    captain = UserFactory(committee=committee, name="楼里的居民", role=Role.CAPTAIN)
    record(
        "accounts.user_created", committee_id=committee.pk, actor=head, subject=captain, role="x"
    )

    assert captain.name not in str([say_line(line) for line in lines(as_overseer)])


def test_line_tells_kind_and_number_of_its_subject(as_overseer, head, worker):
    record("accounts.user_recovered", committee_id=head.committee_id, actor=head, subject=worker)

    assert f"用户 {worker.pk}" in as_overseer.get(LIST).text


def test_subject_of_a_kind_that_is_gone_is_left_out(as_head, head):
    AuditLine.objects.create(
        committee=head.committee, actor=head, action="accounts.user_created", subject="old.thing:1"
    )

    assert "old.thing" not in as_head.get(LIST).text


def test_reason_is_shown(as_overseer, head):
    record("accounts.committee_changed", committee_id=head.committee_id, actor=head, why="换了号码")

    assert "换了号码" in as_overseer.get(LIST).text


def test_another_committees_lines_are_not_there(as_head, other_head):
    write(other_head)

    assert lines(as_head) == []


def test_another_committees_person_cannot_be_asked_for(as_head, other_head):
    assert as_head.get(f"{LIST}?person={other_head.pk}").status_code == 422


def test_filter_by_part(as_head, head):
    write(head)
    write(head, action="register.doors_imported")

    assert [line.action for line in lines(as_head, "?part=register")] == ["register.doors_imported"]


def test_filter_by_person(as_head, head, worker):
    write(head)
    write(worker)

    assert [line.actor for line in lines(as_head, f"?person={worker.pk}")] == [worker]


def test_unknown_part_is_said(as_head):
    assert as_head.get(f"{LIST}?part=nowhere").status_code == 422


def test_fifty_lines_a_page(as_head, head):
    write(head, 51)

    assert (len(lines(as_head)), len(lines(as_head, "?page=2"))) == (50, 1)


def test_further_pages_keep_the_filter(as_head, head):
    write(head, 51)

    assert "?page=2&amp;part=accounts" in as_head.get(f"{LIST}?part=accounts").text


@pytest.mark.parametrize("number", ["0", "99", "x"])
def test_page_that_is_not_there_shows_one_that_is(as_head, number):
    assert as_head.get(f"{LIST}?page={number}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(as_head, committee, rows, django_assert_num_queries):
    for user in UserFactory.create_batch(rows, committee=committee):
        write(user)

    with django_assert_num_queries(6):
        as_head.get(LIST)


def test_line_without_words_shows_its_code(as_head, head):
    write(head, action="teams.something_new")

    assert "teams.something_new" in as_head.get(LIST).text


def test_line_of_nobody_is_linlis_own(as_head, committee):
    record("accounts.committee_created", committee_id=committee.pk, actor=None)

    assert "系统" in as_head.get(LIST).text


def test_log_cannot_be_written_by_a_page(as_head):
    assert as_head.post(LIST).status_code == 405
