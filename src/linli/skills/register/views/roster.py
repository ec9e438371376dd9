"""Pages of importing a list: choose, look, confirm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.core.accounts.access import MemberRequest, requires
from linli.skills.register import roster_draft, services
from linli.skills.register.forms import RosterConfirmForm, RosterImportForm
from linli.skills.register.roster_file import FileRoster
from linli.skills.register.roster_problems import SHOWN_PROBLEMS, problem_sentences


@requires("register.change_doors")
@never_cache
def roster_import(request: MemberRequest) -> HttpResponse:
    """Take a list and show what it would add; large ones can be imported at once."""
    form = RosterImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        values = {"form": form, "most_rows": roster_draft.MOST_ROWS}
        return render(request, "register/roster_import.html", values, status=status)
    read: FileRoster = form.cleaned_data["read"]
    if "direct" in request.POST:
        return _import(request, read.roster.rows)
    return _preview(request, read)


def _preview(request: MemberRequest, read: FileRoster) -> HttpResponse:
    """Show what would be added; the rows travel sealed in the page."""
    rows = read.roster.rows
    outcome = services.preview_import(request.user.committee_id, rows=rows)
    problems = [*read.roster.problems, *outcome.problems]
    values = {
        "read": read,
        "outcome": outcome,
        "problems": problem_sentences(problems[:SHOWN_PROBLEMS]),
        "problem_count": len(problems),
        "problems_left": max(len(problems) - SHOWN_PROBLEMS, 0),
        "good_count": len(rows) - len(outcome.problems),
        "is_large": len(rows) > roster_draft.MOST_ROWS,
        "most_rows": roster_draft.MOST_ROWS,
    }
    if not values["is_large"] and not outcome.is_nothing_new:
        values["draft"] = roster_draft.pack(rows, user=request.user)
    return render(request, "register/roster_preview.html", values)


@requires("register.change_doors")
def roster_confirm(request: MemberRequest) -> HttpResponse:
    """Import what the preview showed; a second tap adds nothing."""
    if request.method != "POST":
        return redirect("register:roster-import")
    form = RosterConfirmForm(request.POST, user=request.user)
    if not form.is_valid():
        values = {
            "form": RosterImportForm(),
            "confirm_form": form,
            "most_rows": roster_draft.MOST_ROWS,
        }
        return render(request, "register/roster_import.html", values, status=422)
    return _import(request, form.cleaned_data["rows"])


def _import(request: MemberRequest, rows: services.Rows) -> HttpResponse:
    outcome = services.import_roster(request.user.committee, by=request.user, rows=rows)
    if outcome.is_nothing_new:
        messages.info(request, _("Everything of this list is here already."))
    else:
        counts = services.counts_of(outcome)
        if outcome.adults_new:
            text = _(
                "Imported: %(buildings_new)s buildings, %(doors_new)s doors, %(adults_new)s adults."
            )
        else:
            text = _("Imported: %(buildings_new)s buildings, %(doors_new)s doors.")
        messages.success(request, text % counts)
    return redirect("register:building-list")
