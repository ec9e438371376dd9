"""Notices: preview, posting, print, and the page everybody may read."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.core.accounts.access import MemberRequest, public, requires
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.deliberation.forms import NoticeForm
from linli.skills.deliberation.papers import Content, can_write_pdf, notice_page
from linli.skills.deliberation.papers import notice_pdf as pdf_of
from linli.skills.deliberation.selectors.askings import askings_for
from linli.skills.deliberation.selectors.notices import (
    chat_text,
    notice_content,
    notices_for,
    public_notices,
)
from linli.skills.deliberation.services.notices import post_notice

KINDS = ("before", "result")
USUAL_DAYS = 7
_AN_HOUR = 3600


@require_GET
@requires("deliberation.change_asking")
def notice_preview(request: MemberRequest, asking_id: int, kind: str) -> HttpResponse:
    """Show a notice as it would be posted today."""
    today = timezone.localdate()
    form = NoticeForm(initial={"object_until": today + timedelta(days=USUAL_DAYS)})
    return _preview_page(request, asking_id, kind, form)


@require_POST
@requires("deliberation.post_notice")
def notice_post(request: MemberRequest, asking_id: int, kind: str) -> HttpResponse:
    """Post a notice; from then on it stays as it is."""
    form = NoticeForm(request.POST)
    if form.is_valid() and kind in KINDS:
        asking = get_object_or_404(askings_for(request.user), pk=asking_id)
        try:
            notice = post_notice(
                asking,
                by=request.user,
                kind=kind,
                object_until=form.cleaned_data["object_until"],
            )
        except Refusal as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            messages.success(request, _("The notice is posted."))
            return redirect("deliberation:notice-detail", notice.pk)
    return _preview_page(request, asking_id, kind, form)


def _preview_page(
    request: MemberRequest, asking_id: int, kind: str, form: NoticeForm
) -> HttpResponse:
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    if kind not in KINDS or (kind == "result" and asking.closed_at is None):
        raise Http404
    today = timezone.localdate()
    until = today + timedelta(days=USUAL_DAYS)
    if form.is_bound and not form.errors.get("object_until"):
        until = form.cleaned_data["object_until"]
    content = notice_content(asking, kind=kind, object_until=until, today=today)
    return render(
        request,
        "deliberation/notice_preview.html",
        {
            "asking": asking,
            "matter": asking.matter,
            "kind": kind,
            "form": form,
            "notice": content,
            "posted": asking.notices.filter(kind=kind),
        },
        status=422 if form.errors else 200,
    )


@require_GET
@requires("deliberation.view_askings")
def notice_detail(request: MemberRequest, notice_id: int) -> HttpResponse:
    """Show a posted notice with its papers and the text for the group chat."""
    notice = get_object_or_404(notices_for(request.user), pk=notice_id)
    address = _public_address(request, notice.slug)
    return render(
        request,
        "deliberation/notice_detail.html",
        {
            "posted": notice,
            "notice": notice.content,
            "matter": notice.matter,
            "address": address,
            "chat": chat_text(notice.content, address=address),
        },
    )


def _public_address(request: HttpRequest, slug: str) -> str:
    where = reverse("resident:notice-public", args=[slug])
    return (
        f"{settings.PUBLIC_URL}{where}"
        if settings.PUBLIC_URL
        else request.build_absolute_uri(where)
    )


@require_GET
@requires("deliberation.view_askings")
def notice_print(request: MemberRequest, notice_id: int) -> HttpResponse:
    """Show a posted notice as it is printed."""
    notice = get_object_or_404(notices_for(request.user), pk=notice_id)
    return HttpResponse(notice_page(notice.content))


@require_GET
@requires("deliberation.view_askings")
def notice_pdf(request: MemberRequest, notice_id: int) -> HttpResponse:
    """Give a posted notice as PDF."""
    notice = get_object_or_404(notices_for(request.user), pk=notice_id)
    return _pdf(notice.slug, notice.content)


def _pdf(name: str, content: Content) -> HttpResponse:
    """Give a PDF; where none can be made, the page that the browser prints."""
    if not can_write_pdf():
        return HttpResponse(notice_page(content))
    # Anybody may ask for it as often as he likes, and making one takes a second.
    made = cache.get_or_set(f"notice-pdf.{name}", lambda: pdf_of(content), _AN_HOUR)
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


@public
@require_GET
def notice_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a posted notice to everybody."""
    notice = get_object_or_404(public_notices(), slug=slug)
    return render(
        request, "deliberation/notice_public.html", {"posted": notice, "notice": notice.content}
    )


@public
@require_GET
def notice_public_pdf(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give a posted notice as PDF to everybody."""
    notice = get_object_or_404(public_notices(), slug=slug)
    return _pdf(notice.slug, notice.content)


notice_public_paths = [
    path("notices/<slug:slug>/", notice_public, name="notice-public"),
    path("notices/<slug:slug>/pdf/", notice_public_pdf, name="notice-public-pdf"),
]
