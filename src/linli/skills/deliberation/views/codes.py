"""Pages on which slips are made, replaced and withdrawn."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.deliberation import slips as paper
from linli.skills.deliberation.papers import can_write_pdf
from linli.skills.deliberation.selectors import askings
from linli.skills.deliberation.selectors import codes as selectors
from linli.skills.deliberation.selectors.voting import paper_question
from linli.skills.deliberation.services import codes as services


@require_GET
@requires("deliberation.issue_codes")
def code_list(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Show, building by building, who has a code."""
    return _list(request, asking_id)


def _list(
    request: MemberRequest, asking_id: int, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    asking = get_object_or_404(askings.askings_for(request.user), pk=asking_id)
    rows = selectors.codes_by_building(asking)
    values = {
        "asking": asking,
        "matter": asking.matter,
        "rows": rows,
        "holders": sum(row.holders for row in rows),
        "valid": sum(row.valid for row in rows),
        "missing": sum(row.missing for row in rows),
        "next_building": next((row.building_id for row in rows if row.missing > 0), None),
        "households": sum(row.households for row in rows),
        "reissued": sum(row.reissued for row in rows),
        "most_in_pdf": paper.MOST_IN_PDF,
        "refusal": refusal,
    }
    return render(request, "deliberation/code_list.html", values, status=status)


@require_POST
@requires("deliberation.issue_codes")
def code_issue(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Make the slips of a building, or of all, and show them this once."""
    asking = get_object_or_404(askings.askings_for(request.user), pk=asking_id)
    chosen = [_number(request, "building")] if request.POST.get("building") else None
    back = reverse("deliberation:code-list", args=[asking.pk])
    try:
        slips = services.prepare_slips(asking, building_ids=chosen)
        sheet = _printed(request, asking, slips, back=back)
        services.save_slips(asking, slips, by=request.user)
    except Refusal as refusal:
        return _list(request, asking_id, refusal=say_refusal(refusal), status=422)
    return sheet


@require_GET
@requires("deliberation.issue_codes")
def code_building(request: MemberRequest, asking_id: int, building_id: int) -> HttpResponse:
    """List who has a code in a building, to replace or withdraw one."""
    return _building(request, asking_id, building_id)


def _building(
    request: MemberRequest,
    asking_id: int,
    building_id: int,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    asking = get_object_or_404(askings.askings_for(request.user), pk=asking_id)
    rows = {row.building_id: row for row in selectors.codes_by_building(asking)}
    if building_id not in rows:
        raise Http404
    values = {
        "asking": asking,
        "matter": asking.matter,
        "building": rows[building_id],
        "held": selectors.held_codes(asking, building_id=building_id),
        "refusal": refusal,
    }
    return render(request, "deliberation/code_building.html", values, status=status)


@require_POST
@requires("deliberation.issue_codes")
def code_replace(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Make new slips in place of lost ones and show them this once."""
    asking = get_object_or_404(askings.askings_for(request.user), pk=asking_id)
    building_id = _number(request, "building")
    back = reverse("deliberation:code-building", args=[asking.pk, building_id])
    try:
        slips = services.prepare_replacements(asking, code_ids=_codes(request))
        sheet = _printed(request, asking, slips, back=back)
        services.save_slips(asking, slips, by=request.user)
    except Refusal as refusal:
        return _building(request, asking_id, building_id, refusal=say_refusal(refusal), status=422)
    return sheet


@require_POST
@requires("deliberation.issue_codes")
def code_withdraw(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Stop a code at once."""
    asking = get_object_or_404(askings.askings_for(request.user), pk=asking_id)
    building_id = _number(request, "building")
    try:
        services.withdraw(asking, code_id=_number(request, "code"), by=request.user)
    except Refusal as refusal:
        return _building(request, asking_id, building_id, refusal=say_refusal(refusal), status=422)
    return redirect("deliberation:code-building", asking.pk, building_id)


def _number(request: MemberRequest, field: str) -> int:
    """Read an id from a form; nothing has the id 0."""
    text = request.POST.get(field, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _codes(request: MemberRequest) -> list[int]:
    """Read the ids of codes from a form."""
    sent = request.POST.getlist("code")
    return [int(text) for text in sent if text.isdecimal() and len(text) < 19][:10_000]


def _printed(
    request: MemberRequest,
    asking: Any,
    slips: Sequence[selectors.IssuedSlip],
    *,
    back: str,
) -> HttpResponse:
    """Print slips before their codes count, in the form that was asked for."""
    if not slips:
        raise Refusal("deliberation.nobody_without_code")
    origin = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    question = paper_question(asking)
    if request.POST.get("format") == "pdf" and can_write_pdf():
        sheet = HttpResponse(
            paper.render_pdf(question, slips, origin=origin), content_type="application/pdf"
        )
        sheet["Content-Disposition"] = 'inline; filename="slips.pdf"'
    else:
        sheet = HttpResponse(paper.render_page(question, slips, origin=origin, back=back))
    sheet["Cache-Control"] = "no-store"
    return sheet
