"""What skills show on pages that are not theirs; ``site`` fills this at start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.functional import Promise

from linli.core.accounts.models import User
from linli.core.ui.charts.way import Way


@dataclass(frozen=True, slots=True)
class Tile:
    """A finished skill on the day's page."""

    skill: str
    url_name: str
    title: str | Promise
    question: str | Promise
    permission: str
    icon: str
    """A symbol of ``ui/icons.svg``."""


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing that is due, or in motion, on the day's page."""

    text: str
    url: str
    note: str = ""
    due: date | None = None
    overdue: bool = False
    moving: bool = False
    """On its way by itself, such as a matter; otherwise somebody must do something."""
    way: Way | None = None
    """Drawn below what moves."""
    action: str = ""
    """What a button says where this is the one next step of an empty committee."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page that a higher skill draws: a template with its values."""

    template: str
    values: dict[str, object]


type TodaySource = Callable[[User, date], Sequence[TodayItem]]
type MatterPanel = Callable[[HttpRequest, int], Panel | None]

tiles: list[Tile] = []
today_sources: list[TodaySource] = []
matter_panels: list[MatterPanel] = []
"""Drawn on a matter's page below its way, in this order; called with the matter's id."""
