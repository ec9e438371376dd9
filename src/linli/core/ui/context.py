"""What every page's template knows."""

from django.http import HttpRequest

from linli.core.ui import registry


def page(request: HttpRequest) -> dict[str, object]:
    """Offer the tiles a user may open as the main navigation."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"tiles": []}
    return {"tiles": [tile for tile in registry.tiles if user.has_perm(tile.permission)]}
