"""Changing a matter."""

import pytest
from django.urls import reverse

from linli.skills.participation.models import Matter
from tests.conftest import logged_in
from tests.factories.participation import AssignmentFactory, OptionFactory
from tests.skills.participation.test_matter_create import TYPED


@pytest.fixture
def url(matter):
    return reverse("participation:matter-change", args=[matter.pk])


def test_form_shows_what_stands(as_worker, url, matter):
    OptionFactory(matter=matter, text="东门绿地")

    page = as_worker.get(url).text

    assert matter.why in page
    assert "东门绿地" in page


def test_changed_words_are_kept(as_worker, url):
    as_worker.post(url, TYPED)

    assert Matter.objects.get().plan == TYPED["plan"]


def test_buildings_chosen_before_are_ticked(as_worker, url, matter, building):
    matter.buildings.set([building])
    Matter.objects.update(touches_everyone=False)

    assert f'value="{building.pk}" id="id_buildings_0" checked' in as_worker.get(url).text


def test_wrong_input_comes_back(as_worker, url):
    assert as_worker.post(url, TYPED | {"title": ""}).status_code == 422


def test_told_matter_stays_as_it_is(as_worker, url, matter):
    Matter.objects.update(state="informing")

    answer = as_worker.post(url, TYPED)

    assert answer.status_code == 422
    assert Matter.objects.get().plan == matter.plan


def test_change_of_somebody_else_is_not_lost(as_head, as_worker, url):
    seen = {"seen_mark": as_worker.get(url).context["form"]["seen_mark"].value()}
    as_head.post(url, TYPED | seen | {"plan": "书记改过的计划"})

    answer = as_worker.post(url, TYPED | seen | {"why": "我改的理由"})

    assert answer.status_code == 422
    assert "书记改过的计划" in answer.text
    assert "我改的理由" in answer.text
    assert Matter.objects.get().plan == "书记改过的计划"


def test_change_sent_again_after_looking_is_kept(as_head, as_worker, url):
    seen = {"seen_mark": as_worker.get(url).context["form"]["seen_mark"].value()}
    as_head.post(url, TYPED | seen | {"plan": "书记改过的计划"})
    shown = as_worker.post(url, TYPED | seen | {"why": "我改的理由"}).context["form"]

    again = as_worker.post(
        url, TYPED | {"why": "我改的理由", "seen_mark": shown["seen_mark"].value()}
    )

    assert again.status_code == 302
    assert Matter.objects.get().why == "我改的理由"


def test_change_sent_twice_is_no_conflict(as_worker, url):
    seen = {"seen_mark": as_worker.get(url).context["form"]["seen_mark"].value()}

    assert [as_worker.post(url, TYPED | seen).status_code for _time in range(2)] == [302, 302]


def test_assigned_partner_may_change(partner, url, matter):
    AssignmentFactory(matter=matter, user=partner)

    assert logged_in(partner).post(url, TYPED).status_code == 302


@pytest.mark.parametrize("who", ["other_head", "partner"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_find_nothing(who, method, url, request):
    client = logged_in(request.getfixturevalue(who))

    assert getattr(client, method)(url, TYPED).status_code == 404
