"""The votes of an asking: who said what to which statement, in one canonical order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from linli.engines.errors import RuleError

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]
type Small = npt.NDArray[np.int8]


class VoteError(RuleError):
    """The votes are not a table of one vote at most per person and statement."""


class Vote(IntEnum):
    """One person's answer to one statement.

    Polis stores agree as -1 and exports it as +1; half of its known faults come from bare numbers
    on which nobody wrote the sign. Here agree is +1 everywhere and other signs stop at the reader.
    """

    DISAGREE = -1
    PASS = 0
    AGREE = 1


def id_order(identifier: str) -> tuple[int, int, str]:
    """Sort key of ids: numbers by value (2 before 10), then words; equal only if identical."""
    digits = identifier.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 18:
        return 0, int(identifier), identifier
    return 1, 0, identifier


@dataclass(frozen=True, slots=True, eq=False)
class VoteTable:
    """Votes as a sparse table; entry ``i`` is person ``rows[i]`` on statement ``columns[i]``.

    Build it with :meth:`collect` or :meth:`from_arrays`, which put people, statements and entries
    into canonical order, so that no result can depend on the order in which votes came in.

    Parameters
    ----------
    participants
        Ids of all people, also those without a vote, in the order of :func:`id_order`.
    statements
        Ids of all statements, likewise.
    rows, columns
        Shape (votes,), indices into the two, ordered by row, then column, each pair once.
    values
        Shape (votes,), the votes as -1, 0, 1 (see :class:`Vote`).
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    rows: Ints
    columns: Ints
    values: Small

    @classmethod
    def collect(
        cls,
        votes: Iterable[tuple[str, str, Vote]],
        *,
        participants: Iterable[str] = (),
        statements: Iterable[str] = (),
    ) -> Self:
        """Build a table from (person, statement, vote), and ids that may have no vote."""
        entries = [(person, statement, Vote(vote)) for person, statement, vote in votes]
        people = {person: i for i, person in enumerate({p: None for p, _, _ in entries})}
        asked = {statement: i for i, statement in enumerate({s: None for _, s, _ in entries})}
        for person in participants:
            people.setdefault(person, len(people))
        for statement in statements:
            asked.setdefault(statement, len(asked))
        return cls.from_arrays(
            list(people),
            list(asked),
            rows=np.array([people[p] for p, _, _ in entries], dtype=np.int64),
            columns=np.array([asked[s] for _, s, _ in entries], dtype=np.int64),
            values=np.array([v for _, _, v in entries], dtype=np.int8),
        )

    @classmethod
    def from_arrays(
        cls,
        participants: Sequence[str],
        statements: Sequence[str],
        *,
        rows: Ints,
        columns: Ints,
        values: Small,
    ) -> Self:
        """Build a table from index arrays in any order.

        Raises
        ------
        VoteError
            ``deliberation.vote_not_known`` for a value other than -1, 0, 1;
            ``deliberation.vote_twice`` when a person has two votes on one statement;
            ``deliberation.id_twice`` when two people or two statements share an id.
        """
        wrong = np.flatnonzero(np.abs(values) > 1)
        if wrong.size:
            raise VoteError("deliberation.vote_not_known", value=int(values[wrong[0]]))
        people, row_rank = _canonical(participants)
        asked, column_rank = _canonical(statements)
        flat = row_rank[rows] * max(len(asked), 1) + column_rank[columns]
        order = np.argsort(flat, kind="stable")
        flat = flat[order]
        double = np.flatnonzero(flat[1:] == flat[:-1])
        if double.size:
            row, column = divmod(int(flat[double[0]]), len(asked))
            raise VoteError(
                "deliberation.vote_twice", participant=people[row], statement=asked[column]
            )
        return cls(
            participants=people,
            statements=asked,
            rows=flat // max(len(asked), 1),
            columns=flat % max(len(asked), 1),
            values=values[order].astype(np.int8),
        )

    @property
    def votes_per_person(self) -> Ints:
        """How many statements each person voted on, shape (participants,)."""
        return np.bincount(self.rows, minlength=len(self.participants))

    def without(self, *, people: Collection[str] = (), statements: Collection[str] = ()) -> Self:
        """Leave out banned people and moderated-out statements, as if they had never been."""
        gone_people, gone_statements = frozenset(people), frozenset(statements)
        return self.only(
            people=np.array([p not in gone_people for p in self.participants], dtype=bool),
            statements=np.array([s not in gone_statements for s in self.statements], dtype=bool),
        )

    def only(
        self,
        *,
        people: npt.NDArray[np.bool_],
        statements: npt.NDArray[np.bool_] | None = None,
    ) -> Self:
        """Keep the people and statements marked true."""
        kept = np.ones(len(self.statements), dtype=bool) if statements is None else statements
        stays = people[self.rows] & kept[self.columns]
        return type(self)(
            participants=tuple(
                p for p, here in zip(self.participants, people, strict=True) if here
            ),
            statements=tuple(s for s, here in zip(self.statements, kept, strict=True) if here),
            rows=(np.cumsum(people) - 1)[self.rows[stays]],
            columns=(np.cumsum(kept) - 1)[self.columns[stays]],
            values=self.values[stays],
        )

    def with_values(self, values: Small) -> Self:
        """Same people on the same statements, other votes."""
        return type(self)(self.participants, self.statements, self.rows, self.columns, values)

    def sparse(self, values: Floats) -> csr_array:
        """Sparse matrix (participants, statements) with one number for each vote given."""
        starts = np.concatenate(([0], np.cumsum(self.votes_per_person)))
        return csr_array(
            (values, self.columns, starts), shape=(len(self.participants), len(self.statements))
        )


def _canonical(identifiers: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Give ids in canonical order, and for each given position its place in that order."""
    order = sorted(range(len(identifiers)), key=lambda i: id_order(identifiers[i]))
    for here, following in pairwise(order):
        if identifiers[here] == identifiers[following]:
            raise VoteError("deliberation.id_twice", id=identifiers[here])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return tuple(identifiers[i] for i in order), rank
