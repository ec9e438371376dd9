"""What every command shares: whose data it works on, how it refuses, how it writes answers."""

import errno
import json
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from linli.core.accounts.models import Committee


class Refused(click.ClickException):
    """A command says no: one sentence on stderr, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence and nothing around it."""
        click.echo(self.message, err=True, file=file)


def committee_option[C: Callable[..., Any]](command: C) -> C:
    """Give a command ``--committee NAME``; it receives the ``committee`` itself."""
    return click.option(
        "--committee",
        metavar="NAME",
        callback=_find_committee,
        help="Name of the committee; may be left out where there is only one.",
    )(command)


def _find_committee(
    context: click.Context, _parameter: click.Parameter, name: str | None
) -> Committee | None:
    if context.resilient_parsing:
        return None
    require_database()
    found = Committee.objects.order_by("name")
    if name is not None:
        committee = found.filter(name=name).first()
        if committee is None:
            raise Refused(_("There is no committee called %(name)s.") % {"name": name})
        return committee
    committees = list(found[:2])
    if not committees:
        raise Refused(_("There is no committee yet; set one up with “linli committee create”."))
    if len(committees) > 1:
        raise Refused(_("There are several committees; name one with --committee NAME."))
    return committees[0]


def require_database() -> None:
    """Refuse where the database is missing, out of reach or older than the program."""
    if is_missing():
        raise Refused(_("There is no database yet; set one up with “linli committee create”."))
    try:
        behind = pending_migrations()
    except OperationalError as failed:
        raise Refused(_("The database does not answer: %(why)s") % {"why": failed}) from failed
    if behind:
        raise Refused(_("The database is of an older version; run “linli upgrade” first."))


def is_missing() -> bool:
    """Say whether this installation has no database file yet."""
    if connection.vendor != "sqlite":
        return False
    name = str(connection.settings_dict["NAME"])
    return not name.startswith("file:") and not Path(name).exists()


def pending_migrations() -> list[str]:
    """Name the migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def write_json(path: Path | str, data: Any) -> None:
    """Write the machine's answer to ``path``, whole or not at all."""
    write_files({Path(path): json_text(data)})


def json_text(data: Any) -> str:
    """Say the machine's answer as the text of a file."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write_files(texts: Mapping[Path, str]) -> None:
    """Write files whole, all of them or none."""
    drafts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, text in texts.items():
            if path.exists() and not path.is_file():
                # A pipe or a device is written to; a file renamed over it would take its place.
                path.write_text(text, encoding="utf-8")
                continue
            target = Path(os.path.realpath(path))
            drafts[target] = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
            drafts[target].write_text(text, encoding="utf-8")
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as failed:
        raise Refused(
            _("%(path)s could not be written: %(why)s") % {"path": path, "why": said_why(failed)}
        ) from failed
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink()


def said_why(failed: OSError) -> str:
    """Say in the user's language why a file could not be read or written."""
    reasons = {
        errno.ENOENT: _("there is no such file or folder."),
        errno.ENOTDIR: _("there is no such file or folder."),
        errno.EISDIR: _("it is a folder."),
        errno.EACCES: _("it is not allowed."),
        errno.EPERM: _("it is not allowed."),
        errno.EROFS: _("it is not allowed."),
        errno.ENOSPC: _("the disk is full."),
    }
    return reasons.get(failed.errno or 0, str(failed.strerror))
