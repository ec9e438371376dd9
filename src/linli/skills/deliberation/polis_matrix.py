"""The matrix of a Polis export: one row for each person, one column for each statement."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from linli.engines.deliberation.votes import VoteTable
from linli.engines.report import Line
from linli.skills.deliberation.polis_tables import (
    VALUES,
    PolisFileError,
    check_id,
    find_columns,
    read_records,
    refuse_vote,
    refuse_width,
)

_MATRIX_HEAD = {"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}


def read_matrix(path: Path) -> VoteTable:
    """Read ``participants-votes.csv`` (also ``participant-votes.csv``): one row for each person."""
    header, records = read_records(path)
    name = path.name
    (at_person,) = find_columns(header, name, ("participant",))
    asked = [(i, title) for i, title in enumerate(header) if title.lower() not in _MATRIX_HEAD]
    people: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    for number, record in records:
        if len(record) != len(header):
            refuse_width(record, len(header), name, number)
        person = record[at_person].strip()
        check_id(person, name, number, "participant")
        if person in people:
            raise PolisFileError(
                "deliberation.file_person_twice",
                file=name,
                row=number,
                column="participant",
                value=person,
            )
        people[person] = len(people)
        for column, (at, title) in enumerate(asked):
            text = record[at].strip()
            if text:
                value = VALUES.get(text)
                if value is None:
                    refuse_vote(text, name, number, title)
                rows.append(people[person])
                columns.append(column)
                values.append(value)
    return VoteTable.from_arrays(
        list(people),
        [title for _, title in asked],
        rows=np.array(rows, dtype=np.int64),
        columns=np.array(columns, dtype=np.int64),
        values=np.array(values, dtype=np.int8),
    )


def matrix_doubts(votes: VoteTable, matrix: VoteTable, name: str) -> Iterator[Line]:
    """What in the matrix is not as in the votes."""
    voted, listed = _cells(votes), _cells(matrix)
    extra = set(matrix.participants) - set(votes.participants)
    if extra:
        yield Line("deliberation.file_matrix_people", {"file": name, "people": len(extra)})
    missing = set(votes.participants) - set(matrix.participants)
    if missing:
        yield Line("deliberation.file_matrix_lacks", {"file": name, "people": len(missing)})
    shown = set(matrix.statements)
    differing = sum(
        1
        for cell in voted.keys() | listed.keys()
        if cell[1] in shown and cell[0] not in missing and voted.get(cell) != listed.get(cell)
    )
    if differing:
        yield Line("deliberation.file_matrix_differs", {"file": name, "cells": differing})


def _cells(table: VoteTable) -> dict[tuple[str, str], int]:
    return {
        (table.participants[row], table.statements[column]): value
        for row, column, value in zip(
            table.rows.tolist(), table.columns.tolist(), table.values.tolist(), strict=True
        )
    }
