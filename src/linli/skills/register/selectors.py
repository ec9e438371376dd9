"""Reading buildings, doors and adults."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.core.accounts import vault
from linli.core.accounts.models import Role, User
from linli.core.ui.registry import TodayItem
from linli.engines.register.door_address import door_label
from linli.engines.register.masking import mask_name
from linli.skills.register.models import Adult, Building, Door

HOUSEHOLD = "household"
ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Holder:
    """One household or one adult who may be handed a slip."""

    door_id: int
    adult_id: int | None
    building_id: int
    door_label: str
    building_name: str


def adult_place(uid: object) -> str:
    """Name the place an adult's name is sealed for."""
    return f"adult:{uid}:name"


def buildings_in(committee_id: int) -> QuerySet[Building]:
    """List a committee's buildings in their order."""
    return Building.objects.filter(committee_id=committee_id)


def buildings_of(user: User) -> QuerySet[Building]:
    """List the buildings a user may see: workers all, a captain his own, others none."""
    own = buildings_in(user.committee_id)
    if user.role in {Role.HEAD, Role.WORKER}:
        return own
    if user.role == Role.CAPTAIN:
        return own.filter(captains__user=user)
    return own.none()


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building on the list."""

    id: int
    name: str
    door_count: int
    adult_count: int


def buildings_with_counts(user: User) -> list[BuildingLine]:
    """List a user's buildings with their numbers of doors and adults; one query."""
    rows = buildings_of(user).annotate(
        door_count=Count("doors", distinct=True),
        adult_count=Count("doors__adults", distinct=True),
    )
    return [
        BuildingLine(*row) for row in rows.values_list("pk", "name", "door_count", "adult_count")
    ]


def doors_of(buildings: QuerySet[Building]) -> QuerySet[Door]:
    """List the doors of buildings, in their order, with the building at hand."""
    return Door.objects.filter(building__in=buildings).select_related("building")


def holders(committee_id: int, *, building_ids: Collection[int] | None, basis: str) -> list[Holder]:
    """List who gets a slip: each door, or each adult, of chosen buildings (None: of all).

    On the basis of adults a door without any known adult has no holder. Two queries at most,
    whatever the number; the order is that of the doors.
    """
    doors = Door.objects.filter(building__committee_id=committee_id)
    if building_ids is not None:
        doors = doors.filter(building_id__in=building_ids)
    rows = list(doors.values_list("pk", "building_id", "building__name", "unit", "number"))
    if basis == HOUSEHOLD:
        return [
            Holder(pk, None, building_id, door_label(name, unit, number), name)
            for pk, building_id, name, unit, number in rows
        ]
    adults: dict[int, list[int]] = {}
    behind = Adult.objects.filter(door__building__committee_id=committee_id)
    for adult_id, door_id in behind.order_by("pk").values_list("pk", "door_id"):
        adults.setdefault(door_id, []).append(adult_id)
    return [
        Holder(pk, adult_id, building_id, door_label(name, unit, number), name)
        for pk, building_id, name, unit, number in rows
        for adult_id in adults.get(pk, ())
    ]


def count_doors(committee_id: int, *, building_ids: Collection[int] | None = None) -> int:
    """Count the doors of chosen buildings (None: of all)."""
    return _chosen(Door.objects.all(), "building", committee_id, building_ids).count()


def _chosen(
    rows: QuerySet[Any], way: str, committee_id: int, building_ids: Collection[int] | None
) -> QuerySet[Any]:
    """Keep the rows of a committee's chosen buildings."""
    rows = rows.filter(**{f"{way}__committee_id": committee_id})
    return rows if building_ids is None else rows.filter(**{f"{way}__in": building_ids})


def building_names(ids: Iterable[int]) -> dict[int, str]:
    """Map buildings to their names, in their order; the caller has checked whose they are."""
    return dict(Building.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def door_labels(ids: Iterable[int]) -> dict[int, str]:
    """Map doors to labels such as ``3号楼 2单元 501``; the caller has checked whose they are."""
    rows = Door.objects.filter(pk__in=list(ids)).values_list(
        "pk", "building__name", "unit", "number"
    )
    return {pk: door_label(name, unit, number) for pk, name, unit, number in rows}


def names_of(adult_ids: Iterable[int]) -> dict[int, str]:
    """Map adults to their names in clear: only where they are printed; the caller audits."""
    rows = Adult.objects.filter(pk__in=list(adult_ids)).values_list("pk", "uid", "name_sealed")
    return {pk: vault.unseal(bytes(sealed), place=adult_place(uid)) for pk, uid, sealed in rows}


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A door on its building's page."""

    pk: int
    number: str
    names: tuple[str, ...]
    """Masked, unless the page was asked to open them."""


@dataclass(frozen=True, slots=True)
class UnitDoors:
    """The doors of a unit."""

    unit: str
    doors: tuple[DoorLine, ...]


def doors_by_unit(
    building: Building, *, opened: Mapping[int, str] | None = None
) -> list[UnitDoors]:
    """List a building's doors by unit, with adults' names masked or as ``opened``; two queries."""
    names: dict[int, list[str]] = {}
    adults = Adult.objects.filter(door__building=building).order_by("pk")
    for pk, door_id, uid, sealed in adults.values_list("pk", "door_id", "uid", "name_sealed"):
        name = opened.get(pk, "") if opened is not None else _masked(uid, sealed)
        names.setdefault(door_id, []).append(name)
    units: dict[str, list[DoorLine]] = {}
    rows = building.doors.order_by("position", "pk").values_list("pk", "unit", "number")
    for pk, unit, number in rows:
        units.setdefault(unit, []).append(DoorLine(pk, number, tuple(names.get(pk, ()))))
    return [UnitDoors(unit, tuple(doors)) for unit, doors in units.items()]


def masked_adults(door: Door) -> list[tuple[int, str]]:
    """List the adults behind a door, names masked."""
    rows = door.adults.order_by("pk").values_list("pk", "uid", "name_sealed")
    return [(pk, _masked(uid, sealed)) for pk, uid, sealed in rows]


def _masked(uid: object, sealed: "bytes | memoryview[int]") -> str:
    return mask_name(vault.unseal(bytes(sealed), place=adult_place(uid)))


def adults_of(user: User) -> QuerySet[Adult]:
    """List the adults a user may see."""
    return Adult.objects.filter(door__building__in=buildings_of(user)).select_related(
        "door__building"
    )


def captains_of(building: Building) -> QuerySet[User]:
    """List who looks after a building."""
    return captains_in(building.committee_id).filter(captain_of__building=building)


def captains_in(committee_id: int) -> QuerySet[User]:
    """List a committee's building captains."""
    return User.objects.filter(committee_id=committee_id, role=Role.CAPTAIN, is_active=True)


def today_items(user: User, today: date) -> Sequence[TodayItem]:  # noqa: ARG001  every source is called alike
    """Tell what is due: the list to begin with, later the doors nobody is known behind."""
    if not user.has_perm("register.change_doors"):
        return []
    doors = count_doors(user.committee_id)
    if not doors:
        text = _("Begin with the list of doors you have; everything else builds on it.")
        action = _("Import your list")
        return [TodayItem(text=text, url=reverse("register:roster-import"), action=action)]
    empty = _doors_without_adults(user.committee_id)
    if not empty or empty == doors:
        return []
    text = ngettext(
        "No adult is known yet behind %(count)s door",
        "No adult is known yet behind %(count)s doors",
        empty,
    ) % {"count": empty}
    return [TodayItem(text=text, url=reverse("register:building-list"))]


def _doors_without_adults(committee_id: int) -> int:
    return Door.objects.filter(building__committee_id=committee_id, adults=None).count()
