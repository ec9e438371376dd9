"""Pages of matters."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui import registry
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.participation import selectors, services
from linli.skills.participation.forms import AssignForm, MatterForm, MoveForm


@requires("participation.view_matters")
def matter_list(request: MemberRequest) -> HttpResponse:
    """List matters: those in motion, or those finished."""
    finished = request.GET.get("show") == "finished"
    rows = selectors.matter_rows(request.user, finished=finished, today=timezone.localdate())
    may_create = request.user.has_perm("participation.create_matter")
    values = {"rows": rows, "finished": finished, "may_create": may_create}
    return render(request, "participation/matter_list.html", values)


@requires("participation.create_matter")
def matter_create(request: MemberRequest) -> HttpResponse:
    """Write down a new matter."""
    committee = request.user.committee
    form = MatterForm(request.POST or None, committee_id=committee.pk)
    if form.is_valid():
        try:
            matter = services.create_matter(form.draft(), committee=committee, by=request.user)
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            messages.success(request, _("It is written down; only your committee sees it."))
            return redirect("participation:matter-detail", matter.pk)
    return _form_page(request, form)


@requires("participation.change_matter")
def matter_change(request: MemberRequest, matter_id: int) -> HttpResponse:
    """Change the words, options and reach of a matter."""
    matter = _matter(request, matter_id)
    form = MatterForm(
        request.POST or None,
        initial={**selectors.matter_values(matter), "seen_mark": selectors.matter_mark(matter)},
        committee_id=matter.committee_id,
    )
    if form.is_valid():
        try:
            services.change_matter(
                matter,
                form.draft(),
                by=request.user,
                seen_mark=form.cleaned_data["seen_mark"],
            )
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
            if refusal.code == "participation.changed_meanwhile":
                matter = _matter(request, matter_id)
                form.show_what_is_saved(
                    selectors.matter_values(matter), mark=selectors.matter_mark(matter)
                )
        else:
            messages.success(request, _("Changed."))
            return redirect("participation:matter-detail", matter.pk)
    return _form_page(request, form, matter_id=matter.pk)


def _form_page(
    request: MemberRequest, form: MatterForm, *, matter_id: int | None = None
) -> HttpResponse:
    values = {"form": form, "matter_id": matter_id}
    status = 422 if form.is_bound else 200
    return render(request, "participation/matter_form.html", values, status=status)


@requires("participation.view_matters")
def matter_detail(request: MemberRequest, matter_id: int) -> HttpResponse:
    """Show a matter: where it stands, what is next, what is in it, what happened."""
    return _matter_page(request, matter_id)


def _matter_page(
    request: MemberRequest, matter_id: int, *, refusal: str = "", reason: str = "", tried: str = ""
) -> HttpResponse:
    matter = _matter(request, matter_id)
    drawn = [panel(request, matter.pk) for panel in registry.matter_panels]
    page = selectors.matter_page(request.user, matter)
    values = {
        "page": page,
        "matter": matter,
        "panels": [render_to_string(one.template, one.values, request) for one in drawn if one],
        "refusal": refusal,
        "reason": reason,
        "tried_aside": any(step.to_state == tried for step in page.others),
    }
    status = 422 if refusal else 200
    return render(request, "participation/matter_detail.html", values, status=status)


@requires("participation.move_matter")
@require_POST
def matter_move(request: MemberRequest, matter_id: int) -> HttpResponse:
    """Take a step; the page says from where, so that nobody moves what moved meanwhile."""
    matter = _matter(request, matter_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _matter_page(request, matter_id, refusal=said)
    step = form.cleaned_data
    try:
        services.move_matter(
            matter,
            to=step["to"],
            by=request.user,
            reason=step["reason"],
            seen_state=step["from_state"],
        )
    except Refusal as refusal:
        return _matter_page(
            request,
            matter_id,
            refusal=say_refusal(refusal),
            reason=step["reason"],
            tried=step["to"],
        )
    return redirect("participation:matter-detail", matter.pk)


@requires("participation.assign_matter")
@require_POST
def matter_assign(request: MemberRequest, matter_id: int) -> HttpResponse:
    """Let a partner social worker see and help with a matter."""
    matter = _matter(request, matter_id)
    partners = selectors.partners_of(matter.committee_id)
    form = AssignForm(request.POST, partners=partners)
    if not form.is_valid():
        return _matter_page(request, matter_id, refusal=_("Choose one of the partners."))
    services.assign_partner(matter, form.cleaned_data["partner"], by=request.user)
    return redirect("participation:matter-detail", matter.pk)


@requires("participation.assign_matter")
@require_POST
def matter_unassign(request: MemberRequest, matter_id: int) -> HttpResponse:
    """Take a matter from a partner."""
    matter = _matter(request, matter_id)
    form = AssignForm(request.POST, partners=selectors.assigned_partners(matter))
    if form.is_valid():
        services.unassign_partner(matter, form.cleaned_data["partner"], by=request.user)
    return redirect("participation:matter-detail", matter.pk)


def _matter(request: MemberRequest, matter_id: int) -> selectors.Matter:
    try:
        return selectors.matter_for(request.user, matter_id)
    except selectors.MatterNotFound as missing:
        raise Http404 from missing
