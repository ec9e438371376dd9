"""The only writers of buildings, doors and adults."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, ProtectedError

from linli.core.accounts import vault
from linli.core.accounts.models import Committee, Role, User
from linli.core.audit.services import record
from linli.engines.errors import RuleError
from linli.engines.register.door_address import (
    DoorAddress,
    order_in_building,
    order_of,
    read_building,
    read_door_in_columns,
)
from linli.engines.register.roster_sheet import Problem, RosterRow
from linli.skills.register.import_plan import DoorKey, ImportPlan, plan_import
from linli.skills.register.models import Adult, Building, CaptainOf, Door
from linli.skills.register.selectors import adult_place, names_of

type Rows = Sequence[RosterRow]
"""Rows of a roster as it was read."""

MOST_DOORS_AT_ONCE = 2_000
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import added, or a preview would add."""

    buildings_new: int
    doors_new: int
    doors_same: int
    adults_new: int
    adults_same: int
    building_names: tuple[str, ...]
    """The new buildings."""
    problems: tuple[Problem, ...]
    """Rows whose building is not clear in this committee."""

    @property
    def is_nothing_new(self) -> bool:
        """Say whether everything was there already."""
        return not (self.buildings_new or self.doors_new or self.adults_new)


def preview_import(committee_id: int, *, rows: Sequence[RosterRow]) -> ImportOutcome:
    """Tell what importing rows would add; writes nothing."""
    return _outcome(plan_import(committee_id, rows))


@transaction.atomic
def import_roster(
    committee: Committee, *, by: User | None, rows: Sequence[RosterRow]
) -> ImportOutcome:
    """Add the buildings, doors and adults that are new; nothing is changed or removed.

    The same rows again add nothing: a building is known by its number, a door by building, unit and
    number, an adult by door and name.
    """
    _lock(committee.pk)
    plan = plan_import(committee.pk, rows)
    outcome = _outcome(plan)
    if outcome.is_nothing_new:
        return outcome
    Building.objects.bulk_create(
        Building(committee=committee, name=name, position=order_of(name)) for name in plan.buildings
    )
    _create_doors(committee.pk, plan)
    _create_adults(committee.pk, plan)
    record(
        "register.roster_imported",
        committee_id=committee.pk,
        actor=by,
        buildings=outcome.buildings_new,
        doors=outcome.doors_new,
        adults=outcome.adults_new,
    )
    return outcome


def _outcome(plan: ImportPlan) -> ImportOutcome:
    return ImportOutcome(
        buildings_new=len(plan.buildings),
        doors_new=len(plan.doors),
        doors_same=len(plan.doors_same),
        adults_new=len(plan.adults),
        adults_same=len(plan.adults_same),
        building_names=tuple(plan.buildings),
        problems=tuple(plan.problems),
    )


def counts_of(outcome: ImportOutcome) -> dict[str, int]:
    """Give the counts of an outcome for programs."""
    return {
        "buildings_new": outcome.buildings_new,
        "doors_new": outcome.doors_new,
        "doors_same": outcome.doors_same,
        "adults_new": outcome.adults_new,
        "adults_same": outcome.adults_same,
    }


def _lock(committee_id: int) -> None:
    """Let imports into one committee wait for each other."""
    Committee.objects.select_for_update().get(pk=committee_id)


def _create_doors(committee_id: int, plan: ImportPlan) -> None:
    """Write the new doors of a plan."""
    known = Building.objects.filter(committee_id=committee_id)
    buildings = dict(known.values_list("name", "pk"))
    Door.objects.bulk_create(
        (
            Door(
                building_id=buildings[name],
                unit=unit,
                number=number,
                floor=door.floor,
                raw=door.raw,
                position=order_in_building(unit, number),
            )
            for (name, unit, number), door in plan.doors.items()
        ),
        batch_size=_BATCH,
    )


def _create_adults(committee_id: int, plan: ImportPlan) -> None:
    """Write the new adults of a plan."""
    if not plan.adults:
        return
    rows = Door.objects.filter(building__committee_id=committee_id)
    doors: dict[DoorKey, int] = {
        (building, unit, number): pk
        for building, unit, number, pk in rows.values_list("building__name", "unit", "number", "pk")
    }
    Adult.objects.bulk_create(
        (_adult(doors[key], name) for (key, _), name in plan.adults.items()), batch_size=_BATCH
    )


def _adult(door_id: int, name: str) -> Adult:
    """Make an adult with the name sealed."""
    uid = uuid.uuid4()
    return Adult(
        uid=uid,
        door_id=door_id,
        name_sealed=vault.seal(name, place=adult_place(uid)),
        name_index=vault.index_of(name, field="adult.name"),
    )


@transaction.atomic
def add_building(
    committee: Committee,
    *,
    by: User,
    name: str,
    units: int,
    floors: tuple[int, int],
    doors_per_floor: int,
) -> Building:
    """Add a building with a range of doors: 501 is the first door of the fifth floor."""
    estate, number, kind = read_building(name)
    full_name = f"{estate}{number}{kind}"
    first, last = floors
    count = max(units, 1) * (last - first + 1) * doors_per_floor
    if last < first:
        raise RuleError("register.floors_reversed")
    if count > MOST_DOORS_AT_ONCE:
        raise RuleError("register.too_many_doors", count=count, limit=MOST_DOORS_AT_ONCE)
    _lock(committee.pk)
    if Building.objects.filter(committee=committee, name=full_name).exists():
        raise RuleError("register.building_exists", name=full_name)
    building = Building.objects.create(
        committee=committee, name=full_name, position=order_of(full_name)
    )
    Door.objects.bulk_create(
        (
            _door(building, unit=str(unit) if units else "", floor=floor, number=number)
            for unit in range(1, max(units, 1) + 1)
            for floor in range(first, last + 1)
            for number in (f"{floor}{place:02d}" for place in range(1, doors_per_floor + 1))
        ),
        batch_size=_BATCH,
    )
    record(
        "register.building_added",
        committee_id=committee.pk,
        actor=by,
        subject=building,
        building=full_name,
        doors=count,
    )
    return building


def _door(building: Building, *, unit: str, floor: int | None, number: str) -> Door:
    return Door(
        building=building,
        unit=unit,
        floor=floor,
        number=number,
        position=order_in_building(unit, number),
    )


@transaction.atomic
def add_door(building: Building, *, by: User, unit: str, number: str) -> Door:
    """Add one door to a building."""
    read: DoorAddress = read_door_in_columns(building=building.name, unit=unit, door=number)
    _lock(building.committee_id)
    if building.doors.filter(unit=read.unit, number=read.number).exists():
        raise RuleError("register.door_exists", number=read.number)
    door = _door(building, unit=read.unit, floor=read.floor, number=read.number)
    door.save()
    record(
        "register.door_added",
        committee_id=building.committee_id,
        actor=by,
        subject=door,
        building=building.name,
        door=str(door),
    )
    return door


@transaction.atomic
def remove_door(door: Door, *, by: User) -> None:
    """Remove a door that nothing refers to."""
    building = door.building
    record(
        "register.door_removed",
        committee_id=building.committee_id,
        actor=by,
        subject=door,
        building=building.name,
        door=str(door),
    )
    _delete(door, refusal="register.door_in_use")


@transaction.atomic
def remove_building(building: Building, *, by: User) -> None:
    """Remove a building with its doors, if nothing refers to any of them."""
    record(
        "register.building_removed",
        committee_id=building.committee_id,
        actor=by,
        subject=building,
        building=building.name,
        doors=building.doors.count(),
    )
    if _is_chosen_elsewhere(building):
        raise RuleError("register.building_in_use")
    try:
        building.doors.all().delete()
    except ProtectedError as used:
        raise RuleError("register.building_in_use") from used
    _delete(building, refusal="register.building_in_use")


def _is_chosen_elsewhere(building: Building) -> bool:
    """Say whether other skills' rows list the building; such lists would shrink silently."""
    relations = Building._meta.related_objects  # noqa: SLF001  Django's documented door to it
    return any(
        relation.related_model._base_manager.filter(  # noqa: SLF001
            **{relation.field.name: building}
        ).exists()
        for relation in relations
        if relation.many_to_many
    )


def _delete(row: Model, *, refusal: str) -> None:
    """Delete a row that nothing refers to."""
    try:
        row.delete()
    except ProtectedError as used:
        raise RuleError(refusal) from used


@transaction.atomic
def add_adult(door: Door, *, by: User, name: str) -> Adult:
    """Add an adult behind a door."""
    adult = _adult(door.pk, name)
    _lock(door.building.committee_id)
    if door.adults.filter(name_index=adult.name_index).exists():
        raise RuleError("register.adult_exists")
    adult.save()
    _record_adult("register.adult_added", door, by)
    return adult


@transaction.atomic
def remove_adult(adult: Adult, *, by: User) -> None:
    """Remove an adult whom nothing refers to."""
    _record_adult("register.adult_removed", adult.door, by)
    _delete(adult, refusal="register.adult_in_use")


def _record_adult(action: str, door: Door, by: User) -> None:
    building = door.building
    record(
        action,
        committee_id=building.committee_id,
        actor=by,
        subject=door,
        building=building.name,
        door=str(door),
    )


@transaction.atomic
def open_names(building: Building, *, by: User, purpose: str) -> dict[int, str]:
    """Read the names of a building's adults in clear; who, why and how many is logged."""
    adults = list(Adult.objects.filter(door__building=building).values_list("pk", flat=True))
    record(
        "register.names_opened",
        committee_id=building.committee_id,
        actor=by,
        subject=building,
        why=purpose,
        building=building.name,
        count=len(adults),
    )
    return names_of(adults)


@transaction.atomic
def appoint_captain(building: Building, *, by: User, captain: User) -> None:
    """Give a building captain a building to look after."""
    if captain.role != Role.CAPTAIN or captain.committee_id != building.committee_id:
        raise RuleError("register.no_captain", name=captain.name)
    _, is_new = CaptainOf.objects.get_or_create(user=captain, building=building)
    if is_new:
        _record_captain("register.captain_appointed", building, by, captain)


@transaction.atomic
def dismiss_captain(building: Building, *, by: User, captain: User) -> None:
    """Take a building from a captain."""
    count, _ = CaptainOf.objects.filter(user=captain, building=building).delete()
    if count:
        _record_captain("register.captain_dismissed", building, by, captain)


def _record_captain(action: str, building: Building, by: User, captain: User) -> None:
    record(
        action,
        committee_id=building.committee_id,
        actor=by,
        subject=building,
        building=building.name,
        captain=captain.pk,
    )


@transaction.atomic
def hand_over(leaving: User, successor: User) -> int:
    """Pass the buildings of a leaving captain to another captain; return how many those were.

    Only captains look after single buildings; after a successor of another role there is none.
    """
    kept = CaptainOf.objects.filter(user=leaving)
    count = 0
    if successor.role == Role.CAPTAIN:
        known = CaptainOf.objects.filter(user=successor).values("building")
        count = kept.exclude(building__in=known).update(user=successor)
    CaptainOf.objects.filter(user=leaving).delete()
    if count:
        record(
            "register.handed_over",
            committee_id=leaving.committee_id,
            actor=None,
            subject=successor,
            buildings=count,
        )
    return count
