"""What every page's template knows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from linli.core.ui import registry
from linli.core.ui.text_size import is_large


def page(request: HttpRequest) -> dict[str, object]:
    """Offer the tiles a user may open, and the size of type this browser has chosen.

    The tiles are lazy: a resident's page does not show them and must not touch the session.
    """
    return {"tiles": SimpleLazyObject(lambda: _tiles(request)), "large_text": is_large(request)}


def _tiles(request: HttpRequest) -> list[registry.Tile]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [tile for tile in registry.tiles if user.has_perm(tile.permission)]
