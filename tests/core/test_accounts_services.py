"""Accounts: setting up, recovering, closing."""

import pytest

from linli.core.accounts import services
from linli.core.accounts.models import Role
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
