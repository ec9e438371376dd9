"""What an asking came to: counts with their base, parts large enough to be shown, the mark."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from linli.engines.deliberation.answer_count import count_multiple, count_ranked, count_single
from linli.engines.deliberation.small_cells import Cell, fold_small_cells
from linli.skills.deliberation.models import AgeBand, Asking, Ballot, Form, Tenure, Vote
from linli.skills.deliberation.selectors.askings import heard_ballots, reached
from linli.skills.participation.selectors import options_of
from linli.skills.register.selectors import building_names

type Counts = dict[str, Any]
"""Counts as JSON: option texts as they were, numbers, nobody."""

LEAST = 10
"""Voters a part (a building, an age band) needs to be shown."""


def count_asking(asking: Asking) -> Counts:
    """Count an asking's ballots; only a closed one's counts are shown to anybody."""
    options = {str(option.pk): option.text for option in options_of(asking.matter_id)}
    ballots = list(
        Ballot.objects.filter(asking=asking, answer__isnull=False).values_list(
            "answer", "age_band", "tenure", "building"
        )
    )
    answers = [tuple(str(option) for option in answer) for answer, *_self in ballots if answer]
    who = reached(asking)
    counts: Counts = {
        "form": asking.form,
        "basis": asking.basis,
        "asked": who.asked,
        "heard": who.heard,
        "reissued": who.reissued,
        "answered": len(answers),
        "options": [],
        "pairs": [],
        "winner": None,
        "parts": [],
        "statements": asking.statements.filter(status="accepted").count(),
        "votes": Vote.objects.filter(asking=asking).count(),
    }
    if asking.form == Form.NONE:
        return counts
    tally = _tally(asking.form, list(options), answers)
    counts["options"] = [
        {"id": int(option), "text": text, "count": count}
        for (option, text), count in zip(options.items(), tally, strict=True)
    ]
    if asking.form == Form.RANKED:
        counts.update(_ranking(list(options), answers))
    counts["parts"] = _parts(asking, list(options), answers, [row[1:] for row in ballots])
    return counts


def _tally(form: str, options: list[str], answers: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """Count each option: as chosen, or as put first where ranked."""
    if form == Form.RANKED:
        counted = count_ranked(answers, options=options).first
    elif form == Form.MULTIPLE:
        counted = count_multiple(answers, options=options)
    else:
        counted = count_single(answers, options=options)
    return tuple(count for _option, count in counted.counts)


def _ranking(options: list[str], answers: Sequence[tuple[str, ...]]) -> Counts:
    """Compare every two options once."""
    counted = count_ranked(answers, options=options)
    above = {(pair.option, pair.over): pair.answers for pair in counted.pairs}
    return {
        "pairs": [
            {
                "one": int(one),
                "other": int(other),
                "one_first": above[one, other],
                "other_first": above[other, one],
            }
            for one, other in combinations(options, 2)
        ],
        "winner": None if counted.winner is None else int(counted.winner),
    }


def _parts(
    asking: Asking,
    options: list[str],
    answers: Sequence[tuple[str, ...]],
    selves: Sequence[tuple[Any, ...]],
) -> list[dict[str, Any]]:
    """Count by age band, tenure and large building, taking small parts together."""
    kinds = {
        "age": {band.value: band.value for band in AgeBand},
        "tenure": {kind.value: kind.value for kind in Tenure},
        "building": {
            str(building): name for building, name in building_names(asking.large_buildings).items()
        },
    }
    parts = []
    for place, (kind, names) in enumerate(kinds.items()):
        chosen: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for answer, told in zip(answers, selves, strict=True):
            chosen[str(told[place] or "")].append(answer)
        if set(chosen) <= {""}:
            continue
        cells = [
            Cell(key, len(chosen[key]), _tally(asking.form, options, chosen[key]))
            for key in (*names, "")
            if key in chosen
        ]
        folded = fold_small_cells(cells, least=LEAST)
        parts.append(
            {
                "kind": kind,
                "rows": [
                    {
                        "id": cell.id,
                        "name": names.get(cell.id, ""),
                        "voters": cell.voters,
                        "counts": list(cell.counts),
                    }
                    for cell in folded.shown
                ],
                "rest": folded.rest
                and {"voters": folded.rest.voters, "counts": list(folded.rest.counts)},
            }
        )
    return parts


def heard_by_building(asking: Asking) -> list[tuple[str, int, int]]:
    """Count asked and heard in each large building: (name, asked, heard)."""
    names = building_names(asking.large_buildings)
    asked: dict[int, int] = defaultdict(int)
    for building in asking.codes.filter(withdrawn_on=None).values_list("door__building", flat=True):
        asked[building] += 1
    heard: dict[int | None, int] = defaultdict(int)
    for building_id in heard_ballots([asking.pk]).values_list("building", flat=True):
        heard[building_id] += 1
    return [(name, asked[building], heard[building]) for building, name in names.items()]


def ballots_digest(asking: Asking) -> str:
    """Hash the ballots in canonical order, whatever the database and the order of rows."""
    votes: dict[str, list[list[int]]] = defaultdict(list)
    for key, position, choice in Vote.objects.filter(asking=asking).values_list(
        "voter_key", "statement__position", "choice"
    ):
        votes[bytes(key).hex()].append([position, choice])
    ballots = {
        bytes(key).hex(): told
        for key, *told in Ballot.objects.filter(asking=asking).values_list(
            "voter_key", "answer", "age_band", "tenure", "building"
        )
    }
    mark = hashlib.sha256()
    for voter in sorted(votes.keys() | ballots.keys()):
        line = [voter, ballots.get(voter), sorted(votes.get(voter, []))]
        mark.update(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
    return mark.hexdigest()
