"""A building of the cast's committee with one door and 张桂英 behind it, and its captain."""

import pytest

from linli.core.accounts.models import Role, User
from linli.skills.register.models import Adult, Building, CaptainOf, Door
from tests.factories.accounts import UserFactory
from tests.factories.register import AdultFactory, BuildingFactory, DoorFactory


@pytest.fixture
def building(committee) -> Building:
    return BuildingFactory(committee=committee, name="3号楼", position=3)


@pytest.fixture
def door(building) -> Door:
    return DoorFactory(building=building, unit="2", number="501", floor=5)


@pytest.fixture
def adult(door) -> Adult:
    return AdultFactory(door=door, name="张桂英")


@pytest.fixture
def captain(committee, building) -> User:
    user = UserFactory(committee=committee, name="陈", role=Role.CAPTAIN)
    CaptainOf.objects.create(user=user, building=building)
    return user
