"""Files of Polis conversations, old and new exports, read with care."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linli.engines.deliberation.votes import Floats, Ints, Small, VoteTable, id_order
from linli.engines.report import Line
from linli.skills.deliberation.polis_matrix import matrix_doubts, read_matrix
from linli.skills.deliberation.polis_tables import (
    NO_TIME,
    VALUES,
    PolisFileError,
    check_id,
    find_columns,
    parse_count,
    parse_time,
    read_records,
    refuse,
    refuse_vote,
    refuse_width,
)

NAMES = {
    "summary": ("summary.csv",),
    "votes": ("votes.csv",),
    "comments": ("comments.csv",),
    "matrix": ("participants-votes.csv", "participant-votes.csv"),
}
_TRUE = {"true", "1", "t"}


@dataclass(frozen=True, slots=True)
class PolisStatement:
    """A line of ``comments.csv``; ``moderated`` is -1 out, 0 open, 1 in."""

    id: str
    text: str
    moderated: int
    agrees: int
    disagrees: int
    is_meta: bool
    is_seed: bool


@dataclass(frozen=True, slots=True, eq=False)
class CastVotes:
    """``votes.csv``: the vote that counts of each pair, and how many rows said which."""

    table: VoteTable
    rows: int
    superseded: int
    agree_rows: Mapping[str, int]
    disagree_rows: Mapping[str, int]
    first_row: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """A Polis conversation as read: ``votes`` are those that count, on statements left in.

    ``left_out`` are the statements moderated out; no vote on them is in ``votes``.
    """

    votes: VoteTable
    statements: tuple[PolisStatement, ...]
    left_out: tuple[PolisStatement, ...]
    summary: Mapping[str, str]
    report: tuple[Line, ...]


def read_export(directory: Path) -> Conversation:
    """Read the folder of an export, of either generation; prefixed names count too.

    Raises
    ------
    PolisFileError
        If the folder or the votes are missing, or a file is broken.
    """
    name = directory.absolute().name
    if not os.path.isdir(directory):  # noqa: PTH112  Path raises where a name is too long
        raise PolisFileError("deliberation.file_not_a_folder", file=name)
    found = {kind: _find(directory, names) for kind, names in NAMES.items()}
    if found["votes"] is None and found["matrix"] is None:
        raise PolisFileError("deliberation.file_no_votes", file=name)
    return read_conversation(
        votes=found["votes"],
        comments=found["comments"],
        matrix=found["matrix"],
        summary=found["summary"],
    )


def _find(directory: Path, names: tuple[str, ...]) -> Path | None:
    """First file with one of these names, else with a prefix such as the new exporter's date."""
    files = {path.name.lower(): path for path in sorted(directory.iterdir()) if path.is_file()}
    for name in names:
        if name in files:
            return files[name]
    # The name after the prefix is the longest known one: participant-votes.csv is no votes.csv.
    known = sorted((name for of in NAMES.values() for name in of), key=len, reverse=True)
    for name, path in files.items():
        ending = next((one for one in known if name == one or name.endswith(f"-{one}")), None)
        if ending in names:
            return path
    return None


def read_conversation(
    *,
    votes: Path | None,
    comments: Path | None = None,
    matrix: Path | None = None,
    summary: Path | None = None,
) -> Conversation:
    """Read the files of one conversation and bring them together.

    Statements moderated out, and votes on them, are left out. People of ``matrix`` stay even
    without a vote. If there are no votes but a matrix, its cells are the votes. What does not fit
    together is told in ``report``, not mended.
    """
    report: list[Line] = []
    listed = read_statements(comments) if comments is not None else ()
    table = read_matrix(matrix) if matrix is not None else None
    cast = read_votes(votes) if votes is not None else None
    if cast is not None and votes is not None:
        report += _doubts(cast, listed, votes.name)
    if cast is not None and (cast.rows or table is None):
        counted = cast.table
        if table is not None and matrix is not None:
            report += matrix_doubts(counted, table, matrix.name)
            counted = _with_people(counted, table.participants)
    elif table is not None and matrix is not None:
        counted = table
        report.append(Line("deliberation.file_votes_from_matrix", {"file": matrix.name}))
    else:
        raise PolisFileError("deliberation.file_no_votes", file="votes.csv")
    if not counted.rows.size:
        raise PolisFileError("deliberation.file_no_votes", file=(votes or matrix or Path()).name)
    out = {statement.id for statement in listed if statement.moderated == -1}
    return Conversation(
        votes=_left_in(counted, out, table, report),
        statements=tuple(statement for statement in listed if statement.id not in out),
        left_out=tuple(statement for statement in listed if statement.id in out),
        summary=read_summary(summary) if summary is not None else {},
        report=tuple(report),
    )


def _left_in(
    votes: VoteTable, out: set[str], matrix: VoteTable | None, report: list[Line]
) -> VoteTable:
    """Votes without moderated-out statements, and without people who answered nothing else."""
    kept = votes.without(statements=out)
    asked = np.zeros(len(kept.statements), dtype=bool)
    asked[kept.columns] = True
    stays = np.ones(len(kept.participants), dtype=bool)
    if matrix is None:
        stays = kept.votes_per_person > 0
        if not stays.all():
            report.append(Line("deliberation.file_only_left_out", {"people": int((~stays).sum())}))
    return kept.only(people=stays, statements=asked)


def read_votes(path: Path) -> CastVotes:
    """Read ``votes.csv``: of each person and statement the latest vote counts.

    Of votes at the same time, which have no order, the more reserved one counts: disagree before
    pass before agree, so that the order of rows decides nothing. Times may be seconds or
    milliseconds; where all are empty, all are the same time.
    """
    header, records = read_records(path)
    name = path.name
    at_time, at_statement, at_person, at_vote = find_columns(
        header, name, ("timestamp", "comment-id", "voter-id", "vote")
    )
    width = len(header)
    people: dict[str, int] = {}
    statements: dict[str, int] = {}
    times: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    first_row: dict[str, int] = {}
    first_without_time = 0
    for number, record in records:
        if len(record) != width:
            refuse_width(record, width, name, number)
        value = VALUES.get(record[at_vote].strip())
        if value is None:
            refuse_vote(record[at_vote], name, number, "vote")
        person, statement = record[at_person].strip(), record[at_statement].strip()
        row, column = people.get(person), statements.get(statement)
        if row is None:
            check_id(person, name, number, "voter-id")
            row = people[person] = len(people)
        if column is None:
            check_id(statement, name, number, "comment-id")
            column = statements[statement] = len(statements)
            first_row[statement] = number
        time = parse_time(record[at_time], name, number)
        if time == NO_TIME and not first_without_time:
            first_without_time = number
        times.append(time)
        rows.append(row)
        columns.append(column)
        values.append(value)
    if first_without_time and max(times) > NO_TIME:
        refuse("time", name, first_without_time, "timestamp")
    return _latest(
        list(people),
        list(statements),
        np.array([rows, columns], dtype=np.int64),
        np.array(times),
        np.array(values, dtype=np.int8),
        first_row,
    )


def _latest(
    people: list[str],
    statements: list[str],
    entries: Ints,
    times: Ints | Floats,
    values: Small,
    first_row: Mapping[str, int],
) -> CastVotes:
    """Keep the vote that counts of each pair; ``entries`` are rows and columns."""
    rows, columns = entries
    order = np.lexsort((-values, times, columns, rows))
    rows, columns, sorted_values = rows[order], columns[order], values[order]
    last = np.ones(rows.size, dtype=bool)
    last[:-1] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    agrees = np.bincount(columns[sorted_values > 0], minlength=len(statements))
    disagrees = np.bincount(columns[sorted_values < 0], minlength=len(statements))
    return CastVotes(
        table=VoteTable.from_arrays(
            people, statements, rows=rows[last], columns=columns[last], values=sorted_values[last]
        ),
        rows=int(rows.size),
        superseded=int((~last).sum()),
        agree_rows=dict(zip(statements, agrees.tolist(), strict=True)),
        disagree_rows=dict(zip(statements, disagrees.tolist(), strict=True)),
        first_row=first_row,
    )


def read_statements(path: Path) -> tuple[PolisStatement, ...]:
    """Read ``comments.csv``, in the order of ids."""
    header, records = read_records(path)
    name = path.name
    at_id, at_moderated = find_columns(header, name, ("comment-id", "moderated"))
    place = {title.lower(): i for i, title in enumerate(header)}
    found: dict[str, PolisStatement] = {}
    for number, record in records:
        if len(record) != len(header):
            refuse_width(record, len(header), name, number)

        def cell(title: str, record: list[str] = record) -> str:
            return record[place[title]].strip() if title in place else ""

        identifier = record[at_id].strip()
        check_id(identifier, name, number, "comment-id")
        moderated = VALUES.get(record[at_moderated].strip())
        if moderated is None:
            refuse_vote(record[at_moderated], name, number, "moderated")
        statement = PolisStatement(
            id=identifier,
            text=cell("comment-body"),
            moderated=moderated,
            agrees=parse_count(cell("agrees"), name, number, "agrees"),
            disagrees=parse_count(cell("disagrees"), name, number, "disagrees"),
            is_meta=cell("is-meta").lower() in _TRUE,
            is_seed=cell("is-seed").lower() in _TRUE,
        )
        if found.setdefault(identifier, statement) != statement:
            raise PolisFileError(
                "deliberation.file_statement_twice",
                file=name,
                row=number,
                column="comment-id",
                value=identifier,
            )
    return tuple(sorted(found.values(), key=lambda statement: id_order(statement.id)))


def read_summary(path: Path) -> dict[str, str]:
    """Read ``summary.csv``: keys and values without a header."""
    header, records = read_records(path)
    lines = [(1, header), *records]
    return {line[0].strip(): line[1].strip() for _, line in lines if len(line) == 2}


def _doubts(cast: CastVotes, listed: Sequence[PolisStatement], votes_name: str) -> Iterator[Line]:
    """What in the votes does not fit the list of statements."""
    if cast.superseded:
        yield Line("deliberation.file_superseded", {"votes": cast.superseded})
    known = {statement.id for statement in listed}
    unknown = [identifier for identifier in cast.table.statements if identifier not in known]
    if listed and unknown:
        first = min(unknown, key=lambda identifier: cast.first_row[identifier])
        yield Line(
            "deliberation.file_unknown_statements",
            {
                "file": votes_name,
                "row": cast.first_row[first],
                "column": "comment-id",
                "statements": len(unknown),
                "value": first,
            },
        )
    # The counts of Polis include superseded votes, so rows are compared with them.
    straight = crossed = 0
    for statement in listed:
        agree = cast.agree_rows.get(statement.id, 0)
        disagree = cast.disagree_rows.get(statement.id, 0)
        straight += abs(agree - statement.agrees) + abs(disagree - statement.disagrees)
        crossed += abs(agree - statement.disagrees) + abs(disagree - statement.agrees)
    if crossed < straight:
        yield Line("deliberation.file_sign_reversed", {"file": votes_name})


def _with_people(votes: VoteTable, people: Collection[str]) -> VoteTable:
    """The same votes and also people who cast none."""
    more = sorted(set(people) - set(votes.participants), key=id_order)
    return VoteTable.from_arrays(
        [*votes.participants, *more],
        votes.statements,
        rows=votes.rows,
        columns=votes.columns,
        values=votes.values,
    )
