"""Pages of one door and the adults behind it."""

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
from linli.skills.register.forms import AdultForm, DoorForm


@requires("register.change_doors")
def door_add(request: MemberRequest, building_id: int) -> HttpResponse:
    """Add one door to a building."""
    building = get_object_or_404(selectors.buildings_of(request.user), pk=building_id)
    form = DoorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_door(building, by=request.user, unit=data["unit"], number=data["number"])
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            messages.success(request, _("The door is on the list."))
            return redirect("register:building-detail", building.pk)
    status = 422 if form.is_bound else 200
    values = {"form": form, "building": building}
    return render(request, "register/door_form.html", values, status=status)


@requires("register.change_doors")
@never_cache
def door_detail(request: MemberRequest, door_id: int) -> HttpResponse:
    """Show a door, the adults behind it masked."""
    return _show_door(request, door_id, {"form": AdultForm()})


def _show_door(
    request: MemberRequest, door_id: int, more: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    doors = selectors.doors_of(selectors.buildings_of(request.user))
    door = get_object_or_404(doors, pk=door_id)
    values = {"door": door, "label": selectors.door_labels([door.pk])[door.pk]}
    values |= {"adults": selectors.masked_adults(door), **more}
    return render(request, "register/door_detail.html", values, status=status)


@requires("register.change_doors")
def door_remove(request: MemberRequest, door_id: int) -> HttpResponse:
    """Remove a door that nothing refers to."""
    doors = selectors.doors_of(selectors.buildings_of(request.user))
    door = get_object_or_404(doors, pk=door_id)
    if request.method != "POST":
        return redirect("register:door-detail", door_id)
    try:
        services.remove_door(door, by=request.user)
    except Refusal as refusal:
        more = {"form": AdultForm(), "refusal": say_refusal(refusal)}
        return _show_door(request, door_id, more, status=422)
    messages.success(request, _("Door %(door)s was removed.") % {"door": door})
    return redirect("register:building-detail", door.building_id)


@requires("register.change_doors")
def adult_add(request: MemberRequest, door_id: int) -> HttpResponse:
    """Add an adult behind a door."""
    doors = selectors.doors_of(selectors.buildings_of(request.user))
    door = get_object_or_404(doors, pk=door_id)
    form = AdultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_adult(door, by=request.user, name=form.cleaned_data["name"])
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            return redirect("register:door-detail", door.pk)
    return _show_door(request, door_id, {"form": form}, status=422 if form.is_bound else 200)


@requires("register.change_doors")
def adult_remove(request: MemberRequest, adult_id: int) -> HttpResponse:
    """Remove an adult."""
    adult = get_object_or_404(selectors.adults_of(request.user), pk=adult_id)
    if request.method != "POST":
        return redirect("register:door-detail", adult.door_id)
    try:
        services.remove_adult(adult, by=request.user)
    except Refusal as refusal:
        more = {"form": AdultForm(), "refusal": say_refusal(refusal)}
        return _show_door(request, adult.door_id, more, status=422)
    return redirect("register:door-detail", adult.door_id)
