"""Logging in and out, the own password and the own account."""

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from linli.core.accounts import services
from linli.core.accounts.access import MemberRequest, before_password_change, public, requires
from linli.core.accounts.forms import LogInForm, PasswordForm
from linli.core.accounts.phrases import say_refusal
from linli.core.accounts.resuming import unpacked_fields
from linli.core.accounts.selectors import role_labels
from linli.engines.errors import RuleError


@public
@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; a wrong name and a wrong password get the same answer."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect("ui:today")
        form = LogInForm(initial={"next": request.GET.get("next", "")})
        return render(request, "accounts/log_in.html", {"form": form})
    form = LogInForm(request.POST)
    if form.is_valid():
        user = authenticate(
            request,
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
        )
        if user is not None:
            login(request, user)
            address = _safe_next(request, form.cleaned_data["next"])
            if fields := unpacked_fields(form.cleaned_data["kept"]):
                values = {"address": address, "fields": fields}
                return render(request, "accounts/resume.html", values)
            return HttpResponseRedirect(address)
        form.add_error(None, _("User name or password is wrong. Check both and try again."))
    return render(request, "accounts/log_in.html", {"form": form}, status=422)


def _safe_next(request: HttpRequest, address: str) -> str:
    """Go back only to a page of this site."""
    own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if own and address.startswith("/") else reverse("ui:today")


@before_password_change
@requires("accounts.use")
@require_POST
def log_out(request: MemberRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("accounts:log-in")


@before_password_change
@requires("accounts.use")
@never_cache
@sensitive_post_parameters()
def password_change(request: MemberRequest) -> HttpResponse:
    """Let a user choose a password; who still has the first one cannot pass by here."""
    user = request.user
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(user, password=form.cleaned_data["password"])
        except RuleError as refusal:
            form.add_error("password", say_refusal(refusal))
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your new password holds from now on."))
            return redirect("ui:today")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/password_change.html", {"form": form}, status=status)


@requires("accounts.use")
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    """Show who is logged in and what else can be done in this room."""
    label = role_labels(request.user.committee_id)[request.user.role]
    return render(request, "accounts/account.html", {"role_label": label})
