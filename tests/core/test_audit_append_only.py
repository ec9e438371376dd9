"""What was written down stays written down."""

import pytest
from django.db import DatabaseError, connection, transaction

from linli.core.audit.models import AuditLine
from linli.core.audit.selectors import lines_of
from linli.core.audit.services import record

# A migration that alters such a table on SQLite builds it anew, without its triggers.
TABLES = [
    "audit_auditline",
    "deliberation_moderationline",
    "deliberation_notice",
    "participation_mattermove",
]


@pytest.fixture
def line(head):
    record("accounts.user_created", committee_id=head.committee_id, actor=head, role="worker")
    return AuditLine.objects.get()


def test_line_cannot_be_changed(line):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditLine.objects.filter(pk=line.pk).update(action="accounts.other")


def test_line_cannot_be_deleted(line):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        line.delete()


def test_line_cannot_be_changed_by_plain_sql(line):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditline SET why = 'other'")


def test_refused_change_leaves_line(line):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditLine.objects.all().delete()

    assert AuditLine.objects.get() == line


def test_actor_of_a_line_cannot_be_deleted(line, head):
    with pytest.raises(DatabaseError), transaction.atomic():
        head.delete()


@pytest.mark.parametrize("table", TABLES)
def test_table_has_both_triggers(table, db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
        names = {name.lower() for (name,) in cursor.fetchall()}

    assert names == {f"{table}_no_update", f"{table}_no_delete"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_transactional_test_starts_empty(turn, committee):
    """The first turn leaves a line; the flush after it must pass, and the triggers come back."""
    assert not AuditLine.objects.exists()

    record("accounts.committee_changed", committee_id=committee.pk, actor=None)

    with pytest.raises(DatabaseError, match="append-only"):
        AuditLine.objects.update(why="other")


def test_lines_of_one_committee_only(line, other_head):
    record("accounts.committee_changed", committee_id=other_head.committee_id, actor=other_head)

    assert list(lines_of(line.committee_id)) == [line]


def test_lines_of_one_part(line, head):
    record("register.doors_imported", committee_id=head.committee_id, actor=head)

    assert list(lines_of(head.committee_id, part="accounts")) == [line]


def test_lines_of_one_person(line, worker):
    record("accounts.token_created", committee_id=worker.committee_id, actor=worker)

    assert list(lines_of(line.committee_id, actor_id=line.actor_id)) == [line]


def test_subject_is_named_by_kind_and_number(head, worker):
    record("accounts.user_created", committee_id=head.committee_id, actor=head, subject=worker)

    assert AuditLine.objects.get().subject == f"accounts.user:{worker.pk}"
