"""The cast of every test: 李 the head, 王 her colleague, and somebody of another committee."""

import pytest
from django.test import Client

from linli.core.accounts.models import Committee, Role, User
from tests.factories.accounts import CommitteeFactory, UserFactory


@pytest.fixture
def committee(db: None) -> Committee:
    return CommitteeFactory(name="乐邻苑居委会")


@pytest.fixture
def head(committee: Committee) -> User:
    return UserFactory(committee=committee, name="李", role=Role.HEAD)


@pytest.fixture
def worker(committee: Committee) -> User:
    return UserFactory(committee=committee, name="王", role=Role.WORKER)


@pytest.fixture
def other_head(db: None) -> User:
    """Head of another committee: the nearest stranger."""
    return UserFactory(committee=CommitteeFactory(name="隔壁居委会"), role=Role.HEAD)


@pytest.fixture
def as_head(head: User) -> Client:
    return logged_in(head)


@pytest.fixture
def as_worker(worker: User) -> Client:
    return logged_in(worker)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
