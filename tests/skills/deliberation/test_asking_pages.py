"""The desk's pages of an asking."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.core.accounts.models import Role
from linli.skills.deliberation.models import Asking
from linli.skills.deliberation.views.asking import today_items
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory
from tests.factories.answers import answer, closed_asking_of, open_asking_of
from tests.factories.deliberation import AskingFactory, StatementFactory, options_for, slips_for
from tests.factories.participation import AssignmentFactory, MatterFactory
from tests.factories.register import BuildingFactory

TODAY = timezone.localdate()
PAGES = [
    "asking-detail",
    "asking-open",
    "asking-close",
    "results",
    "map",
    "moderation-queue",
    "moderation-log",
    "moderation-log-download",
]


def url(name, *args):
    return reverse(f"deliberation:{name}", args=args)


def sent(**more):
    return {
        "question": "放哪里？",
        "form": "single",
        "basis": "household",
        "secrecy": "secret",
        "has_statements": "on",
        "seeds": "要有灯\n\n要有顶",
        "closes_on": (TODAY + timedelta(days=5)).isoformat(),
        **more,
    }


@pytest.fixture
def matter(head):
    made = MatterFactory(created_by=head, state="informing")
    options_for(AskingFactory.build(matter=made))
    return made


def test_worker_prepares_an_asking(matter, as_worker):
    page = as_worker.get(url("asking-create", matter.pk))
    made = as_worker.post(url("asking-create", matter.pk), sent())

    asking = Asking.objects.get()
    assert page.status_code == 200
    assert made["Location"] == url("asking-detail", asking.pk)
    assert [row.text for row in asking.statements.all()] == ["要有灯", "要有顶"]


def test_form_with_a_mistake_comes_back(matter, as_worker):
    answered = as_worker.post(url("asking-create", matter.pk), sent(question=""))

    assert answered.status_code == 422
    assert "请写下问题" in answered.content.decode()


def test_too_long_statement_is_named(matter, as_worker):
    answered = as_worker.post(url("asking-create", matter.pk), sent(seeds="短\n" + "长" * 141))

    assert answered.status_code == 422
    assert "第 2 条看法有 141 个字" in answered.content.decode()


def test_asking_is_changed_before_it_opens(matter, as_worker):
    as_worker.post(url("asking-create", matter.pk), sent())
    asking = Asking.objects.get()

    page = as_worker.get(url("asking-edit", asking.pk))
    as_worker.post(url("asking-edit", asking.pk), sent(question="改放哪里？"))

    asking.refresh_from_db()
    assert "要有灯\n要有顶" in page.content.decode()
    assert asking.question == "改放哪里？"


def test_opening_asks_once_more_then_opens(matter, as_worker):
    as_worker.post(url("asking-create", matter.pk), sent())
    asking = Asking.objects.get()

    asked = as_worker.get(url("asking-open", asking.pk))
    as_worker.post(url("asking-open", asking.pk))

    asking.refresh_from_db()
    assert "还没有做答题单" in asked.content.decode()
    assert asking.is_open


def test_opening_twice_is_told(head, as_head):
    asking = open_asking_of(head)

    assert as_head.post(url("asking-open", asking.pk)).status_code == 422


def test_head_closes_with_a_second_look(head, as_head):
    asking = open_asking_of(head)
    answer(asking, by=head, count=3)

    asked = as_head.get(url("asking-close", asking.pk))
    done = as_head.post(url("asking-close", asking.pk), {"days_kept": "30"})

    asking.refresh_from_db()
    assert "不能恢复" in asked.content.decode()
    assert done["Location"] == url("results", asking.pk)
    assert asking.ballots_until == TODAY + timedelta(days=30)


def test_recount_is_told(head, as_head):
    asking = closed_asking_of(head)

    page = as_head.post(url("asking-recount", asking.pk), follow=True)

    assert "都一致" in page.content.decode()


def test_desk_adds_a_statement_while_open(head, as_worker):
    asking = open_asking_of(head, statements=1)

    as_worker.post(url("statement-create", asking.pk), {"text": "再加一条"})

    assert asking.statements.get(position=2).text == "再加一条"


def test_empty_statement_comes_back(head, as_worker):
    asking = open_asking_of(head, statements=1)

    assert as_worker.post(url("statement-create", asking.pk), {"text": ""}).status_code == 422


@pytest.mark.parametrize("page", PAGES)
def test_head_of_another_committee_finds_nothing(page, head, other_head):
    asking = open_asking_of(head, statements=1)

    assert logged_in(other_head).get(url(page, asking.pk)).status_code == 404


@pytest.mark.parametrize(
    "page", ["asking-open", "asking-close", "asking-recount", "statement-create", "polis-export"]
)
def test_other_committee_posts_into_nothing(page, head, other_head):
    asking = open_asking_of(head, statements=1)

    assert logged_in(other_head).post(url(page, asking.pk), {"text": "x"}).status_code == 404


def test_other_committee_prepares_nothing_here(matter, other_head):
    assert logged_in(other_head).get(url("asking-create", matter.pk)).status_code == 404


def test_stranger_is_sent_to_log_in(head):
    asking = open_asking_of(head)

    answered = Client().get(url("asking-detail", asking.pk))

    assert answered["Location"].startswith(reverse("accounts:log-in"))


def test_partner_sees_only_what_is_assigned(head, committee):
    partner = UserFactory(committee=committee, role=Role.PARTNER)
    hers, other = open_asking_of(head), open_asking_of(head)
    AssignmentFactory(matter=hers.matter, user=partner)
    client = logged_in(partner)

    assert client.get(url("asking-detail", hers.pk)).status_code == 200
    assert client.get(url("asking-detail", other.pk)).status_code == 404
    assert client.post(url("asking-close", hers.pk)).status_code == 403


def test_captain_reads_but_changes_nothing(head, committee):
    captain = UserFactory(committee=committee, role=Role.CAPTAIN)
    asking = open_asking_of(head, statements=1)
    client = logged_in(captain)

    assert client.get(url("asking-detail", asking.pk)).status_code == 200
    assert client.post(url("statement-create", asking.pk), {"text": "x"}).status_code == 403
    assert client.get(url("moderation-queue", asking.pk)).status_code == 403


def test_captain_does_not_see_other_buildings_matters(head, committee):
    captain = UserFactory(committee=committee, role=Role.CAPTAIN)
    asking = open_asking_of(head)
    asking.matter.touches_everyone = False
    asking.matter.save()
    asking.matter.buildings.add(BuildingFactory(committee=committee, name="9号楼"))

    assert logged_in(captain).get(url("asking-detail", asking.pk)).status_code == 404


def test_overseer_has_no_askings(committee):
    overseer = UserFactory(committee=committee, role=Role.OVERSEER)

    assert logged_in(overseer).get(url("asking-list")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_three_as_for_one(
    count, head, as_head, django_assert_num_queries
):
    for _number in range(count):
        open_asking_of(head, statements=1)

    with django_assert_num_queries(8):
        page = as_head.get(url("asking-list"))

    assert page.content.decode().count("ll-list__item") == count


def test_empty_list_says_where_to_begin(as_head):
    assert reverse("participation:matter-list") in as_head.get(url("asking-list")).content.decode()


def test_matter_page_shows_the_asking(head, as_head):
    asking = open_asking_of(head)

    page = as_head.get(reverse("participation:matter-detail", args=[asking.matter_id]))

    assert url("asking-detail", asking.pk) in page.content.decode()


def test_due_closing_stands_on_the_days_page(head):
    asking = open_asking_of(head, closes_on=TODAY - timedelta(days=2))

    item = today_items(head, TODAY)[0]

    assert (item.url, item.overdue) == (url("asking-close", asking.pk), True)


def test_matter_without_asking_offers_to_prepare_one(matter, as_worker):
    page = as_worker.get(reverse("participation:matter-detail", args=[matter.pk]))

    assert url("asking-create", matter.pk) in page.content.decode()


def test_waiting_statements_stand_on_the_days_page(head):
    asking = open_asking_of(head, statements=1)
    StatementFactory(asking=asking, position=5, status="pending", from_resident=True)

    assert [item.url for item in today_items(head, TODAY)] == [url("moderation-queue", asking.pk)]


def test_days_page_of_a_captain_has_no_askings(head, committee):
    open_asking_of(head, closes_on=TODAY - timedelta(days=1))
    captain = UserFactory(committee=committee, role=Role.CAPTAIN)

    assert today_items(captain, TODAY) == []


def test_asking_of_which_nobody_was_told_is_discarded(head, as_head):
    asking = AskingFactory(
        opened_on=None, matter=MatterFactory(created_by=head), has_statements=True
    )
    StatementFactory(asking=asking, position=1)
    matter = reverse("participation:matter-detail", args=[asking.matter_id])

    assert (
        url("asking-discard", asking.pk)
        in as_head.get(url("asking-detail", asking.pk)).content.decode()
    )
    answered = as_head.post(url("asking-discard", asking.pk))

    assert (answered.status_code, answered["Location"]) == (302, matter)
    assert not Asking.objects.exists()


def test_asking_with_slips_is_kept(head, as_head):
    asking = AskingFactory(opened_on=None, matter=MatterFactory(created_by=head))
    options_for(asking)
    slips_for(asking)

    as_head.post(url("asking-discard", asking.pk))

    assert Asking.objects.exists()
    assert (
        url("asking-discard", asking.pk)
        not in as_head.get(url("asking-detail", asking.pk)).content.decode()
    )


def test_opened_asking_is_not_discarded(head, as_head):
    asking = open_asking_of(head)

    as_head.post(url("asking-discard", asking.pk))

    assert Asking.objects.exists()


def test_asking_of_another_committee_is_not_discarded(other_head):
    asking = AskingFactory()

    assert logged_in(other_head).post(url("asking-discard", asking.pk)).status_code == 404


@pytest.mark.parametrize(("state", "stands_out"), [("draft", False), ("informing", True)])
def test_asking_stands_out_on_the_matter_when_its_turn_has_come(head, as_head, state, stands_out):
    matter = MatterFactory(created_by=head, state=state)

    page = as_head.get(reverse("participation:matter-detail", args=[matter.pk])).content.decode()

    link = f'<a class="ll-button" href="{url("asking-create", matter.pk)}">'
    assert (link in page) is stands_out
