"""Commands of this skill: the same services as the pages."""

from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.core.accounts.command_line import Refused, committee_option, write_json
from linli.core.accounts.models import Committee
from linli.core.accounts.selectors import users_of
from linli.skills.deliberation.findings import heard_sentence, map_sentences, result_sentences
from linli.skills.deliberation.map_command import map_command
from linli.skills.deliberation.models import Asking
from linli.skills.deliberation.selectors.answers import (
    asking_facts,
    map_facts,
    result_facts,
    whole_asking,
)
from linli.skills.deliberation.selectors.askings import asking_rows, askings_in
from linli.skills.deliberation.services import askings as services
from linli.skills.deliberation.services.polis import export_polis
from linli.skills.deliberation.services.polis import import_polis as bring_in

JSON = click.option(
    "--json", "json_file", type=click.Path(path_type=Path), metavar="OUT", help="Answer as a file."
)


@click.group("deliberation")
def deliberation() -> None:
    """Askings, opinion maps and results."""


deliberation.add_command(map_command)


def _asking(committee: Committee, number: int) -> Asking:
    asking = askings_in(committee.pk).filter(pk=number).first()
    if asking is None:
        raise Refused(_("There is no asking %(number)s.") % {"number": number})
    return asking


def _answer(json_file: Path | None, data: Any) -> None:
    if json_file is not None:
        write_json(json_file, data)


@deliberation.command()
@committee_option
@JSON
def askings(committee: Committee, json_file: Path | None) -> None:
    """List the askings with their numbers."""
    rows = asking_rows(list(askings_in(committee.pk)))
    for row in rows:
        click.echo(
            f"{row.asking.pk}  {row.stage}  {row.heard}/{row.asked}  {row.asking.matter.title}"
        )
    _answer(json_file, [asking_facts(row.asking, asked=row.asked, heard=row.heard) for row in rows])


@deliberation.command("import-polis")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@committee_option
@click.option("--title", default="", help="Title of the matter; else the topic of the export.")
@JSON
def import_polis(directory: Path, committee: Committee, title: str, json_file: Path | None) -> None:
    """Bring the export of a Polis conversation in as a matter."""
    head = users_of(committee.pk).filter(role="head", is_active=True).first()
    if head is None:
        raise Refused(_("The committee has no head."))
    asking = bring_in(directory, committee=committee, by=head, title=title)
    facts = map_facts(asking)["map"]
    click.echo(
        _("Asking %(number)s: %(title)s") % {"number": asking.pk, "title": asking.matter.title}
    )
    for sentence in map_sentences(facts):
        click.echo(sentence)
    _answer(json_file, {**whole_asking(asking), "map": facts})


@deliberation.command("export-polis")
@click.argument("number", type=int, metavar="ASKING")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@committee_option
def export_polis_command(number: int, directory: Path, committee: Committee) -> None:
    """Write the votes of a closed asking as a Polis export."""
    export_polis(_asking(committee, number), directory, by=None)
    click.echo(_("Written to %(path)s.") % {"path": directory})


@deliberation.command()
@click.argument("number", type=int, metavar="ASKING")
@committee_option
@click.option(
    "--days-kept", type=click.IntRange(7, 3650), default=services.DAYS_KEPT, show_default=True
)
@JSON
def close(number: int, committee: Committee, days_kept: int, json_file: Path | None) -> None:
    """Close an asking: freeze and count its answers. This cannot be undone."""
    services.close_asking(_asking(committee, number), by=None, days_kept=days_kept)
    _tell(_asking(committee, number), json_file)


@deliberation.command()
@click.argument("number", type=int, metavar="ASKING")
@committee_option
@JSON
def results(number: int, committee: Committee, json_file: Path | None) -> None:
    """Tell what an asking came to; of an open one only how many were heard."""
    _tell(_asking(committee, number), json_file)


def _tell(asking: Asking, json_file: Path | None) -> None:
    told = result_facts(asking)
    click.echo(heard_sentence({**told, "basis": asking.basis}))
    if asking.closed_at is not None:
        for sentence in result_sentences(told):
            click.echo(sentence)
        for option in told["options"]:
            click.echo(f"{option['count']:>6}  {option['text']}")
    facts = map_facts(asking)
    if facts["map"] is not None:
        for sentence in map_sentences(facts["map"]):
            click.echo(sentence)
    _answer(json_file, {**told, "map": facts["map"]})


@deliberation.command()
@click.argument("number", type=int, metavar="ASKING")
@committee_option
@JSON
def recount(number: int, committee: Committee, json_file: Path | None) -> None:
    """Count the kept ballots of a closed asking again; exit status 2 if anything differs."""
    found = services.recount_asking(_asking(committee, number), by=None)
    _answer(json_file, {"ballots_agree": found.ballots_agree, "counts_agree": found.counts_agree})
    if not found.agrees:
        raise Refused(_("Counted again: it differs from what was frozen."))
    click.echo(_("Counted again: every number and the mark of the ballots agree."))


@deliberation.command("destroy-due")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, hidden=True)
@JSON
def destroy_due(today: Any, json_file: Path | None) -> None:
    """Destroy the ballots of all committees whose time is up, with a record."""
    day: date = today.date() if today else timezone.localdate()
    count = services.destroy_due(today=day)
    click.echo(_("Ballots of %(count)s askings were destroyed.") % {"count": count})
    _answer(json_file, {"askings": count})
