"""A GET that writes fails: only reading statements pass while one is answered."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

_READING = ("SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE", "BEGIN", "ROLLBACK", "COMMIT", "PRAGMA")


class GetWroteError(AssertionError):
    """Somebody wrote while answering a GET."""


class ReadOnlyGets:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)

        def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if not sql.lstrip(" (").upper().startswith(_READING):
                raise GetWroteError(f"{request.path}: {sql[:120]}")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(refuse):
            return self.get_response(request)
