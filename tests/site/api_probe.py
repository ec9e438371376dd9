"""An API with operations that end in every way there is."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import include, path
from ninja import Router, Schema

from linli.core.accounts.api_auth import TokenRequest, scoped
from linli.engines.errors import RuleError
from linli.site.api import make_api, mount

router = Router(tags=["probe"])


class Reading(Schema):
    """What one of the operations takes."""

    floor: int


@router.get("/whoami", auth=scoped("register:read"))
def whoami(request: TokenRequest) -> dict[str, str]:
    return {"auth": request.auth.username, "user": request.user.username}


@router.post("/heads-only", auth=scoped("register:read", permission="accounts.manage_users"))
def heads_only(request: TokenRequest) -> dict[str, str]:
    return {}


@router.get("/unguarded")
def unguarded(request: TokenRequest) -> dict[str, str]:
    return {}


@router.post("/endings/{how}", auth=scoped("register:read"))
def endings(request: TokenRequest, how: str) -> dict[str, str]:
    raise {
        "refused": RuleError("accounts.last_head", name="李"),
        "missing": Http404(),
        "denied": PermissionDenied(),
    }[how]


@router.post("/reading", auth=scoped("register:read"))
def reading(request: TokenRequest, taken: Reading) -> dict[str, int]:
    return {"floor": taken.floor}


urlpatterns = [
    path("", include("linli.core.ui.urls")),
    path("accounts/", include("linli.core.accounts.urls")),
    path("api/", mount(make_api({"probe": router}, namespace="probe"))),
]
