"""A matter's own page."""

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.core.ui import registry
from linli.skills.participation.models import Matter
from tests.conftest import logged_in
from tests.factories.participation import NOW, AssignmentFactory


@pytest.fixture
def url(matter):
    return reverse("participation:matter-detail", args=[matter.pk])


def test_page_says_where_the_matter_stands(as_worker, url):
    assert "议题征集" in as_worker.get(url).text


def test_next_step_is_one_primary_button(as_worker, url, monkeypatch):
    monkeypatch.setattr(registry, "matter_panels", [])

    page = as_worker.get(url).text

    assert page.count('class="ll-button"') == 1
    assert 'name="to" value="review"' in page


def test_missing_words_are_told_in_place_of_the_button(as_worker, url):
    Matter.objects.update(why="")

    page = as_worker.get(url).text

    assert "请先写好标题" in page
    assert 'value="review"' not in page


def test_worker_is_told_to_wait_for_the_head(as_worker, url):
    Matter.objects.update(state="review")

    assert "下一步等书记" in as_worker.get(url).text


def test_other_ways_are_the_heads(as_head, as_worker, url):
    assert 'value="ended"' in as_head.get(url).text
    assert 'value="ended"' not in as_worker.get(url).text


def test_history_says_who_and_why(as_worker, url, matter, head):
    matter.moves.create(
        from_state="review", to_state="returned", at=NOW, by=head, reason="请补上第三个方案"
    )

    page = as_worker.get(url).text

    assert "请补上第三个方案" in page
    assert head.name in page


def test_reviewing_ones_own_matter_is_shown(as_head, head, url):
    Matter.objects.update(state="parties", reviewed_by=head, created_by=head)

    assert "也是起草人" in as_head.get(url).text


def test_higher_skill_adds_its_panel(as_worker, url, matter, monkeypatch):
    def panel(_request: HttpRequest, matter_id: int) -> registry.Panel:
        return registry.Panel("ui/empty.html", {"id": matter_id})

    monkeypatch.setattr(registry, "matter_panels", [panel, lambda _request, _id: None])

    assert "ll-empty" in as_worker.get(url).text


def test_step_of_an_instrument_is_no_primary_button(as_worker, url, monkeypatch):
    Matter.objects.update(state="informing")
    panel = registry.Panel("ui/tag.html", {})
    monkeypatch.setattr(registry, "matter_panels", [lambda _request, _id: panel])

    assert 'class="ll-button"' not in as_worker.get(url).text


def test_captain_reads_and_moves_nothing(captain, url):
    assert (
        "<button"
        not in logged_in(captain).get(url).text.partition("<main")[2].partition("</main")[0]
    )


def test_assigned_partner_finds_it(partner, url, matter):
    AssignmentFactory(matter=matter, user=partner)

    assert logged_in(partner).get(url).status_code == 200


@pytest.mark.parametrize("who", ["other_head", "partner"])
def test_strangers_find_nothing(who, url, request):
    assert logged_in(request.getfixturevalue(who)).get(url).status_code == 404


def test_queries_do_not_grow_with_moves(as_head, url, matter, head, django_assert_num_queries):
    def move():
        matter.moves.create(from_state="draft", to_state="review", at=NOW, by=head)

    move()
    with CaptureQueriesContext(connection) as with_one:
        as_head.get(url)
    move()
    move()

    with django_assert_num_queries(len(with_one)):
        as_head.get(url)
