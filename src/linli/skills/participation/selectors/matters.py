"""Which matters a user reaches, and what stands in one."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.core.accounts.models import Role, User
from linli.engines.participation.matter_states import FINISHED, Facts
from linli.skills.participation.models import Assignment, Matter, Option
from linli.skills.register.selectors import buildings_of

type AskingOpen = Callable[[int], bool]

_ASKING_OPEN: list[AskingOpen] = []


class MatterNotFound(LookupError):  # noqa: N818  no fault of the program: a page answers 404
    """There is no such matter, or not for this user."""


def contribute_asking_open(source: AskingOpen) -> None:
    """Let a higher skill tell by a matter's id whether residents are being asked about it."""
    if source not in _ASKING_OPEN:
        _ASKING_OPEN.append(source)


def matters_for(user: User) -> QuerySet[Matter]:
    """List the matters a user may see, newest first.

    Head and worker see their committee's; a partner those assigned to her; a captain those that
    touch everyone or his building; the overseer none.
    """
    mine = Matter.objects.filter(committee_id=user.committee_id)
    match user.role:
        case Role.HEAD | Role.WORKER:
            return mine
        case Role.PARTNER:
            return mine.filter(Exists(Assignment.objects.filter(matter=OuterRef("pk"), user=user)))
        case Role.CAPTAIN:
            touched = Matter.buildings.through.objects.filter(
                matter_id=OuterRef("pk"), building__in=buildings_of(user)
            )
            return mine.filter(Q(touches_everyone=True) | Exists(touched))
    return Matter.objects.none()


def finished_or_not(matters: QuerySet[Matter], *, finished: bool) -> QuerySet[Matter]:
    """Keep the finished matters, or those in motion."""
    if finished:
        return matters.filter(state__in=FINISHED)
    return matters.exclude(state__in=FINISHED)


def matter_for(user: User, pk: int) -> Matter:
    """Find a matter the user may see, with committee, writer, keeper and reviewer.

    Raises
    ------
    MatterNotFound
        If there is none; views make a 404 of it.
    """
    found = _whole(matters_for(user)).filter(pk=pk).first()
    if found is None:
        raise MatterNotFound(pk)
    return found


def matter_by_number(committee_id: int, number: str) -> Matter:
    """Find a committee's matter by its number, as in 2026-3.

    Raises
    ------
    MatterNotFound
        If there is none.
    """
    year, _dash, count = number.partition("-")
    if not (year.isdecimal() and count.isdecimal() and len(year) == 4 and len(count) < 9):
        raise MatterNotFound(number)
    found = (
        _whole(Matter.objects.filter(committee_id=committee_id))
        .filter(year=int(year), number=int(count))
        .first()
    )
    if found is None:
        raise MatterNotFound(number)
    return found


def _whole(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    return matters.select_related("committee", "created_by", "keeper", "reviewed_by")


def options_of(matter_id: int) -> list[Option]:
    """List a matter's options in order."""
    return list(Option.objects.filter(matter_id=matter_id))


def touched_building_ids(matter: Matter) -> list[int] | None:
    """List the ids of the buildings a matter touches; None: it touches everyone."""
    if matter.touches_everyone:
        return None
    return list(matter.buildings.values_list("pk", flat=True))


def touched_building_names(matter: Matter) -> list[str] | None:
    """List the names of the buildings a matter touches; None: it touches everyone."""
    if matter.touches_everyone:
        return None
    return list(matter.buildings.values_list("name", flat=True))


def matter_facts(matter: Matter) -> Facts:
    """Gather what the next step of a matter depends on."""
    return Facts(
        is_described=all(text.strip() for text in (matter.title, matter.plan, matter.why)),
        touches_somebody=matter.touches_everyone or matter.buildings.exists(),
        option_count=matter.options.count(),
        asking_open=any(source(matter.pk) for source in _ASKING_OPEN),
    )


def is_in_motion(matter: Matter) -> bool:
    """Say whether somebody still has something to do about a matter."""
    return matter.state not in FINISHED


def partners_of(committee_id: int) -> QuerySet[User]:
    """List the partner social workers a matter of this committee may be assigned to."""
    return User.objects.filter(committee_id=committee_id, role=Role.PARTNER, is_active=True)


def assigned_partners(matter: Matter) -> QuerySet[User]:
    """List those to whom a matter is assigned."""
    return User.objects.filter(assigned_matters__matter=matter)
