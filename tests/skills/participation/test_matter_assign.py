"""Giving a matter to a partner social worker, and taking it back."""

import pytest
from django.urls import reverse

from linli.core.accounts.models import Role
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory
from tests.factories.participation import AssignmentFactory


@pytest.fixture
def url(matter):
    return reverse("participation:matter-assign", args=[matter.pk])


@pytest.fixture
def back(matter):
    return reverse("participation:matter-unassign", args=[matter.pk])


def test_head_gives_a_matter(as_head, url, matter, partner):
    as_head.post(url, {"partner": partner.pk})

    assert matter.assignments.get().user == partner


def test_page_offers_the_partners(as_head, matter, partner):
    page = as_head.get(reverse("participation:matter-detail", args=[matter.pk])).text

    assert f'<option value="{partner.pk}">' in page


def test_partner_of_another_committee_is_refused(as_head, url, matter):
    stranger = UserFactory(role=Role.PARTNER)

    answer = as_head.post(url, {"partner": stranger.pk})

    assert (answer.status_code, matter.assignments.count()) == (422, 0)


def test_head_takes_it_back(as_head, back, matter, partner):
    AssignmentFactory(matter=matter, user=partner)

    as_head.post(back, {"partner": partner.pk})

    assert not matter.assignments.exists()


def test_worker_may_not_give_it(as_worker, url, partner):
    assert as_worker.post(url, {"partner": partner.pk}).status_code == 403


def test_stranger_finds_nothing(other_head, url, back, partner):
    client = logged_in(other_head)

    assert [client.post(one, {"partner": partner.pk}).status_code for one in (url, back)] == [
        404,
        404,
    ]
