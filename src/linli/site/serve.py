"""Serve the workbench with granian."""

import multiprocessing
import os
import threading
from pathlib import Path

from django.db import connection, connections
from granian import Granian
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels

from linli.site.housekeeping import tidy_daily
from linli.site.safeguards import hold_lock, refuse_foreign_keys

# SQLite writes one after the other anyway; a few threads keep a slow page from holding up votes.
_THREADS = {"sqlite": 4, "postgresql": 8}

# What granian itself reports passes the same filter as Django's lines. Its warnings are advice
# about its own settings, in English only.
_LOGGING = {
    "filters": {"hide_codes": {"()": "linli.core.accounts.log_filter.HideCodes"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "generic",
            "filters": ["hide_codes"],
        }
    },
    "loggers": {
        "_granian": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}


def run(
    *,
    host: str,
    port: int,
    workers: int = 1,
    certificate: Path | None = None,
    key: Path | None = None,
) -> None:
    """Serve until stopped; the day's chores run beside it."""
    refuse_foreign_keys()
    lock = hold_lock(alone=False)
    stop = threading.Event()
    threading.Thread(target=tidy_daily, args=(stop,), daemon=True).start()
    threads = _THREADS[connection.vendor]
    connections.close_all()
    # A worker reads its settings afresh; a forked one would keep this program's.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "linli.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        # The access log would hold residents' codes and the minute of each answer.
        log_access=False,
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
        respawn_failed_workers=True,
        # A worker that does not hear the end is ended.
        workers_kill_timeout=3,
        ssl_cert=certificate,
        ssl_key=key,
        # Phones that are ten years old speak no 1.3.
        ssl_protocol_min=SSLProtocols.tls12,
    ).serve()
    stop.set()
    os.close(lock)
