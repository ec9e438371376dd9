"""A building's doors, its captain, its removal."""

import pytest
from django.urls import reverse

from linli.core.accounts.models import Role
from linli.skills.register.models import Building, CaptainOf
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory
from tests.factories.register import AdultFactory, BuildingFactory


@pytest.fixture
def url(building) -> str:
    return reverse("register:building-detail", args=[building.pk])


def test_names_are_masked(as_worker, url, adult):
    page = as_worker.get(url).content.decode()

    assert "张*英" in page
    assert "张桂英" not in page


def test_captain_sees_own_building_masked(captain, url, adult):
    page = logged_in(captain).get(url).content.decode()

    assert "张*英" in page
    assert "张桂英" not in page


def test_captain_cannot_change_or_open(captain, building, door):
    client = logged_in(captain)

    for name, key in [("names-open", building.pk), ("door-add", building.pk)]:
        assert client.get(reverse(f"register:{name}", args=[key])).status_code == 403


def test_other_building_is_not_there_for_captain(captain, committee):
    other = BuildingFactory(committee=committee, name="4号楼")

    answer = logged_in(captain).get(reverse("register:building-detail", args=[other.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "name", ["building-detail", "building-remove", "names-open", "captain-set", "door-add"]
)
def test_stranger_finds_nothing(other_head, building, name):
    url = reverse(f"register:{name}", args=[building.pk])

    assert logged_in(other_head).post(url, {"purpose": "看看"}).status_code == 404


def test_queries_do_not_grow_with_doors(
    as_worker, url, building, django_assert_num_queries, django_assert_max_num_queries
):
    AdultFactory(door__building=building)
    with django_assert_max_num_queries(12) as with_one:
        as_worker.get(url)
    for _ in range(2):
        AdultFactory(door__building=building)

    with django_assert_num_queries(len(with_one)):
        as_worker.get(url)


def test_captain_is_appointed_and_dismissed(as_head, building, committee):
    user = UserFactory(committee=committee, role=Role.CAPTAIN)
    url = reverse("register:captain-set", args=[building.pk])

    as_head.post(url, {"captain": user.pk})
    assert CaptainOf.objects.get().user == user
    as_head.post(url, {"captain": user.pk, "dismiss": "1"})
    assert not CaptainOf.objects.exists()


def test_captain_of_other_committee_cannot_be_chosen(as_head, building, other_head):
    user = UserFactory(committee=other_head.committee, role=Role.CAPTAIN)

    answer = as_head.post(reverse("register:captain-set", args=[building.pk]), {"captain": user.pk})

    assert answer.status_code == 422


def test_empty_building_is_removed(as_worker, building, door):
    answer = as_worker.post(reverse("register:building-remove", args=[building.pk]))

    assert answer["Location"] == reverse("register:building-list")
    assert not Building.objects.exists()


def test_building_in_use_stays(as_worker, building, adult):
    answer = as_worker.post(reverse("register:building-remove", args=[building.pk]))

    assert (answer.status_code, Building.objects.count()) == (422, 1)


@pytest.mark.parametrize("name", ["building-remove", "captain-set"])
def test_coming_back_from_log_in_changes_nothing(as_worker, building, url, name):
    answer = as_worker.get(reverse(f"register:{name}", args=[building.pk]))

    assert answer["Location"] == url
