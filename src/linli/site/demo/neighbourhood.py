"""The doors and people of 乐邻苑: six buildings, all names drawn by lot."""

import numpy as np

from linli.core.accounts.models import Committee, User
from linli.engines.register.door_address import DoorAddress
from linli.engines.register.roster_sheet import RosterRow
from linli.skills.register import services

ADULTS = 2_600
_EMPTY_SHARE = 0.03
# Number, units, floors, doors on a floor of a unit: three without a lift, three towers.
_BUILDINGS = (
    (1, 5, 6, 3),
    (2, 5, 6, 3),
    (3, 6, 6, 3),
    (4, 2, 18, 5),
    (5, 2, 24, 6),
    (6, 2, 22, 6),
)
# By how common they are in China; the share falls about as 1 / (rank + 8).
_SURNAMES = (
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈顾陆姚",
    "欧阳",
    "诸葛",
)
_FIRST = "建国志文明家海晓玉春秀桂丽小美德永思雨子佳俊梓宏庆立卫红淑慧雪金兰月振正承景书"
_SECOND = "华平军英芳强杰敏静伟涛霞玲娟燕萍辉斌鹏飞宁琴珍梅林生荣福祥轩涵怡然琳瑶阳峰成"
_ALONE = "伟芳敏静磊洋艳勇娟涛超霞燕刚丹鑫倩婷宁欣悦辰"


def create_neighbourhood(committee: Committee, *, seed: int, by: User | None = None) -> None:
    """Fill a committee with the same doors and people for the same seed."""
    lot = np.random.default_rng(seed)
    doors = _doors()
    empty = int(len(doors) * _EMPTY_SHARE)
    lived_in = sorted(lot.permutation(len(doors))[empty:].tolist())
    more = lot.multinomial(ADULTS - len(lived_in), np.full(len(lived_in), 1 / len(lived_in)))
    sizes = {place: 1 + int(extra) for place, extra in zip(lived_in, more, strict=True)}
    rows = [
        RosterRow(place + 2, door, _household(lot, sizes.get(place, 0)))
        for place, door in enumerate(doors)
    ]
    services.import_roster(committee, by=by, rows=rows)


def _doors() -> list[DoorAddress]:
    """List the doors as a sheet would."""
    return [
        DoorAddress(
            estate="",
            building=str(building),
            kind="号楼",
            unit=str(unit),
            floor=floor,
            number=f"{floor}{place:02d}",
            raw=f"{building}-{unit}-{floor}{place:02d}",
        )
        for building, units, floors, on_floor in _BUILDINGS
        for unit in range(1, units + 1)
        for floor in range(1, floors + 1)
        for place in range(1, on_floor + 1)
    ]


def _household(lot: np.random.Generator, size: int) -> tuple[str, ...]:
    """Draw adults who live together; every second one carries the first one's surname."""
    weights = 1 / (np.arange(len(_SURNAMES)) + 8)
    own, other = lot.choice(len(_SURNAMES), size=2, p=weights / weights.sum())
    names: dict[str, None] = {}
    while len(names) < size:
        surname = _SURNAMES[other if len(names) == 1 else own]
        names[surname + _given_name(lot)] = None
    return tuple(names)


def _given_name(lot: np.random.Generator) -> str:
    """Draw a given name, of one character in a fifth of cases."""
    if lot.random() < 0.2:
        return _ALONE[lot.integers(len(_ALONE))]
    return _FIRST[lot.integers(len(_FIRST))] + _SECOND[lot.integers(len(_SECOND))]
