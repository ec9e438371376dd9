"""A conversation written as a Polis export of the new kind, without author and time."""

import csv
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from linli.engines.deliberation.polis_mathematics import count_votes
from linli.engines.deliberation.votes import Ints, VoteTable
from linli.skills.deliberation.polis_files import PolisStatement
from linli.skills.deliberation.polis_tables import PolisFileError

VOTERS_NEEDED = 50
_READ_AS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
type _Cell = str | int
type _Sheet = Iterator[Sequence[_Cell]]


def write_export(
    directory: Path,
    *,
    topic: str,
    statements: Sequence[PolisStatement],
    votes: VoteTable,
    groups: Sequence[Collection[str]] = (),
) -> None:
    """Write a new-generation export without author and time; refuse fewer than 50 voters.

    Columns of author and time stay, empty, so that programs which read Polis's columns read these.
    People are numbered anew. The folder must not exist; it is there whole or not at all.
    """
    voters = int((votes.votes_per_person > 0).sum())
    if voters < VOTERS_NEEDED:
        raise PolisFileError(
            "deliberation.export_too_few_voters", voters=voters, needed=VOTERS_NEEDED
        )
    if directory.exists():
        raise PolisFileError("deliberation.export_folder_exists", file=directory.name)
    votes = votes.only(people=votes.votes_per_person > 0)
    group_of = np.full(len(votes.participants), -1)
    place_of = {person: i for i, person in enumerate(votes.participants)}
    for group, members in enumerate(groups):
        group_of[[place_of[member] for member in members if member in place_of]] = group
    sheets = {
        "summary": _summary_sheet(topic, votes, group_of),
        "votes": _votes_sheet(votes),
        "comments": _comments_sheet(votes, statements),
        "participant-votes": _matrix_sheet(votes, group_of),
        "comment-groups": _groups_sheet(votes, statements, group_of, len(groups)),
    }
    made = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.parent))
    try:
        for name, rows in sheets.items():
            with (made / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        made.chmod(0o755)
        made.rename(directory)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def no_formula(text: str) -> str:
    """Keep a spreadsheet from reading residents' words as a formula."""
    return f"'{text}" if text.startswith(_READ_AS_FORMULA) else text


def _summary_sheet(topic: str, votes: VoteTable, group_of: Ints) -> _Sheet:
    yield "topic", no_formula(topic)
    yield "url", ""
    yield "voters", len(votes.participants)
    yield "voters-in-conv", int((group_of >= 0).sum())
    yield "commenters", ""
    yield "comments", len(votes.statements)
    yield "groups", int(group_of.max()) + 1
    yield "conversation-description", ""


def _votes_sheet(votes: VoteTable) -> _Sheet:
    yield "timestamp", "datetime", "comment-id", "voter-id", "vote"
    order = np.lexsort((votes.rows, votes.columns))
    for i in order.tolist():
        column, row = int(votes.columns[i]), int(votes.rows[i])
        yield "", "", votes.statements[column], row, int(votes.values[i])


def _everybody(votes: VoteTable) -> dict[str, tuple[int, int, int]]:
    """Agreeing, disagreeing and all votes of each statement."""
    counts = count_votes(votes, np.zeros(len(votes.participants), dtype=np.int64), 1)
    numbers = zip(
        counts.agree[0].tolist(), counts.disagree[0].tolist(), counts.seen[0].tolist(), strict=True
    )
    return dict(zip(votes.statements, numbers, strict=True))


def _comments_sheet(votes: VoteTable, statements: Sequence[PolisStatement]) -> _Sheet:
    yield (
        "timestamp",
        "datetime",
        "comment-id",
        "author-id",
        "agrees",
        "disagrees",
        "moderated",
        "comment-body",
    )
    counted = _everybody(votes)
    for one in statements:
        agree, disagree, _ = counted.get(one.id, (0, 0, 0))
        yield "", "", one.id, "", agree, disagree, one.moderated, no_formula(one.text)


def _matrix_sheet(votes: VoteTable, group_of: Ints) -> _Sheet:
    yield (
        "participant",
        "group-id",
        "n-comments",
        "n-votes",
        "n-agree",
        "n-disagree",
        *votes.statements,
    )
    starts = np.concatenate(([0], np.cumsum(votes.votes_per_person))).tolist()
    for row, (start, end) in enumerate(pairwise(starts)):
        own = votes.values[start:end]
        cells: list[_Cell] = [""] * len(votes.statements)
        for column, value in zip(votes.columns[start:end].tolist(), own.tolist(), strict=True):
            cells[column] = value
        group = int(group_of[row])
        agree, disagree = int((own > 0).sum()), int((own < 0).sum())
        yield row, "" if group < 0 else group, "", own.size, agree, disagree, *cells


def _groups_sheet(
    votes: VoteTable, statements: Sequence[PolisStatement], group_of: Ints, n_groups: int
) -> _Sheet:
    kinds = ("votes", "agrees", "disagrees", "passes")
    heads = [f"group-{chr(ord('a') + g)}-{kind}" for g in range(n_groups) for kind in kinds]
    yield "comment-id", "comment", *(f"total-{kind}" for kind in kinds), *heads
    counted = _everybody(votes)
    counts = count_votes(votes, group_of, n_groups)
    place_of = {identifier: i for i, identifier in enumerate(votes.statements)}
    for one in statements:
        agree, disagree, seen = counted.get(one.id, (0, 0, 0))
        cells = [seen, agree, disagree, seen - agree - disagree]
        for group in range(n_groups):
            at = (group, place_of.get(one.id, -1))
            known = one.id in place_of
            a, d, s = (
                (int(counts.agree[at]), int(counts.disagree[at]), int(counts.seen[at]))
                if known
                else (0, 0, 0)
            )
            cells += [s, a, d, s - a - d]
        yield one.id, no_formula(one.text), *cells
