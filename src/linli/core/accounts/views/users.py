"""The head's pages about those who work with Linli."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.core.accounts import services
from linli.core.accounts.access import MemberRequest, requires
from linli.core.accounts.forms import CloseForm, RoleForm, UserForm
from linli.core.accounts.models import User
from linli.core.accounts.phrases import say_refusal
from linli.core.accounts.selectors import role_labels, users_of
from linli.engines.errors import RuleError


def _user_or_404(request: MemberRequest, user_id: int) -> User:
    user = users_of(request.user.committee_id).filter(pk=user_id).first()
    if user is None:
        raise Http404
    return user


@requires("accounts.manage_users")
@require_safe
def user_list(request: MemberRequest) -> HttpResponse:
    """Show who has an account, and who had."""
    labels = role_labels(request.user.committee_id)
    users = [(user, labels[user.role]) for user in users_of(request.user.committee_id)]
    return render(request, "accounts/user_list.html", {"users": users})


@requires("accounts.manage_users")
@never_cache
def user_create(request: MemberRequest) -> HttpResponse:
    """Create an account; the answer shows its first password, which is kept nowhere."""
    committee_id = request.user.committee_id
    form = UserForm(request.POST or None, committee_id=committee_id)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = services.create_user(
                committee=request.user.committee, by=request.user, **form.cleaned_data
            )
        except RuleError as refusal:
            form.add_error("username", say_refusal(refusal))
        else:
            return _show_password(request, user, password)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/user_form.html", {"form": form}, status=status)


def _show_password(request: MemberRequest, user: User, password: str) -> HttpResponse:
    """Answer the POST itself: for a redirect the password would have to be kept somewhere."""
    shown = {"user_shown": user, "password": password}
    return render(request, "accounts/user_password.html", shown)


@requires("accounts.manage_users")
@require_safe
def user_detail(request: MemberRequest, user_id: int) -> HttpResponse:
    """Show an account and what can be done with it."""
    user = _user_or_404(request, user_id)
    return _detail(request, user, RoleForm(user=user))


def _detail(request: MemberRequest, user: User, form: RoleForm, status: int = 200) -> HttpResponse:
    label = role_labels(user.committee_id)[user.role]
    shown = {"user_shown": user, "role_label": label, "form": form}
    return render(request, "accounts/user_detail.html", shown, status=status)


@requires("accounts.manage_users")
@require_POST
def user_role(request: MemberRequest, user_id: int) -> HttpResponse:
    """Give somebody another role."""
    user = _user_or_404(request, user_id)
    form = RoleForm(request.POST, user=user)
    if form.is_valid():
        try:
            services.change_role(user, by=request.user, role=form.cleaned_data["role"])
        except RuleError as refusal:
            form.add_error("role", say_refusal(refusal))
        else:
            messages.success(request, _("The role holds from now on."))
            return redirect("accounts:user-detail", user_id)
    return _detail(request, user, form, 422)


@requires("accounts.manage_users")
@never_cache
@require_POST
def user_recover(request: MemberRequest, user_id: int) -> HttpResponse:
    """Give somebody a new first password and show it, this once."""
    user = _user_or_404(request, user_id)
    try:
        password = services.recover_user(user, by=request.user)
    except RuleError as refusal:
        form = RoleForm({"role": user.role}, user=user)
        form.add_error(None, say_refusal(refusal))
        return _detail(request, user, form, 422)
    return _show_password(request, user, password)


@requires("accounts.manage_users")
def user_close(request: MemberRequest, user_id: int) -> HttpResponse:
    """Close the account of somebody who leaves and hand the work over."""
    user = _user_or_404(request, user_id)
    form = CloseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            passed = services.close_user(user, by=request.user, successor=successor)
        except RuleError as refusal:
            form.add_error(None, say_refusal(refusal))
        else:
            messages.success(
                request,
                _("The account of %(name)s is closed; %(successor)s took over %(passed)s things.")
                % {"name": user.name, "successor": successor.name, "passed": passed},
            )
            return redirect("accounts:user-list")
    shown = {"user_shown": user, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/user_close.html", shown, status=status)
