"""What was typed while the session ran out is not lost."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.core.accounts.models import User
from tests.factories.accounts import UserFactory

PASSWORD = "bamboo by the gate"
NEW_MATTER = reverse("participation:matter-create")
LOG_IN = reverse("accounts:log-in")
TYPED = {"title": "楼道灯", "plan": "换成“声控”灯\n两层一盏", "password": "secret"}


@pytest.fixture
def user(db: None) -> User:
    made = UserFactory()
    made.set_password(PASSWORD)
    made.save()
    return made


def test_typed_text_stands_in_the_log_in(client, db):
    asked = client.post(NEW_MATTER, TYPED)

    assert asked.status_code == 403
    assert "楼道灯" in asked.content.decode()
    assert "secret" not in asked.content.decode()


def test_typed_text_can_be_sent_after_logging_in(client, user):
    kept = client.post(NEW_MATTER, TYPED).context["form"].initial["kept"]

    page = client.post(
        LOG_IN,
        {"username": user.username, "password": PASSWORD, "next": NEW_MATTER, "kept": kept},
    )

    assert page.context["fields"] == [("title", "楼道灯"), ("plan", TYPED["plan"])]
    assert f'action="{NEW_MATTER}"' in page.content.decode()


def test_typed_text_goes_to_no_other_site(client, user):
    page = client.post(
        LOG_IN,
        {
            "username": user.username,
            "password": PASSWORD,
            "next": "//elsewhere.example/",
            "kept": '[["a", "b"]]',
        },
    )

    assert 'action="/"' in page.content.decode()


def test_log_in_takes_no_notice_of_garbage(user):
    for kept in ("{", "7", "[1]", '["ab"]x'):
        values = {"username": user.username, "password": PASSWORD, "kept": kept}
        assert Client().post(LOG_IN, values).status_code == 302
