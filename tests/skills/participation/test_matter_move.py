"""Moving a matter by its page."""

import pytest
from django.urls import reverse

from linli.skills.participation.models import Matter
from tests.conftest import logged_in
from tests.factories.participation import AssignmentFactory


@pytest.fixture
def url(matter):
    return reverse("participation:matter-move", args=[matter.pk])


def state():
    return Matter.objects.get().state


def test_step_is_taken(as_worker, url):
    answer = as_worker.post(url, {"from_state": "draft", "to": "review"})

    assert (answer.status_code, state()) == (302, "review")


def test_double_tap_is_harmless(as_worker, url, matter):
    for _tap in range(2):
        answer = as_worker.post(url, {"from_state": "draft", "to": "review"})

    assert (answer.status_code, matter.moves.count()) == (302, 1)


def test_page_left_open_too_long_is_told(as_head, as_worker, url):
    as_worker.post(url, {"from_state": "draft", "to": "review"})

    answer = as_head.post(url, {"from_state": "draft", "to": "ended", "reason": "不办"})

    assert answer.status_code == 422
    assert "别人刚刚改过" in answer.text


def test_missing_reason_is_told(as_head, url):
    answer = as_head.post(url, {"from_state": "draft", "to": "ended", "reason": " "})

    assert (answer.status_code, state()) == (422, "draft")


def test_refused_way_aside_stays_open(as_head, url):
    answer = as_head.post(url, {"from_state": "draft", "to": "ended", "reason": " "})

    assert '<details class="ll-details ll-no-print" open>' in answer.text


def test_typed_reason_is_not_lost(as_head, url):
    Matter.objects.update(state="review")

    answer = as_head.post(url, {"from_state": "draft", "to": "ended", "reason": "和别的重复了"})

    assert "和别的重复了" in answer.text


@pytest.mark.parametrize("typed", [{}, {"from_state": "draft"}, {"to": "moon", "from_state": "x"}])
def test_nonsense_moves_nothing(as_worker, url, typed):
    assert (as_worker.post(url, typed).status_code, state()) == (422, "draft")


def test_worker_does_not_post_the_result(as_worker, url):
    Matter.objects.update(state="opinion")

    answer = as_worker.post(url, {"from_state": "opinion", "to": "posting"})

    assert (answer.status_code, state()) == (422, "opinion")


def test_assigned_partner_moves_it(partner, url, matter):
    AssignmentFactory(matter=matter, user=partner)

    logged_in(partner).post(url, {"from_state": "draft", "to": "review"})

    assert state() == "review"


def test_get_moves_nothing(as_worker, url):
    assert as_worker.get(url).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"), [("other_head", 404), ("partner", 404), ("captain", 403)]
)
def test_others_do_not_move_it(who, status, url, request):
    client = logged_in(request.getfixturevalue(who))

    answer = client.post(url, {"from_state": "draft", "to": "review"})

    assert (answer.status_code, state()) == (status, "draft")
