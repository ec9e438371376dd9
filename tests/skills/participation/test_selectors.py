"""Which matters a user reaches."""

from datetime import date

import pytest
from django.urls import reverse

from linli.core.accounts.models import Role
from linli.skills.participation import selectors
from linli.skills.participation.models import Matter
from linli.skills.participation.selectors import MatterNotFound
from linli.skills.register.models import Building, CaptainOf
from tests.factories.accounts import UserFactory
from tests.factories.participation import AssignmentFactory, MatterFactory

TODAY = date(2026, 3, 23)


@pytest.fixture
def matter(worker):
    return MatterFactory(created_by=worker, number=7)


def seen(user):
    return list(selectors.matters_for(user))


def test_worker_sees_the_committees_matters(matter, worker):
    assert seen(worker) == [matter]


def test_other_committee_sees_nothing(matter, other_head):
    assert seen(other_head) == []


def test_overseer_sees_no_matter(matter, committee):
    assert seen(UserFactory(committee=committee, role=Role.OVERSEER)) == []


def test_partner_sees_only_what_is_assigned(matter, committee):
    partner = UserFactory(committee=committee, role=Role.PARTNER)
    assigned = AssignmentFactory(matter=MatterFactory(created_by=matter.keeper), user=partner)

    assert seen(partner) == [assigned.matter]


def test_captain_sees_what_touches_everyone_or_his_building(matter, committee):
    captain = UserFactory(committee=committee, role=Role.CAPTAIN)
    own, far = (Building.objects.create(committee=committee, name=f"{n}号楼") for n in (3, 5))
    CaptainOf.objects.create(user=captain, building=own)
    narrow, distant = MatterFactory.create_batch(
        2, created_by=matter.keeper, touches_everyone=False
    )
    narrow.buildings.set([own])
    distant.buildings.set([far])

    assert set(seen(captain)) == {matter, narrow}


def test_strange_matter_is_not_found(matter, other_head):
    with pytest.raises(MatterNotFound):
        selectors.matter_for(other_head, matter.pk)


def test_matter_is_found_by_its_number(matter, committee):
    assert selectors.matter_by_number(committee.pk, "2026-7") == matter


@pytest.mark.parametrize("number", ["", "7", "2026-", "2026-8", "2026-x", "99999-1", "-"])
def test_wrong_number_is_not_found(matter, committee, number):
    with pytest.raises(MatterNotFound):
        selectors.matter_by_number(committee.pk, number)


def test_number_of_another_committee_is_not_found(matter, other_head):
    with pytest.raises(MatterNotFound):
        selectors.matter_by_number(other_head.committee_id, "2026-7")


def test_most_urgent_matter_comes_first_today(matter, worker):
    late = MatterFactory(created_by=worker, state="consulting", answers_until=date(2026, 3, 20))

    items = selectors.today_items(worker, TODAY)

    assert [(item.text, item.overdue) for item in items] == [
        (late.title, True),
        (matter.title, False),
    ]


@pytest.mark.parametrize(
    ("state", "who", "moving"),
    [
        ("review", "head", False),
        ("review", "worker", True),
        ("returned", "head", True),
        ("returned", "worker", False),
        ("consulting", "worker", True),
    ],
)
def test_what_waits_for_oneself_is_to_be_done(matter, request, state, who, moving):
    Matter.objects.update(state=state)

    items = selectors.today_items(request.getfixturevalue(who), TODAY)

    assert items[0].moving == moving


def test_finished_matters_are_not_due_today(matter, worker):
    Matter.objects.update(state="archived")

    assert selectors.today_items(worker, TODAY) == []


def test_after_the_answers_the_decision_is_due(matter, worker):
    Matter.objects.update(
        state="opinion", answers_until=date(2026, 3, 20), decision_on=date(2026, 4, 1)
    )

    assert selectors.today_items(worker, TODAY)[0].due == date(2026, 4, 1)


def test_matter_aside_stands_where_it_left_the_way(matter, head):
    matter.moves.create(from_state="draft", to_state="review", at=matter.created_at)
    matter.moves.create(from_state="review", to_state="ended", at=matter.created_at, by=head)
    Matter.objects.update(state="ended")

    page = selectors.matter_page(head, Matter.objects.get())

    assert [step.status for step in page.way.steps][:3] == ["done", "done", "ahead"]
    assert page.way.here is None


def test_worker_is_told_that_the_head_is_next(matter, worker):
    Matter.objects.update(state="review")

    page = selectors.matter_page(worker, Matter.objects.get())

    assert (page.primary, page.others) == (None, [])


def test_committee_without_matters_is_told_to_write_the_first(worker):
    items = selectors.today_items(worker, TODAY)

    assert [item.url for item in items] == [reverse("participation:matter-create")]


def test_captain_is_not_told_to_write_a_matter(captain):
    assert selectors.today_items(captain, TODAY) == []
