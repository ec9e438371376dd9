"""Rewriting the rows of answers loses none of them and leaves nothing of their order."""

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone

from linli.site import env
from linli.skills.deliberation.models import Ballot, Vote
from linli.skills.deliberation.services import ballots
from linli.skills.deliberation.services.askings import close_asking
from tests.factories.answers import answer, open_asking_of
from tests.factories.deliberation import AskingFactory, StatementFactory, slips_for


@pytest.mark.django_db(transaction=True)
def test_votes_that_arrive_meanwhile_are_kept():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets nobody else write meanwhile")
    asking = AskingFactory(has_statements=True)
    statements = [StatementFactory(asking=asking).pk for _ in range(4)]
    slips = slips_for(asking, count=24)
    voted = threading.Event()
    failed = []

    def vote():
        try:
            for slip in slips:
                for statement in statements:
                    ballots.vote(slip.code, statement_id=statement, choice=1)
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            voted.set()
            connections.close_all()

    voter = threading.Thread(target=vote)
    voter.start()
    while not voted.is_set():
        ballots.reshuffle_ballots()
    voter.join()

    assert failed == []
    assert (Vote.objects.count(), Ballot.objects.count()) == (96, 24)


@pytest.mark.django_db
def test_closing_rewrites_the_rows(head, django_capture_on_commit_callbacks):
    asking = open_asking_of(head)

    with django_capture_on_commit_callbacks() as after:
        close_asking(asking, by=head)

    assert ballots.reshuffle_ballots in after


@pytest.mark.django_db
def test_log_of_sqlite_keeps_no_earlier_place_of_a_row(tmp_path: Path, monkeypatch):
    """Pages as they were before stay in the write-ahead log until it is emptied."""
    if connection.vendor != "sqlite":
        pytest.skip("the log of SQLite")
    described = env.Environment(data_dir=tmp_path, database_url="").database()
    database = connections.create_connection("default")
    database.settings_dict = {**database.settings_dict, **described, "NAME": tmp_path / "one"}
    with database.cursor() as cursor:
        for table in ("vote", "ballot", "reason"):
            cursor.execute(f"CREATE TABLE deliberation_{table} (id INTEGER PRIMARY KEY, word TEXT)")
        for place, number in enumerate((800, 400, 600), start=1):
            cursor.execute(
                "INSERT INTO deliberation_reason VALUES (%s, %s)", [number, f"earlier-{place}"]
            )
        cursor.execute("UPDATE deliberation_reason SET word = 'later'")
    monkeypatch.setattr(ballots, "connection", database)
    monkeypatch.setattr(ballots, "_rewrite", lambda: None)

    ballots.reshuffle_ballots()

    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    database.close()
    assert b"later" in left
    assert b"earlier" not in left
    with closing(sqlite3.connect(tmp_path / "one")) as reopened:
        assert reopened.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.django_db
def test_closing_leaves_no_day_of_an_answer(head):
    asking = open_asking_of(head, statements=2)
    answer(asking, by=head, count=3)
    earlier = timezone.localdate() - timedelta(days=3)
    for model in (Ballot, Vote):
        model.objects.filter(pk=model.objects.first().pk).update(day=earlier)

    close_asking(asking, by=head)

    days = {row.day for model in (Ballot, Vote) for row in model.objects.all()}
    assert days == {timezone.localdate()}
