"""Deciding on residents' statements, and the log of it."""

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.deliberation.forms import RefusalForm
from linli.skills.deliberation.polis_export import no_formula
from linli.skills.deliberation.selectors.askings import askings_for
from linli.skills.deliberation.selectors.moderation import (
    moderation_log as log_of,
)
from linli.skills.deliberation.selectors.moderation import (
    statements_in,
    waiting_statements,
)
from linli.skills.deliberation.services.moderation import moderate_statement


@require_GET
@requires("deliberation.moderate")
def moderation_queue(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Show what waits, each beside those that say nearly the same."""
    return _queue_page(request, asking_id)


def _queue_page(
    request: MemberRequest,
    asking_id: int,
    *,
    wrong: int | None = None,
    form: RefusalForm | None = None,
) -> HttpResponse:
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    rows = [
        {
            "statement": row.statement,
            "similar": row.similar,
            "form": form
            if row.statement.pk == wrong and form is not None
            else RefusalForm(auto_id=f"refuse-{row.statement.pk}-%s"),
            "is_wrong": row.statement.pk == wrong,
        }
        for row in waiting_statements(asking)
    ]
    return render(
        request,
        "deliberation/moderation_queue.html",
        {"asking": asking, "matter": asking.matter, "rows": rows},
        status=422 if wrong else 200,
    )


@require_POST
@requires("deliberation.moderate")
def moderation_decide(request: MemberRequest, asking_id: int, statement_id: int) -> HttpResponse:
    """Show a statement to everybody, or not, with a reason."""
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    statement = get_object_or_404(statements_in(asking), pk=statement_id)
    accept = request.POST.get("decision") == "accept"
    form = RefusalForm(request.POST, auto_id=f"refuse-{statement.pk}-%s")
    if not accept and not form.is_valid():
        return _queue_page(request, asking.pk, wrong=statement.pk, form=form)
    try:
        moderate_statement(
            statement,
            by=request.user,
            accept=accept,
            reason="" if accept else form.sentence(),
        )
    except Refusal as refusal:
        messages.error(request, say_refusal(refusal))
    else:
        messages.success(
            request, _("The statement is shown.") if accept else _("The statement is not shown.")
        )
    return redirect("deliberation:moderation-queue", asking.pk)


@require_GET
@requires("deliberation.moderate")
def moderation_log(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Show every decision with its reason."""
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    return render(
        request,
        "deliberation/moderation_log.html",
        {"asking": asking, "matter": asking.matter, "lines": log_of(asking)},
    )


@require_GET
@requires("deliberation.moderate")
def moderation_log_download(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Give the log as a table for a spreadsheet."""
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    answer = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="moderation-{asking.pk}.csv"'},
    )
    sheet = csv.writer(answer)
    sheet.writerow([_("Day"), _("Who"), _("Statement"), _("Decision"), _("Reason")])
    for line in log_of(asking):
        decision = _("shown") if line.decision == "accepted" else _("not shown")
        sheet.writerow(
            [
                timezone.localdate(line.at).isoformat(),
                no_formula(line.by.name),
                no_formula(line.statement.text),
                decision,
                no_formula(line.reason),
            ]
        )
    return answer
