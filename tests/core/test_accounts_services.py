"""Accounts: setting up, recovering, closing."""

import pytest

from linli.core.accounts import services
from linli.core.accounts.models import Role
from linli.core.audit.selectors import lines_of
from linli.engines.errors import RuleError


def test_new_head_logs_in_with_first_password(db):
    _committee, head, password = services.create_committee(
        name="新居委会", head_username="li", head_name="李"
    )

    assert head.check_password(password)


def test_last_head_cannot_be_closed(head, worker):
    with pytest.raises(RuleError) as refusal:
        services.close_user(head, by=None, successor=worker)

    assert refusal.value.code == "accounts.last_head"


def test_head_who_names_another_may_become_worker(head, worker):
    services.change_role(worker, by=head, role=Role.HEAD)

    services.change_role(head, by=worker, role=Role.WORKER)

    assert head.role == Role.WORKER


def test_backup_stands_in_the_log_of_every_committee(committee, other_head):
    services.note_backup()

    assert [line.action for line in lines_of(committee.pk)][:1] == ["accounts.backup_written"]
    assert [line.action for line in lines_of(other_head.committee_id)][:1] == [
        "accounts.backup_written"
    ]
