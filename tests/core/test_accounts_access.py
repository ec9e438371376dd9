"""What a view declares is held, and what it forgets lets nobody in."""

import functools

import pytest
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from linli.core.accounts.access import PUBLIC, before_password_change, public, requires
from linli.core.accounts.models import Role
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.urls(__name__)


def forgotten(request):
    return HttpResponse("forgotten")


@requires("accounts.use")
def declared_outside(request):
    return HttpResponse("outside")


@require_POST
@requires("accounts.use")
def declared_inside(request):
    return HttpResponse("inside")


@requires("accounts.no_such_thing")
def unknown_permission(request):
    return HttpResponse("unknown")


@before_password_change
@requires("accounts.use")
def early(request):
    return HttpResponse("early")


@public
def open_to_all(request):
    return HttpResponse("open")


def unwrapping(view):
    """Forget functools.wraps."""

    def inner(request):
        return view(request)

    return inner


urlpatterns = [
    path("", include("linli.core.ui.urls")),
    path("accounts/", include("linli.core.accounts.urls")),
    path("forgotten/", forgotten),
    path("outside/", declared_outside),
    path("inside/", declared_inside),
    path("unknown/", unknown_permission),
    path("early/", early),
    path("open/", open_to_all),
    path("unwrapped/", unwrapping(open_to_all)),
    path("partial/", functools.partial(declared_outside)),
]

CLOSED = ["/forgotten/", "/unknown/", "/unwrapped/", "/partial/"]


@pytest.mark.parametrize("address", [*CLOSED, "/outside/", "/inside/", "/early/"])
def test_stranger_is_asked_to_log_in(client, db, address):
    assert client.get(address)["Location"] == f"/accounts/log-in/?next={address}"


@pytest.mark.parametrize("address", CLOSED)
def test_view_that_declares_nothing_lets_no_member_in(as_head, address):
    assert as_head.get(address).status_code == 403


def test_declared_permission_lets_in(as_worker):
    assert as_worker.get("/outside/").text == "outside"


def test_declaration_survives_decorators(as_worker):
    assert as_worker.post("/inside/").text == "inside"


def test_public_view_asks_nobody(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/open/").text == "open"


def test_public_page_starts_no_session(client, db):
    assert client.get("/open/").cookies == {}


def test_public_page_does_not_depend_on_who_asks(client, db):
    assert "Cookie" not in client.get("/open/").get("Vary", "")


def test_first_password_leads_to_choosing_one(committee):
    client = logged_in(UserFactory(committee=committee, must_change_password=True))

    assert client.get("/outside/")["Location"] == "/accounts/password/"
    assert client.get("/early/").text == "early"


@pytest.mark.parametrize("role", list(Role))
def test_closed_account_has_no_permission(committee, role):
    user = UserFactory.build(committee=committee, role=role, is_active=False)

    assert not user.has_perm("accounts.use")


def test_public_is_no_permission(head):
    assert not head.has_perm(PUBLIC)
