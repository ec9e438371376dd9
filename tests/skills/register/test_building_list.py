"""The skill's first page."""

import pytest
from django.urls import reverse

from tests.conftest import logged_in
from tests.factories.register import AdultFactory, BuildingFactory

URL = reverse("register:building-list")


def test_empty_committee_is_shown_where_to_begin(as_worker):
    page = as_worker.get(URL).content.decode()

    assert "导入你的台账" in page
    assert reverse("register:roster-import") in page


def test_lists_buildings_with_counts(as_worker, adult):
    page = as_worker.get(URL).content.decode()

    assert "3号楼" in page
    assert "1 户，1 位成年人" in page


def test_stranger_sees_none_of_it(other_head, building):
    assert "3号楼" not in logged_in(other_head).get(URL).content.decode()


def test_captain_sees_own_building_only(captain, committee):
    BuildingFactory(committee=committee, name="4号楼")

    page = logged_in(captain).get(URL).content.decode()

    assert ("3号楼" in page, "4号楼" in page) == (True, False)


def test_captain_is_offered_no_import(captain):
    page = logged_in(captain).get(URL).content.decode()

    assert reverse("register:roster-import") not in page


@pytest.mark.parametrize("role", ["partner", "overseer"])
def test_partner_and_overseer_have_no_list(worker, role):
    worker.role = role
    worker.save()

    assert logged_in(worker).get(URL).status_code == 403


def test_queries_do_not_grow_with_buildings(
    as_worker, committee, django_assert_num_queries, django_assert_max_num_queries
):
    AdultFactory(door__building__committee=committee)
    with django_assert_max_num_queries(12) as with_one:
        as_worker.get(URL)
    for _ in range(2):
        AdultFactory(door__building__committee=committee)

    with django_assert_num_queries(len(with_one)):
        as_worker.get(URL)
