"""What the server shows and refuses."""

import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import get_resolver

from linli.core.accounts.command_line import Refused
from linli.site import housekeeping, safeguards, upgrade
from tests.everything import free_port
from tests.site.installation import LINLI, Installation, scratch_database
from tests.site.routes import routes
from tests.site.test_routes import address

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DESK = [route for route in routes() if not route.name.startswith("resident:")]
ON_EVERY_PAGE = {"ui:language", "ui:text-size"}


@pytest.fixture
def residents_only(settings):
    settings.ROOT_URLCONF = "linli.site.urls_residents"


@pytest.mark.parametrize("route", DESK, ids=lambda route: route.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_residents_server_knows_no_desk_page(route, method, client, request, db):
    if route.name in ON_EVERY_PAGE:
        pytest.skip("on residents' pages too")
    path = "/api/openapi.json" if route.is_api else address(route)
    request.getfixturevalue("residents_only")

    assert getattr(client, method)(path).status_code == 404


def test_residents_server_shows_residents_pages(client, residents_only, db):
    assert client.get("/v/").status_code == 200


def test_residents_server_has_a_page_for_what_is_missing(client, residents_only, db):
    answer = client.get("/nowhere/")

    assert (answer.status_code, b"</html>" in answer.content) == (404, True)


def test_residents_addresses_are_part_of_all_addresses():
    everything = {route.name for route in routes()}

    assert {route.name for route in routes("linli.site.urls_residents")} <= everything
    assert get_resolver("linli.site.urls_residents").url_patterns


def test_taken_port_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(Refused):
            safeguards.refuse_taken_port("127.0.0.1", other.getsockname()[1])


def test_data_sealed_with_other_keys_are_not_served(committee):
    committee.keys_fingerprint = b"another installation"
    committee.save()

    with pytest.raises(Refused):
        safeguards.refuse_foreign_keys()


def test_data_with_their_keys_are_served(db):
    safeguards.refuse_foreign_keys()


def test_running_server_keeps_others_from_replacing_data(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    safeguards.hold_lock(alone=False)

    with pytest.raises(Refused):
        safeguards.hold_lock(alone=True)


def test_failing_chore_stops_no_other(caplog):
    done = []

    def fail(now):
        raise RuntimeError("broken")

    assert housekeeping.tidy(NOW, chores=(fail, done.append)) == 1
    assert done == [NOW]


def test_chores_run_on_an_empty_installation(db):
    assert housekeeping.tidy(NOW) == 0


def test_told_to_stop_chores_end(monkeypatch):
    monkeypatch.setattr(housekeeping, "tidy", lambda _now: 0)
    monkeypatch.setattr(housekeeping, "close_old_connections", lambda: None)
    stop = threading.Event()
    stop.set()

    housekeeping.tidy_daily(stop)


def test_old_copies_are_dropped(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "before-upgrade-20250101-000000.sqlite3").touch()

    assert upgrade.drop_old_copies(datetime.now(UTC)) == 0
    assert upgrade.drop_old_copies(datetime.now(UTC) + timedelta(days=31)) == 1


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_end_told_to_the_whole_terminal_is_heard(told, tmp_path):
    """Ctrl-C reaches the workers twice: from the terminal and from the server."""
    port = free_port()
    with scratch_database() as database:
        server = subprocess.Popen(
            [LINLI, "serve", "--port", str(port)],
            env=Installation(tmp_path / "data", database).surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/v/")
            os.killpg(server.pid, told)
            said, _nothing = server.communicate(timeout=20)
        finally:
            server.kill()

    assert server.returncode == 0
    assert len(said.splitlines()) == 1


def test_workers_of_a_killed_server_give_the_port_back(tmp_path):
    port = free_port()
    with scratch_database() as database:
        server = subprocess.Popen(
            [LINLI, "serve", "--port", str(port)],
            env=Installation(tmp_path / "data", database).surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(f"http://127.0.0.1:{port}/v/")
        server.kill()
        server.wait()

        assert is_free_within(port, seconds=10)


def is_free_within(port: int, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)):
                return True
        time.sleep(0.1)
    return False


def wait_for(address: str) -> None:
    for _attempt in range(600):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def test_wrong_log_ins_are_forgotten_after_a_day(db):
    for name in ("old", "new"):
        AccessAttempt.objects.create(username=name, failures_since_start=1)
    AccessAttempt.objects.filter(username="old").update(attempt_time=NOW - timedelta(days=2))
    AccessAttempt.objects.filter(username="new").update(attempt_time=NOW)

    housekeeping.tidy(NOW)

    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["new"]
