"""Pages of an asking: list, form, its own page, opening, closing, recount; the matter's panel."""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui.phrases import Refusal, say_refusal
from linli.core.ui.registry import TodayItem
from linli.skills.deliberation.findings import heard_sentence
from linli.skills.deliberation.forms import AskingForm, CloseForm, SeedForm
from linli.skills.deliberation.selectors import askings as selectors
from linli.skills.deliberation.selectors.results import heard_by_building
from linli.skills.deliberation.services import askings as services
from linli.skills.deliberation.services.discarding import discard_asking
from linli.skills.deliberation.services.moderation import add_seed
from linli.skills.participation.selectors import MatterNotFound, matter_for, options_of

if TYPE_CHECKING:
    from linli.core.accounts.models import User

PAGE_LENGTH = 30


@require_GET
@requires("deliberation.view_askings")
def asking_list(request: MemberRequest) -> HttpResponse:
    """List the askings a user may see."""
    page = Paginator(selectors.askings_for(request.user), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    rows = selectors.asking_rows(list(page.object_list))
    return render(request, "deliberation/asking_list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@requires("deliberation.change_asking")
def asking_create(request: MemberRequest, matter_id: int) -> HttpResponse:
    """Write down an asking about a matter."""
    try:
        matter = matter_for(request.user, matter_id)
    except MatterNotFound as missing:
        raise Http404 from missing
    options = options_of(matter.pk)
    if request.method == "POST":
        form = AskingForm(request.POST)
        if form.is_valid():
            try:
                asking = services.create_asking(
                    matter_id=matter.pk, by=request.user, plan=form.plan()
                )
            except Refusal as refusal:
                form.add_error(None, say_refusal(refusal))
            else:
                return redirect("deliberation:asking-detail", asking.pk)
    else:
        form = AskingForm(
            initial=AskingForm.usual(
                answers_until=matter.answers_until,
                today=timezone.localdate(),
                has_options=len(options) > 1,
            )
        )
    return _form_page(request, form, {"matter": matter, "options": options, "asking": None})


@require_http_methods(["GET", "POST"])
@requires("deliberation.change_asking")
def asking_edit(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Change an asking before it opens."""
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    if request.method == "POST":
        form = AskingForm(request.POST)
        if form.is_valid():
            try:
                services.change_asking(asking, by=request.user, plan=form.plan())
            except Refusal as refusal:
                form.add_error(None, say_refusal(refusal))
            else:
                return redirect("deliberation:asking-detail", asking.pk)
    else:
        form = AskingForm(initial=AskingForm.as_it_is(asking))
    matter = asking.matter
    return _form_page(
        request, form, {"matter": matter, "options": options_of(matter.pk), "asking": asking}
    )


def _form_page(request: HttpRequest, form: forms.Form, values: dict[str, object]) -> HttpResponse:
    return render(
        request,
        "deliberation/asking_form.html",
        {"form": form, **values},
        status=422 if form.errors else 200,
    )


@require_GET
@requires("deliberation.view_askings")
def asking_detail(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Show where an asking stands and what comes next."""
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    return _detail_page(request, asking.pk, SeedForm())


def _detail_page(
    request: MemberRequest, asking_id: int, seed_form: forms.Form, *, status: int = 200
) -> HttpResponse:
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    stage = selectors.stage_of(asking)
    counts = selectors.reached_or_frozen(asking)
    values: dict[str, object] = {
        "asking": asking,
        "matter": asking.matter,
        "stage": stage,
        "counts": counts,
        "heard_sentence": heard_sentence({**counts, "basis": asking.basis}),
        "options": options_of(asking.matter_id),
        "statements": selectors.statements_of(asking),
        "waiting": selectors.pending_count(asking),
        "seed_form": seed_form,
        "result_notice": selectors.latest_notice(asking.matter_id, kind="result"),
        "before_notice": selectors.latest_notice(asking.matter_id, kind="before"),
        "buildings": heard_by_building(asking) if stage == "open" else [],
        "is_over": stage == "open" and asking.closes_on < timezone.localdate(),
        "may_discard": selectors.is_untold(asking),
    }
    return render(request, "deliberation/asking_detail.html", values, status=status)


@require_POST
@requires("deliberation.change_asking")
def asking_discard(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Delete an asking of which nobody was told."""
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    try:
        discard_asking(asking, by=request.user)
    except Refusal as refusal:
        messages.error(request, say_refusal(refusal))
        return redirect("deliberation:asking-detail", asking_id)
    messages.success(request, _("The asking is gone; the matter is as it was."))
    return redirect("participation:matter-detail", asking.matter_id)


@require_http_methods(["GET", "POST"])
@requires("deliberation.change_asking")
def asking_open(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Ask once more what will be fixed, then open."""
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        form = forms.Form(request.POST)
        form.is_valid()
        try:
            services.open_asking(asking, by=request.user)
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            messages.success(request, _("Residents can answer now."))
            return redirect("deliberation:asking-detail", asking.pk)
    return render(
        request,
        "deliberation/asking_open.html",
        {
            "asking": asking,
            "matter": asking.matter,
            "form": form,
            "counts": selectors.reached(asking),
            "options": options_of(asking.matter_id),
            "statements": selectors.statements_of(asking),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@requires("deliberation.close_asking")
def asking_close(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Ask once more, then close and freeze."""
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_asking(asking, by=request.user, days_kept=form.cleaned_data["days_kept"])
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            messages.success(request, _("The answers are frozen and counted."))
            return redirect("deliberation:results", asking.pk)
    elif request.method == "GET":
        form = CloseForm()
    return render(
        request,
        "deliberation/asking_close.html",
        {
            "asking": asking,
            "matter": asking.matter,
            "form": form,
            "heard_sentence": heard_sentence(
                {**selectors.reached_or_frozen(asking), "basis": asking.basis}
            ),
            "waiting": selectors.pending_count(asking),
            "is_early": asking.closes_on >= timezone.localdate(),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@requires("deliberation.close_asking")
def asking_recount(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Count the kept ballots again and tell what came out."""
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    try:
        found = services.recount_asking(asking, by=request.user)
    except Refusal as refusal:
        messages.error(request, say_refusal(refusal))
    else:
        if found.agrees:
            messages.success(
                request, _("Counted again: every number and the mark of the ballots agree.")
            )
        else:
            messages.error(
                request,
                _(
                    "Counted again: it differs from what was frozen. Restore the last backup "
                    "and tell the overseer."
                ),
            )
    return redirect("deliberation:results", asking.pk)


@require_POST
@requires("deliberation.change_asking")
def statement_create(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Add a statement of the desk."""
    asking = get_object_or_404(selectors.askings_for(request.user), pk=asking_id)
    form = SeedForm(request.POST)
    if form.is_valid():
        try:
            add_seed(asking, by=request.user, text=form.cleaned_data["text"])
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            return redirect(reverse("deliberation:asking-detail", args=[asking.pk]) + "#statements")
    return _detail_page(request, asking.pk, form, status=422)


def today_items(user: "User", today: date) -> list[TodayItem]:
    """List what is due about askings on the day's page."""
    if not user.has_perm("deliberation.change_asking"):
        return []
    return [_today_item(due, today) for due in selectors.due_askings(user, today=today)]


def _today_item(due: selectors.Due, today: date) -> TodayItem:
    title = due.asking.matter.title
    if due.what == "close":
        return TodayItem(
            text=_("Close the asking: %(title)s") % {"title": title},
            url=reverse("deliberation:asking-close", args=[due.asking.pk]),
            note=_("The last day for answers is over."),
            due=due.on,
            overdue=due.on is not None and due.on < today,
        )
    if due.what == "moderate":
        return TodayItem(
            text=_("Look at residents' statements: %(title)s") % {"title": title},
            url=reverse("deliberation:moderation-queue", args=[due.asking.pk]),
            note=_("%(count)s waiting") % {"count": due.count},
        )
    if due.what == "objections":
        return TodayItem(
            text=_("Objections may come in: %(title)s") % {"title": title},
            url=reverse("deliberation:asking-detail", args=[due.asking.pk]),
            note=_("Begin only when this day is over."),
            due=due.on,
        )
    return TodayItem(
        text=_("Post the result: %(title)s") % {"title": title},
        url=reverse("deliberation:notice-preview", args=[due.asking.pk, "result"]),
        note=_("The answers are counted."),
    )
