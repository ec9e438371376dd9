"""What the register says on the day's page."""

from datetime import date

from linli.skills.register.selectors import today_items
from tests.factories.register import DoorFactory

TODAY = date(2026, 3, 23)


def test_empty_committee_begins_with_its_list(worker):
    (item,) = today_items(worker, TODAY)

    assert item.url == "/register/import/"


def test_doors_alone_are_enough(worker, door):
    assert today_items(worker, TODAY) == []


def test_doors_without_adults_are_told_once_adults_are_used(worker, adult):
    DoorFactory(building=adult.door.building)

    (item,) = today_items(worker, TODAY)

    assert item.text == "还有 1 户没有登记成年人"


def test_captain_has_nothing_to_import(captain):
    assert today_items(captain, TODAY) == []
