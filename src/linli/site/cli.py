"""The command ``linli``: every skill's commands and those of the machine."""

import os
import sys
from importlib import import_module

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import ValidationError

from linli.site.command_help import speak, translated

# Loaded when called: `linli --help` and `linli deliberation map` touch no database.
_COMMANDS = {
    "backup": "linli.site.machine_commands",
    "check": "linli.site.machine_commands",
    "committee": "linli.site.people_commands",
    "deliberation": "linli.skills.deliberation.cli",
    "participation": "linli.skills.participation.cli",
    "register": "linli.skills.register.cli",
    "restore": "linli.site.machine_commands",
    "serve": "linli.site.machine_commands",
    "start": "linli.site.machine_commands",
    "tidy": "linli.site.machine_commands",
    "upgrade": "linli.site.machine_commands",
    "user": "linli.site.people_commands",
}


class Workbench(click.Group):
    """Finds a command in the room that has it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load the room of one command."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        return translated(command)


@click.group(cls=Workbench, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="linli", message="%(version)s")
def cli() -> None:
    """邻里 Linli: a workbench with which a neighbourhood governs itself."""


def own_language() -> str:
    """Choose the language of sentences in the terminal: English where it is asked for."""
    chosen = os.environ.get("LINLI_LANGUAGE") or next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "en" if chosen.lower().startswith("en") else "zh-hans"


def main() -> None:
    """Run ``linli``; a refusal is one sentence on stderr and exit status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    try:
        django.setup()
    except (ValueError, ImproperlyConfigured) as wrong:
        # The settings themselves are unreadable, so no catalogue is there to translate.
        click.echo(f"LINLI_… 环境变量有误 / a LINLI_… variable is wrong: {_said(wrong)}", err=True)
        sys.exit(2)
    speak(own_language())
    with translation.override(own_language()):
        sys.exit(_run())


def _said(wrong: Exception) -> str:
    """Name the variables that pydantic refused, without its advice to programmers."""
    if not isinstance(wrong, ValidationError):
        return str(wrong)
    return "; ".join(f"LINLI_{one['loc'][0]}".upper() + f": {one['msg']}" for one in wrong.errors())


def _run() -> int:
    """Run the command and turn every refusal into its sentence."""
    from django.db import DatabaseError  # noqa: PLC0415  settings must be read first

    from linli.core.ui.phrases import Refusal, say_refusal  # noqa: PLC0415
    from linli.site import contributions  # noqa: PLC0415

    contributions.fill()
    try:
        return translated(cli).main(prog_name="linli", standalone_mode=False) or 0
    except click.ClickException as refused:
        refused.show()
        return 2
    except Refusal as refusal:
        click.echo(say_refusal(refusal), err=True)
        return 2
    except DatabaseError as failed:
        click.echo(_("The database does not answer: %(why)s") % {"why": failed}, err=True)
        return 2
    except OSError as failed:
        if failed.filename is None:
            raise
        wrong = {"path": failed.filename, "why": failed.strerror}
        click.echo(_("%(path)s cannot be used: %(why)s") % wrong, err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130


if __name__ == "__main__":
    main()
