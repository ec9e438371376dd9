"""Writing down a matter."""

import pytest
from django.urls import reverse

from linli.skills.participation.models import Matter
from linli.skills.register.models import Building
from tests.conftest import logged_in
from tests.factories.accounts import CommitteeFactory

URL = reverse("participation:matter-create")
TYPED = {
    "title": "垃圾厢房放在哪里",
    "plan": "换一个地方",
    "why": "离 3 号楼太近",
    "proposed_by": "3号楼居民",
    "decider": "residents",
    "reach": "everyone",
    "option_1": "东门",
    "option_2": "北侧",
    "detail_2": "停车位旁",
    "answers_until": "2026-04-02",
}


def test_form_is_shown(as_worker):
    assert as_worker.get(URL).status_code == 200


def test_matter_is_written_down(as_worker):
    answer = as_worker.post(URL, TYPED)

    assert answer["Location"] == reverse(
        "participation:matter-detail", args=[Matter.objects.get().pk]
    )


def test_options_are_kept_with_their_sentence(as_worker):
    as_worker.post(URL, TYPED)

    assert list(Matter.objects.get().options.values_list("text", "detail")) == [
        ("东门", ""),
        ("北侧", "停车位旁"),
    ]


def test_double_tap_writes_one_matter(as_worker):
    for _tap in range(2):
        as_worker.post(URL, TYPED)

    assert Matter.objects.count() == 1


def test_chosen_buildings_are_kept(as_worker, building):
    as_worker.post(URL, TYPED | {"reach": "buildings", "buildings": [building.pk]})

    assert list(Matter.objects.get().buildings.all()) == [building]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "长" * 61},
        {"plan": "  "},
        {"plan": "长" * 2001},
        {"decider": "mayor"},
        {"reach": "buildings"},
        {"answers_until": "明天"},
        {"decision_on": "2026-04-01"},
        {"option_1": "", "detail_1": "只有说明"},
        {"option_2": "东门"},
    ],
)
def test_wrong_input_comes_back_with_what_is_wrong(as_worker, wrong):
    answer = as_worker.post(URL, TYPED | wrong)

    assert answer.status_code == 422
    assert "ll-error-summary" in answer.text
    assert not Matter.objects.exists()


def test_buildings_are_not_offered_where_there_are_none(as_worker):
    assert 'value="buildings"' not in as_worker.get(URL).text


def test_building_of_another_committee_is_refused(as_worker):
    far = Building.objects.create(committee=CommitteeFactory(), name="9号楼")

    answer = as_worker.post(URL, TYPED | {"reach": "buildings", "buildings": [far.pk]})

    assert answer.status_code == 422


def test_what_was_typed_is_not_lost(as_worker):
    assert "换一个地方" in as_worker.post(URL, TYPED | {"title": ""}).text


@pytest.mark.parametrize("who", ["partner", "captain"])
def test_others_may_not_write_one(who, request):
    assert logged_in(request.getfixturevalue(who)).get(URL).status_code == 403
