"""What an import would add: read and compared, nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from linli.core.accounts import vault
from linli.engines.errors import RuleError
from linli.engines.register.building_match import match_building
from linli.engines.register.door_address import DoorAddress, order_of
from linli.engines.register.roster_sheet import Problem, RosterRow
from linli.skills.register.models import Adult, Building, Door

type DoorKey = tuple[str, str, str]
"""Name of the building, unit and number."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What is new and what is known."""

    buildings: list[str] = field(default_factory=list)
    """New buildings."""
    doors: dict[DoorKey, DoorAddress] = field(default_factory=dict)
    """New doors."""
    adults: dict[tuple[DoorKey, bytes], str] = field(default_factory=dict)
    """New adults by door and name's index."""
    doors_same: set[DoorKey] = field(default_factory=set)
    adults_same: set[tuple[DoorKey, bytes]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def plan_import(committee_id: int, rows: Sequence[RosterRow]) -> ImportPlan:
    """Compare rows with what the committee has; three queries."""
    plan = ImportPlan()
    known = Building.objects.filter(committee_id=committee_id)
    names: list[str] = list(known.values_list("name", flat=True))
    doors = set(
        Door.objects.filter(building__committee_id=committee_id).values_list(
            "building__name", "unit", "number"
        )
    )
    adults = {
        ((building, unit, number), bytes(index))
        for building, unit, number, index in Adult.objects.filter(
            door__building__committee_id=committee_id
        ).values_list("door__building__name", "door__unit", "door__number", "name_index")
    }
    found = _place_buildings(rows, names, plan)
    for row in rows:
        building = found.get((row.door.estate, row.door.building))
        if building is None:
            value = row.door.building_name
            plan.problems.append(Problem("register.building_ambiguous", row.row, "", value))
            continue
        key = (building, row.door.unit, row.door.number)
        if key in doors:
            plan.doors_same.add(key)
        else:
            plan.doors.setdefault(key, row.door)
        for name in row.names:
            adult = (key, vault.index_of(name, field="adult.name"))
            if adult in adults:
                plan.adults_same.add(adult)
            else:
                plan.adults.setdefault(adult, name)
    return plan


def _place_buildings(
    rows: Sequence[RosterRow], names: list[str], plan: ImportPlan
) -> dict[tuple[str, str], str | None]:
    """Find or name the building of each row; those that name their estate first."""
    houses: dict[tuple[str, str], DoorAddress] = {}
    for row in rows:
        houses.setdefault((row.door.estate, row.door.building), row.door)
    found: dict[tuple[str, str], str | None] = {}
    for house in sorted(houses, reverse=True):
        try:
            match = match_building(houses[house], known=names)
        except RuleError:
            found[house] = None
            continue
        if match is None:
            match = houses[house].building_name
            plan.buildings.append(match)
            names.append(match)
        found[house] = match
    plan.buildings.sort(key=order_of)
    return found
