"""What is made sure of before anything is served or replaced."""

import fcntl
import os
import socket

from django.conf import settings
from django.utils.translation import gettext as _

from linli.core.accounts.command_line import Refused
from linli.core.accounts.selectors import committees_sealed_otherwise

_LOCK = "serving.lock"


def refuse_taken_port(host: str, port: int) -> None:
    """Say so at once where another program already listens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise Refused(
                _("Port %(port)s on %(host)s cannot be used (%(why)s); choose another with --port.")
                % {"port": port, "host": host, "why": taken.strerror}
            ) from taken


def refuse_foreign_keys() -> None:
    """Refuse to serve data with keys that are not theirs: nothing sealed could be read."""
    committees = committees_sealed_otherwise()
    if committees:
        raise Refused(
            _(
                "The keys in %(path)s are not those of the data of %(names)s; "
                "restore keys and database from the same backup."
            )
            % {"path": settings.KEYS_FILE, "names": ", ".join(committees)}
        )


def hold_lock(*, alone: bool) -> int:
    """Mark the data folder as in use until this program ends; ``alone``: nobody else may."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(settings.DATA_DIR / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        os.close(handle)
        raise Refused(
            _("The data in %(path)s are in use; stop the server first.")
            % {"path": settings.DATA_DIR}
        ) from busy
    return handle
