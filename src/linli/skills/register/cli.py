"""``linli register``: the same for the command line."""

from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.core.accounts.command_line import Refused, committee_option, said_why, write_json
from linli.core.accounts.models import Committee
from linli.core.ui.phrases import Refusal, say_refusal
from linli.skills.register import roster_file, selectors, services
from linli.skills.register.roster_problems import SHOWN_PROBLEMS, problem_sentences


@click.group()
def register() -> None:
    """Buildings, doors and adults."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@committee_option
@click.option("--dry-run", is_flag=True, help="Only tell what would be added.")
@click.option("--json", "out", metavar="OUT", help="Write the machine's answer to this file.")
def import_file(file: Path, committee: Committee, dry_run: bool, out: str | None) -> None:
    """Import a list of doors, and adults if known, from FILE (.xlsx, .xls, .csv)."""
    try:
        if file.stat().st_size > roster_file.MOST_MEGABYTES * 1024 * 1024:
            raise Refused(
                _("%(path)s is larger than %(limit)s MB.")
                % {"path": file, "limit": roster_file.MOST_MEGABYTES}
            )
        data = file.read_bytes()
    except OSError as failed:
        raise Refused(
            _("%(path)s cannot be read: %(why)s") % {"path": file, "why": said_why(failed)}
        ) from failed
    try:
        read = roster_file.read_file(data, today=timezone.localdate())
    except Refusal as refusal:
        raise Refused(f"{file}: {say_refusal(refusal)}") from refusal
    rows = read.roster.rows
    if dry_run:
        outcome = services.preview_import(committee.pk, rows=rows)
    else:
        outcome = services.import_roster(committee, by=None, rows=rows)
    problems = problem_sentences([*read.roster.problems, *outcome.problems])
    if out:
        write_json(out, {**services.counts_of(outcome), "problems": problems})
    _tell(outcome, problems, good=len(rows) - len(outcome.problems))
    if problems and not rows:
        raise Refused(_("Not a single row can be imported yet."))


def _tell(outcome: services.ImportOutcome, problems: list[str], *, good: int) -> None:
    """Print what was added and what has to be mended."""
    click.echo(
        _("New: %(buildings_new)s buildings, %(doors_new)s doors, %(adults_new)s adults")
        % services.counts_of(outcome)
    )
    for problem in problems[:SHOWN_PROBLEMS]:
        click.echo(problem, err=True)
    if problems:
        text = ngettext(
            "%(count)s row has to be mended; the other %(others)s rows are not affected.",
            "%(count)s rows have to be mended; the other %(others)s rows are not affected.",
            len(problems),
        )
        click.echo(text % {"count": len(problems), "others": good}, err=True)


@register.command("doors")
@committee_option
@click.option("--json", "out", metavar="OUT", help="Write the machine's answer to this file.")
def list_doors(committee: Committee, out: str | None) -> None:
    """List the doors, one a line; no names."""
    holders = selectors.holders(committee.pk, building_ids=None, basis=selectors.HOUSEHOLD)
    if out:
        doors = [
            {"id": one.door_id, "building": one.building_name, "label": one.door_label}
            for one in holders
        ]
        write_json(out, {"doors": doors})
        return
    for one in holders:
        click.echo(one.door_label)
