"""Database and keys in one encrypted file that either database can take back.

Inside: gzipped lines of JSON. First what the file is (version, day, migrations, keys), then for
each table a line with its columns and a line for each row, at the end the number of rows. Rows
stand in the order of their primary keys: those of ballots are random, so nothing tells who
answered first.
"""

import base64
import copy
import gzip
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps
from django.utils import timezone
from django.utils.translation import gettext as _

from linli import __version__
from linli.core.accounts.command_line import Refused
from linli.site.safeguards import refuse_foreign_keys
from linli.site.sealed_file import SealingWriter

FORMAT = 1
MARK = "last-backup"
"""A file in the data folder whose time is that of the last backup."""
type Column = models.Field[Any, Any]
"""Any column."""

_LEFT_OUT = {"sessions.Session"}
_REWRITTEN = {"deliberation_vote", "deliberation_ballot", "deliberation_reason"}


def write_backup(path: Path, *, passphrase: str) -> int:
    """Write the backup whole or not at all; return the number of rows in it."""
    if path.exists():
        raise Refused(_("%(path)s exists already; choose another name.") % {"path": path})
    if not settings.KEYS_FILE.exists():
        raise Refused(_("The keys are missing: %(path)s.") % {"path": settings.KEYS_FILE})
    refuse_foreign_keys()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            rows = _write_lines(SealingWriter(file, passphrase))
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as failed:
        raise Refused(
            _("%(path)s could not be written: %(why)s") % {"path": path, "why": failed.strerror}
        ) from failed
    finally:
        draft.unlink(missing_ok=True)
    # The backup is whole even where the data folder takes no mark.
    with suppress(OSError):
        (settings.DATA_DIR / MARK).touch()
    return rows


def _write_lines(sealed: SealingWriter) -> int:
    rows = 0
    with _snapshot() as alias, gzip.GzipFile(fileobj=sealed, mode="wb", mtime=0) as packed:

        def put(line: object) -> None:
            text = json.dumps(line, ensure_ascii=False, default=_plain)
            packed.write(text.encode() + b"\n")

        loader = MigrationLoader(connections[alias])
        applied = sorted(set(loader.applied_migrations) & set(loader.graph.nodes))
        put(
            {
                "format": FORMAT,
                "version": __version__,
                "made_at": timezone.localtime().isoformat(timespec="minutes"),
                "migrations": applied,
                "keys": json.loads(settings.KEYS_FILE.read_text(encoding="ascii")),
            }
        )
        for model in models_to_keep(state_apps(loader, applied)):
            fields = model._meta.concrete_fields  # noqa: SLF001  Django's documented door
            put({"table": model._meta.label, "columns": [field.attname for field in fields]})  # noqa: SLF001
            for row in _rows(model, fields, alias):
                put(row)
                rows += 1
        put({"end": rows})
    sealed.seal()
    return rows


def _plain(value: object) -> str:
    """Write times with their microseconds, and numbers and UUIDs as they are printed."""
    return value.isoformat() if isinstance(value, date | time) else str(value)


def state_apps(loader: MigrationLoader, applied: list[tuple[str, str]]) -> StateApps:
    """Rebuild the models as they were at those migrations."""
    return loader.project_state(applied, at_end=True).apps


def models_to_keep(apps: StateApps) -> list[type[models.Model]]:
    """List the tables of a backup, in an order that is always the same."""
    found = (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in _LEFT_OUT  # noqa: SLF001
    )
    return sorted(found, key=lambda model: model._meta.label)  # noqa: SLF001


def _rows(model: type[models.Model], fields: tuple[Column, ...], alias: str) -> Iterator[list[Any]]:
    binary = {place for place, field in enumerate(fields) if isinstance(field, models.BinaryField)}
    found = model._base_manager.using(alias).order_by("pk")  # noqa: SLF001
    for row in found.values_list(*(field.attname for field in fields)).iterator(2000):
        yield [
            base64.b64encode(bytes(value)).decode()
            if place in binary and value is not None
            else value
            for place, value in enumerate(row)
        ]


@contextmanager
def _snapshot() -> Iterator[str]:
    """Open a second connection that sees one moment and holds up no writer."""
    alias = "snapshot"
    described = copy.deepcopy(connections["default"].settings_dict)
    described["OPTIONS"].pop("transaction_mode", None)
    connections.databases[alias] = described
    try:
        there = set(connections[alias].introspection.table_names())
        with transaction.atomic(using=alias):
            if connections[alias].vendor == "postgresql":
                with connections[alias].cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    # Rewriting ballots empties their tables, for older snapshots too: hold it off
                    # before the first look. A database of an older version may have none of them.
                    for name in _REWRITTEN & there:
                        cursor.execute(f"LOCK TABLE {name} IN ACCESS SHARE MODE")
            yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]
