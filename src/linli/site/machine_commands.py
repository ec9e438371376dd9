"""Commands that run, keep and check an installation."""

import os
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.core.accounts.command_line import Refused, require_database
from linli.site.upgrade import prepare_database

_PORT = click.IntRange(1, 65535)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=_PORT, default=8000, show_default=True)
def start(*, host: str, port: int) -> None:
    """Try it out: make a demo neighbourhood at the first start, then serve."""
    from linli.site.start import start as start_demo  # noqa: PLC0415

    start_demo(host=host, port=port)


@click.command()
@click.option("--host", default=None, help="Address to listen on; 127.0.0.1, with --lan all.")
@click.option("--port", type=_PORT, default=None, help="8000, with --lan 8443.")
@click.option("--lan", is_flag=True, help="HTTPS for the office network, own certificate.")
@click.option("--trust-port", type=_PORT, default=8080, show_default=True, help="Help page.")
@click.option("--residents-only", is_flag=True, help="Nothing but the residents' pages.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
def serve(
    *,
    host: str | None,
    port: int | None,
    lan: bool,
    trust_port: int,
    residents_only: bool,
    workers: int,
) -> None:
    """Serve for real: what is there, without a demo."""
    from linli.site import serve as server  # noqa: PLC0415
    from linli.site.safeguards import refuse_taken_port  # noqa: PLC0415
    from linli.site.start import collect_static  # noqa: PLC0415

    host = host or ("0.0.0.0" if lan else "127.0.0.1")  # noqa: S104  that is what --lan means
    port = port or (8443 if lan else 8000)
    refuse_taken_port(host, port)
    copy = prepare_database()
    if copy:
        click.echo(
            _("The database was upgraded; the old one is kept in %(path)s.") % {"path": copy}
        )
    collect_static()
    if residents_only:
        os.environ["LINLI_RESIDENTS_ONLY"] = "1"
    if lan:
        from linli.site.lan import serve_on_lan  # noqa: PLC0415

        serve_on_lan(host=host, port=port, trust_port=trust_port, workers=workers)
        return
    address = settings.PUBLIC_URL or f"http://{host}:{port}"
    click.echo(_("Open %(address)s — stop with Ctrl-C.") % {"address": f"{address}/"})
    server.run(host=host, port=port, workers=workers)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def backup(*, file: Path, passphrase_file: Path | None) -> None:
    """Write database and keys into one encrypted file; the server may go on."""
    from linli.core.accounts.services import note_backup  # noqa: PLC0415
    from linli.site.backup import write_backup  # noqa: PLC0415

    require_database()
    rows = write_backup(file, passphrase=_new_passphrase(passphrase_file))
    note_backup()
    click.echo(_("Backup of %(rows)s rows written to %(path)s.") % {"rows": rows, "path": file})
    click.echo(_("Keep the passphrase apart from the file; without it nobody can read it."))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put present data aside and take those of the file.")
def restore(*, file: Path, passphrase_file: Path | None, replace: bool) -> None:
    """Bring back database and keys from a backup, also into a newer version."""
    from linli.core.accounts.services import note_restore  # noqa: PLC0415
    from linli.site.restore import restore_backup  # noqa: PLC0415

    passphrase = _passphrase(passphrase_file) or click.prompt(_("Passphrase"), hide_input=True)
    done = restore_backup(file, passphrase=passphrase, replace=replace)
    note_restore(done.made_at)
    click.echo(
        _("%(rows)s rows of %(made)s are restored.") % {"rows": done.rows, "made": done.made_at}
    )
    if done.aside:
        click.echo(_("What was there before lies in %(path)s.") % {"path": done.aside})


@click.command()
def upgrade() -> None:
    """Bring the database to this version; ``serve`` does it by itself."""
    copy = prepare_database()
    if copy:
        click.echo(
            _("The database was upgraded; the old one is kept in %(path)s.") % {"path": copy}
        )
    else:
        click.echo(_("The database is up to date."))


@click.command()
def tidy() -> None:
    """Do the day's chores now; a running server does them by itself."""
    from linli.site.housekeeping import tidy as tidy_now  # noqa: PLC0415

    require_database()
    failed = tidy_now(timezone.now())
    if failed:
        raise Refused(_("%(count)s chores failed; the lines above say why.") % {"count": failed})
    click.echo(_("Everything is tidy."))


@click.command()
def check() -> None:
    """Look over an installation and say what should be mended."""
    from linli.site.self_check import findings  # noqa: PLC0415

    wrong = 0
    for finding in findings(timezone.now()):
        wrong += not finding.is_good
        click.echo(f"{'✓' if finding.is_good else '✗'} {finding.text}")
    if wrong:
        raise Refused(_("%(count)s points to mend.") % {"count": wrong})


def _passphrase(file: Path | None) -> str:
    """Read the first line of the passphrase file."""
    if file is None:
        return ""
    lines = file.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise Refused(_("%(path)s holds no passphrase in its first line.") % {"path": file})
    return lines[0].strip()


def _new_passphrase(file: Path | None) -> str:
    passphrase = _passphrase(file) or click.prompt(
        _("Passphrase"), hide_input=True, confirmation_prompt=_("Passphrase again")
    )
    if len(passphrase) < 12:
        raise Refused(_("Choose a passphrase of at least 12 characters."))
    return str(passphrase)
