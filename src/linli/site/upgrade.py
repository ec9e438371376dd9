"""Bring the database to this version, with a copy of the old one beside it."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from linli.core.accounts.command_line import is_missing, pending_migrations

COPIES = "before-upgrade-*.sqlite3"
_COPIES_KEPT = timedelta(days=30)


def prepare_database() -> Path | None:
    """Create or migrate the database; return where the copy of an older one lies."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_new = is_missing()
    if is_new:
        # SQLite gives its log and index files the rights of the database.
        Path(str(connection.settings_dict["NAME"])).touch(mode=0o600)
    if not pending_migrations():
        return None
    copy = None if is_new or connection.vendor != "sqlite" else _copy_aside()
    call_command("migrate", verbosity=0, interactive=False)
    return copy


def _copy_aside() -> Path:
    """Copy the SQLite database as it is now."""
    source = str(settings.DATABASES["default"]["NAME"])
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target: Path = settings.DATA_DIR / f"before-upgrade-{stamp}.sqlite3"
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    return target


def drop_old_copies(now: datetime) -> int:
    """Delete copies that are a month old: they hold ballots that are long destroyed."""
    old = [
        path
        for path in settings.DATA_DIR.glob(COPIES)
        if datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo) < now - _COPIES_KEPT
    ]
    for path in old:
        path.unlink()
    return len(old)
