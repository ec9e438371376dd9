"""Bring back what ``backup`` wrote, into either database and into this or a newer version."""

import base64
import copy
import gzip
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from linli.core.accounts.command_line import Refused
from linli.site.backup import FORMAT, Column, models_to_keep, state_apps
from linli.site.safeguards import hold_lock
from linli.site.sealed_file import (
    DamagedFileError,
    NotABackupError,
    UnsealingReader,
    WrongPassphraseError,
)

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back and where the old data lie."""

    rows: int
    made_at: str
    aside: str


def restore_backup(path: Path, *, passphrase: str, replace: bool) -> Restored:
    """Restore the whole file or nothing; data that were there are put aside, never lost."""
    lock = hold_lock(alone=True)
    try:
        head, rows = _look_through(path, passphrase)
        with_postgresql = connections["default"].vendor == "postgresql"
        if not replace and (_has_tables() or settings.KEYS_FILE.exists()):
            raise Refused(
                _("There are data already; --replace puts them aside and takes those of the file.")
            )
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        draft = settings.DATA_DIR / f".restoring-{secrets.token_hex(4)}"
        draft.mkdir(mode=0o700)
        try:
            _write_keys(draft / settings.KEYS_FILE.name, head["keys"])
            lines = _lines(path, passphrase)
            fill = _fill_postgresql if with_postgresql else _fill_sqlite
            aside = fill(lines, draft, stamp)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    finally:
        os.close(lock)
    return Restored(rows, head["made_at"], aside)


def _lines(path: Path, passphrase: str) -> Iterator[Any]:
    """Decrypt the file line by line, with a sentence for whatever is wrong with it."""
    try:
        with path.open("rb") as file, gzip.open(UnsealingReader(file, passphrase)) as packed:
            for line in packed:
                yield json.loads(line)
    except NotABackupError as wrong:
        raise Refused(_("%(path)s is no backup of Linli.") % {"path": path}) from wrong
    except WrongPassphraseError as wrong:
        raise Refused(_("The passphrase is wrong, or the file is damaged.")) from wrong
    except (DamagedFileError, EOFError, gzip.BadGzipFile) as wrong:
        raise Refused(
            _("%(path)s is damaged or incomplete; nothing was changed.") % {"path": path}
        ) from wrong


def _look_through(path: Path, passphrase: str) -> tuple[dict[str, Any], int]:
    """Read the whole file once before anything is written: every piece must be genuine."""
    head: dict[str, Any] = {}
    last: Any = None
    for last in _lines(path, passphrase):
        head = head or last
    if head.get("format") != FORMAT:
        raise Refused(_("%(path)s was made by a newer version; upgrade first.") % {"path": path})
    known = set(MigrationLoader(None).graph.nodes)
    if not {(app, name) for app, name in head["migrations"]} <= known:
        raise Refused(_("%(path)s was made by a newer version; upgrade first.") % {"path": path})
    return head, int(last["end"])


def _has_tables() -> bool:
    connection = connections["default"]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return Path(name).exists()
    return bool(connection.introspection.table_names())


def _write_keys(path: Path, keys: dict[str, str]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())


def _fill_sqlite(lines: Iterator[Any], draft: Path, stamp: str) -> str:
    """Fill a new file beside the old one, then let them change places."""
    alias = "restored"
    described = copy.deepcopy(connections["default"].settings_dict)
    current = Path(described["NAME"])
    described["NAME"] = draft / current.name
    connections.databases[alias] = described
    try:
        _fill(lines, alias)
        with transaction.atomic(using=alias):
            connections[alias].check_constraints()
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]
    (draft / current.name).chmod(0o600)
    connections.close_all()
    aside = settings.DATA_DIR / f"before-restore-{stamp}"
    companions = [current.with_name(current.name + end) for end in ("", "-wal", "-shm")]
    moved = [one for one in [*companions, settings.KEYS_FILE] if one.exists()]
    if moved:
        aside.mkdir(mode=0o700)
    for one in moved:
        one.rename(aside / one.name)
    (draft / current.name).rename(current)
    (draft / settings.KEYS_FILE.name).rename(settings.KEYS_FILE)
    return str(aside) if moved else ""


def _fill_postgresql(lines: Iterator[Any], draft: Path, stamp: str) -> str:
    """Fill a new schema in one transaction; the old one stays under another name."""
    connection = connections["default"]
    schema = "linli_before_" + stamp.replace("-", "_")
    had_tables = _has_tables()
    with transaction.atomic():
        if had_tables:
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER SCHEMA public RENAME TO {schema}")
                cursor.execute("CREATE SCHEMA public")
        _fill(lines, "default")
    aside = settings.DATA_DIR / f"before-restore-{stamp}"
    if settings.KEYS_FILE.exists():
        aside.mkdir(mode=0o700)
        settings.KEYS_FILE.rename(aside / settings.KEYS_FILE.name)
    (draft / settings.KEYS_FILE.name).rename(settings.KEYS_FILE)
    if not had_tables:
        return ""
    return _("schema %(schema)s and %(path)s") % {"schema": schema, "path": aside}


def _fill(lines: Iterator[Any], alias: str) -> None:
    """Build the tables of that time, load the rows, then bring all to this version."""
    connection = connections[alias]
    applied = [(app, name) for app, name in next(lines)["migrations"]]
    executor = MigrationExecutor(connection)
    newest = [
        node
        for node in applied
        if not {child.key for child in executor.loader.graph.node_map[node].children} & set(applied)
    ]
    executor.migrate(newest)
    kept = models_to_keep(state_apps(executor.loader, applied))
    with transaction.atomic(using=alias):
        _load(lines, {model._meta.label: model for model in kept}, alias)  # noqa: SLF001
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), kept):
                    cursor.execute(statement)
                # A table with rows still to be checked cannot be altered.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _load(lines: Iterator[Any], by_label: dict[str, type[models.Model]], alias: str) -> None:
    model: type[models.Model] | None = None
    fields: list[Column] = []
    waiting: list[models.Model] = []

    def put() -> None:
        if model is not None and waiting:
            model._base_manager.using(alias).bulk_create(waiting)  # noqa: SLF001
            waiting.clear()

    for line in lines:
        if isinstance(line, dict):
            put()
            if "end" in line:
                return
            model = by_label[line["table"]]
            # What a migration itself wrote comes back with the rows.
            model._base_manager.using(alias).all().delete()  # noqa: SLF001
            fields = _fields(model, line["columns"])
        elif model is not None:
            values = zip(fields, line, strict=True)
            waiting.append(model(**{one.attname: _value(one, value) for one, value in values}))
            if len(waiting) >= _BATCH:
                put()


def _fields(model: type[models.Model], columns: list[str]) -> list[Column]:
    by_column = {one.attname: one for one in model._meta.concrete_fields}  # noqa: SLF001
    fields = [by_column[name] for name in columns]
    for field in fields:
        # The row's own times come back, not this moment.
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False
    return fields


def _value(field: Column, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)
