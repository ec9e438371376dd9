"""``linli deliberation map``: the opinion map of votes that lie in files, without any database."""

from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from linli.core.accounts.command_line import Refused, json_text, write_files
from linli.engines.deliberation.opinion_map import OpinionMap, map_opinions
from linli.engines.report import Line
from linli.skills.deliberation.map_phrases import MAP_PHRASES
from linli.skills.deliberation.map_picture import draw_map, group_sizes
from linli.skills.deliberation.polis_files import read_conversation
from linli.skills.deliberation.polis_tables import PolisFileError

_REASONS = (
    "deliberation.map_no_votes",
    "deliberation.map_too_few_people",
    "deliberation.map_too_few_statements",
    "deliberation.map_no_differences",
    "deliberation.map_like_chance",
    "deliberation.map_not_stable",
)
_SAID_OTHERWISE = (*_REASONS, "deliberation.map_groups", "deliberation.map_unplaced")


@click.command("map")
@click.argument("votes", type=click.Path(path_type=Path), metavar="VOTES.csv")
@click.option("--statements", type=click.Path(path_type=Path), metavar="COMMENTS.csv")
@click.option("--matrix", type=click.Path(path_type=Path), metavar="PARTICIPANTS.csv")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--json", "json_file", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--svg", "svg_file", type=click.Path(path_type=Path), metavar="OUT")
def map_command(
    *,
    votes: Path,
    statements: Path | None,
    matrix: Path | None,
    seed: int,
    json_file: Path | None,
    svg_file: Path | None,
) -> None:
    """Find opinion groups in the votes of a Polis export (agree is 1).

    COMMENTS.csv leaves out the statements moderated out; PARTICIPANTS.csv adds people without a
    vote. The finding is said in three sentences; --json writes all of it, --svg the picture.
    """
    try:
        read = read_conversation(votes=votes, comments=statements, matrix=matrix)
    except PolisFileError as wrong:
        raise Refused(_said(Line(wrong.code, wrong.params))) from wrong
    found = map_opinions(read.votes, seed=seed)
    answers = {}
    if svg_file is not None:
        answers[svg_file] = draw_map(found)
    if json_file is not None:
        answers[json_file] = json_text(as_json(found))
    write_files(answers)
    for sentence in finding(found):
        click.echo(sentence)
    for line in (*read.report, *found.report):
        if line.code not in _SAID_OTHERWISE:
            click.echo(_said(line), err=True)


def finding(found: OpinionMap) -> tuple[str, str, str]:
    """Say the finding in three sentences: who was heard, which groups, how sure."""
    heard = _(
        "%(participants)d people voted on %(statements)d statements;"
        " %(placed)d voted on enough of them to be placed."
    ) % {
        "participants": found.participants,
        "statements": found.statements,
        "placed": len(found.placed),
    }
    if found.groups:
        groups = _("Opinions fall into %(groups)d groups: %(sizes)s.") % {
            "groups": len(found.groups),
            "sizes": group_sizes(found),
        }
    else:
        reason = next(_said(line) for line in found.report if line.code in _REASONS)
        groups = _("There are no clear opinion groups: %(reason)s") % {"reason": reason}
    sure = _(
        "With another part of the people the groups come out %(percent)d%% alike (seed %(seed)d)."
    ) % {"percent": round(100 * found.stability), "seed": found.seed}
    return heard, groups, sure


def as_json(found: OpinionMap) -> dict[str, Any]:
    """The map for machines; every person is in one group or in ``unplaced``."""
    return {
        "participants": found.participants,
        "statements": found.statements,
        "votes": found.votes,
        "verdict": found.verdict,
        "groups": [
            {
                "id": group.id,
                "size": len(group.members),
                "members": list(group.members),
                "representative": [
                    {
                        "statement": one.statement,
                        "side": one.side,
                        "agree": one.agree,
                        "disagree": one.disagree,
                        "seen": one.seen,
                    }
                    for one in group.representative
                ],
            }
            for group in found.groups
        ],
        "unplaced": list(found.ungrouped),
        "stability": found.stability,
        "bridging": [
            {"statement": one.statement, "side": one.side, "score": one.score}
            for one in found.bridging
        ],
        "divisive": [{"statement": one.statement, "score": one.score} for one in found.divisive],
        "seed": found.seed,
    }


def _said(line: Line) -> str:
    return str(MAP_PHRASES[line.code]) % line.params
