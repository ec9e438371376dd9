"""The cast of every test: 李 the head, 王 her colleague, and somebody of another committee."""

from collections.abc import Iterator

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client

from linli.core.accounts.models import Committee, Role, User
from tests.factories.accounts import CommitteeFactory, UserFactory


@pytest.fixture(scope="session", autouse=True)
def flush_of_append_only_tables() -> Iterator[None]:
    """Let the flush after a transactional test, and nothing else, pass SQLite's triggers.

    PostgreSQL flushes with TRUNCATE, which its row triggers do not see.
    """
    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(self: DatabaseOperations, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            triggers = cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE ?",
                ["%is append-only%"],
            ).fetchall()
        drop = [f'DROP TRIGGER "{name}"' for name, _sql in triggers]
        flush(self, [*drop, *statements, *(sql for _name, sql in triggers)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", without_triggers)
        yield


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
