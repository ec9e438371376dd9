"""Put the demo together: a committee, its people, its doors and matters with a history."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from linli.core.accounts import services
from linli.core.accounts.models import Role, User
from linli.site.demo.answers import add_demo_asking
from linli.site.demo.matter import create_activity_room_matter, create_waste_room_matter
from linli.site.demo.neighbourhood import create_neighbourhood
from linli.skills.participation.services import assign_partner
from linli.skills.register.services import appoint_captain

COMMITTEE = "乐邻苑居委会"
SEED = 20260301


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo and its random password."""

    username: str
    password: str
    label: str


@dataclass(frozen=True, slots=True)
class Demo:
    """What is told once at the first start."""

    accounts: tuple[DemoAccount, ...]
    codes: tuple[str, ...]
    """Residents' codes that nobody has used."""


_COLLEAGUES = (
    ("worker", "王静", Role.WORKER, "社区工作者 worker"),
    ("captain", "陈阿姨", Role.CAPTAIN, "楼组长 building captain"),
    ("partner", "周敏", Role.PARTNER, "社工 partner social worker"),
    ("overseer", "吴师傅", Role.OVERSEER, "居务监督 overseer"),
)


@transaction.atomic
def create_demo() -> Demo:
    """Create the demo neighbourhood; its accounts may be used at once, without a new password."""
    committee, head, _first = services.create_committee(
        name=COMMITTEE,
        head_username="head",
        head_name="李书记",
        desk_phone="021-5550 0123",
        desk_hours="周一至周五 8:30–17:00",
    )
    accounts = [_open(head, "书记／主任 head")]
    people = {}
    for username, name, role, label in _COLLEAGUES:
        people[role], _first = services.create_user(
            committee=committee, by=head, username=username, name=name, role=role
        )
        accounts.append(_open(people[role], label))
    worker, today = people[Role.WORKER], timezone.localdate()
    create_neighbourhood(committee, seed=SEED, by=head)
    building = committee.buildings.all()[0]
    appoint_captain(building, by=head, captain=people[Role.CAPTAIN])
    matter = create_waste_room_matter(committee, head=head, worker=worker, today=today, seed=SEED)
    assign_partner(matter, people[Role.PARTNER], by=head)
    codes = add_demo_asking(matter, head=head, worker=worker, today=today, seed=SEED)
    create_activity_room_matter(committee, worker=worker, today=today, seed=SEED)
    return Demo(tuple(accounts), tuple(codes))


def _open(user: User, label: str) -> DemoAccount:
    """Choose a password for a visitor as a user would, so that nothing stands in his way."""
    password = services.random_password()
    services.change_password(user, password=password)
    return DemoAccount(user.username, password, label)
