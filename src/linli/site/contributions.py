"""Fill the registry: what each skill shows on pages that are not its own."""

from functools import cache

from django.utils.translation import gettext_lazy as _

from linli.core.accounts.services import contribute_handover
from linli.core.ui import registry
from linli.core.ui.registry import Tile
from linli.skills.deliberation.selectors.askings import is_being_asked
from linli.skills.deliberation.services.askings import guard_matter
from linli.skills.deliberation.views.asking import today_items as askings_today
from linli.skills.deliberation.views.panel import matter_panel
from linli.skills.participation.selectors import contribute_asking_open
from linli.skills.participation.selectors import today_items as matters_today
from linli.skills.participation.services import contribute_guard
from linli.skills.participation.services import hand_over as hand_over_matters
from linli.skills.register.selectors import today_items as doors_today
from linli.skills.register.services import hand_over as hand_over_buildings


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
    registry.today_sources += [doors_today, askings_today, matters_today]
    registry.matter_panels.append(matter_panel)
    contribute_handover(hand_over_matters)
    contribute_handover(hand_over_buildings)
    contribute_asking_open(is_being_asked)
    contribute_guard(guard_matter)
