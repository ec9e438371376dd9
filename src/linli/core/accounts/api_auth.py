"""Programs show a token; it gives no more than its scopes and its user's role together."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer

from linli.core.accounts.models import User
from linli.core.accounts.scopes import SCOPES
from linli.core.accounts.selectors import token_by_secret


class TokenRequest(HttpRequest):
    """A request with a valid token; ``auth`` is whose it is."""

    auth: User


class TokenAuth(HttpBearer):
    """Lets in who shows a valid token with a scope; the user becomes ``request.auth``."""

    def __init__(self, scope: str, permission: str) -> None:
        super().__init__()
        self.scope = scope
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Find the user; without a valid token 401, without scope or permission 403."""
        found = token_by_secret(token, today=timezone.localdate())
        if found is None:
            return None
        user = found.user
        if self.scope not in found.scopes or not user.has_perm(self.permission):
            raise AuthorizationError(message=_("This token does not allow that."))
        # A browser's cookie may come along with the token; it must not decide whose rows are read.
        request.user = user
        return user


def scoped(scope: str, *, permission: str = "") -> TokenAuth:
    """Guard an operation by a scope, and by a permission if another one than the scope's."""
    return TokenAuth(scope, permission or SCOPES[scope].permission)


NOBODY = TokenAuth("", "")
"""For an operation that names no scope: no token has the empty one."""
