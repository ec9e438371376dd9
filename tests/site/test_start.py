"""What ``make run`` prepares."""

import re
from pathlib import Path

import pytest

from linli.core.accounts.models import Committee, User
from linli.site import start
from linli.site.demo.create import create_demo
from linli.skills.register.models import Adult, Building, Door

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo(db):
    return create_demo()


def test_demo_has_its_size(demo):
    assert Committee.objects.count() == 1
    assert Building.objects.count() == 6
    assert 900 <= Door.objects.count() <= 1100
    assert 2300 <= Adult.objects.count() <= 2900


def test_demo_has_one_account_of_each_role(demo):
    assert sorted(User.objects.values_list("role", flat=True)) == [
        "captain",
        "head",
        "overseer",
        "partner",
        "worker",
    ]


def test_demo_passwords_let_visitors_in_at_once(demo):
    assert len({account.password for account in demo.accounts}) == 5
    for account in demo.accounts:
        user = User.objects.get(username=account.username)
        assert user.check_password(account.password)
        assert not user.must_change_password


def test_greeting_is_in_two_languages(demo, capsys):
    start._greet("http://127.0.0.1:8000", demo)

    told = capsys.readouterr().out
    assert "请打开 / open: http://127.0.0.1:8000/" in told
    assert all(account.password in told for account in demo.accounts)


def test_second_greeting_tells_no_password(capsys):
    start._greet("http://127.0.0.1:8000", None)

    assert "linli user recover head" in capsys.readouterr().out


def test_static_files_are_collected_once(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path
    calls = []
    monkeypatch.setattr(start, "call_command", lambda *args, **_options: calls.append(args))

    start.collect_static()
    start.collect_static()

    assert len(calls) == 1


@pytest.mark.parametrize("name", ["run.lock", "test.lock"])
def test_lock_names_no_address(name):
    lock = (ROOT / "requirements" / name).read_text(encoding="utf-8")

    assert re.findall(r"https?://|file:|--index-url|--find-links", lock) == []


def test_every_dependency_is_locked_with_hashes():
    lock = (ROOT / "requirements" / "test.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.\[\],-]+==.*$", lock, re.MULTILINE)

    assert pins
    assert all(line.endswith("\\") for line in pins)
