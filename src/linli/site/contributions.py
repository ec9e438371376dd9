"""Fill the registry: what each skill shows on pages that are not its own."""

from functools import cache

from django.utils.translation import gettext_lazy as _

from linli.core.ui import registry
from linli.core.ui.registry import Tile
from linli.skills.participation import selectors as participation
from linli.skills.register import selectors as register


@cache
def fill() -> None:
    """Register tiles, the day's sources, panels and handovers, once."""
    registry.tiles += [
        Tile(
            skill="register",
            url_name="register:building-list",
            title=_("Register"),
            question=_("Who lives here, and whom have we not seen?"),
            permission="register.view_doors",
            icon="building",
        ),
        Tile(
            skill="participation",
            url_name="participation:matter-list",
            title=_("Participation"),
            question=_("What is to be decided, and whom did we not hear?"),
            permission="participation.view_matters",
            icon="matter",
        ),
        Tile(
            skill="deliberation",
            url_name="deliberation:asking-list",
            title=_("Deliberation"),
            question=_("Who is for it, who against, why, and what joins them?"),
            permission="deliberation.view_askings",
            icon="ask",
        ),
    ]
    registry.today_sources += [register.today_items, participation.today_items]
