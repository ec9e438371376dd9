"""Taking answers by code."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from linli.core.audit.models import AuditLine
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Ballot, Code, Form, Reason, Statement, Vote
from linli.skills.deliberation.services import ballots, codes
from linli.skills.deliberation.services.askings import close_asking
from linli.skills.register.models import Building
from tests.factories.deliberation import (
    AskingFactory,
    StatementFactory,
    code_for,
    options_for,
    slips_for,
)


@pytest.fixture
def asking(committee):
    return AskingFactory(matter__committee=committee, has_statements=True, residents_may_add=True)


def refusal_of(call, *arguments, **named):
    with pytest.raises(RuleError) as refusal:
        call(*arguments, **named)
    return refusal.value.code


def test_later_answer_replaces_earlier(asking):
    one, two, _three = options_for(asking)
    code = code_for(asking)

    ballots.answer_question(code, options=[one.pk])
    ballots.answer_question(code, options=[two.pk])

    assert list(Ballot.objects.values_list("answer", flat=True)) == [[two.pk]]


def test_code_typed_badly_is_read(asking):
    option = options_for(asking)[0]
    code = code_for(asking)

    ballots.answer_question(f" {code[:4].lower()} - {code[4:]}", options=[option.pk])

    assert Ballot.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "chosen", "code"),
    [
        (Form.SINGLE, [0, 1], "answer_unfit"),
        (Form.SINGLE, [], "answer_empty"),
        (Form.MULTIPLE, [], "answer_empty"),
        (Form.RANKED, [0, 0], "answer_twice"),
        (Form.NONE, [0], "answer_unfit"),
    ],
)
def test_answer_that_does_not_fit_is_refused(asking, form, chosen, code):
    asking.form = form
    asking.save()
    options = options_for(asking)

    refused = refusal_of(
        ballots.answer_question, code_for(asking), options=[options[n].pk for n in chosen]
    )

    assert refused == f"deliberation.{code}"


def test_option_of_another_matter_is_refused(asking):
    options_for(asking)
    (foreign,) = options_for(AskingFactory(), "别处")

    refused = refusal_of(ballots.answer_question, code_for(asking), options=[foreign.pk])

    assert refused == "deliberation.answer_unfit"


def test_ranking_keeps_its_order(asking):
    asking.form = Form.RANKED
    asking.save()
    one, two, three = (option.pk for option in options_for(asking))

    ballots.answer_question(code_for(asking), options=[three, one, two])

    assert Ballot.objects.get().answer == [three, one, two]


def test_vote_twice_counts_once(asking):
    statement = StatementFactory(asking=asking)
    code = code_for(asking)

    ballots.vote(code, statement_id=statement.pk, choice=1)
    ballots.vote(code, statement_id=statement.pk, choice=-1)

    assert list(Vote.objects.values_list("choice", flat=True)) == [-1]


def test_vote_leaves_answer_as_it_is(asking):
    option = options_for(asking)[0]
    code = code_for(asking)
    ballots.answer_question(code, options=[option.pk])

    ballots.vote(code, statement_id=StatementFactory(asking=asking).pk, choice=1)

    assert Ballot.objects.get().answer == [option.pk]


@pytest.mark.parametrize("choice", [2, -2, 9])
def test_vote_of_unknown_kind_is_refused(asking, choice):
    statement = StatementFactory(asking=asking)

    refused = refusal_of(ballots.vote, code_for(asking), statement_id=statement.pk, choice=choice)

    assert refused == "deliberation.answer_unfit"


def test_statement_not_shown_cannot_be_answered(asking):
    waiting = StatementFactory(asking=asking, status="pending")

    refused = refusal_of(ballots.vote, code_for(asking), statement_id=waiting.pk, choice=1)

    assert refused == "deliberation.statement_gone"


def test_statement_of_another_asking_cannot_be_answered(asking):
    foreign = StatementFactory()

    refused = refusal_of(ballots.vote, code_for(asking), statement_id=foreign.pk, choice=1)

    assert refused == "deliberation.statement_gone"


def test_undo_takes_vote_reason_and_empty_ballot_back(asking):
    statement = StatementFactory(asking=asking)
    code = code_for(asking)
    ballots.vote(code, statement_id=statement.pk, choice=1, reason="太远了")

    ballots.undo_vote(code, statement_id=statement.pk)

    assert (Vote.objects.count(), Reason.objects.count(), Ballot.objects.count()) == (0, 0, 0)


def test_undo_leaves_an_answered_ballot(asking):
    statement = StatementFactory(asking=asking)
    option = options_for(asking)[0]
    code = code_for(asking)
    ballots.answer_question(code, options=[option.pk])
    ballots.vote(code, statement_id=statement.pk, choice=1)

    ballots.undo_vote(code, statement_id=statement.pk)

    assert Ballot.objects.get().answer == [option.pk]


def test_reason_sent_twice_counts_once(asking):
    statement = StatementFactory(asking=asking)
    code = code_for(asking)

    for text in ("太远", "太远了"):
        ballots.vote(code, statement_id=statement.pk, choice=-1, reason=text)

    assert list(Reason.objects.values_list("text", "side")) == [("太远了", -1)]


def test_reasons_of_two_voters_are_two(asking):
    statement = StatementFactory(asking=asking)

    for slip in slips_for(asking, count=2):
        ballots.vote(slip.code, statement_id=statement.pk, choice=1, reason="近")

    assert Reason.objects.count() == 2


def test_reason_of_301_characters_is_refused(asking):
    statement = StatementFactory(asking=asking)

    refused = refusal_of(
        ballots.vote, code_for(asking), statement_id=statement.pk, choice=1, reason="长" * 301
    )

    assert refused == "deliberation.reason_length"
    assert Vote.objects.count() == 0


def test_describing_oneself_leaves_the_answer(asking):
    option = options_for(asking)[0]
    code = code_for(asking)
    ballots.answer_question(code, options=[option.pk])

    ballots.describe_self(code, age_band="75+", tenure="tenant")

    ballot = Ballot.objects.get()
    assert (ballot.answer, ballot.age_band, ballot.tenure) == ([option.pk], "75+", "tenant")


def test_made_up_age_band_is_refused(asking):
    refused = refusal_of(ballots.describe_self, code_for(asking), age_band="120+")

    assert refused == "deliberation.answer_unfit"


def test_own_statement_waits_for_the_desk(asking):
    ballots.propose_statement(code_for(asking), text="  晚上   九点以后不倒垃圾 ")

    statement = Statement.objects.get()
    assert (statement.text, statement.status) == ("晚上 九点以后不倒垃圾", "pending")


def test_own_statement_sent_twice_counts_once(asking):
    code = code_for(asking)

    for _tap in range(2):
        ballots.propose_statement(code, text="晚上九点以后不倒垃圾")

    assert Statement.objects.count() == 1


@pytest.mark.parametrize("text", ["", "短", "长" * 141])
def test_own_statement_of_wrong_length_is_refused(asking, text):
    refused = refusal_of(ballots.propose_statement, code_for(asking), text=text)

    assert refused == "deliberation.statement_length"


def test_own_statement_is_refused_where_none_are_taken(committee):
    asking = AskingFactory(matter__committee=committee, has_statements=True)

    refused = refusal_of(ballots.propose_statement, code_for(asking), text="晚上不倒垃圾")

    assert refused == "deliberation.no_own_statements"


def test_flood_of_statements_is_stopped(asking, monkeypatch):
    monkeypatch.setattr(ballots, "MOST_WAITING", 1)
    code = code_for(asking)
    ballots.propose_statement(code, text="第一条看法")

    refused = refusal_of(ballots.propose_statement, code, text="第二条看法")

    assert refused == "deliberation.too_many_waiting"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"opened_on": None}, "answers_not_yet"),
        ({"closed_at": timezone.now()}, "answers_over"),
        ({"closes_on": timezone.localdate() - timedelta(days=1)}, "answers_over"),
    ],
)
def test_asking_that_is_not_open_takes_no_answer(asking, change, code):
    option = options_for(asking)[0]
    plain = code_for(asking)
    for field, value in change.items():
        setattr(asking, field, value)
    asking.save()

    refused = refusal_of(ballots.answer_question, plain, options=[option.pk])

    assert refused == f"deliberation.{code}"


@pytest.mark.parametrize(("typed", "code"), [("7" * 16, "unknown"), ("77", "mistyped")])
def test_code_that_is_none_is_refused(asking, typed, code):
    refused = refusal_of(ballots.answer_question, typed, options=[1])

    assert refused == f"deliberation.code_{code}"


def test_ballot_of_small_building_carries_no_building(asking):
    option = options_for(asking)[0]

    ballots.answer_question(code_for(asking), options=[option.pk])

    assert Ballot.objects.get().building_id is None


def test_ballot_of_large_building_carries_it(asking):
    option = options_for(asking)[0]
    slips = slips_for(asking, count=50)

    ballots.answer_question(slips[0].code, options=[option.pk])

    assert Ballot.objects.get().building == Building.objects.get()


def test_secret_ballot_knows_no_code(asking):
    option = options_for(asking)[0]

    ballots.answer_question(code_for(asking), options=[option.pk])

    assert Ballot.objects.get().code_id is None


def test_signed_ballot_knows_its_door(committee):
    asking = AskingFactory(matter__committee=committee, is_secret=False)
    option = options_for(asking)[0]
    (slip,) = slips_for(asking, count=1)

    ballots.answer_question(slip.code, options=[option.pk])

    assert Ballot.objects.get().code.door_id == slip.holder.door_id


def test_signed_ballot_by_new_slip_replaces_that_by_the_old(committee):
    asking = AskingFactory(matter__committee=committee, is_secret=False)
    one, two, _three = options_for(asking)
    (old,) = slips_for(asking, count=1)
    ballots.answer_question(old.code, options=[one.pk])

    new = codes.reissue(asking, code_id=Code.objects.get().pk, by=None)
    ballots.answer_question(new.code, options=[two.pk])

    assert list(Ballot.objects.values_list("answer", flat=True)) == [[two.pk]]


def test_answers_leave_no_line_in_the_log(asking):
    code = code_for(asking)
    before = AuditLine.objects.count()

    ballots.vote(code, statement_id=StatementFactory(asking=asking).pk, choice=1, reason="近")
    ballots.describe_self(code, tenure="owner")
    ballots.propose_statement(code, text="晚上九点以后不倒垃圾")

    assert AuditLine.objects.count() == before


def test_paper_replaces_what_the_phone_said(asking, worker):
    one, two = StatementFactory.create_batch(2, asking=asking)
    code = code_for(asking)
    ballots.vote(code, statement_id=one.pk, choice=1)
    ballots.vote(code, statement_id=two.pk, choice=1)

    ballots.paper_ballot(code, by=worker, asking=asking, votes={one.pk: -1, two.pk: None})

    assert list(Vote.objects.values_list("statement", "choice")) == [(one.pk, -1)]


def test_paper_for_another_asking_is_refused(asking, worker):
    other = AskingFactory(matter__committee=asking.matter.committee)

    refused = refusal_of(ballots.paper_ballot, code_for(asking), by=worker, asking=other)

    assert refused == "deliberation.code_unknown"


def test_paper_may_be_entered_until_closing(asking, worker):
    option = options_for(asking)[0]
    code = code_for(asking)
    asking.opened_on = timezone.localdate() - timedelta(days=9)
    asking.closes_on = timezone.localdate() - timedelta(days=1)
    asking.save()

    ballots.paper_ballot(code, by=worker, asking=asking, options=[option.pk])

    assert Ballot.objects.count() == 1


def test_closed_asking_takes_no_paper(asking, worker):
    option = options_for(asking)[0]
    code = code_for(asking)
    asking.closed_at = timezone.now()
    asking.save()

    refused = refusal_of(ballots.paper_ballot, code, by=worker, asking=asking, options=[option.pk])

    assert refused == "deliberation.answers_over"


def test_many_sheets_of_a_day_leave_one_line(asking, worker):
    option = options_for(asking)[0]

    for slip in slips_for(asking, count=3):
        ballots.paper_ballot(slip.code, by=worker, asking=asking, options=[option.pk])

    assert AuditLine.objects.filter(action="deliberation.paper_entered").count() == 1


def test_reshuffling_keeps_every_row(asking):
    statements = StatementFactory.create_batch(2, asking=asking)
    option = options_for(asking)[0]
    for slip in slips_for(asking, count=4):
        ballots.answer_question(slip.code, options=[option.pk], reason="近")
        for statement in statements:
            ballots.vote(slip.code, statement_id=statement.pk, choice=0)
    before = [sorted(model.objects.values_list()) for model in (Ballot, Vote, Reason)]

    ballots.reshuffle_ballots()

    assert [sorted(model.objects.values_list()) for model in (Ballot, Vote, Reason)] == before


@pytest.mark.django_db(transaction=True)
def test_reshuffled_rows_lie_in_the_order_of_their_numbers(asking):
    option = options_for(asking)[0]
    for slip in slips_for(asking, count=20):
        ballots.answer_question(slip.code, options=[option.pk])

    ballots.reshuffle_ballots()

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM deliberation_ballot")
        lying = [row[0] for row in cursor.fetchall()]
        assert lying == sorted(lying)
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM deliberation_ballot")
            assert cursor.fetchone() == (1,)


def at_once(*calls):
    """Run calls in threads of their own; return what they raised."""
    raised = []

    def run(call):
        try:
            call()
        except Exception as error:  # noqa: BLE001
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.fixture
def real_locks(db):
    """Where several connections wait for each other, as an installation's do."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("connections to a database in memory do not wait for each other")


@pytest.mark.django_db(transaction=True)
def test_same_vote_from_eight_threads_is_one_row(asking, real_locks):
    statement = StatementFactory(asking=asking)
    code = code_for(asking)

    raised = at_once(*[lambda: ballots.vote(code, statement_id=statement.pk, choice=1)] * 8)

    assert raised == []
    assert Vote.objects.count() == Ballot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_vote_comes_in_after_closing(asking, real_locks):
    """What is frozen is what was counted: late votes are refused, early ones are in."""
    asking.matter.state = "consulting"
    asking.matter.save()
    statement = StatementFactory(asking=asking)
    slips = slips_for(asking, count=12)
    frozen = []

    calls = [
        partial(ballots.vote, slip.code, statement_id=statement.pk, choice=1) for slip in slips
    ]
    calls.insert(6, lambda: frozen.append(close_asking(asking, by=None)))
    raised = at_once(*calls)

    assert {getattr(error, "code", error) for error in raised} <= {"deliberation.answers_over"}
    assert frozen[0].counts["heard"] == Vote.objects.count() == 12 - len(raised)
