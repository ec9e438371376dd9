"""Put the demo together: a committee, its people, its doors and one matter with a history."""

from dataclasses import dataclass

from django.db import transaction

from linli.core.accounts import services
from linli.core.accounts.models import Committee, Role, User

COMMITTEE = "乐邻苑居委会"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo and its random password."""

    username: str
    password: str
    label: str


_PEOPLE = (
    ("head", "李书记", Role.HEAD, "书记／主任 head"),
    ("worker", "王静", Role.WORKER, "社区工作者 worker"),
    ("captain", "陈阿姨", Role.CAPTAIN, "楼组长 building captain"),
    ("partner", "周敏", Role.PARTNER, "社工 partner social worker"),
    ("overseer", "吴师傅", Role.OVERSEER, "居务监督 overseer"),
)


@transaction.atomic
def create_demo() -> list[DemoAccount]:
    """Create the demo neighbourhood; its accounts may be used at once, without a new password."""
    _username, name, _role, label = _PEOPLE[0]
    committee, head, _first = services.create_committee(
        name=COMMITTEE,
        head_username="head",
        head_name=name,
        desk_phone="021-5550 0123",
        desk_hours="周一至周五 8:30–17:00",
    )
    accounts = [_open(head, label)]
    for username, name, role, label in _PEOPLE[1:]:
        user, _first = services.create_user(
            committee=committee, by=head, username=username, name=name, role=role
        )
        accounts.append(_open(user, label))
    _furnish(committee, head)
    return accounts


def _open(user: User, label: str) -> DemoAccount:
    """Choose a password for a visitor as a user would, so that nothing stands in his way."""
    password = services.random_password()
    services.change_password(user, password=password)
    return DemoAccount(user.username, password, label)


def _furnish(committee: Committee, head: User) -> None:
    """Let every skill add its part."""
