"""The day's page, the style guide, choices of a browser, and pages that say what went wrong."""

import gzip
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from linli.core.accounts.models import Role
from linli.core.ui import registry
from linli.core.ui.registry import Tile, TodayItem
from linli.core.ui.templatetags.days import day
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory

TODAY = reverse("ui:today")


@pytest.fixture
def sources(monkeypatch):
    """An empty registry, to which a test adds what it needs."""
    items: list[TodayItem] = []
    monkeypatch.setattr(registry, "today_sources", [lambda _user, _today: items])
    return items


def test_today_sends_a_stranger_to_log_in(client, db):
    assert client.get(TODAY)["Location"].startswith(reverse("accounts:log-in"))


def test_today_shows_what_is_due_and_what_moves(as_head, sources):
    sources += [
        TodayItem("回访陈阿姨", "/a/", due=date(2026, 3, 23), overdue=True),
        TodayItem("垃圾厢房放在哪里", "/b/", note="征询中", moving=True),
    ]

    page = as_head.get(TODAY)

    assert [item.url for item in page.context["to_do"]] == ["/a/"]
    assert [item.url for item in page.context["moving"]] == ["/b/"]
    assert "已逾期" in page.text


def test_overdue_comes_first(as_head, sources):
    sources += [
        TodayItem("无期限", "/none/"),
        TodayItem("明天", "/soon/", due=date(2026, 3, 24)),
        TodayItem("昨天", "/late/", due=date(2026, 3, 25), overdue=True),
    ]

    page = as_head.get(TODAY)

    assert [item.url for item in page.context["to_do"]] == ["/late/", "/soon/", "/none/"]


def test_empty_committee_is_taught_its_next_step(as_head):
    page = as_head.get(TODAY)

    assert "导入你的台账" in page.text
    assert reverse("register:roster-import") in page.text


def test_tile_is_for_those_who_may_open_it(committee):
    overseer = logged_in(UserFactory(committee=committee, role=Role.OVERSEER))

    assert reverse("register:building-list") not in overseer.get(TODAY).text


def test_overseer_finds_the_log(committee):
    overseer = logged_in(UserFactory(committee=committee, role=Role.OVERSEER))

    page = overseer.get(TODAY)

    assert page.text.count(reverse("accounts:log-list")) == 2
    assert "要办的事" not in page.text


def test_tiles_stand_in_the_order_of_the_skills(as_head, settings):
    as_head.get(TODAY)

    skills = [tile.skill for tile in registry.tiles]
    assert skills == [name for name in settings.SKILLS if name in skills]


def test_more_tiles_cost_no_queries(as_head, sources, monkeypatch, django_assert_max_num_queries):
    tile = Tile("register", "ui:today", "住户", "?", "accounts.use", "building")
    monkeypatch.setattr(registry, "tiles", [tile] * 6)
    sources += [TodayItem("事", "/")] * 30

    with django_assert_max_num_queries(3):
        as_head.get(TODAY)


def test_style_guide_is_light(as_head):
    assert len(gzip.compress(as_head.get(reverse("ui:styleguide")).content)) <= 20_000


def test_style_guide_speaks_english_too(as_head):
    as_head.cookies["django_language"] = "en"

    assert "Style guide" in as_head.get(reverse("ui:styleguide")).text


def test_language_is_remembered_and_the_page_kept(client):
    answer = client.post(reverse("ui:language"), {"language": "en", "next": "/ui/?page=2"})

    assert answer["Location"] == "/ui/?page=2"
    assert client.cookies["django_language"].value == "en"


def test_unknown_language_is_not_remembered(client):
    client.post(reverse("ui:language"), {"language": "xx", "next": "/"})

    assert "django_language" not in client.cookies


@pytest.mark.parametrize("name", ["ui:language", "ui:text-size"])
def test_choice_never_leads_to_another_host(client, name):
    answer = client.post(reverse(name), {"next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("name", ["ui:language", "ui:text-size"])
def test_choice_needs_no_cookie_of_a_session(name):
    client = Client(enforce_csrf_checks=True)

    assert client.post(reverse(name), {"next": "/"}).status_code == 302
    assert "csrftoken" not in client.cookies


def test_large_type_is_chosen_and_left_again(as_head):
    as_head.post(reverse("ui:text-size"), {"size": "large", "next": "/"})
    assert 'class="ll-large"' in as_head.get(TODAY).text

    as_head.post(reverse("ui:text-size"), {"size": "usual", "next": "/"})
    assert 'class="ll-large"' not in as_head.get(TODAY).text


def test_page_that_is_not_there_says_so(client, db):
    page = client.get("/nowhere/")

    assert page.status_code == 404
    assert "没有这一页" in page.text


def test_error_page_touches_no_session(client, db):
    page = client.get("/nowhere/")

    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")


def test_forbidden_page_says_whom_to_ask(committee):
    overseer = logged_in(UserFactory(committee=committee, role=Role.OVERSEER))

    page = overseer.get(reverse("register:building-list"))

    assert page.status_code == 403
    assert "请找书记或主任" in page.text


def test_form_from_an_old_page_is_answered_kindly(head):
    client = Client(enforce_csrf_checks=True)
    client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")

    page = client.post(reverse("accounts:log-out"))

    assert page.status_code == 403
    assert "页面放得太久了" in page.text


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_page_of_a_failure_needs_no_request(name):
    assert "<h1>" in render_to_string(name)


def test_residents_page_touches_no_session():
    request = RequestFactory().get("/v/code/")

    class Untouchable:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

    request.session = Untouchable()

    page = render_to_string("ui/resident_page.html", request=request)

    assert len(page.encode()) < 4_000


@pytest.mark.parametrize(
    ("language", "text"), [("zh-hans", "2025年3月23日 周日"), ("en", "Sun 23 Mar 2025")]
)
def test_day_of_another_year_is_said_with_it(language, text):
    with translation.override(language):
        assert day(date(2025, 3, 23)) == text
