"""Writing and moving matters."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from linli.core.accounts.models import Role
from linli.core.audit.models import AuditLine
from linli.engines.errors import RuleError
from linli.engines.participation.matter_states import STATES
from linli.skills.participation import services
from linli.skills.participation.models import Matter
from linli.skills.participation.selectors import contribute_asking_open, matters
from linli.skills.participation.services import Choice, Draft, Words
from linli.skills.register.models import Building
from tests.factories.accounts import CommitteeFactory, UserFactory
from tests.factories.participation import NOW, AssignmentFactory, MatterFactory, OptionFactory

WORDS = Words(
    title="垃圾厢房放在哪里",
    plan="换一个地方",
    why="离 3 号楼太近",
    proposed_by="3号楼居民",
)
DRAFT = Draft(words=WORDS, options=(Choice("东门"), Choice("北侧", "停车位旁")))


@pytest.fixture
def matter(worker):
    return MatterFactory(created_by=worker)


def refusal(call, *arguments, **named):
    with pytest.raises(RuleError) as refused:
        call(*arguments, **named)
    return refused.value.code.removeprefix("participation.")


def create(by, draft=DRAFT, now=NOW):
    return services.create_matter(draft, committee=by.committee, by=by, now=now)


def titled(title):
    return replace(DRAFT, words=replace(WORDS, title=title))


def test_new_matter_is_a_draft_kept_by_its_writer(worker):
    created = create(worker)

    assert (created.state, created.keeper) == ("draft", worker)


def test_options_stand_in_the_order_written(worker):
    assert [one.text for one in create(worker).options.all()] == ["东门", "北侧"]


def test_matters_are_numbered_within_year_and_committee(worker, other_head):
    numbers = [create(worker, titled(name)).number for name in "甲乙"]

    assert [*numbers, create(other_head).number] == [1, 2, 1]


def test_numbers_start_again_in_a_new_year(worker):
    create(worker)

    later = create(worker, now=NOW + timedelta(days=365))

    assert (later.year, later.number) == (2027, 1)


def test_form_sent_twice_makes_one_matter(worker):
    assert create(worker) == create(worker, now=NOW + timedelta(seconds=2))


def test_same_words_a_day_later_make_another(worker):
    assert create(worker) != create(worker, now=NOW + timedelta(days=1))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_numbers_written_at_once_are_all_different(worker):
    def write(name):
        try:
            return create(worker, titled(name)).number
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        numbers = list(pool.map(write, "甲乙丙丁戊己"))

    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_matter_without_plan_is_refused(worker):
    draft = replace(DRAFT, words=replace(WORDS, plan=" "))

    assert refusal(create, worker, draft) == "not_described"


def test_decision_before_the_answers_end_is_refused(worker):
    words = replace(WORDS, answers_until=date(2026, 4, 9), decision_on=date(2026, 4, 1))

    assert refusal(create, worker, replace(DRAFT, words=words)) == "decision_too_early"


def test_seven_options_are_refused(worker):
    draft = replace(DRAFT, options=[Choice(name) for name in "甲乙丙丁戊己庚"])

    assert refusal(create, worker, draft) == "too_many_options"


def test_same_option_twice_is_refused(worker):
    draft = replace(DRAFT, options=[Choice("东门"), Choice("东门")])

    assert refusal(create, worker, draft) == "option_twice"


def test_building_of_another_committee_is_refused(worker):
    far = Building.objects.create(committee=CommitteeFactory(), name="1号楼")

    assert refusal(create, worker, replace(DRAFT, building_ids=[far.pk])) == "building_unknown"


def test_nothing_is_written_when_refused(worker):
    refusal(create, worker, replace(DRAFT, building_ids=[0]))

    assert not Matter.objects.exists()


def test_changed_words_are_kept(matter, worker):
    services.change_matter(matter, DRAFT, by=worker)

    assert Matter.objects.get(pk=matter.pk).title == WORDS.title


def test_unchanged_options_keep_their_rows(matter, worker):
    services.change_matter(matter, DRAFT, by=worker)
    before = set(matter.options.values_list("pk", flat=True))

    services.change_matter(matter, DRAFT, by=worker)

    assert set(matter.options.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("state", ["draft", "returned", "review", "parties"])
def test_words_change_until_residents_are_told(matter, worker, state):
    Matter.objects.update(state=state)

    assert services.change_matter(matter, DRAFT, by=worker).title == WORDS.title


@pytest.mark.parametrize("state", ["informing", "consulting", "posting", "archived", "ended"])
def test_words_stand_once_residents_are_told(matter, worker, state):
    Matter.objects.update(state=state)

    assert refusal(services.change_matter, matter, DRAFT, by=worker) == "words_stand"


def test_higher_skill_may_hold_the_options(matter, worker, monkeypatch):
    def hold(_matter_id, what):
        if what == "options":
            raise RuleError("participation.words_stand")

    monkeypatch.setattr(services, "_GUARDS", [hold])

    assert refusal(services.change_matter, matter, DRAFT, by=worker) == "words_stand"


def test_reach_is_set_to_buildings_and_back(matter, worker):
    three = Building.objects.create(committee=worker.committee, name="3号楼")
    services.change_matter(matter, replace(DRAFT, building_ids=[three.pk]), by=worker)
    narrow = list(matter.buildings.all())

    services.change_matter(matter, replace(DRAFT, building_ids=None), by=worker)

    assert (narrow, matters.touched_building_ids(Matter.objects.get())) == ([three], None)


def test_options_are_replaced(matter, worker):
    OptionFactory(matter=matter)

    services.change_matter(matter, DRAFT, by=worker)

    assert [one.text for one in matter.options.all()] == ["东门", "北侧"]


def test_move_leaves_a_step_and_a_log_line(matter, worker):
    services.move_matter(matter, to="review", by=worker, now=NOW)

    step = matter.moves.get()
    assert (step.from_state, step.to_state, step.by) == ("draft", "review", worker)
    assert AuditLine.objects.get().action == "participation.moved_to_review"


def test_refused_move_leaves_nothing(matter, worker):
    refusal(services.move_matter, matter, to="parties", by=worker)

    assert not matter.moves.exists()
    assert not AuditLine.objects.exists()


def test_head_who_approves_is_the_reviewer(matter, head, worker):
    services.move_matter(matter, to="review", by=worker)

    assert services.move_matter(matter, to="parties", by=head).reviewed_by == head


def test_approving_ones_own_matter_is_written_down(head):
    own = MatterFactory(created_by=head, state="review")

    services.move_matter(own, to="parties", by=head)

    assert AuditLine.objects.get().action == "participation.reviewed_own"


def test_reason_is_kept_with_the_step(matter, head):
    services.move_matter(matter, to="referred", by=head, reason=" 归街道管 ")

    assert matter.moves.get().reason == "归街道管"


def test_move_from_a_state_left_meanwhile_is_refused(matter, head, worker):
    seen = Matter.objects.get(pk=matter.pk)
    services.move_matter(matter, to="review", by=worker)

    code = refusal(services.move_matter, seen, to="ended", by=head, reason="不办了")

    assert code == "moved_meanwhile"


def test_same_step_sent_twice_is_taken_once(matter, worker):
    services.move_matter(matter, to="review", by=worker, seen_state="draft")

    services.move_matter(matter, to="review", by=worker, seen_state="draft")

    assert matter.moves.count() == 1


def test_same_step_by_somebody_else_is_refused(matter, head, worker):
    services.move_matter(matter, to="review", by=worker, seen_state="draft")

    code = refusal(services.move_matter, matter, to="review", by=head, seen_state="draft")

    assert code == "moved_meanwhile"


def test_open_asking_holds_the_matter(matter, worker, monkeypatch):
    Matter.objects.update(state="consulting")
    monkeypatch.setattr(matters, "_ASKING_OPEN", [])
    contribute_asking_open(lambda pk: pk == matter.pk)

    code = refusal(services.move_matter, Matter.objects.get(), to="opinion", by=worker)

    assert code == "asking_still_open"


def test_advance_does_nothing_beyond_its_goal(matter, worker):
    Matter.objects.update(state="posting")

    services.advance(matter, to="consulting", by=worker)

    assert not matter.moves.exists()


def test_advance_keeps_the_rules(matter, worker):
    assert refusal(services.advance, matter, to="consulting", by=worker) == "no_such_move"


def test_calendar_closes_a_consultation(matter):
    Matter.objects.update(state="consulting")

    services.advance(matter, to="opinion", by=None)

    assert (matter.moves.get().by, matter.state) == (None, "opinion")


def test_every_move_has_its_log_line():
    from linli.core.ui.phrases import known_codes

    assert {f"participation.moved_to_{state}" for state in STATES} <= known_codes()


def test_every_state_has_its_words():
    from linli.core.ui.phrases import known_codes

    wanted = {f"participation.{kind}_{s}" for s in STATES for kind in ("state", "do", "tell")}
    assert wanted <= known_codes()


def test_partner_is_assigned_once(matter, head):
    partner = UserFactory(committee=matter.committee, role=Role.PARTNER)

    for _again in range(2):
        services.assign_partner(matter, partner, by=head)

    assert matter.assignments.count() == 1


def test_worker_is_not_assigned(matter, head, worker):
    assert refusal(services.assign_partner, matter, worker, by=head) == "not_a_partner"


def test_partner_of_another_committee_is_not_assigned(matter, head):
    stranger = UserFactory(role=Role.PARTNER)

    assert refusal(services.assign_partner, matter, stranger, by=head) == "not_a_partner"


def test_partner_is_unassigned(matter, head):
    assigned = AssignmentFactory(matter=matter)

    services.unassign_partner(matter, assigned.user, by=head)

    assert not matter.assignments.exists()


def test_kept_matters_pass_to_the_successor(matter, head, worker):
    count = services.hand_over(worker, head)

    assert (count, Matter.objects.get().keeper) == (1, head)


def test_assignments_pass_to_another_partner_once(matter, committee):
    leaving, next_one = UserFactory.create_batch(2, committee=committee, role=Role.PARTNER)
    for one in (leaving, next_one):
        AssignmentFactory(matter=matter, user=one)
    AssignmentFactory(matter=MatterFactory(created_by=matter.keeper), user=leaving)

    services.hand_over(leaving, next_one)

    assert (leaving.assigned_matters.count(), next_one.assigned_matters.count()) == (0, 2)


def test_matters_do_not_pass_to_a_captain(matter, committee, worker):
    captain = UserFactory(committee=committee, role=Role.CAPTAIN)

    assert refusal(services.hand_over, worker, captain) == "successor_not_staff"
