"""The opinion map of an asking, as numbers and texts that a page, the API or a file can carry."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np

from linli.engines.deliberation.opinion_map import VOTES_NEEDED, OpinionMap, map_opinions
from linli.engines.deliberation.polis_mathematics import GroupCounts, count_votes
from linli.engines.deliberation.votes import Vote, VoteTable
from linli.skills.deliberation.models import Asking, Statement
from linli.skills.deliberation.models import Vote as CastVote

type MapFacts = dict[str, Any]
"""A map as JSON: no voter in it, positions rounded to two digits and in no order of time."""

PEOPLE_TO_SHOW = 15
STATEMENTS_TO_SHOW = 5
REFRESHED_BY = 5
"""While open, the map moves only when this many more have answered."""
SEED = 0


@dataclass(frozen=True, slots=True)
class MapOffer:
    """Whether there is a map to show yet, and what is still missing."""

    people: int
    statements: int
    answers_needed: int

    @property
    def people_missing(self) -> int:
        """How many more people have to answer enough statements."""
        return max(PEOPLE_TO_SHOW - self.people, 0)

    @property
    def statements_missing(self) -> int:
        """How many more statements are needed."""
        return max(STATEMENTS_TO_SHOW - self.statements, 0)

    @property
    def is_offered(self) -> bool:
        """Say whether the map may be shown."""
        return not self.people_missing and not self.statements_missing


def map_offer(asking: Asking) -> MapOffer:
    """Count who answered enough statements for a place on the map."""
    statements = asking.statements.filter(status="accepted").count()
    needed = max(1, min(VOTES_NEEDED, statements))
    answers: dict[bytes, int] = {}
    for key in CastVote.objects.filter(asking=asking, statement__status="accepted").values_list(
        "voter_key", flat=True
    ):
        answers[bytes(key)] = answers.get(bytes(key), 0) + 1
    people = sum(1 for given in answers.values() if given >= needed)
    return MapOffer(people, statements, needed)


def vote_table(asking: Asking) -> VoteTable:
    """Read the votes on shown statements; statements are named by their number in the asking."""
    rows = CastVote.objects.filter(asking=asking, statement__status="accepted").values_list(
        "voter_key", "statement__position", "choice"
    )
    statements = asking.statements.filter(status="accepted").values_list("position", flat=True)
    # Of an imported conversation, everybody counts as having taken part, as in Polis.
    everybody = asking.ballots.values_list("voter_key", flat=True) if asking.is_imported else ()
    return VoteTable.collect(
        ((bytes(voter).hex(), str(position), Vote(choice)) for voter, position, choice in rows),
        participants=[bytes(voter).hex() for voter in everybody],
        statements=[str(position) for position in statements],
    )


def map_of_votes(asking: Asking) -> MapFacts:
    """Compute the map from the votes as they are."""
    table = vote_table(asking)
    return facts_of(
        map_opinions(table, seed=SEED),
        table,
        {str(row.position): row for row in asking.statements.filter(status="accepted")},
    )


def facts_of(found: OpinionMap, table: VoteTable, statements: dict[str, Statement]) -> MapFacts:
    """Turn a map into what is stored and shown, without anybody's key."""
    counts = _counts(found, table)
    everybody = count_votes(table, np.zeros(len(table.participants), dtype=np.int64), 1)
    letters = [group.id for group in found.groups]
    column = {statement: index for index, statement in enumerate(table.statements)}

    def told(statement: str) -> MapFacts:
        at = column[statement]
        return {
            "statement": statement,
            "text": statements[statement].text,
            "from_resident": statements[statement].from_resident,
            **_tally(everybody, 0, at),
            "groups": [
                {"id": letter, **_tally(counts, index, at)} for index, letter in enumerate(letters)
            ],
        }

    return {
        "participants": found.participants,
        "statements": found.statements,
        "votes": found.votes,
        "verdict": found.verdict,
        "stability": found.stability,
        "seed": found.seed,
        "placed": len(found.placed),
        "unplaced": len(found.unplaced),
        "points": _points(found),
        "groups": _groups(found, told),
        "bridging": [
            {**told(one.statement), "side": one.side, "score": round(one.score, 6)}
            for one in found.bridging
        ],
        "divisive": [
            {**told(one.statement), "score": round(one.score, 6)} for one in found.divisive
        ],
        "table": [told(statement) for statement in table.statements],
        "report": [{"code": line.code, "params": dict(line.params)} for line in found.report],
    }


def _counts(found: OpinionMap, table: VoteTable) -> GroupCounts:
    group_of = np.full(len(table.participants), -1, dtype=np.int64)
    row = {person: index for index, person in enumerate(table.participants)}
    for number, group in enumerate(found.groups):
        group_of[[row[person] for person in group.members]] = number
    return count_votes(table, group_of, max(len(found.groups), 1))


def _tally(counts: GroupCounts, group: int, column: int) -> dict[str, int]:
    agree, disagree, seen = (
        int(part[group, column]) for part in (counts.agree, counts.disagree, counts.seen)
    )
    return {
        "agree": agree,
        "disagree": disagree,
        "unsure": seen - agree - disagree,
        "seen": seen,
    }


def _points(found: OpinionMap) -> list[tuple[float, float, str]]:
    group_of = {person: group.id for group in found.groups for person in group.members}
    return sorted(
        (round(float(x), 2) + 0.0, round(float(y), 2) + 0.0, group_of.get(person, ""))
        for person, (x, y) in zip(found.placed, found.positions, strict=True)
    )


def _groups(found: OpinionMap, told: Callable[[str], MapFacts]) -> list[MapFacts]:
    return [
        {
            "id": group.id,
            "size": len(group.members),
            "representative": [
                {
                    "statement": one.statement,
                    "text": told(one.statement)["text"],
                    "side": one.side,
                    "agree": one.agree,
                    "disagree": one.disagree,
                    "seen": one.seen,
                }
                for one in group.representative
            ],
        }
        for group in found.groups
    ]


_KEPT: dict[UUID, tuple[int, MapFacts]] = {}
_KEPT_AT_MOST = 32
_LOCK = Lock()


def offered_map(asking: Asking) -> tuple[MapOffer, MapFacts | None]:
    """Give the map where it may be shown, and what is missing where it may not.

    An imported conversation is public already and is shown however small it is.
    """
    if asking.closed_at is None:
        offer = map_offer(asking)
        shown = asking.has_statements and offer.is_offered
        return offer, moving_map(asking, people=offer.people) if shown else None
    frozen: MapFacts | None = asking.result.opinion_map
    if frozen is None:
        return MapOffer(0, 0, 0), None
    offer = MapOffer(frozen["placed"], frozen["statements"], 0)
    return offer, frozen if offer.is_offered or asking.is_imported else None


def moving_map(asking: Asking, *, people: int) -> MapFacts:
    """Give the map of an open asking, which moves in steps of several people.

    Whoever watched the map before and after a neighbour answered could otherwise read the answer
    from the difference. Hence nothing the desk can do moves it either: a statement that was added
    comes in with the next step.
    """
    with _LOCK:
        kept = _KEPT.get(asking.key)
    if kept and people - kept[0] < REFRESHED_BY:
        return kept[1]
    facts = map_of_votes(asking)
    with _LOCK:
        while len(_KEPT) >= _KEPT_AT_MOST:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[asking.key] = (people, facts)
    return facts
