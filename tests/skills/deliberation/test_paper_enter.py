"""Entering answers from paper."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from linli.skills.deliberation.models import Ballot, Form, Vote
from tests.factories.deliberation import AskingFactory, StatementFactory, code_for, options_for


@pytest.fixture
def asking(committee):
    return AskingFactory(matter__committee=committee, has_statements=True)


@pytest.fixture
def page(asking):
    return reverse("deliberation:paper-enter", args=[asking.pk])


def test_sheet_is_saved_and_next_may_come(asking, page, as_worker):
    option = options_for(asking)[0]
    statement = StatementFactory(asking=asking)

    answer = as_worker.post(
        page,
        {
            "code": code_for(asking),
            "option": option.pk,
            f"statement-{statement.pk}": "2",
            "age_band": "60-74",
        },
    )

    assert answer.headers["Location"] == f"{page}?saved=1"
    assert Ballot.objects.get().age_band == "60-74"
    assert Vote.objects.get().choice == -1


def test_scanned_address_is_read_as_code(asking, page, as_worker):
    option = options_for(asking)[0]

    as_worker.post(page, {"code": f"https://o.example/v/{code_for(asking)}/", "option": option.pk})

    assert Ballot.objects.count() == 1


def test_several_ticks_are_taken(asking, page, as_worker):
    asking.form = Form.MULTIPLE
    asking.save()
    ids = [option.pk for option in options_for(asking)]

    as_worker.post(page, {"code": code_for(asking), "option": ids[:2]})

    assert Ballot.objects.get().answer == ids[:2]


def test_order_is_taken(asking, page, as_worker):
    asking.form = Form.RANKED
    asking.save()
    one, two, _three = (option.pk for option in options_for(asking))

    as_worker.post(page, {"code": code_for(asking), "option": [two, one, ""]})

    assert Ballot.objects.get().answer == [two, one]


@pytest.mark.parametrize("code", ["", "12", "7" * 16])
def test_wrong_code_is_told(asking, page, as_worker, code):
    answer = as_worker.post(page, {"code": code, "option": options_for(asking)[0].pk})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_code_alone_keeps_the_code_and_saves_nothing(asking, page, as_worker):
    code = code_for(asking)

    answer = as_worker.post(page, {"code": code})

    assert (answer.status_code, Ballot.objects.count()) == (422, 0)
    assert f'value="{code}"' in answer.text


def test_used_code_is_not_told_from_a_fresh_one(asking, page, as_worker):
    one, two, _three = options_for(asking)
    code = code_for(asking)
    first = as_worker.post(page, {"code": code, "option": one.pk})

    second = as_worker.post(page, {"code": code, "option": two.pk})

    assert (first.status_code, first.headers["Location"]) == (
        second.status_code,
        second.headers["Location"],
    )
    assert Ballot.objects.get().answer == [two.pk]


def test_saving_sheets_does_not_touch_the_session(asking, page, as_worker):
    option = options_for(asking)[0]
    before = list(Session.objects.values())

    as_worker.post(page, {"code": code_for(asking), "option": option.pk}, follow=True)

    assert list(Session.objects.values()) == before


def test_form_lists_statements_of_the_sheet(asking, page, as_worker):
    statements = StatementFactory.create_batch(2, asking=asking)

    shown = as_worker.get(page).text

    assert all(statement.text in shown for statement in statements)
