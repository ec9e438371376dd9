"""The list of matters."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.core.accounts.models import Role
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory
from tests.factories.participation import MatterFactory

URL = reverse("participation:matter-list")


def test_matters_in_motion_are_listed(as_worker, matter):
    assert matter.title in as_worker.get(URL).text


def test_finished_matters_are_listed_apart(as_worker, worker):
    done = MatterFactory(created_by=worker, state="archived")

    assert done.title not in as_worker.get(URL).text
    assert done.title in as_worker.get(URL, {"show": "finished"}).text


def test_other_committee_sees_none_of_them(other_head, matter):
    assert matter.title not in logged_in(other_head).get(URL).text


def test_partner_sees_only_what_is_assigned(partner, matter):
    assert matter.title not in logged_in(partner).get(URL).text


def test_overseer_may_not_look(committee):
    overseer = UserFactory(committee=committee, role=Role.OVERSEER)

    assert logged_in(overseer).get(URL).status_code == 403


def test_empty_list_leads_to_the_first_matter(as_worker):
    assert reverse("participation:matter-create") in as_worker.get(URL).text


def test_overdue_matter_says_so(as_worker, worker):
    MatterFactory(created_by=worker, state="consulting", answers_until=date(2026, 1, 5))

    assert "已逾期" in as_worker.get(URL).text


def test_queries_do_not_grow_with_matters(as_worker, worker, django_assert_num_queries):
    MatterFactory(created_by=worker)
    with CaptureQueriesContext(connection) as with_one:
        as_worker.get(URL)
    MatterFactory.create_batch(2, created_by=worker)

    with django_assert_num_queries(len(with_one)):
        as_worker.get(URL)
