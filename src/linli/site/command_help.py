"""The words of ``--help`` in the reader's language: ours, and those of click itself."""

import copy
import gettext as plain
import inspect
import os
from pathlib import Path

import click
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

import linli

CLICKS_WORDS = (
    gettext_lazy("Usage:"),
    gettext_lazy("Commands"),
    gettext_lazy("Error: {message}"),
    gettext_lazy("Try '{command} {option}' for help."),
    gettext_lazy("Show the version and exit."),
    gettext_lazy("Show this message and exit."),
    gettext_lazy("default: {default}"),
    gettext_lazy("Missing command."),
    gettext_lazy("Missing argument"),
    gettext_lazy("Missing option"),
    gettext_lazy("No such command {name!r}."),
    gettext_lazy("No such option {name!r}."),
    gettext_lazy("Invalid value for {param_hint}: {message}"),
    gettext_lazy("{value!r} is not a valid {number_type}."),
    gettext_lazy("{value} is not in the range {range}."),
    gettext_lazy("{name} {filename!r} does not exist."),
    gettext_lazy("{name} {filename!r} is a directory."),
    gettext_lazy("{name} {filename!r} is not readable."),
    ngettext_lazy(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."
    ),
    ngettext_lazy(
        "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"
    ),
    ngettext_lazy("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""What readers meet of click's words; they stand here so that the catalogue keeps them."""


def speak(language: str) -> None:
    """Let click, which asks the standard library, find its words in our catalogue."""
    os.environ["LANGUAGE"] = "en" if language == "en" else "zh_Hans"
    plain.bindtextdomain("django", Path(linli.__file__).parent / "locale")
    plain.textdomain("django")


class _Formatter(click.HelpFormatter):
    """Heads the options of a command otherwise than those of a matter: they share a word."""

    def write_heading(self, heading: str) -> None:
        is_shared = heading == gettext("Options")
        super().write_heading(gettext("Command options") if is_shared else heading)


class _Context(click.Context):
    formatter_class = _Formatter


def translated[C: click.Command](command: C) -> C:
    """Copy a command with its help, and that of its commands and options, translated."""
    shown = copy.copy(command)
    shown.context_class = _Context
    # Click keeps the option in the language in which it was first asked for.
    shown._help_option = None  # noqa: SLF001
    shown.help = gettext(inspect.cleandoc(command.help or "")) if command.help else None
    # Chinese has no spaces: click would cut the line after no word at all.
    shown.short_help = " ".join((shown.help or "").split("\n\n")[0].split())
    shown.params = [_translated_option(one) for one in command.params]
    if isinstance(shown, click.Group):
        shown.commands = {name: translated(one) for name, one in shown.commands.items()}
    return shown


def _translated_option(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    shown = copy.copy(parameter)
    shown.help = gettext(parameter.help)
    return shown
