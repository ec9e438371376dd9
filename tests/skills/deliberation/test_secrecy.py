"""What SECURITY.md promises about secret askings, tried on dumps and logs without keys."""

import io
import logging
import random
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from linli.core.accounts.log_filter import HideCodes
from linli.skills.deliberation.models import Ballot, Code, Reason, Statement, Vote
from linli.skills.deliberation.selectors import voting
from linli.skills.deliberation.services import ballots
from tests.factories.deliberation import AskingFactory, StatementFactory, options_for, slips_for

BALLOT_SIDE = {"deliberation_ballot", "deliberation_vote", "deliberation_reason"}
LINLI = [sys.executable, "-c", "from linli.site.cli import main; main()"]
type Dump = dict[str, list[dict[str, object]]]


def dump() -> Dump:
    """Read every table as somebody reads it who has the database and no key."""
    tables: Dump = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            tables[table] = [
                {
                    name: bytes(value).hex() if isinstance(value, bytes | memoryview) else value
                    for name, value in zip(names, row, strict=True)
                }
                for row in cursor.fetchall()
            ]
    return tables


def text_dump() -> str:
    if connection.vendor == "sqlite":
        return "\n".join(connection.connection.iterdump())
    return repr(dump())


@dataclass
class Evening:
    """120 named households answered, in an order somebody may have seen."""

    codes: list[str]
    doors: list[int]
    before: Dump
    after: Dump
    text: str
    log: str


@pytest.fixture
def log():
    """Everything the site writes to its log, at the level that says most."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(HideCodes())
    names = ("", "django", "django.request", "django.server")
    levels = {name: logging.getLogger(name).level for name in names}
    for name in ("", "django"):
        logging.getLogger(name).addHandler(handler)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    for name in ("", "django"):
        logging.getLogger(name).removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def evening(committee, log):
    asking = AskingFactory(matter__committee=committee, has_statements=True)
    options = options_for(asking)
    statement = StatementFactory(asking=asking)
    slips = [*slips_for(asking, count=100), *slips_for(asking, count=20, building="2号楼")]
    random.Random(7).shuffle(slips)
    before = dump()
    phone = Client()
    for number, slip in enumerate(slips):
        phone.post(f"/v/{slip.code}/answer/", {"option": options[number % 3].pk, "reason": "近"})
        ballots.vote(slip.code, statement_id=statement.pk, choice=1)
    phone.post(f"/v/{slips[0].code}/self/", {"age_band": "75+"})
    phone.get(f"/v/{slips[0].code}/nowhere/")
    if connection.vendor == "postgresql":
        ballots.reshuffle_ballots()
    return Evening(
        codes=[slip.code for slip in slips],
        doors=[slip.holder.door_id for slip in slips],
        before=before,
        after=dump(),
        text=text_dump(),
        log=log.getvalue(),
    )


def spearman(one: list[object], two: list[object]) -> float:
    """Correlate two orders of the same things."""
    n = len(one)
    first = {value: rank for rank, value in enumerate(sorted(one))}
    second = {value: rank for rank, value in enumerate(sorted(two))}
    far = sum((first[a] - second[b]) ** 2 for a, b in zip(one, two, strict=True))
    return 1 - 6 * far / (n * (n * n - 1))


def keyed_rows(evening: Evening) -> list[tuple[bytes, int]]:
    """Give each ballot's key and row number in the order of voting; this needs keys and codes."""
    asking = Code.objects.first().asking
    numbers = {bytes(row.voter_key): row.pk for row in Ballot.objects.all()}
    keys = [voting.vault.voter_key(code, asking=str(asking.key)) for code in evening.codes]
    return [(key, numbers[key]) for key in keys]


def test_only_ballots_changed(evening):
    changed = {table for table, rows in evening.after.items() if rows != evening.before[table]}

    assert changed <= {*BALLOT_SIDE, "sqlite_sequence"}


def test_nothing_in_the_dump_is_a_code(evening):
    shown = [voting.normalise_code(code) for code in evening.codes]
    haystack = evening.text.upper()

    found = [
        code
        for code in shown
        for written in (code, "-".join(re.findall("....", code)), code.encode().hex().upper())
        if written in haystack
    ]

    assert found == []


def test_nothing_in_the_log_is_a_code(evening):
    assert "/v/…" in evening.log
    assert [code for code in evening.codes if code in evening.log] == []


def test_doors_and_ballots_share_no_value(evening):
    """Every value that tells one row from another stands on one side only."""
    door_side = {
        value
        for table, rows in evening.after.items()
        if table.startswith("register_") or table == "deliberation_code"
        for row in rows
        for value in row.values()
        if isinstance(value, str) and len(value) >= 16
    }
    ballot_side = {
        value
        for table in BALLOT_SIDE
        for row in evening.after[table]
        for value in row.values()
        if isinstance(value, str) and len(value) >= 16
    }

    assert ballot_side
    assert door_side & ballot_side == set()


def test_row_numbers_are_no_door_or_code(evening):
    small = set(evening.doors) | {row["id"] for row in evening.after["deliberation_code"]}

    numbers = {row["id"] for table in BALLOT_SIDE for row in evening.after[table]}

    assert len(numbers) == 360
    assert numbers & small == set()


def test_rows_lie_in_no_order_of_voting(evening):
    _keys, numbers = zip(*keyed_rows(evening), strict=True)

    lying = [row["id"] for row in evening.after["deliberation_ballot"]]

    assert lying == sorted(lying)
    assert abs(spearman(list(range(120)), list(numbers))) < 0.4


def test_keys_lie_in_no_order_of_doors(evening):
    keys, numbers = zip(*keyed_rows(evening), strict=True)

    assert abs(spearman(evening.doors, list(keys))) < 0.4
    assert abs(spearman(evening.doors, list(numbers))) < 0.4


def test_answers_of_one_voter_are_no_neighbours(evening):
    """A voter's ballot and vote share only the voter's key, a reason shares nothing."""
    ballot_rows = evening.after["deliberation_ballot"]
    voters = {row[name] for row in ballot_rows for name in ("id", "voter_key")}
    reasons = {value for row in evening.after["deliberation_reason"] for value in row.values()}

    assert voters & reasons == set()


@pytest.mark.parametrize("model", [Ballot, Vote, Reason])
def test_ballots_know_no_time_finer_than_a_day(model):
    fine = (models.DateTimeField, models.TimeField, models.DurationField)

    assert [field.name for field in model._meta.fields if isinstance(field, fine)] == []


def test_reasons_know_no_day():
    assert [f.name for f in Reason._meta.fields if isinstance(f, models.DateField)] == []


def test_small_building_stands_on_no_ballot(evening):
    small = {row["id"] for row in evening.after["register_building"] if row["name"] == "2号楼"}

    assert {ballot.building_id for ballot in Ballot.objects.all()} & small == set()


def test_two_dumps_around_two_votes_tell_no_door(committee):
    """Whoever knows that these two doors answered between the dumps cannot tell which is which."""
    asking = AskingFactory(matter__committee=committee)
    one, two, _three = options_for(asking)
    slips = slips_for(asking, count=2)
    before = dump()
    ballots.answer_question(slips[0].code, options=[one.pk])
    ballots.answer_question(slips[1].code, options=[two.pk])
    after = dump()

    new = [row for row in after["deliberation_ballot"] if row not in before["deliberation_ballot"]]
    known = {
        row[name] for row in after["deliberation_code"] for name in ("id", "digest", "door_id")
    }
    assert len(new) == 2
    assert all({row["id"], row["voter_key"]} & known == set() for row in new)
    rest = [{k: v for k, v in row.items() if k not in {"id", "voter_key", "answer"}} for row in new]
    assert rest[0] == rest[1]


def test_digest_is_no_public_function_of_the_code(evening):
    import hashlib

    stored = {row["digest"] for row in evening.after["deliberation_code"]}
    stored |= {row["voter_key"] for row in evening.after["deliberation_ballot"]}

    guessed = {
        hashlib.new(name, code.encode()).hexdigest()[:64]
        for code in evening.codes
        for name in ("sha256", "sha3_256", "blake2s", "sha512")
    }

    assert guessed & stored == set()


def test_desk_pages_do_not_change_by_voting(committee, as_head):
    asking = AskingFactory(matter__committee=committee)
    option = options_for(asking)[0]
    slips = slips_for(asking, count=3)
    building = slips[0].holder.building_id
    pages = [
        reverse("deliberation:code-list", args=[asking.pk]),
        reverse("deliberation:code-building", args=[asking.pk, building]),
    ]
    hide_token = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+')
    before = [hide_token.sub("", as_head.get(page).text) for page in pages]

    ballots.answer_question(slips[0].code, options=[option.pk])

    assert [hide_token.sub("", as_head.get(page).text) for page in pages] == before


def test_statement_of_a_resident_is_tied_to_no_ballot(committee):
    asking = AskingFactory(matter__committee=committee, has_statements=True, residents_may_add=True)
    (slip,) = slips_for(asking, count=1)

    ballots.propose_statement(slip.code, text="晚上九点以后不倒垃圾")

    assert Ballot.objects.count() == Vote.objects.count() == 0
    fields = {field.name for field in Statement._meta.fields}
    assert not fields & {"voter_key", "code", "created_at", "at", "day"}


def test_crash_behind_a_code_is_reported_without_it(committee, log, monkeypatch):
    asking = AskingFactory(matter__committee=committee)
    (slip,) = slips_for(asking, count=1)

    def crash(_slip):
        raise ValueError(f"broken at /v/{slip.code}/?last=7")

    monkeypatch.setattr(voting, "progress_of", crash)
    phone = Client(raise_request_exception=False)

    answer = phone.get(f"/v/{slip.code}/")

    assert answer.status_code == 500
    assert "ValueError" in log.getvalue()
    assert slip.code not in log.getvalue()
    assert slip.code not in answer.text


def test_every_log_handler_hides_codes():
    handlers = settings.LOGGING["handlers"].values()

    assert all("hide_codes" in handler["filters"] for handler in handlers)
    assert not settings.ADMINS


def test_code_row_learns_nothing_of_an_answer(committee):
    asking = AskingFactory(matter__committee=committee)
    option = options_for(asking)[0]
    (slip,) = slips_for(asking, count=1)
    before = list(Code.objects.values_list())

    ballots.answer_question(slip.code, options=[option.pk])

    assert list(Code.objects.values_list()) == before


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_real_server_writes_no_code(tmp_path):
    """Nothing of a visit reaches the server's output: the access log is off."""
    port = free_port()
    code = "7K3M9Q2T5V8X1Z4B"
    with (tmp_path / "out").open("wb") as out:
        server = subprocess.Popen(
            [*LINLI, "serve", "--port", str(port)],
            env={
                "LINLI_DATA_DIR": str(tmp_path / "data"),
                "PATH": "/usr/bin:/bin",
                "PYTHONPATH": ":".join(sys.path),
            },
            stdout=out,
            stderr=out,
        )
        try:
            visit(f"http://127.0.0.1:{port}/v/{code}/")
        finally:
            server.terminate()
            server.wait(timeout=20)

    assert code not in (tmp_path / "out").read_text(encoding="utf-8")


def visit(address: str) -> None:
    """Open an address, waiting for the server to start."""
    for _attempt in range(160):
        try:
            urlopen(address, timeout=5).close()
        except OSError as error:
            if getattr(error, "code", None) == 404:
                error.close()
                return
            time.sleep(0.25)
    raise AssertionError("the server did not start")
