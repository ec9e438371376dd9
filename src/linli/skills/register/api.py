"""The same for programs; no names are given out here."""

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from linli.core.accounts.api_auth import scoped
from linli.skills.register import roster_file, selectors, services
from linli.skills.register.roster_problems import problem_sentences

router = Router(tags=["register"])


class BuildingOut(Schema):
    """A building."""

    id: int
    name: str
    doors: int = Field(alias="door_count")
    adults: int = Field(alias="adult_count")


class DoorOut(Schema):
    """A door, without the people behind it."""

    id: int
    unit: str
    floor: int | None
    number: str


class RosterRowIn(Schema):
    """A row: an address, or building and door with or without unit; a name if known."""

    address: Annotated[str, Field(max_length=500)] = ""
    building: Annotated[str, Field(max_length=500)] = ""
    unit: Annotated[str, Field(max_length=500)] = ""
    door: Annotated[str, Field(max_length=500)] = ""
    name: Annotated[str, Field(max_length=500)] = ""


class RosterIn(Schema):
    """Rows to import; ``dry_run`` only tells what would be added."""

    rows: Annotated[list[RosterRowIn], Field(max_length=roster_file.MOST_ROWS)]
    dry_run: bool = False


class RosterOut(Schema):
    """What was added, and which rows could not be read (row 1 is the first one sent)."""

    buildings_new: int
    doors_new: int
    doors_same: int
    adults_new: int
    adults_same: int
    problems: list[str]


@router.get("/buildings", auth=scoped("register:read"), response=list[BuildingOut])
def list_buildings(request: HttpRequest) -> object:
    """List the buildings with their numbers of doors and adults."""
    return selectors.buildings_with_counts(request.auth)  # type: ignore[attr-defined]


@router.get("/buildings/{building_id}/doors", auth=scoped("register:read"), response=list[DoorOut])
def list_doors(request: HttpRequest, building_id: int) -> object:
    """List a building's doors."""
    buildings = selectors.buildings_of(request.auth)  # type: ignore[attr-defined]
    building = get_object_or_404(buildings, pk=building_id)
    return selectors.doors_of(buildings.filter(pk=building.pk))


@router.post("/roster", auth=scoped("register:write"), response=RosterOut)
def import_roster(request: HttpRequest, roster: RosterIn) -> dict[str, object]:
    """Import rows; the same rows again add nothing."""
    user = request.auth  # type: ignore[attr-defined]
    table = [[row.address, row.building, row.unit, row.door, row.name] for row in roster.rows]
    read = roster_file.read_rows(table, today=timezone.localdate())
    if roster.dry_run:
        outcome = services.preview_import(user.committee_id, rows=read.rows)
    else:
        outcome = services.import_roster(user.committee, by=user, rows=read.rows)
    return {
        **services.counts_of(outcome),
        "problems": problem_sentences([*read.problems, *outcome.problems]),
    }
