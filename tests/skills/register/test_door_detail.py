"""One door and the adults behind it."""

import pytest
from django.urls import reverse

from linli.skills.register import selectors
from linli.skills.register.models import Adult, Door
from tests.conftest import logged_in


def at(name: str, row) -> str:
    return reverse(f"register:{name}", args=[row.pk])


def test_shows_door_with_masked_names(as_worker, adult):
    page = as_worker.get(at("door-detail", adult.door)).content.decode()

    assert "3号楼 2单元 501" in page
    assert ("张*英" in page, "张桂英" in page) == (True, False)


def test_door_is_added(as_worker, building):
    as_worker.post(at("door-add", building), {"unit": "二单元", "number": "0601"})

    assert str(Door.objects.get()) == "2-601"


@pytest.mark.parametrize("typed", [{"number": ""}, {"unit": "2", "number": "501"}])
def test_missing_or_known_door_is_refused(as_worker, door, typed):
    assert as_worker.post(at("door-add", door.building), typed).status_code == 422
    assert Door.objects.count() == 1


def test_empty_door_is_removed(as_worker, door):
    as_worker.post(at("door-remove", door))

    assert not Door.objects.exists()


def test_door_in_use_stays(as_worker, adult):
    assert as_worker.post(at("door-remove", adult.door)).status_code == 422
    assert Door.objects.exists()


def test_adult_is_added_sealed(as_worker, door):
    as_worker.post(at("adult-add", door), {"name": " 欧阳修 "})

    adult = Adult.objects.get()
    assert selectors.names_of([adult.pk]) == {adult.pk: "欧阳修"}
    assert "欧阳修".encode() not in bytes(adult.name_sealed)


@pytest.mark.parametrize("name", ["", "张桂英", "13800138000"])
def test_empty_known_or_odd_name_is_refused(as_worker, adult, name):
    assert as_worker.post(at("adult-add", adult.door), {"name": name}).status_code == 422
    assert Adult.objects.count() == 1


def test_adult_is_removed(as_worker, adult):
    as_worker.post(at("adult-remove", adult))

    assert not Adult.objects.exists()


@pytest.mark.parametrize("name", ["door-detail", "door-remove", "adult-add"])
def test_stranger_finds_no_door(other_head, door, name):
    assert logged_in(other_head).post(at(name, door)).status_code == 404


def test_stranger_finds_no_adult(other_head, adult):
    assert logged_in(other_head).post(at("adult-remove", adult)).status_code == 404
    assert Adult.objects.exists()


@pytest.mark.parametrize("name", ["door-remove", "adult-remove"])
def test_coming_back_from_log_in_removes_nothing(as_worker, adult, name):
    answer = as_worker.get(at(name, adult if name == "adult-remove" else adult.door))

    assert answer["Location"] == at("door-detail", adult.door)
