"""Two matters of the demo: where the waste room (垃圾厢房) goes, and a small one."""

from datetime import date, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from linli.core.accounts.models import Committee, User
from linli.skills.participation.selectors import Matter
from linli.skills.participation.services import (
    Choice,
    Draft,
    Words,
    change_matter,
    create_matter,
    move_matter,
)

_WORDS = {
    "title": "垃圾厢房放在哪里",
    "plan": "新建一座有顶、能冲洗、夜里有灯的垃圾厢房，放在哪里由大家来定。"
    "老厢房随后拆掉，或者原地改造。",
    "why": "老厢房离3号楼一单元的窗户只有6米，夏天气味大，清运车清早五点在窗下倒车。"
    "3号楼居民去年秋天起提过四次。",
    "proposed_by": "3号楼居民",
    "next_step": "结果贴在每栋楼的门厅，贴满七天没有异议，就请街道安排施工。",
}
_FIRST_OPTIONS = (
    Choice("东门绿地旁", "清运车不用进小区；要移走一小块绿地，离6号楼最远，要走三分钟。"),
    Choice("6号楼北侧停车位", "离各楼都近；要少掉四个车位。"),
)
_ALL_OPTIONS = (
    *_FIRST_OPTIONS,
    Choice("维持原处并改造", "加顶、除味、装隔音门，清运改到早上七点；离3号楼还是6米。"),
)
_RETURNED = "老地方改造也是一种办法，请列成第三个方案；每个方案补一句好处和难处。"
_TOLD = "通报已贴到六栋楼的门厅，楼组长在群里转发过。"
# (days before today, hour): an hour later each time, so that days moved off a weekend stay in order
_STEPS = ((24, 9), (23, 10), (22, 11), (18, 13), (16, 14), (9, 15))


def create_waste_room_matter(
    committee: Committee, *, head: User, worker: User, today: date, seed: int
) -> Matter:
    """Create the essay's matter with an invented history; it stands at telling beforehand."""
    rng = np.random.default_rng(seed)
    written, handed_in, sent_back, again, approved, told = (
        _office_time(today - timedelta(days=days), hour, rng) for days, hour in _STEPS
    )
    words = Words(
        **_WORDS,
        answers_until=today + timedelta(days=10),
        decision_on=today + timedelta(days=17),
    )
    matter = create_matter(
        Draft(words=words, options=_FIRST_OPTIONS),
        committee=committee,
        by=worker,
        now=written,
        is_demo=True,
    )
    move_matter(matter, to="review", by=worker, now=handed_in)
    move_matter(matter, to="returned", by=head, reason=_RETURNED, now=sent_back)
    change_matter(matter, Draft(words=words, options=_ALL_OPTIONS), by=worker)
    move_matter(matter, to="review", by=worker, now=again)
    move_matter(matter, to="parties", by=head, now=approved)
    return move_matter(matter, to="informing", by=worker, reason=_TOLD, now=told)


def create_activity_room_matter(
    committee: Committee, *, worker: User, today: date, seed: int
) -> Matter:
    """Create a small matter that is still being written down."""
    words = Words(
        title="活动室晚上开到几点",
        plan="定一个活动室晚上关门的时间，试行三个月。",
        why="打乒乓球的想开到九点以后，楼上的住户要早睡。",
        proposed_by="乒乓球队和2号楼居民",
        answers_until=today + timedelta(days=14),
        next_step="按多数人的意见试行三个月，再听一次意见。",
    )
    options = (Choice("晚上八点"), Choice("晚上九点"), Choice("平时八点，周末九点"))
    return create_matter(
        Draft(words=words, options=options),
        committee=committee,
        by=worker,
        now=_office_time(today - timedelta(days=2), 10, np.random.default_rng(seed)),
        is_demo=True,
    )


def _office_time(day: date, hour: int, rng: np.random.Generator) -> datetime:
    """Choose a minute of that hour on the day, or on the Friday before."""
    day -= timedelta(days=max(day.weekday() - 4, 0))
    return timezone.make_aware(datetime.combine(day, time(hour, int(rng.integers(60)))))
