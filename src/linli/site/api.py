"""The API: the skills' routers under one roof, one manner of saying no."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from linli import __version__
from linli.core.accounts.access import PUBLIC
from linli.core.accounts.api_auth import NOBODY
from linli.core.ui.phrases import Refusal, say_refusal

type Patterns = tuple[list[URLPattern | URLResolver], str, str]

api = NinjaAPI(
    title="Linli",
    version=__version__,
    description="What the pages do, for programs. How to get a token: docs/reference/api.md.",
    urls_namespace="api",
    docs_url=None,
    auth=NOBODY,
)


def _say(
    request: HttpRequest, status: int, code: str, message: str, **more: object
) -> HttpResponse:
    return api.create_response(request, {"code": code, "message": message, **more}, status=status)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return _say(request, 422, refusal.code, say_refusal(refusal))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _missing: Http404) -> HttpResponse:
    return _say(request, 404, "api.not_found", _("There is nothing here."))


@api.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, _denied: PermissionDenied) -> HttpResponse:
    return _say(request, 403, "api.forbidden", _("This token does not allow that."))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    match error.status_code:
        case 401:
            answer = _say(request, 401, "api.unauthorized", _("A valid token is needed."))
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        case 403:
            return _say(request, 403, "api.forbidden", _("This token does not allow that."))
        case status:
            return _say(request, status, "api.unreadable", _("The request could not be read."))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _say(
        request,
        422,
        "api.invalid",
        _("Some values are missing or cannot be read."),
        fields=[
            {"place": ".".join(str(part) for part in one["loc"]), "message": one["msg"]}
            for one in error.errors
        ],
    )


def _mount() -> Patterns:
    """Add the router of every skill that has one, and let tokens guard what users' roles do not."""
    for skill in settings.SKILLS:
        package: Any = f"linli.skills.{skill}"
        if package in settings.INSTALLED_APPS and module_has_submodule(
            import_module(package), "api"
        ):
            api.add_router(f"/{skill}/", import_module(f"{package}.api").router)
    patterns: Patterns = api.urls
    for pattern in patterns[0]:
        # AccessMiddleware asks for a session; here each operation's TokenAuth stands at the door.
        pattern.callback.permission = PUBLIC  # type: ignore[union-attr]
    return patterns


urls = _mount()
