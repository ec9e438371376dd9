"""Who holds a code; whether it was used is known in signed askings only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from linli.engines.deliberation.resident_code import format_code
from linli.skills.deliberation.models import Asking, Ballot, Basis, Code
from linli.skills.participation.selectors import touched_building_ids
from linli.skills.register.selectors import (
    ADULT,
    HOUSEHOLD,
    Holder,
    building_names,
    door_labels,
    holders,
    names_of,
)


@dataclass(frozen=True, slots=True)
class SlipHolder:
    """A household or an adult, as the slip's outside names it."""

    door_id: int
    adult_id: int | None
    building_id: int
    door_label: str
    building_name: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A holder with a plain code, on its way to paper."""

    holder: SlipHolder
    code: str
    replaces: int | None = None
    """Id of the code that stops when this one is saved."""


def shown_code(plain: str) -> str:
    """Write a code as it is printed."""
    return format_code(plain)


@dataclass(frozen=True, slots=True)
class BuildingCodes:
    """A building on the page of codes."""

    building_id: int
    name: str
    holders: int
    households: int
    """Of the holders, doors whose adults are not known, where every adult is asked."""
    valid: int
    reissued: int

    @property
    def missing(self) -> int:
        """Count the holders without a code."""
        return self.holders - self.valid


def asked_holders(asking: Asking, *, building_ids: Collection[int] | None = None) -> list[Holder]:
    """List who is to get a slip: the households, or the adults, whom the matter touches.

    Where every adult is asked, a door whose adults nobody knows gets one slip as a household.
    """
    matter = asking.matter
    buildings = set(building_ids) if building_ids is not None else None
    reach = touched_building_ids(matter)
    if reach is not None:
        buildings = set(reach) if buildings is None else buildings & set(reach)
    households = holders(matter.committee_id, building_ids=buildings, basis=HOUSEHOLD)
    if asking.basis == Basis.HOUSEHOLD:
        return households
    adults: dict[int, list[Holder]] = {}
    for holder in holders(matter.committee_id, building_ids=buildings, basis=ADULT):
        adults.setdefault(holder.door_id, []).append(holder)
    return [one for house in households for one in adults.get(house.door_id, [house])]


def holders_without_code(
    asking: Asking, *, building_ids: Collection[int] | None = None
) -> list[SlipHolder]:
    """List who has no valid code yet, as slips name them."""
    have = {(door, adult) for door, adult in _valid(asking).values_list("door", "adult")}
    waiting = [
        holder
        for holder in asked_holders(asking, building_ids=building_ids)
        if (holder.door_id, holder.adult_id) not in have
    ]
    return _named(waiting)


def holders_of(asking: Asking, *, code_ids: Collection[int]) -> dict[int, SlipHolder]:
    """Map valid codes to their holders, as slips name them, in the order of the doors."""
    rows = list(_valid(asking).filter(pk__in=code_ids).select_related("door"))
    labels = door_labels({row.door_id for row in rows})
    buildings = building_names({row.door.building_id for row in rows})
    named = _named(
        [
            Holder(
                door_id=row.door_id,
                adult_id=row.adult_id,
                building_id=row.door.building_id,
                door_label=labels[row.door_id],
                building_name=buildings[row.door.building_id],
            )
            for row in rows
        ]
    )
    return {row.pk: holder for row, holder in zip(rows, named, strict=True)}


def _named(found: Sequence[Holder]) -> list[SlipHolder]:
    """Add the names of adults, in clear, for paper."""
    names = names_of(one.adult_id for one in found if one.adult_id is not None)
    return [
        SlipHolder(
            door_id=one.door_id,
            adult_id=one.adult_id,
            building_id=one.building_id,
            door_label=one.door_label,
            building_name=one.building_name,
            name=names.get(one.adult_id, "") if one.adult_id is not None else "",
        )
        for one in found
    ]


def codes_by_building(asking: Asking) -> list[BuildingCodes]:
    """Count holders, valid codes and replaced slips of each building asked."""
    holding: dict[int, list[Holder]] = {}
    for holder in asked_holders(asking):
        holding.setdefault(holder.building_id, []).append(holder)
    valid: dict[int, int] = {}
    reissued: dict[int, int] = {}
    codes = Code.objects.filter(asking=asking).order_by()
    for building, withdrawn, again in codes.values_list(
        "door__building", "withdrawn_on", "is_reissue"
    ):
        valid[building] = valid.get(building, 0) + (withdrawn is None)
        reissued[building] = reissued.get(building, 0) + again
    return [
        BuildingCodes(
            building_id=building,
            name=those[0].building_name,
            holders=len(those),
            households=sum(1 for one in those if one.adult_id is None)
            if asking.basis == Basis.ADULT
            else 0,
            valid=valid.get(building, 0),
            reissued=reissued.get(building, 0),
        )
        for building, those in holding.items()
    ]


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A holder of a valid code, on the list from which slips are replaced; no names."""

    code_id: int
    door_label: str
    number: int
    """Counts the adults of one door from 1; 0 for a household."""
    has_answered: bool
    """Known in signed askings only."""


def held_codes(asking: Asking, *, building_id: int) -> list[HeldCode]:
    """List the holders of valid codes of one building, in the order of the doors."""
    rows = _valid(asking).filter(door__building=building_id).values_list("pk", "door", "adult")
    labels = door_labels({door for _pk, door, _adult in rows})
    signed = Ballot.objects.filter(asking=asking, code__isnull=False)
    answered = set(signed.values_list("code_id", flat=True))
    counted: dict[int, int] = {}
    found = []
    for pk, door, adult in rows:
        if adult is not None:
            counted[door] = counted.get(door, 0) + 1
        found.append(HeldCode(pk, labels[door], counted.get(door, 0), pk in answered))
    return found


def _valid(asking: Asking) -> QuerySet[Code]:
    return Code.objects.filter(asking=asking, withdrawn_on=None)
