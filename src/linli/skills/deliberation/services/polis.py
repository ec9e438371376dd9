"""Bringing Polis conversations in, and giving votes out, without persons either way."""

import io
import secrets
import shutil
import tempfile
import uuid
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.core.accounts.models import Committee, User
from linli.core.audit.services import record
from linli.engines.deliberation.opinion_map import map_opinions
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Ballot, Basis, Form, Statement, Vote
from linli.skills.deliberation.polis_export import write_export
from linli.skills.deliberation.polis_files import Conversation, PolisStatement, read_export
from linli.skills.deliberation.selectors.opinion_map import SEED, vote_table
from linli.skills.deliberation.services.askings import DAYS_KEPT, freeze_result
from linli.skills.deliberation.services.words import clean_line, clean_text
from linli.skills.participation.services import Draft, Words, create_matter, take_as_consulted

MEGABYTES_AT_MOST = 200
_TITLE_LONGEST = 60
_NUMBER_LARGEST = 2_000_000_000
_BATCH = 2_000


class Readable(Protocol):
    """A file that was sent or unpacked."""

    def read(self, size: int = -1, /) -> bytes:
        """Read at most ``size`` bytes."""


def import_polis(
    directory: Path,
    *,
    committee: Committee,
    by: User,
    title: str = "",
    now: datetime | None = None,
) -> Asking:
    """Bring an export in as a matter whose secret asking is closed and frozen."""
    conversation = read_export(directory)
    if not len(conversation.votes.values):
        raise RuleError("deliberation.file_no_votes", file=directory.name)
    return _store(conversation, committee=committee, by=by, title=title, now=now or timezone.now())


@transaction.atomic
def _store(
    conversation: Conversation, *, committee: Committee, by: User, title: str, now: datetime
) -> Asking:
    topic = clean_line(title or conversation.summary.get("topic", "")) or _("From Polis")
    plan = conversation.summary.get("conversation-description", "").strip()
    matter = create_matter(
        Draft(
            Words(
                title=topic[:_TITLE_LONGEST],
                plan=plan or topic,
                why=_("Imported from a Polis conversation."),
                proposed_by="Polis",
            )
        ),
        committee=committee,
        by=by,
        now=now,
    )
    today = timezone.localdate(now)
    asking = Asking.objects.create(
        matter=matter,
        key=uuid.uuid4(),
        form=Form.NONE,
        basis=Basis.ADULT,
        has_statements=True,
        asks_about_self=False,
        is_imported=True,
        created_at=now,
        opened_on=today,
        closes_on=today,
        closed_at=now,
        ballots_until=today + timedelta(days=DAYS_KEPT),
    )
    _store_votes(asking, conversation)
    freeze_result(asking, now=now)
    take_as_consulted(matter, by=by, reason=_("Imported from a Polis conversation."), now=now)
    record(
        "deliberation.polis_imported",
        committee_id=committee.pk,
        actor=by,
        subject=asking,
        people=len(conversation.votes.participants),
        votes=len(conversation.votes.values),
    )
    return asking


def _store_votes(asking: Asking, conversation: Conversation) -> None:
    """Store statements and votes; voters get random keys in the order of their ids.

    The order keeps the map the same as the one made of the files.
    """
    table = conversation.votes
    texts = {one.id: one for one in conversation.statements}
    numbers = _numbers(table.statements)
    statements = Statement.objects.bulk_create(
        Statement(
            asking=asking,
            text=(clean_text(texts[one].text) if one in texts else "")
            or _("Statement %(id)s") % {"id": one},
            position=number,
            from_resident=one in texts and not texts[one].is_seed,
        )
        for one, number in zip(table.statements, numbers, strict=True)
    )
    voters = sorted(secrets.token_bytes(32) for _person in table.participants)
    day = timezone.localdate(asking.created_at)
    Ballot.objects.bulk_create(
        [Ballot(asking=asking, voter_key=voter, day=day) for voter in voters], batch_size=_BATCH
    )
    Vote.objects.bulk_create(
        (
            Vote(
                asking=asking,
                voter_key=voters[row],
                statement=statements[column],
                choice=choice,
                day=day,
            )
            for row, column, choice in zip(
                table.rows.tolist(), table.columns.tolist(), table.values.tolist(), strict=True
            )
        ),
        batch_size=_BATCH,
    )


def _numbers(ids: Sequence[str]) -> list[int]:
    """Number statements as Polis did, where its ids are such numbers."""
    if all(one.isascii() and one.isdigit() and str(int(one)) == one for one in ids):
        numbers = [int(one) for one in ids]
        if max(numbers, default=0) < _NUMBER_LARGEST:
            return numbers
    return list(range(1, len(ids) + 1))


def import_polis_files(
    files: Sequence[tuple[str, Readable]], *, committee: Committee, by: User, title: str = ""
) -> Asking:
    """Bring an export in from uploaded files: a zip, or the sheets themselves."""
    with tempfile.TemporaryDirectory(prefix="linli-polis-") as name:
        folder = Path(name)
        left = MEGABYTES_AT_MOST * 1024 * 1024
        for title_of_file, file in files:
            if title_of_file.lower().endswith(".zip"):
                left = _unpack(file, folder, left)
            else:
                left = _copy(file, _inside(folder, title_of_file), left)
        if not any(folder.iterdir()):
            raise RuleError("deliberation.upload_not_export")
        return import_polis(folder, committee=committee, by=by, title=title)


def _unpack(file: Readable, folder: Path, left: int) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().endswith(".csv"):
                    with archive.open(entry) as sheet:
                        left = _copy(sheet, _inside(folder, entry.filename), left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as broken:
        raise RuleError("deliberation.upload_not_export") from broken
    return left


def _inside(folder: Path, name: str) -> Path:
    """Name a file in the folder, with no more of its name than every file system takes."""
    return folder / (Path(name).name[-60:] or "nameless")


def _copy(source: Readable, target: Path, left: int) -> int:
    """Copy at most ``left`` bytes and return how many more may come."""
    with target.open("wb") as file:
        while chunk := source.read(1024 * 1024):
            left -= len(chunk)
            if left < 0:
                raise RuleError("deliberation.upload_too_large", megabytes=MEGABYTES_AT_MOST)
            file.write(chunk)
    return left


@transaction.atomic
def export_polis(asking: Asking, directory: Path, *, by: User | None) -> None:
    """Write a closed asking's votes as a Polis export, without author and time."""
    if asking.closed_at is None:
        raise RuleError("deliberation.asking_not_closed")
    if asking.destroyed_at is not None:
        raise RuleError("deliberation.ballots_destroyed")
    if not asking.has_statements:
        raise RuleError("deliberation.no_statements_here")
    table = vote_table(asking)
    found = map_opinions(table, seed=SEED)
    write_export(
        directory,
        topic=asking.matter.title,
        statements=[
            PolisStatement(
                id=str(row.position),
                text=row.text,
                moderated=1,
                agrees=0,
                disagrees=0,
                is_meta=False,
                is_seed=not row.from_resident,
            )
            for row in asking.statements.filter(status="accepted")
        ],
        votes=table,
        groups=[group.members for group in found.groups],
    )
    record(
        "deliberation.polis_exported",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
    )


def export_polis_zip(asking: Asking, *, by: User | None) -> bytes:
    """Give the same files as one zip."""
    with tempfile.TemporaryDirectory(prefix="linli-polis-") as name:
        folder = Path(name) / "polis"
        export_polis(asking, folder, by=by)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for sheet in sorted(folder.iterdir()):
                archive.write(sheet, sheet.name)
        shutil.rmtree(folder)
        return packed.getvalue()
