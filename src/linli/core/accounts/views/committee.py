"""The head's pages about the committee itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.core.accounts import services
from linli.core.accounts.access import MemberRequest, requires
from linli.core.accounts.forms import DeskForm, RoleLabelsForm


@requires("accounts.change_committee")
def committee_change(request: MemberRequest) -> HttpResponse:
    """Change the desk's phone and hours, which slips and notices print."""
    committee = request.user.committee
    shown = {"desk_phone": committee.desk_phone, "desk_hours": committee.desk_hours}
    form = DeskForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        services.change_committee(committee, by=request.user, **form.cleaned_data)
        messages.success(request, _("Slips and notices printed from now on say so."))
        return redirect("accounts:account")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/committee_form.html", {"form": form}, status=status)


@requires("accounts.change_committee")
def role_labels(request: MemberRequest) -> HttpResponse:
    """Call the roles what this committee calls them."""
    committee = request.user.committee
    form = RoleLabelsForm(
        request.POST if request.method == "POST" else None, committee_id=committee.pk
    )
    if request.method == "POST" and form.is_valid():
        services.label_roles(committee, by=request.user, labels=form.cleaned_data)
        messages.success(request, _("The roles are called so from now on."))
        return redirect("accounts:account")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/role_labels.html", {"form": form}, status=status)
