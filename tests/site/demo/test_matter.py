"""The demo's matters."""

from datetime import date

import pytest

from linli.site.demo.matter import create_activity_room_matter, create_waste_room_matter

TODAY = date(2026, 3, 23)


@pytest.fixture
def matter(committee, head, worker):
    return create_waste_room_matter(committee, head=head, worker=worker, today=TODAY, seed=1)


def test_waste_room_is_ready_for_asking(matter):
    assert (matter.state, matter.options.count(), matter.is_demo) == ("informing", 3, True)


def test_waste_room_was_written_and_reviewed_by_different_people(matter, head, worker):
    assert (matter.created_by, matter.reviewed_by) == (worker, head)


@pytest.mark.parametrize("weekday", range(7))
def test_history_runs_forward_in_office_hours(committee, head, worker, weekday):
    matter = create_waste_room_matter(
        committee, head=head, worker=worker, today=date(2026, 3, 23 + weekday), seed=weekday
    )

    times = [matter.created_at, *(move.at for move in matter.moves.all())]

    assert times == sorted(times)
    assert all(one.astimezone(times[0].tzinfo).weekday() < 5 for one in times)


def test_same_seed_makes_the_same_history(committee, head, worker, matter):
    again = create_waste_room_matter(committee, head=head, worker=worker, today=TODAY, seed=1)

    assert [move.at for move in again.moves.all()] == [move.at for move in matter.moves.all()]


def test_activity_room_is_a_draft(committee, worker):
    matter = create_activity_room_matter(committee, worker=worker, today=TODAY, seed=1)

    assert (matter.state, matter.options.count()) == ("draft", 3)
