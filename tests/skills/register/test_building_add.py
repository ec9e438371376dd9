"""Adding a building by hand."""

from django.urls import reverse

from linli.skills.register.models import Building

URL = reverse("register:building-add")
TYPED = {"name": "7", "units": 2, "first_floor": 1, "last_floor": 6, "doors_per_floor": 2}


def test_building_is_added_with_doors(as_worker, committee):
    answer = as_worker.post(URL, TYPED)

    building = Building.objects.get()
    assert answer["Location"] == reverse("register:building-detail", args=[building.pk])
    assert (building.name, building.doors.count(), building.committee) == ("7号楼", 24, committee)


def test_second_tap_adds_nothing(as_worker):
    as_worker.post(URL, TYPED)

    assert as_worker.post(URL, TYPED).status_code == 422
    assert Building.objects.count() == 1


def test_wrong_numbers_come_back(as_worker):
    answer = as_worker.post(URL, TYPED | {"last_floor": "-1"})

    assert answer.status_code == 422
    assert "还没有保存" in answer.content.decode()
