"""The demo's asking about the waste room, with invented answers of a part of the households."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from linli.core.accounts.models import User
from linli.skills.deliberation.services.askings import AskingPlan, create_asking, open_asking
from linli.skills.deliberation.services.ballots import paper_ballot, propose_statement
from linli.skills.deliberation.services.codes import issue_codes
from linli.skills.participation.selectors import Matter, options_of

# A statement and, for three invented points of view (those who live beside the old room, those
# for whom every step counts, those who want neither green nor parking lost on one side only),
# the share that agrees with it.
_STATEMENTS: tuple[tuple[str, tuple[float, float, float]], ...] = (
    ("老厢房离窗户太近，夏天味道受不了。", (0.95, 0.2, 0.6)),
    ("只要天天冲洗、管得好，放在原处也可以。", (0.08, 0.95, 0.25)),
    ("老人走不远，厢房离楼不能超过三分钟。", (0.2, 0.95, 0.75)),
    ("停车位已经不够，一个也不能再少。", (0.5, 0.6, 0.06)),
    ("小区里的绿地一块也不要动。", (0.12, 0.8, 0.94)),
    ("清运车早上七点以前不该进小区。", (0.95, 0.85, 0.88)),
    ("新厢房夜里要有灯，雨天要有顶。", (0.93, 0.95, 0.92)),
    ("先试用三个月，不合适再改。", (0.85, 0.9, 0.88)),
    ("放在哪栋楼旁边，就该照顾那栋楼。", (0.75, 0.3, 0.7)),
    ("放在东门，清运车不进小区，大家都安静。", (0.96, 0.1, 0.15)),
    ("6号楼北边离谁都近，最公平。", (0.12, 0.2, 0.93)),
    ("定下来之前，把几个地方的照片和距离贴出来。", (0.85, 0.8, 0.85)),
)
# Which option each point of view takes, in the order of the matter's options.
_TAKES = ((0.86, 0.08, 0.06), (0.06, 0.08, 0.86), (0.08, 0.86, 0.06))
_VIEWS = (0.42, 0.33, 0.25)
_ADDED = ("厢房夜里要有灯，下雨天要有顶。", "垃圾分类的牌子要写大一点，老人看得清。")
_ANSWERED = 180
_OPENED_DAYS_AGO = 5
_UNSURE = 0.08


def add_demo_asking(
    matter: Matter, *, head: User, worker: User, today: date, seed: int
) -> list[str]:
    """Ask every household about the waste room, let 180 answer, and return three unused codes."""
    rng = np.random.default_rng([seed, 7])
    opened = today - timedelta(days=_OPENED_DAYS_AGO)
    asking = create_asking(
        matter_id=matter.pk,
        by=worker,
        plan=AskingPlan(
            question="垃圾厢房放在哪里好？",
            form="single",
            basis="household",
            closes_on=matter.answers_until or today + timedelta(days=10),
            has_statements=True,
            residents_may_add=True,
            seeds=tuple(text for text, _shares in _STATEMENTS),
        ),
        now=_morning(opened - timedelta(days=1)),
    )
    slips = issue_codes(asking, by=worker, today=opened)
    asking = open_asking(asking, by=head, now=_morning(opened))
    order = rng.permutation(len(slips))
    codes = [slips[index].code for index in order]
    statements = [row.pk for row in asking.statements.all()]
    options = [option.pk for option in options_of(matter.pk)]
    for code in codes[:_ANSWERED]:
        view = int(rng.choice(len(_VIEWS), p=_VIEWS))
        age, tenure = _self(rng)
        paper_ballot(
            code,
            by=worker,
            asking=asking,
            options=[options[int(rng.choice(len(options), p=_TAKES[view]))]],
            votes=_votes(statements, view, rng),
            age_band=age,
            tenure=tenure,
            today=opened + timedelta(days=int(rng.integers(_OPENED_DAYS_AGO))),
        )
    for code, text in zip(codes, _ADDED, strict=False):
        propose_statement(code, text=text, today=today)
    return codes[_ANSWERED : _ANSWERED + 3]


def _votes(statements: Sequence[int], view: int, rng: np.random.Generator) -> dict[int, int | None]:
    """Answer eight statements or more as somebody of this point of view would."""
    count = int(rng.integers(8, len(statements) + 1))
    chosen = rng.permutation(len(statements))[:count]
    votes: dict[int, int | None] = {}
    for index in chosen:
        share = _STATEMENTS[index][1][view]
        drawn = rng.random()
        sure = 1 if drawn < share else -1
        votes[statements[index]] = 0 if rng.random() < _UNSURE else sure
    return votes


def _self(rng: np.random.Generator) -> tuple[str, str]:
    """Tick an age band and tenure, or leave both open."""
    if rng.random() < 0.15:
        return "", ""
    age = str(
        rng.choice(["18-29", "30-44", "45-59", "60-74", "75+"], p=[0.08, 0.2, 0.24, 0.33, 0.15])
    )
    return age, "owner" if rng.random() < 0.78 else "tenant"


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))
