"""What ``linli check`` looks at, in plain sentences."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from linli.core.accounts.command_line import is_missing, pending_migrations
from linli.core.accounts.selectors import committees_sealed_otherwise
from linli.site.backup import MARK
from linli.skills.deliberation.papers import can_write_pdf

_BACKUP_AGE = timedelta(days=7)
_ROOM = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One point and whether it is as it should be."""

    is_good: bool
    text: str


def findings(now: datetime) -> Iterator[Finding]:
    """Look at one point after the other."""
    yield Finding(not settings.DEBUG, _("Error pages show no code (LINLI_DEBUG is off)."))
    yield Finding(
        _is_private(settings.KEYS_FILE),
        _("Only their owner can read the keys: %(path)s.") % {"path": settings.KEYS_FILE},
    )
    if settings.DATA_DIR.exists():
        yield Finding(
            os.access(settings.DATA_DIR, os.W_OK)
            and shutil.disk_usage(settings.DATA_DIR).free > _ROOM,
            _("The data folder can be written and has room: %(path)s.")
            % {"path": settings.DATA_DIR},
        )
    if is_missing():
        yield Finding(is_good=False, text=_("There is a database."))
        return
    yield Finding(not pending_migrations(), _("The database is of this version."))
    if pending_migrations():
        return
    yield Finding(not committees_sealed_otherwise(), _("Keys and data belong together."))
    yield _database()
    yield Finding(
        settings.SESSION_COOKIE_SECURE or not settings.PUBLIC_URL,
        _("A public address is reached over HTTPS only (LINLI_HTTPS is on)."),
    )
    yield Finding(
        not settings.PUBLIC_URL or settings.PUBLIC_URL.startswith("https://"),
        _("The address on slips begins with https:// (LINLI_PUBLIC_URL)."),
    )
    yield Finding(
        can_write_pdf(),
        _("PDF can be made; otherwise: apt install %(packages)s (until then browsers print).")
        % {"packages": "fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0"},
    )
    mark = settings.DATA_DIR / MARK
    is_fresh = mark.exists() and _changed(mark, now) > now - _BACKUP_AGE
    yield Finding(is_fresh, _("The last backup is no older than a week."))


def _database() -> Finding:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_encoding")
            (encoding,) = cursor.fetchone()
        return Finding(encoding == "UTF8", _("PostgreSQL stores text as UTF-8."))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (answer,) = cursor.fetchone()
    return Finding(answer == "ok", _("The database file is whole."))


def _is_private(path: Path) -> bool:
    return path.exists() and not stat.S_IMODE(path.stat().st_mode) & 0o077


def _changed(path: Path, now: datetime) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo)
