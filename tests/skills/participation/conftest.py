"""A matter of the cast's committee, and those who see only part of it."""

import pytest

from linli.core.accounts.models import Role, User
from linli.skills.participation.models import Matter
from linli.skills.register.models import Building
from tests.factories.accounts import UserFactory
from tests.factories.participation import MatterFactory


@pytest.fixture
def matter(worker: User) -> Matter:
    return MatterFactory(created_by=worker)


@pytest.fixture
def building(committee) -> Building:
    return Building.objects.create(committee=committee, name="3号楼")


@pytest.fixture
def partner(committee) -> User:
    return UserFactory(committee=committee, name="周", role=Role.PARTNER)


@pytest.fixture
def captain(committee) -> User:
    return UserFactory(committee=committee, name="陈", role=Role.CAPTAIN)
