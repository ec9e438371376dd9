"""What happens once a day by itself while the server runs."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from linli.site.upgrade import drop_old_copies
from linli.skills.deliberation.services.askings import destroy_due
from linli.skills.deliberation.services.ballots import reshuffle_ballots

_log = logging.getLogger(__name__)
_A_DAY = 24 * 3600.0

type Chore = Callable[[datetime], object]


def _destroy(now: datetime) -> int:
    return destroy_due(today=timezone.localdate(now))


def _shuffle(_now: datetime) -> None:
    reshuffle_ballots()


def _clear_sessions(_now: datetime) -> None:
    call_command("clearsessions", verbosity=0)


def _forget_wrong_log_ins(now: datetime) -> None:
    """Delete wrong tries of before yesterday: who errs may type the password as the user name."""
    AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(days=1)).delete()


CHORES: tuple[Chore, ...] = (
    _destroy,
    _shuffle,
    _clear_sessions,
    _forget_wrong_log_ins,
    drop_old_copies,
)


def tidy(now: datetime, chores: tuple[Chore, ...] = CHORES) -> int:
    """Do the day's chores, each for itself; return how many failed."""
    failed = 0
    for chore in chores:
        try:
            chore(now)
        except Exception:  # noqa: BLE001  whatever it is, the server goes on
            _log.exception("A chore failed: %s", getattr(chore, "__name__", chore))
            failed += 1
    return failed


def tidy_daily(stop: threading.Event) -> None:
    """Tidy now and then once a day until told to stop."""
    while True:
        tidy(timezone.now())
        close_old_connections()
        if stop.wait(_A_DAY):
            return
