"""Commands for matters."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import click
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from pydantic import ValidationError

from linli.core.accounts.command_line import Refused, committee_option, said_why, write_json
from linli.core.accounts.models import Committee, User
from linli.core.accounts.selectors import users_of
from linli.skills.participation import selectors, services
from linli.skills.participation.payloads import MatterPayload
from linli.skills.participation.selectors import MatterNotFound, matter_data

_BY = click.option(
    "--by", "username", required=True, metavar="USERNAME", help="Whose doing it is, for the log."
)
_JSON = click.option("--json", "answer", type=click.Path(), help="Write the answer to this file.")


@click.group()
def participation() -> None:
    """Matters: list them, write one down, move one."""


@participation.command("matters")
@click.option("--finished", is_flag=True, help="The finished ones in place of those in motion.")
@committee_option
@_JSON
def matters(*, finished: bool, committee: Committee, answer: str | None) -> None:
    """List the matters of a committee."""
    found = selectors.summaries_of(committee.pk, finished=finished)
    for one in found:
        click.echo(f"{one.number}\t{one.state}\t{one.title}")
    _answer(answer, [dataclasses.asdict(one) for one in found])


@participation.command("create")
@click.argument("file", type=click.Path())
@_BY
@committee_option
@_JSON
def create(*, file: str, username: str, committee: Committee, answer: str | None) -> None:
    """Write down a new matter from a JSON file; docs/skills/participation.md shows one."""
    by = _user(committee, username, permission="participation.create_matter")
    draft = _payload(file).draft(committee.pk)
    matter = services.create_matter(draft, committee=committee, by=by)
    click.echo(f"{matter.year}-{matter.number}\t{matter.title}")
    _answer(answer, dataclasses.asdict(matter_data(matter)))


@participation.command("move")
@click.argument("number")
@click.argument("state")
@click.option("--reason", default="", help="Why; ways aside need one.")
@_BY
@committee_option
@_JSON
def move(
    *,
    number: str,
    state: str,
    reason: str,
    username: str,
    committee: Committee,
    answer: str | None,
) -> None:
    """Move the matter NUMBER, such as 2026-3, to STATE, such as review."""
    by = _user(committee, username, permission="participation.move_matter")
    try:
        matter = selectors.matter_by_number(committee.pk, number)
        matter = selectors.matter_for(by, matter.pk)
    except MatterNotFound as missing:
        raise Refused(_("There is no matter %(number)s.") % {"number": number}) from missing
    services.move_matter(matter, to=state, by=by, reason=reason)
    click.echo(f"{number}\t{matter.state}\t{matter.title}")
    _answer(answer, dataclasses.asdict(matter_data(matter)))


def _user(committee: Committee, username: str, *, permission: str) -> User:
    user = users_of(committee.pk).filter(username__iexact=username, is_active=True).first()
    if user is None or not user.has_perm(permission):
        raise Refused(_("%(name)s is nobody here who may do that.") % {"name": username})
    return user


def _payload(file: str) -> MatterPayload:
    try:
        return MatterPayload.model_validate_json(Path(file).read_bytes())
    except OSError as failed:
        raise Refused(
            _("%(path)s could not be read: %(why)s") % {"path": file, "why": said_why(failed)}
        ) from failed
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        if not place:
            raise Refused(_("%(path)s is no JSON object.") % {"path": file}) from wrong
        raise Refused(
            _("%(path)s: “%(place)s” is missing, unknown or cannot be read.")
            % {"path": file, "place": place}
        ) from wrong


def _answer(path: str | None, data: Any) -> None:
    if path:
        write_json(path, json.loads(json.dumps(data, cls=DjangoJSONEncoder)))
