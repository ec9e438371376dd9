"""Backup, restore and upgrade, each through the command on an installation of its own."""

import json
import stat

import pytest

from tests.site.installation import PASSPHRASE, Installation, scratch_database

CREATE = ("committee", "create", "甲居委会", "--head", "li", "--head-name", "李")
SEAL = (
    "from linli.core.accounts.models import Committee\n"
    "from linli.skills.register.models import Building, Door\n"
    "committee = Committee.objects.get()\n"
    "building = Building.objects.create(committee=committee, name='3号楼')\n"
    "Door.objects.create(building=building, number='502')\n"
)
COUNT = (
    "from linli.skills.register.models import Door\n"
    "from linli.core.accounts.models import User\n"
    "print([str(door) for door in Door.objects.all()], [str(user) for user in User.objects.all()])"
)
LOG = (
    "from linli.core.audit.models import AuditLine\n"
    "lines = AuditLine.objects.exclude(action__startswith='accounts.backup_').order_by('pk')\n"
    "print([line.at.isoformat() for line in lines])"
)
FIRST = "[('accounts', '0001_initial'), ('audit', '0001_initial')]"


def furnished(folder, url):
    installation = Installation(folder, url)
    done = installation.linli(*CREATE)
    assert done.returncode == 0, done.stderr
    installation.python(SEAL)
    return installation


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """An installation that tests only read and back up."""
    with scratch_database() as url:
        yield furnished(tmp_path_factory.mktemp("used"), url)


@pytest.fixture
def empty(tmp_path):
    with scratch_database() as url:
        yield Installation(tmp_path / "empty", url)


@pytest.fixture(scope="module")
def passphrase(tmp_path_factory):
    path = tmp_path_factory.mktemp("passphrase") / "passphrase"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return "--passphrase-file", path


@pytest.fixture(scope="module")
def saved(used, passphrase, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "saved.linli"
    done = used.linli("backup", path, *passphrase)
    assert done.returncode == 0, done.stderr
    return path


def test_restore_brings_everything_back(used, saved, empty, passphrase):
    done = empty.linli("restore", saved, *passphrase)

    assert done.returncode == 0, done.stderr
    assert empty.python(COUNT) == used.python(COUNT)
    assert empty.python(LOG) == used.python(LOG)


def test_restored_installation_goes_on(saved, empty, passphrase):
    """New rows get new numbers, and the keys are those of the data."""
    empty.linli("restore", saved, *passphrase)

    created = empty.linli("user", "create", "wang", "--name", "王")
    resaved = empty.linli("backup", empty.folder / "again.linli", *passphrase)

    assert (created.returncode, resaved.returncode) == (0, 0), created.stderr + resaved.stderr


def test_backup_of_one_database_restores_into_the_other(saved, tmp_path, passphrase):
    """On PostgreSQL this goes to SQLite; on SQLite it is the plain way."""
    other = Installation(tmp_path / "other")

    done = other.linli("restore", saved, *passphrase)

    assert done.returncode == 0, done.stderr
    assert "502" in other.python(COUNT)


def test_restore_refuses_to_overwrite(used, saved, passphrase):
    done = used.linli("restore", saved, *passphrase)

    assert (done.returncode, "--replace" in done.stderr) == (2, True)


def test_replaced_data_are_kept_aside(saved, empty, passphrase):
    empty.linli("committee", "create", "乙居委会", "--head", "zhao", "--head-name", "赵")

    done = empty.linli("restore", saved, *passphrase, "--replace")

    assert done.returncode == 0, done.stderr
    (aside,) = empty.folder.glob("before-restore-*")
    assert (aside / "keys.json").exists()
    assert "502" in empty.python(COUNT)


def spoilt(path, kind):
    whole = path.read_bytes()
    return {
        "truncated": whole[:-10],
        "tampered": whole[:-10] + bytes([whole[-10] ^ 1]) + whole[-9:],
        "foreign": b"PK\x03\x04 this is a spreadsheet" * 10,
        "empty": b"",
    }[kind]


@pytest.mark.parametrize("kind", ["truncated", "tampered", "foreign", "empty"])
def test_spoilt_file_changes_nothing(kind, saved, tmp_path, passphrase):
    installation = Installation(tmp_path / "untouched")
    path = tmp_path / "spoilt.linli"
    path.write_bytes(spoilt(saved, kind))

    done = installation.linli("restore", path, *passphrase)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert [path.name for path in installation.folder.iterdir()] == ["serving.lock"]


def test_wrong_passphrase_is_told(saved, empty, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not the one that was chosen", encoding="utf-8")

    done = empty.linli("restore", saved, "--passphrase-file", wrong)

    assert done.returncode == 2
    assert done.stderr.strip() == "The passphrase is wrong, or the file is damaged."


def test_backup_overwrites_no_file(used, saved, passphrase):
    done = used.linli("backup", saved, *passphrase)

    assert (done.returncode, "exists already" in done.stderr) == (2, True)


def test_backup_is_readable_by_its_owner_only(saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_backup_holds_nothing_in_clear(used, saved):
    content = saved.read_bytes()
    keys = json.loads((used.folder / "keys.json").read_text(encoding="ascii"))

    assert not any(key.encode() in content for key in keys.values())
    assert "甲居委会".encode() not in content


def test_short_passphrase_is_refused(used, tmp_path):
    short = tmp_path / "short"
    short.write_text("12345", encoding="utf-8")

    done = used.linli("backup", tmp_path / "new.linli", "--passphrase-file", short)

    assert (done.returncode, (tmp_path / "new.linli").exists()) == (2, False)


OLD_DATABASE = f"""
from pathlib import Path
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from linli.core.accounts import vault
settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
executor = MigrationExecutor(connection)
state = executor.migrate({FIRST})
apps = MigrationExecutor(connection).loader.project_state({FIRST}).apps
committee = apps.get_model("accounts", "Committee").objects.create(
    name="老居委会", keys_fingerprint=vault.fingerprint())
apps.get_model("accounts", "User").objects.create(
    committee=committee, username="li", name="李", role="head", password="!")
"""


def test_old_database_is_upgraded(empty):
    empty.python(OLD_DATABASE)

    before = empty.linli("user", "list")
    upgraded = empty.linli("upgrade")
    after = empty.linli("user", "list")

    assert (before.returncode, upgraded.returncode, after.returncode) == (2, 0, 0)
    assert after.stdout.startswith("li\t李")


def test_upgrade_keeps_a_copy_of_a_file(tmp_path):
    installation = Installation(tmp_path / "old")
    installation.python(OLD_DATABASE)

    installation.linli("upgrade")

    assert len(list(installation.folder.glob("before-upgrade-*.sqlite3"))) == 1


def test_backup_of_an_old_database_is_restored_into_this_version(empty, tmp_path, passphrase):
    empty.python(OLD_DATABASE)
    path = tmp_path / "old.linli"
    program = (
        "from pathlib import Path; from linli.site.backup import write_backup\n"
        f"write_backup(Path({str(path)!r}), passphrase={PASSPHRASE!r})"
    )
    empty.python(program)
    other = Installation(tmp_path / "other")

    done = other.linli("restore", path, *passphrase)

    assert done.returncode == 0, done.stderr
    assert other.linli("user", "list").stdout.startswith("li\t李")


def test_installation_with_a_backup_needs_no_mending(used, saved):
    done = used.linli("check")

    assert done.returncode == 0, done.stdout


def test_check_names_what_is_missing(empty):
    done = empty.linli("check")

    assert (done.returncode, done.stdout.count("✗") >= 1) == (2, True)
