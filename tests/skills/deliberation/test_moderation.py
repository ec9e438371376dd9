"""Deciding on residents' statements."""

import pytest
from django.urls import reverse

from linli.engines.errors import RuleError
from linli.skills.deliberation.models import ModerationLine, Statement
from linli.skills.deliberation.services.askings import close_asking
from linli.skills.deliberation.services.moderation import add_seed, moderate_statement
from tests.factories.answers import closed_asking_of, open_asking_of
from tests.factories.deliberation import StatementFactory


@pytest.fixture
def asking(head):
    return open_asking_of(head, statements=2, residents_may_add=True)


@pytest.fixture
def waiting(asking):
    return StatementFactory(
        asking=asking, position=9, text="看法第1条！", status="pending", from_resident=True
    )


def url(name, *args):
    return reverse(f"deliberation:{name}", args=args)


def test_waiting_statement_stands_beside_its_like(asking, waiting, as_worker):
    page = as_worker.get(url("moderation-queue", asking.pk)).content.decode()

    assert "看法第1条！" in page
    assert "差不多的" in page


def test_accepted_statement_is_shown(asking, waiting, as_worker):
    as_worker.post(url("moderation-decide", asking.pk, waiting.pk), {"decision": "accept"})

    waiting.refresh_from_db()
    assert waiting.status == "accepted"


def test_refusal_keeps_its_reason(asking, waiting, as_worker):
    as_worker.post(
        url("moderation-decide", asking.pk, waiting.pk),
        {"decision": "refuse", "reason": "same", "words": "见第1条"},
    )

    line = ModerationLine.objects.get()
    assert (line.decision, line.reason) == ("refused", "和另一条意思一样：见第1条")


def test_refusal_for_another_reason_needs_words(asking, waiting, as_worker):
    answered = as_worker.post(
        url("moderation-decide", asking.pk, waiting.pk), {"decision": "refuse", "reason": "other"}
    )

    waiting.refresh_from_db()
    assert (answered.status_code, waiting.status) == (422, "pending")


def test_second_moderator_is_told_who_decided(waiting, head, worker):
    moderate_statement(waiting, by=head, accept=True)

    with pytest.raises(RuleError) as refusal:
        moderate_statement(waiting, by=worker, accept=False, reason="看不明白")

    assert (refusal.value.code, refusal.value.params["by"]) == (
        "deliberation.moderated_already",
        "李",
    )
    assert Statement.objects.get(pk=waiting.pk).status == "accepted"


def test_seed_is_not_moderated(asking, head):
    with pytest.raises(RuleError, match="statement_not_waiting"):
        moderate_statement(asking.statements.first(), by=head, accept=False, reason="看不明白")


def test_log_can_be_taken_along(asking, waiting, head, as_worker):
    waiting.text = "=1+1"
    waiting.save()
    moderate_statement(waiting, by=head, accept=False, reason="看不明白")

    page = as_worker.get(url("moderation-log", asking.pk)).content.decode()
    sheet = as_worker.get(url("moderation-log-download", asking.pk)).content.decode()

    assert "看不明白" in page
    assert "李,'=1+1,不显示,看不明白" in sheet


def test_statement_of_another_asking_is_not_found(asking, head, as_worker):
    other = StatementFactory(asking=open_asking_of(head, statements=1), position=7)

    answered = as_worker.post(url("moderation-decide", asking.pk, other.pk), {"decision": "accept"})

    assert answered.status_code == 404


def test_same_seed_twice_is_one(asking, head):
    assert add_seed(asking, by=head, text="新的") == add_seed(asking, by=head, text=" 新的 ")


def test_closed_asking_takes_no_statement(head):
    asking = closed_asking_of(head, statements=1)

    with pytest.raises(RuleError, match="asking_closed_already"):
        add_seed(asking, by=head, text="晚了")


def test_nothing_is_decided_after_closing(head):
    asking = open_asking_of(head, statements=1)
    late = StatementFactory(asking=asking, position=5, status="pending", from_resident=True)
    close_asking(asking, by=head)

    with pytest.raises(RuleError, match="asking_closed_already"):
        moderate_statement(late, by=head, accept=True)


@pytest.mark.parametrize("page", ["moderation-queue", "moderation-log"])
@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_database_as_often_for_three_as_for_one(
    page, count, asking, head, as_head, django_assert_max_num_queries
):
    for number in range(count):
        row = StatementFactory(
            asking=asking, position=20 + number, status="pending", from_resident=True
        )
        if page == "moderation-log":
            moderate_statement(row, by=head, accept=True)

    with django_assert_max_num_queries(5):
        as_head.get(url(page, asking.pk))
