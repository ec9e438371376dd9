"""What an asking came to: counts, and the opinion map."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.core.accounts.access import MemberRequest, requires
from linli.core.ui.charts.bars import bars, stacked_bars
from linli.core.ui.charts.dot_map import dot_map, within_one
from linli.skills.deliberation import findings
from linli.skills.deliberation.selectors.askings import (
    askings_for,
    latest_notice,
    reached_or_frozen,
    stage_of,
)
from linli.skills.deliberation.selectors.opinion_map import offered_map
from linli.skills.deliberation.selectors.results import heard_by_building

SHOWN_AT_MOST = 5
"""Statements a list shows before the table of all."""


@require_GET
@requires("deliberation.view_askings")
def results(request: MemberRequest, asking_id: int) -> HttpResponse:
    """Show the counts of a closed asking; of an open one only how many were heard."""
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    counts = reached_or_frozen(asking)
    values: dict[str, Any] = {
        "asking": asking,
        "matter": asking.matter,
        "stage": stage_of(asking),
        "counts": counts,
        "heard_sentence": findings.heard_sentence({**counts, "basis": asking.basis}),
    }
    if asking.closed_at is None:
        values["buildings"] = heard_by_building(asking)
    else:
        values.update(_counted(counts))
        values["frozen"] = asking.result
        values["to_be_posted"] = not asking.is_imported and not latest_notice(
            asking.matter_id, kind="result"
        )
    return render(request, "deliberation/results.html", values)


def _counted(counts: dict[str, Any]) -> dict[str, Any]:
    sentences = findings.result_sentences(counts)
    return {
        "finding": sentences[0] if sentences else "",
        "pairs": findings.pair_sentences(counts),
        "chart": bars(
            rows=[(option["text"], option["count"], "") for option in counts["options"]],
            base=counts["answered"] or None,
        ),
        "parts": [findings.part_table(part, counts) for part in counts["parts"]],
    }


@require_GET
@requires("deliberation.view_askings")
def map(request: MemberRequest, asking_id: int) -> HttpResponse:  # noqa: A001  the address's name
    """Show how opinions lie, or what is still missing for a map."""
    asking = get_object_or_404(askings_for(request.user), pk=asking_id)
    offer, facts = offered_map(asking)
    counts = reached_or_frozen(asking)
    values: dict[str, Any] = {
        "asking": asking,
        "matter": asking.matter,
        "stage": stage_of(asking),
        "offer": offer,
        "counts": counts,
        "heard_sentence": findings.heard_sentence({**counts, "basis": asking.basis}),
    }
    if facts is not None:
        values.update(_map_values(facts))
    return render(request, "deliberation/map.html", values)


def _map_values(facts: dict[str, Any]) -> dict[str, Any]:
    letters = {group["id"]: findings.group_letter(group["id"]) for group in facts["groups"]}
    return {
        "facts": facts,
        "sentences": findings.map_sentences(facts),
        "remarks": findings.report_sentences(facts),
        "picture": dot_map(
            points=within_one((x, y, letters.get(group)) for x, y, group in facts["points"]),
            labels={
                letters[group["id"]]: findings.group_summary(group) for group in facts["groups"]
            },
            not_drawn=facts["unplaced"],
        ),
        "groups": [
            {
                "letter": letters[group["id"]],
                "size": group["size"],
                "voices": [
                    {
                        "text": voice["text"],
                        "side": voice["side"],
                        "told": findings.voice_sentence(voice),
                    }
                    for voice in group["representative"]
                ],
            }
            for group in facts["groups"]
        ],
        "joins": [_with_bars(row) for row in facts["bridging"][:SHOWN_AT_MOST]],
        "divides": [_with_bars(row) for row in facts["divisive"][:SHOWN_AT_MOST]],
        "table": [{**row, "shares": findings.group_shares(row)} for row in facts["table"]],
        "letters": list(letters.values()),
    }


def _with_bars(row: dict[str, Any]) -> dict[str, Any]:
    rows = [
        (findings.group_letter(group["id"]), (group["agree"], group["unsure"], group["disagree"]))
        for group in row["groups"]
    ] or [(_("Everybody"), (row["agree"], row["unsure"], row["disagree"]))]
    return {**row, "chart": stacked_bars(rows=rows)}
