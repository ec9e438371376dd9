"""The same thing done twice in one moment is done once; needs connections that wait in turn."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from linli.core.audit.models import AuditLine
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Ballot, Code, FrozenResult, Notice, Vote
from linli.skills.deliberation.services import ballots
from linli.skills.deliberation.services.askings import AskingPlan, close_asking, create_asking
from linli.skills.deliberation.services.codes import issue_codes, reissue
from linli.skills.deliberation.services.moderation import moderate_statement
from linli.skills.deliberation.services.notices import post_notice
from tests.factories.accounts import UserFactory
from tests.factories.answers import open_asking_of
from tests.factories.deliberation import code_for, doors_in, slips_for
from tests.factories.participation import MatterFactory

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 8


@pytest.fixture(autouse=True)
def real_locks(db: None) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("connections to a database in memory do not wait for each other")


@pytest.fixture
def user():
    return UserFactory(role="head")


def at_once(call, *, times=TIMES):
    """Run a call in many threads that start together; return the codes of the refusals."""
    start = threading.Barrier(times)
    refused, broken = [], []

    def run():
        try:
            start.wait()
            call()
        except RuleError as refusal:
            refused.append(refusal.code)
        except Exception as fault:  # noqa: BLE001
            broken.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return refused


def test_thirty_taps_are_one_vote(user, client):
    asking = open_asking_of(user, statements=1)
    statement, code = asking.statements.get(), code_for(asking)

    at_once(lambda: ballots.vote(code, statement_id=statement.pk, choice=1), times=30)

    assert (Vote.objects.count(), Ballot.objects.count()) == (1, 1)


def test_two_replacements_leave_one_valid_code(user):
    asking = open_asking_of(user)
    slips_for(asking, count=1)
    old = Code.objects.get()

    refused = at_once(lambda: reissue(asking, code_id=old.pk, by=user))

    assert set(refused) == {"deliberation.replaced_already"}
    assert Code.objects.filter(withdrawn_on=None).count() == 1
    assert Code.objects.count() == 2


def test_slips_made_twice_are_one_a_door(user):
    asking = open_asking_of(user)
    doors_in(user.committee, count=20)

    at_once(lambda: issue_codes(asking, by=user))

    assert Code.objects.count() == 20


def test_closing_twice_freezes_once(user):
    asking = open_asking_of(user, statements=2)
    slips_for(asking, count=3)

    refused = at_once(lambda: close_asking(asking, by=user))

    assert refused == ["deliberation.asking_closed_already"] * (TIMES - 1)
    assert FrozenResult.objects.count() == 1


def test_notice_posted_twice_is_one(user):
    asking = open_asking_of(user)
    until = timezone.localdate() + timedelta(days=7)

    at_once(lambda: post_notice(asking, by=user, kind="before", object_until=until))

    assert Notice.objects.count() == 1


def test_asking_written_twice_is_one(user):
    matter = MatterFactory(created_by=user)
    plan = AskingPlan(
        question="",
        form="none",
        basis="household",
        closes_on=timezone.localdate(),
        has_statements=True,
        seeds=("先试三个月",),
    )

    at_once(lambda: create_asking(matter_id=matter.pk, by=user, plan=plan))

    assert Asking.objects.filter(matter=matter).count() == 1


def test_statement_is_decided_once(user):
    asking = open_asking_of(user, statements=1, residents_may_add=True)
    own = ballots.propose_statement(code_for(asking), text="晚上九点以后不倒")

    at_once(lambda: moderate_statement(own, by=user, accept=True))

    assert AuditLine.objects.filter(action="deliberation.statement_accepted").count() == 1


def test_same_own_statement_is_one(user):
    asking = open_asking_of(user, statements=1, residents_may_add=True)
    code = code_for(asking)

    at_once(lambda: ballots.propose_statement(code, text="晚上九点以后不倒"))

    assert asking.statements.filter(from_resident=True).count() == 1
