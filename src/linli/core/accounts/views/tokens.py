"""Keys for programs that act for a user."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.core.accounts import services
from linli.core.accounts.access import MemberRequest, requires
from linli.core.accounts.forms import TokenForm
from linli.core.accounts.phrases import say_refusal
from linli.core.accounts.scopes import SCOPES
from linli.core.accounts.selectors import tokens_of
from linli.engines.errors import RuleError


@requires("accounts.use_tokens")
@require_safe
def token_list(request: MemberRequest) -> HttpResponse:
    """Show the own tokens, never their secrets."""
    tokens = [
        (token, [SCOPES[scope].label for scope in token.scopes if scope in SCOPES])
        for token in tokens_of(request.user)
    ]
    shown = {"tokens": tokens, "today": timezone.localdate()}
    return render(request, "accounts/token_list.html", shown)


@requires("accounts.use_tokens")
@never_cache
def token_create(request: MemberRequest) -> HttpResponse:
    """Create a token; the answer shows its secret, of which only a hash is kept."""
    form = TokenForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = services.create_token(
                request.user,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_on=form.expires_on(timezone.localdate()),
            )
        except RuleError as refusal:
            form.add_error("name", say_refusal(refusal))
        else:
            shown = {"token": token, "secret": secret}
            return render(request, "accounts/token_secret.html", shown)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/token_form.html", {"form": form}, status=status)


@requires("accounts.use_tokens")
@require_POST
def token_withdraw(request: MemberRequest, token_id: int) -> HttpResponse:
    """Stop a token at once."""
    token = tokens_of(request.user).filter(pk=token_id).first()
    if token is None:
        raise Http404
    services.withdraw_token(token, by=request.user)
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:token-list")
