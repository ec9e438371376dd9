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


def test_assigned_partner_may_change(partner, url, matter):
    AssignmentFactory(matter=matter, user=partner)

    assert logged_in(partner).post(url, TYPED).status_code == 302


@pytest.mark.parametrize("who", ["other_head", "partner"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_find_nothing(who, method, url, request):
    client = logged_in(request.getfixturevalue(who))

    assert getattr(client, method)(url, TYPED).status_code == 404
