"""The size of type a browser has chosen: usual, or 大字版."""

from django.http import HttpRequest

COOKIE = "linli_text_size"
LARGE = "large"


def is_large(request: HttpRequest) -> bool:
    """Say whether this browser asked for large type."""
    return request.COOKIES.get(COOKIE) == LARGE
