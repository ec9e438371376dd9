"""The residents' pages: a code, one card at a time, an end.

They know no session and no cookie, so that they work where a browser keeps neither and a logged-in
worker who opens a code leaves no trace. A forged form could only come from somebody who has the
code already, and the code is all the authority there is: hence no CSRF token.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.accounts.access import public
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.deliberation.selectors import voting
from linli.skills.deliberation.services import ballots

ENOUGH = 8
"""After so many statements a resident is thanked and asked whether he wants to see more."""
_GONE = {"deliberation.code_withdrawn", "deliberation.answers_over"}
_NOT_HERE = {
    "deliberation.code_mistyped",
    "deliberation.code_unknown",
    "deliberation.answers_not_yet",
}

type CodePage = Callable[[HttpRequest, str], HttpResponse]


def _for_residents[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let everybody in, keep the page nowhere, and name it to no other page."""

    @public
    @csrf_exempt
    @wraps(view)
    def sealed(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return sealed


def _with_code(view: CodePage) -> CodePage:
    """Answer a code that opens nothing with a sentence and what to do."""

    @wraps(view)
    def opened(request: HttpRequest, code: str) -> HttpResponse:
        try:
            return view(request, code)
        except Refusal as refusal:
            if refusal.code in _GONE:
                return _refused(request, refusal, status=410, code=code)
            if refusal.code in _NOT_HERE:
                return _refused(request, refusal, status=404, code=code)
            raise

    return opened


def _refused(request: HttpRequest, refusal: Refusal, *, status: int, code: str) -> HttpResponse:
    """Say why the code opens nothing, and whom to ask."""
    values = {
        "refusal": say_refusal(refusal),
        "retry": refusal.code.removeprefix("deliberation.") in {"code_mistyped", "code_unknown"},
        "closed": refusal.code == "deliberation.answers_over",
        "early": refusal.code == "deliberation.answers_not_yet",
        "withdrawn": refusal.code == "deliberation.code_withdrawn",
        "committee": voting.committee_for(code),
    }
    return render(request, "deliberation/vote_refused.html", values, status=status)


def _open(code: str) -> voting.Slip:
    """Find what the code opens today."""
    slip = voting.find_slip(code)
    slip.require_open(timezone.localdate())
    return slip


def _to(name: str, code: str, **query: str | int) -> HttpResponse:
    """Go on to another page of the same code."""
    there = reverse(f"resident:{name}", args=[code])
    return HttpResponseRedirect(f"{there}?{urlencode(query)}" if query else there)


def _number(text: str | None) -> int | None:
    """Read a number from a form or an address, where there is one of sensible size."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


@_for_residents
@require_http_methods(["GET", "POST"])
def vote_enter(request: HttpRequest) -> HttpResponse:
    """Take a code that was typed."""
    typed = request.POST.get("code", "")
    if request.method == "POST":
        try:
            return _to("vote-card", voting.find_slip(typed).plain)
        except Refusal as refusal:
            values = {
                "refusal": say_refusal(refusal),
                "typed": typed[:40],
                "committee": voting.only_committee(),
            }
            return render(request, "deliberation/vote_enter.html", values, status=422)
    return render(request, "deliberation/vote_enter.html", {"committee": voting.only_committee()})


@_for_residents
@require_GET
@_with_code
def vote_card(request: HttpRequest, code: str) -> HttpResponse:
    """Show the next card: the question, a statement, or the way to the end."""
    slip = _open(code)
    card = request.GET.get("card", "")
    progress = voting.progress_of(slip)
    values = _frame(slip, progress, came_back="last" not in request.GET and not card)
    asks = slip.asks_question
    if asks and card != "statements" and (card == "question" or not progress.question_answered):
        return _question(request, values)
    if not slip.asking.has_statements:
        return _to("vote-self" if card else "vote-end", code)
    values["last"] = _number(request.GET.get("last"))
    if card in {"again", "back"}:
        after = _number(request.GET.get("after")) or 0
        statement = voting.statement_after(slip.asking, position=after)
    elif len(progress.statements) >= ENOUGH and card != "more":
        return render(request, "deliberation/vote_enough.html", values)
    else:
        statement = voting.next_statement(slip.asking, seen=progress.statements)
    if statement is None:
        return _to("vote-end" if values["came_back"] else "vote-self", code)
    values.update(statement=statement, way=card if card in {"again", "more"} else "")
    return render(request, "deliberation/vote_statement.html", values)


def _frame(
    slip: voting.Slip, progress: voting.Progress, *, came_back: bool = False
) -> dict[str, object]:
    """Collect what stands on every card."""
    return {
        "slip": slip,
        "asking": slip.asking,
        "matter": slip.asking.matter,
        "committee": slip.asking.matter.committee,
        "progress": progress,
        "came_back": came_back and progress.count > 0,
        "is_first": progress.count == 0,
        "enough": ENOUGH,
    }


def _question(
    request: HttpRequest, values: dict[str, object], *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Show the question's card, with what was chosen where it did not fit."""
    slip = values["slip"]
    assert isinstance(slip, voting.Slip)  # noqa: S101
    options = voting.options_on_card(slip.asking)
    chosen = request.POST.getlist("option") if request.method == "POST" else []
    values.update(
        options=options,
        refusal=refusal,
        chosen=chosen,
        reason=request.POST.get("reason", ""),
        places=list(zip(range(1, len(options) + 1), [*chosen, *[""] * len(options)], strict=False)),
    )
    return render(request, "deliberation/vote_question.html", values, status=status)


@_for_residents
@require_POST
@_with_code
def vote_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Take the answer to the question."""
    options = [_number(text) or 0 for text in request.POST.getlist("option") if text]
    try:
        ballots.answer_question(code, options=options, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        if refusal.code in _GONE | _NOT_HERE:
            raise
        slip = _open(code)
        values = _frame(slip, voting.progress_of(slip))
        return _question(request, values, refusal=say_refusal(refusal), status=422)
    return _to("vote-card", code, card="statements", last=0)


@_for_residents
@require_POST
@_with_code
def vote_statement(request: HttpRequest, code: str) -> HttpResponse:
    """Take a vote on a statement and go on to the next card."""
    number = _number(request.POST.get("statement")) or 0
    way = request.POST.get("way", "")
    try:
        ballots.vote(
            code,
            statement_id=number,
            choice={"agree": 1, "disagree": -1, "unsure": 0}.get(request.POST.get("choice", ""), 9),
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refusal:
        if refusal.code in _GONE | _NOT_HERE:
            raise
        return _statement_again(request, code, number, refusal)
    if way == "again":
        after = _number(request.POST.get("position")) or 0
        return _to("vote-card", code, card="again", after=after, last=number)
    return _to("vote-card", code, card="more" if way == "more" else "statements", last=number)


def _statement_again(
    request: HttpRequest, code: str, number: int, refusal: Refusal
) -> HttpResponse:
    """Show a statement's card once more with what is wrong; go on if the statement is gone."""
    slip = _open(code)
    statement = voting.shown_statements(slip.asking).filter(pk=number).first()
    if statement is None:
        return _to("vote-card", code, card="statements")
    values = _frame(slip, voting.progress_of(slip))
    values.update(
        statement=statement,
        way=request.POST.get("way", ""),
        refusal=say_refusal(refusal),
        reason=request.POST.get("reason", ""),
    )
    return render(request, "deliberation/vote_statement.html", values, status=422)


@_for_residents
@require_POST
@_with_code
def vote_undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take the last vote back and show its card again."""
    number = _number(request.POST.get("statement")) or 0
    ballots.undo_vote(code, statement_id=number)
    slip = _open(code)
    statement = voting.shown_statements(slip.asking).filter(pk=number).first()
    if statement is None:
        return _to("vote-card", code, card="statements")
    return _to("vote-card", code, card="back", after=statement.position - 1)


@_for_residents
@require_http_methods(["GET", "POST"])
@_with_code
def vote_self(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for age band and tenure; both may be skipped."""
    if request.method == "POST":
        ballots.describe_self(
            code,
            age_band=request.POST.get("age_band", ""),
            tenure=request.POST.get("tenure", ""),
        )
        return _to("vote-end", code)
    slip = _open(code)
    if not slip.asking.asks_about_self:
        return _to("vote-end", code)
    values = _frame(slip, voting.progress_of(slip))
    values.update(age_bands=voting.AGE_BANDS, tenures=voting.TENURES)
    return render(request, "deliberation/vote_self.html", values)


@_for_residents
@require_http_methods(["GET", "POST"])
@_with_code
def vote_own(request: HttpRequest, code: str) -> HttpResponse:
    """Take a statement of the resident's own; the desk reads it first."""
    refusal = ""
    if request.method == "POST":
        try:
            ballots.propose_statement(code, text=request.POST.get("text", ""))
        except Refusal as reason:
            if reason.code in _GONE | _NOT_HERE:
                raise
            refusal = say_refusal(reason)
        else:
            return _to("vote-end", code, own=1)
    slip = _open(code)
    values = _frame(slip, voting.progress_of(slip))
    values.update(refusal=refusal, text=request.POST.get("text", ""))
    status = 422 if refusal else 200
    return render(request, "deliberation/vote_own.html", values, status=status)


@_for_residents
@require_GET
@_with_code
def vote_end(request: HttpRequest, code: str) -> HttpResponse:
    """Thank, and say what happens next and when."""
    slip = _open(code)
    values = _frame(slip, voting.progress_of(slip))
    values.update(
        own_sent="own" in request.GET,
        own_answer=voting.own_answer(slip),
        own_votes=voting.own_votes(slip),
    )
    return render(request, "deliberation/vote_end.html", values)
