"""Polis conversations in and out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.deliberation.forms import PolisForm
from linli.skills.deliberation.selectors.askings import askings_for
from linli.skills.deliberation.services.polis import export_polis_zip, import_polis_files


@require_http_methods(["GET", "POST"])
@requires("deliberation.exchange_polis")
def polis_import(request: MemberRequest) -> HttpResponse:
    """Bring the files of a Polis export in as a matter."""
    form = PolisForm()
    if request.method == "POST":
        form = PolisForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                asking = import_polis_files(
                    [(file.name or "", file) for file in form.cleaned_data["sheets"]],
                    committee=request.user.committee,
                    by=request.user,
                    title=form.cleaned_data["title"],
                )
            except Refusal as refusal:
                form.add_error(None, say_refusal(refusal))
            else:
                return redirect("deliberation:map", asking.pk)
    return render(
        request,
        "deliberation/polis_import.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@requires("deliberation.exchange_polis")
def polis_export(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Give the votes out as Polis files, without author and time."""
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    try:
        packed = export_polis_zip(asking, by=request.user)
    except Refusal as refusal:
        return render(
            request,
            "deliberation/polis_export_refused.html",
            {"asking": asking, "matter": asking.matter, "refusal": say_refusal(refusal)},
            status=422,
        )
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="polis-{asking.pk}.zip"'},
    )
