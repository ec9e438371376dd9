"""Making, opening, closing, recounting and destroying."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.core.audit.models import AuditLine
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Ballot, FrozenResult, Reason, Vote
from linli.skills.deliberation.selectors.askings import due_askings
from linli.skills.deliberation.selectors.results import ballots_digest
from linli.skills.deliberation.services import askings as services
from linli.skills.deliberation.services.ballots import vote
from linli.skills.deliberation.services.notices import post_notice
from tests.factories.answers import answer, closed_asking_of, open_asking_of
from tests.factories.deliberation import options_for, slips_for
from tests.factories.participation import MatterFactory

TODAY = timezone.localdate()


def plan(**more):
    values = {"question": "放哪里？", "form": "single", "basis": "household", "closes_on": TODAY}
    return services.AskingPlan(**{**values, **more})


@pytest.fixture
def asking(head):
    matter = MatterFactory(created_by=head, state="informing")
    made = services.create_asking(
        matter_id=matter.pk,
        by=head,
        plan=plan(form="none", question="", has_statements=True, seeds=("一", "二", "一")),
    )
    options_for(made)
    return made


def test_same_seed_is_written_once(asking):
    assert [row.text for row in asking.statements.all()] == ["一", "二"]


def test_matter_has_one_asking_at_a_time(asking, head):
    with pytest.raises(RuleError, match="asking_exists"):
        services.create_asking(matter_id=asking.matter_id, by=head, plan=plan())


def test_form_sent_twice_makes_one_asking(head):
    matter = MatterFactory(created_by=head)
    wanted = plan(form="none", question="", has_statements=True)

    first, second = (
        services.create_asking(matter_id=matter.pk, by=head, plan=wanted) for _time in range(2)
    )

    assert first == second


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"form": "none"}, "nothing_asked"),
        ({"question": ""}, "question_missing"),
        ({"closes_on": TODAY - timedelta(days=1)}, "closes_in_past"),
    ],
)
def test_plan_that_makes_no_sense_is_refused(asking, head, more, code):
    with pytest.raises(RuleError, match=code):
        services.change_asking(asking, by=head, plan=plan(**more))


def test_question_needs_two_options(head):
    matter = MatterFactory(created_by=head)

    with pytest.raises(RuleError, match="needs_two_options"):
        services.create_asking(matter_id=matter.pk, by=head, plan=plan())


def test_opening_moves_the_matter_to_consulting(asking, head):
    services.open_asking(asking, by=head)

    asking.matter.refresh_from_db()
    assert asking.matter.state == "consulting"


def test_nobody_is_asked_before_being_told(asking, head):
    asking.matter.state = "parties"
    asking.matter.save()

    with pytest.raises(RuleError, match="not_told_beforehand"):
        services.open_asking(asking, by=head)


def test_open_asking_stays_as_it_is(asking, head):
    services.open_asking(asking, by=head)

    with pytest.raises(RuleError, match="asking_already_open"):
        services.change_asking(asking, by=head, plan=plan())


def test_matter_that_was_asked_keeps_its_options(asking, head):
    services.open_asking(asking, by=head)

    with pytest.raises(RuleError, match="matter_was_asked"):
        services.guard_matter(asking.matter_id, "options")


def test_only_buildings_with_fifty_slips_are_large(head):
    asking = open_asking_of(head)
    slips_for(asking, count=49, building="1号楼")
    slips_for(asking, count=50, building="2号楼")

    large = services.large_buildings(asking)

    assert len(large) == 1


def test_closing_freezes_counts_and_moves_the_matter(head):
    asking = closed_asking_of(head, count=5)

    asking.matter.refresh_from_db()
    counts = asking.result.counts
    assert [row["count"] for row in counts["options"]] == [3, 2, 0]
    assert (counts["asked"], counts["heard"], asking.matter.state) == (5, 5, "opinion")


def test_closing_twice_is_refused(head):
    asking = closed_asking_of(head)

    with pytest.raises(RuleError, match="asking_closed_already"):
        services.close_asking(asking, by=head)


def test_closed_asking_takes_no_answers(head):
    asking = open_asking_of(head, statements=1)
    code = answer(asking, by=head, count=1)[0]
    services.close_asking(asking, by=head)

    with pytest.raises(RuleError, match="answers_over"):
        vote(code, statement_id=asking.statements.get().pk, choice=-1)


def test_mark_does_not_depend_on_the_order_of_rows(head):
    asking = open_asking_of(head, statements=2)
    answer(asking, by=head, count=3)
    before = ballots_digest(asking)

    for model in (Ballot, Vote):
        rows = list(model.objects.order_by("-pk"))
        model.objects.all().delete()
        for number, row in enumerate(rows, start=1):
            row.pk = number
        model.objects.bulk_create(rows)

    assert ballots_digest(asking) == before


def test_recount_agrees(head):
    found = services.recount_asking(closed_asking_of(head, statements=2), by=head)

    assert found.agrees


def test_recount_notices_a_changed_ballot(head):
    asking = closed_asking_of(head)
    Ballot.objects.filter(asking=asking).first().delete()

    found = services.recount_asking(asking, by=head)

    assert (found.ballots_agree, found.counts_agree) == (False, False)


def test_recount_notices_a_changed_vote(head):
    asking = closed_asking_of(head, statements=2)
    Vote.objects.filter(asking=asking, choice=1).update(choice=-1)

    assert not services.recount_asking(asking, by=head).ballots_agree


def test_ballots_are_kept_until_their_day(head):
    asking = closed_asking_of(head)

    assert services.destroy_due(today=asking.ballots_until) == 0


def test_ballots_are_destroyed_with_a_record(head):
    asking = closed_asking_of(head, statements=1)
    Reason.objects.create(asking=asking, text="窗下太吵")

    count = services.destroy_due(today=asking.ballots_until + timedelta(days=1))

    line = AuditLine.objects.get(action="deliberation.ballots_destroyed_on_time")
    assert count == 1
    assert (Ballot.objects.count(), Vote.objects.count(), Reason.objects.count()) == (0, 0, 1)
    assert line.details["sha256"] == FrozenResult.objects.get().ballots_sha256


def test_destroyed_ballots_cannot_be_recounted(head):
    asking = closed_asking_of(head)
    services.destroy_due(today=asking.ballots_until + timedelta(days=1))

    with pytest.raises(RuleError, match="ballots_destroyed"):
        services.recount_asking(Asking.objects.get(pk=asking.pk), by=head)


def test_asking_past_its_day_is_due_to_close(head):
    asking = open_asking_of(head, closes_on=TODAY - timedelta(days=1))

    assert [due.what for due in due_askings(head, today=TODAY)] == ["close"]
    assert due_askings(head, today=TODAY)[0].asking == asking


def test_closed_asking_is_due_to_be_posted(head):
    closed_asking_of(head)

    assert [due.what for due in due_askings(head, today=TODAY)] == ["post"]


@pytest.mark.parametrize(("later", "due"), [(0, ["objections"]), (7, ["objections"]), (8, [])])
def test_posted_result_is_due_while_objections_may_come_in(head, later, due):
    asking = closed_asking_of(head)
    until = TODAY + timedelta(days=7)
    post_notice(asking, by=head, kind="result", object_until=until)

    assert [one.what for one in due_askings(head, today=TODAY + timedelta(days=later))] == due
