"""Importing, adding and removing."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from linli.core.accounts.models import Role
from linli.core.audit.models import AuditLine
from linli.engines.errors import RuleError
from linli.skills.register import selectors, services
from linli.skills.register.models import Adult, Building, Door
from tests.factories.accounts import UserFactory
from tests.factories.participation import MatterFactory
from tests.factories.register import AdultFactory, BuildingFactory, DoorFactory
from tests.skills.register.sheets import roster

LIST = "楼号,单元,房号,姓名\n3,2,501,张桂英\n3,2,501,王芳\n3,2,502,\n"


def refused(do, *args, **values) -> str:
    with pytest.raises(RuleError) as refusal:
        do(*args, **values)
    return refusal.value.code


def counts(outcome) -> tuple[int, ...]:
    return tuple(services.counts_of(outcome).values())


def test_import_adds_what_is_new(committee, head):
    outcome = services.import_roster(committee, by=head, rows=roster(LIST))

    assert counts(outcome) == (1, 2, 0, 2, 0)
    assert (Building.objects.count(), Door.objects.count(), Adult.objects.count()) == (1, 2, 2)


def test_import_is_one_line_in_the_log(committee, head):
    services.import_roster(committee, by=head, rows=roster(LIST))

    line = AuditLine.objects.get()
    assert (line.action, line.details) == (
        "register.roster_imported",
        {"buildings": 1, "doors": 2, "adults": 2},
    )


def test_same_list_again_adds_nothing(committee, head):
    services.import_roster(committee, by=head, rows=roster(LIST))

    outcome = services.import_roster(
        committee, by=head, rows=roster(LIST.replace("3,2,", "三栋,02,"))
    )

    assert counts(outcome) == (0, 0, 2, 0, 2)
    assert AuditLine.objects.count() == 1


def test_shorter_list_removes_nothing(committee, head):
    services.import_roster(committee, by=head, rows=roster(LIST))

    services.import_roster(committee, by=head, rows=roster("住址\n3-2-601"))

    assert (Door.objects.count(), Adult.objects.count()) == (3, 2)


def test_preview_writes_nothing(committee):
    outcome = services.preview_import(committee.pk, rows=roster(LIST))

    assert counts(outcome) == (1, 2, 0, 2, 0)
    assert not Building.objects.exists()


def test_other_committees_buildings_do_not_count(committee, head, other_head):
    services.import_roster(other_head.committee, by=other_head, rows=roster(LIST))

    assert services.import_roster(committee, by=head, rows=roster(LIST)).doors_new == 2


def test_ambiguous_building_is_a_problem_of_its_row(committee):
    for name in ("阳光苑3号楼", "月光苑3号楼"):
        BuildingFactory(committee=committee, name=name)

    outcome = services.preview_import(committee.pk, rows=roster("住址\n3-501\n阳光苑3-501"))

    assert [problem.row for problem in outcome.problems] == [2]
    assert outcome.doors_new == 1


def test_order_of_rows_makes_no_difference(committee):
    rows = roster("住址\n3-501\n阳光苑3-501\n阳光苑3-502")

    outcomes = {services.preview_import(committee.pk, rows=rows[::way]) for way in (1, -1)}

    assert len(outcomes) == 1


def test_thousand_doors_come_in_by_few_queries(committee, head, django_assert_max_num_queries):
    lines = [
        f"{building},{unit},{floor}0{door},{name}"
        for building in range(1, 7)
        for unit in range(1, 5)
        for floor in range(1, 15)
        for door in range(1, 4)
        for name in ("张一", "王二", "李三")
    ]
    text = "\n".join(["楼号,单元,房号,姓名", *lines])

    with django_assert_max_num_queries(40):
        services.import_roster(committee, by=head, rows=roster(text))

    assert selectors.count_doors(committee.pk) == 6 * 4 * 14 * 3


def test_names_are_sealed_in_the_database(committee, head):
    services.import_roster(committee, by=head, rows=roster(LIST))

    assert selectors.names_of(Adult.objects.values_list("pk", flat=True)).values()
    for table in ("register_adult", "register_door", "audit_auditline"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            dump = b"".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
        assert "张桂英".encode() not in dump


@pytest.mark.django_db(transaction=True)
def test_no_name_in_the_bytes_of_a_dump(committee, head):
    services.import_roster(committee, by=head, rows=roster(LIST))
    if connection.vendor != "sqlite":
        pytest.skip("the file of SQLite")

    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.connection.backup(copy)
        dump = copy.serialize()

    assert "3号楼".encode() in dump
    assert "张桂英".encode() not in dump


def test_building_comes_with_its_doors(committee, head):
    building = services.add_building(
        committee, by=head, name="三栋", units=2, floors=(2, 6), doors_per_floor=2
    )

    assert (building.name, building.doors.count()) == ("3栋", 20)
    assert str(building.doors.first()) == "1-201"


def test_building_without_units(committee, head):
    building = services.add_building(
        committee, by=head, name="5", units=0, floors=(1, 1), doors_per_floor=3
    )

    assert [str(door) for door in building.doors.all()] == ["101", "102", "103"]


def test_building_is_added_once(committee, head, building):
    values = {"by": head, "units": 1, "floors": (1, 1), "doors_per_floor": 1}

    assert refused(services.add_building, committee, name="3号楼", **values) == (
        "register.building_exists"
    )


def test_building_has_sensible_size(committee, head):
    values = {"by": head, "name": "9", "units": 50}

    assert (
        refused(services.add_building, committee, floors=(1, 99), doors_per_floor=50, **values)
        == "register.too_many_doors"
    )
    assert (
        refused(services.add_building, committee, floors=(6, 1), doors_per_floor=1, **values)
        == "register.floors_reversed"
    )


def test_door_is_added_once(building, head):
    services.add_door(building, by=head, unit="2", number="0501")

    assert refused(services.add_door, building, by=head, unit="二单元", number="501") == (
        "register.door_exists"
    )


def test_door_with_adults_stays(door, adult, head):
    assert refused(services.remove_door, door, by=head) == "register.door_in_use"
    assert Door.objects.exists()
    assert not AuditLine.objects.exists()


def test_empty_door_is_removed(door, head):
    services.remove_door(door, by=head)

    assert not Door.objects.exists()
    assert AuditLine.objects.get().action == "register.door_removed"


def test_building_with_adults_stays(building, adult, head):
    assert refused(services.remove_building, building, by=head) == "register.building_in_use"
    assert Door.objects.exists()


def test_building_of_a_matter_stays(building, head):
    MatterFactory(created_by=head).buildings.add(building)

    assert refused(services.remove_building, building, by=head) == "register.building_in_use"


def test_empty_building_goes_with_doors_and_captain(building, door, captain, head):
    services.remove_building(building, by=head)

    assert not Building.objects.exists()


def test_adult_is_added_once(door, adult, head):
    assert refused(services.add_adult, door, by=head, name="张桂英") == "register.adult_exists"


def test_only_captains_of_the_committee_look_after_buildings(building, head, worker, other_head):
    stranger = UserFactory(committee=other_head.committee, role=Role.CAPTAIN)

    for user in (worker, stranger):
        assert refused(services.appoint_captain, building, by=head, captain=user) == (
            "register.no_captain"
        )


def test_appointing_twice_is_one_line_in_the_log(committee, building, head):
    user = UserFactory(committee=committee, role=Role.CAPTAIN)

    for _ in range(2):
        services.appoint_captain(building, by=head, captain=user)

    assert AuditLine.objects.count() == 1


def test_holders_of_households_and_adults(committee, building, door, adult):
    DoorFactory(building=building, unit="2", number="502")
    AdultFactory(door=door, name="王芳")

    households = selectors.holders(committee.pk, building_ids=None, basis="household")
    adults = selectors.holders(committee.pk, building_ids=[building.pk], basis="adult")

    assert [one.door_label for one in households] == ["3号楼 2单元 501", "3号楼 2单元 502"]
    assert [one.door_label for one in adults] == ["3号楼 2单元 501"] * 2
    assert selectors.holders(committee.pk, building_ids=[], basis="adult") == []


def test_holders_take_two_queries(committee, building, django_assert_num_queries):
    for _ in range(3):
        AdultFactory(door__building=building)

    with django_assert_num_queries(2):
        selectors.holders(committee.pk, building_ids=None, basis="adult")


def test_counts_are_of_chosen_buildings(committee, adult, other_head):
    AdultFactory(door__building__committee=committee)
    AdultFactory(door__building__committee=other_head.committee)
    chosen = [adult.door.building_id]

    assert selectors.count_doors(committee.pk) == 2
    assert selectors.count_doors(committee.pk, building_ids=chosen) == 1
