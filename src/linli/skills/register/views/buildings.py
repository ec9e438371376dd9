"""Pages of buildings."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.register import selectors, services
from linli.skills.register.forms import BuildingForm, CaptainForm, PurposeForm


@requires("register.view_doors")
def building_list(request: MemberRequest) -> HttpResponse:
    """List the buildings the user may see; an empty committee is shown where to begin."""
    buildings = selectors.buildings_with_counts(request.user)
    values = {
        "buildings": buildings,
        "door_count": sum(building.door_count for building in buildings),
        "adult_count": sum(building.adult_count for building in buildings),
    }
    return render(request, "register/building_list.html", values)


@requires("register.view_doors")
@never_cache
def building_detail(request: MemberRequest, building_id: int) -> HttpResponse:
    """Show a building's doors; names are masked."""
    return _show_building(request, building_id, {})


def _show_building(
    request: MemberRequest,
    building_id: int,
    more: Mapping[str, Any],
    *,
    opened: Mapping[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the building's page; workers see what they may change."""
    building = get_object_or_404(selectors.buildings_of(request.user), pk=building_id)
    units = selectors.doors_by_unit(building, opened=opened)
    values = {
        "building": building,
        "units": units,
        "door_count": sum(len(unit.doors) for unit in units),
        "adult_count": sum(len(door.names) for unit in units for door in unit.doors),
        "captains": selectors.captains_of(building),
        "is_open": opened is not None,
    }
    if request.user.has_perm("register.change_doors"):
        values["purpose_form"] = PurposeForm()
        values["captain_form"] = CaptainForm(user=request.user)
    return render(request, "register/building_detail.html", values | {**more}, status=status)


@requires("register.change_doors")
def building_add(request: MemberRequest) -> HttpResponse:
    """Add a building with a range of doors."""
    form = BuildingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            building = services.add_building(
                request.user.committee,
                by=request.user,
                name=data["name"],
                units=data["units"],
                floors=(data["first_floor"], data["last_floor"]),
                doors_per_floor=data["doors_per_floor"],
            )
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            messages.success(request, _("%(name)s is on the list.") % {"name": building.name})
            return redirect("register:building-detail", building.pk)
    status = 422 if form.is_bound else 200
    return render(request, "register/building_form.html", {"form": form}, status=status)


@requires("register.change_doors")
def building_remove(request: MemberRequest, building_id: int) -> HttpResponse:
    """Remove a building that nothing refers to."""
    building = get_object_or_404(selectors.buildings_of(request.user), pk=building_id)
    if request.method != "POST":
        return redirect("register:building-detail", building_id)
    try:
        services.remove_building(building, by=request.user)
    except Refusal as refusal:
        return _show_building(request, building_id, {"refusal": say_refusal(refusal)}, status=422)
    messages.success(request, _("%(name)s was removed.") % {"name": building.name})
    return redirect("register:building-list")


@requires("register.open_names")
@never_cache
def names_open(request: MemberRequest, building_id: int) -> HttpResponse:
    """Ask what for, then show a building's names in clear, once, with a line in the log."""
    building = get_object_or_404(selectors.buildings_of(request.user), pk=building_id)
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = services.open_names(building, by=request.user, purpose=form.cleaned_data["purpose"])
        return _show_building(request, building_id, {}, opened=names)
    status = 422 if form.is_bound else 200
    values = {"form": form, "building": building}
    return render(request, "register/names_open.html", values, status=status)


@requires("register.change_doors")
def captain_set(request: MemberRequest, building_id: int) -> HttpResponse:
    """Give the building to a captain, or take it away."""
    building = get_object_or_404(selectors.buildings_of(request.user), pk=building_id)
    form = CaptainForm(request.POST, user=request.user)
    if request.method != "POST":
        return redirect("register:building-detail", building_id)
    if not form.is_valid():
        return _show_building(request, building_id, {"captain_form": form}, status=422)
    captain = form.cleaned_data["captain"]
    if "dismiss" in request.POST:
        services.dismiss_captain(building, by=request.user, captain=captain)
    else:
        services.appoint_captain(building, by=request.user, captain=captain)
    return redirect("register:building-detail", building.pk)
