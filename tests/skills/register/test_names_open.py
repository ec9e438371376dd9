"""Opening names: for a purpose, with a line in the log, never kept by the browser."""

import pytest
from django.urls import reverse

from linli.core.audit.models import AuditLine


@pytest.fixture
def url(building, adult) -> str:
    return reverse("register:names-open", args=[building.pk])


def test_asking_opens_nothing(as_worker, url):
    page = as_worker.get(url).content.decode()

    assert "张桂英" not in page
    assert not AuditLine.objects.exists()


def test_names_stand_in_clear(as_worker, url):
    answer = as_worker.post(url, {"purpose": "发答题单"})

    assert "张桂英" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_opening_is_logged(as_worker, url, worker, building):
    as_worker.post(url, {"purpose": "发答题单"})

    line = AuditLine.objects.get()
    assert (line.action, line.actor, line.why) == ("register.names_opened", worker, "发答题单")
    assert line.details == {"building": building.name, "count": 1}


def test_nothing_opens_without_purpose(as_worker, url):
    answer = as_worker.post(url, {"purpose": " "})

    assert answer.status_code == 422
    assert "张桂英" not in answer.content.decode()
    assert not AuditLine.objects.exists()
