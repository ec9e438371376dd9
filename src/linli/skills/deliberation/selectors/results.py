"""What an asking came to: counts with their base, parts large enough to be shown, the mark."""

import hashlib
import json
from collections import defaultdict
from typing import Any

from linli.engines.deliberation.counting import count_multiple, count_ranked, count_single
from linli.engines.deliberation.small_cells import Cell, fold_small_cells
from linli.skills.deliberation.models import AgeBand, Asking, Ballot, Form, Tenure, Vote
from linli.skills.deliberation.selectors.askings import reached
from linli.skills.participation.selectors import options_of
from linli.skills.register.selectors import building_names

type Counts = dict[str, Any]
"""Counts as JSON: option texts as they were, numbers, nobody."""

LEAST = 10
"""Voters a part (a building, an age band) needs to be shown."""


def count_asking(asking: Asking) -> Counts:
    """Count an asking's ballots; only a closed one's counts are shown to anybody."""
    options = [(option.pk, option.text) for option in options_of(asking.matter_id)]
    ids = [option for option, _text in options]
    ballots = list(
        Ballot.objects.filter(asking=asking, answer__isnull=False).values_list(
            "answer", "age_band", "tenure", "building"
        )
    )
    answers = [_known(answer, ids) for answer, *_self in ballots]
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
        "parts": [],
        "statements": asking.statements.filter(status="accepted").count(),
        "votes": Vote.objects.filter(asking=asking).count(),
    }
    if asking.form == Form.NONE:
        return counts
    tally = tally_of(asking.form, ids, answers)
    counts["options"] = [
        {"id": option, "text": text, "count": count}
        for (option, text), count in zip(options, tally, strict=True)
    ]
    if asking.form == Form.RANKED:
        counts.update(_ranking(ids, answers))
    counts["parts"] = _parts(asking, ids, answers, [tuple(row[1:]) for row in ballots])
    return counts


def _known(answer: Any, ids: list[int]) -> list[int]:
    """Read a stored answer as option ids, each once, in the order given."""
    given = answer if isinstance(answer, list) else [answer]
    return [option for option in dict.fromkeys(given) if option in ids]


def _parts(
    asking: Asking, ids: list[int], answers: list[list[int]], selves: list[tuple[Any, ...]]
) -> list[dict[str, Any]]:
    """Count by age band, tenure and large building, taking small parts together."""
    names = [
        {band.value: band.value for band in AgeBand},
        {kind.value: kind.value for kind in Tenure},
        building_names(asking.large_buildings),
    ]
    parts = []
    for place, (kind, known) in enumerate(zip(("age", "tenure", "building"), names, strict=True)):
        chosen: dict[str, list[list[int]]] = defaultdict(list)
        for answer, told in zip(answers, selves, strict=True):
            chosen[str(told[place] or "")].append(answer)
        if set(chosen) <= {""}:
            continue
        order = [*map(str, known), ""]
        cells = [
            Cell(key, len(chosen[key]), tuple(tally_of(asking.form, ids, chosen[key])))
            for key in order
            if key in chosen
        ]
        folded = fold_small_cells(cells, least=LEAST)
        parts.append(
            {
                "kind": kind,
                "rows": [
                    {
                        "id": cell.id,
                        "name": str({str(k): v for k, v in known.items()}.get(cell.id, "")),
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
    heard: dict[int, int] = defaultdict(int)
    voters = voter_keys(asking)
    for key, at in Ballot.objects.filter(asking=asking, building__isnull=False).values_list(
        "voter_key", "building"
    ):
        if bytes(key) in voters and at is not None:
            heard[at] += 1
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
