"""Entering answers from paper, one sheet after another.

No message is flashed: it would write the session's row after each sheet, and its time would tell
when which answer came in.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.deliberation.selectors import askings
from linli.skills.deliberation.selectors.voting import PaperQuestion, paper_question
from linli.skills.deliberation.services import ballots

_CHOICES = {"1": 1, "2": -1, "3": 0}
"""The keys of the form: 1 agree, 2 disagree, 3 not sure."""


@require_http_methods(["GET", "POST"])
@requires("deliberation.enter_paper")
def paper_enter(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Take the answers of one sheet and be ready for the next."""
    asking = get_object_or_404(askings.askings_for(request.user), pk=asking_id)
    sheet = paper_question(asking)
    refusal = ""
    if request.method == "POST":
        try:
            ballots.paper_ballot(
                _typed_code(request),
                by=request.user,
                asking=asking,
                options=_options(request),
                votes=_votes(request, sheet),
                age_band=request.POST.get("age_band", ""),
                tenure=request.POST.get("tenure", ""),
            )
        except Refusal as reason:
            refusal = say_refusal(reason)
        else:
            there = reverse("deliberation:paper-enter", args=[asking.pk])
            return redirect(f"{there}?saved=1")
    values = {
        "asking": asking,
        "matter": asking.matter,
        "sheet": sheet,
        "rows": [
            (statement, request.POST.get(f"statement-{statement.pk}", ""))
            for statement in sheet.statements
        ],
        "places": _places(request, sheet),
        "chosen": request.POST.getlist("option"),
        "typed": request.POST.get("code", ""),
        "age_band": request.POST.get("age_band", ""),
        "tenure": request.POST.get("tenure", ""),
        "refusal": refusal,
        "saved": request.method == "GET" and "saved" in request.GET,
    }
    return render(request, "deliberation/paper_form.html", values, status=422 if refusal else 200)


def _typed_code(request: MemberRequest) -> str:
    """Read the code, which a scanner gives as the whole address of the slip."""
    return request.POST.get("code", "").rpartition("/v/")[2]


def _options(request: MemberRequest) -> list[int]:
    sent = request.POST.getlist("option")
    return [int(text) for text in sent if text.isdecimal() and len(text) < 19]


def _votes(request: MemberRequest, sheet: PaperQuestion) -> dict[int, int | None]:
    """Read what was ticked for each statement of the sheet."""
    return {
        statement.pk: _CHOICES.get(request.POST.get(f"statement-{statement.pk}", ""))
        for statement in sheet.statements
    }


def _places(request: MemberRequest, sheet: PaperQuestion) -> list[tuple[int, str]]:
    """Give the places of a ranking with what is chosen for each."""
    chosen = request.POST.getlist("option")
    filled = [*chosen, *[""] * len(sheet.options)]
    return [(place, filled[place - 1]) for place in range(1, len(sheet.options) + 1)]
