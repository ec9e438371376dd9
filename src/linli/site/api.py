"""The API: the skills' routers under one roof, one manner of saying no."""

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from linli import __version__
from linli.core.accounts.access import API
from linli.core.accounts.api_auth import NOBODY
from linli.core.ui.phrases import Refusal, say_refusal

type Mounted = tuple[list[URLPattern | URLResolver], str, str]


class _ReadableJson(JSONRenderer):
    """JSON that shows Chinese as it is."""

    json_dumps_params = {"ensure_ascii": False}


class _StorableJson(Parser):
    """JSON without the characters that no database keeps: NUL and halves of others."""

    def parse_body(self, request: HttpRequest) -> Any:
        data = super().parse_body(request)
        written = json.dumps(data, ensure_ascii=False)
        written.encode()
        if "\\u0000" in written:
            raise ValueError
        return data


def skill_routers() -> dict[str, Router]:
    """Find the router of every skill that has one."""
    packages = {skill: f"linli.skills.{skill}" for skill in settings.SKILLS}
    return {
        skill: import_module(f"{package}.api").router
        for skill, package in packages.items()
        if package in settings.INSTALLED_APPS
        and module_has_submodule(import_module(package), "api")
    }


def make_api(routers: Mapping[str, Router], *, namespace: str = "api") -> NinjaAPI:
    """Put routers under one roof; an operation that names no scope lets nobody in."""
    api = NinjaAPI(
        title="Linli",
        version=__version__,
        description="What the pages do, for programs.",
        urls_namespace=namespace,
        docs_url=None,
        auth=NOBODY,
        parser=_StorableJson(),
        renderer=_ReadableJson(),
    )
    for prefix, router in routers.items():
        api.add_router(f"/{prefix}/", router)
    _say_no_alike(api)
    return api


def mount(api: NinjaAPI) -> Mounted:
    """Let requests without a session through to where each operation asks for its token."""
    mounted: Mounted = api.urls
    for pattern in mounted[0]:
        pattern.callback.permission = API  # type: ignore[union-attr]
    return mounted


def _say_no_alike(api: NinjaAPI) -> None:
    """Answer every refusal with a code for programs and a sentence for people."""

    def no(
        request: HttpRequest, status: int, code: str, message: str, **more: object
    ) -> HttpResponse:
        body = {"code": code, "message": message, **more}
        return api.create_response(request, body, status=status)

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return no(request, 422, refusal.code, say_refusal(refusal))

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, _missing: Http404) -> HttpResponse:
        return no(request, 404, "api.not_found", _("There is nothing here."))

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, _denied: PermissionDenied) -> HttpResponse:
        return no(request, 403, "api.forbidden", _("This token does not allow that."))

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 401:
            answer = no(request, 401, "api.unauthorized", _("A valid token is needed."))
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        if error.status_code == 403:
            return no(request, 403, "api.forbidden", _("This token does not allow that."))
        unread = _("The request could not be read.")
        return no(request, error.status_code, "api.unreadable", unread)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = [
            {"place": ".".join(str(part) for part in one["loc"]), "message": one["msg"]}
            for one in error.errors
        ]
        unread = _("Some values are missing or cannot be read.")
        return no(request, 422, "api.invalid", unread, fields=fields)


urls = mount(make_api(skill_routers()))
