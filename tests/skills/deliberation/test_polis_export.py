"""Votes given out: never of few, never with a person or a time."""

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Ballot
from linli.skills.deliberation.polis_files import read_export
from linli.skills.deliberation.services.polis import export_polis, import_polis
from tests.factories.answers import closed_asking_of, open_asking_of

OLD = Path(__file__).parents[2] / "data" / "polis_old"


def test_export_comes_back_as_the_same_votes(committee, head, tmp_path):
    asking = import_polis(OLD, committee=committee, by=head)

    export_polis(asking, tmp_path / "out", by=head)

    again = read_export(tmp_path / "out").votes
    assert again.values.tolist() == read_export(OLD).votes.values.tolist()


def test_export_has_no_time_and_no_key(committee, head, tmp_path):
    asking = import_polis(OLD, committee=committee, by=head)

    export_polis(asking, tmp_path / "out", by=head)

    text = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert not any(bytes(ballot.voter_key).hex() in text for ballot in Ballot.objects.all())
    votes = (tmp_path / "out" / "votes.csv").read_text().splitlines()[1:]
    assert all(line.startswith(",,") for line in votes)


def test_page_gives_a_zip(committee, head, as_head):
    asking = import_polis(OLD, committee=committee, by=head)

    answered = as_head.post(reverse("deliberation:polis-export", args=[asking.pk]))

    assert "votes.csv" in zipfile.ZipFile(io.BytesIO(answered.content)).namelist()


def test_below_fifty_voters_nothing_is_given_out(head, as_head, tmp_path):
    asking = closed_asking_of(head, count=49, statements=2)

    answered = as_head.post(reverse("deliberation:polis-export", args=[asking.pk]))

    assert answered.status_code == 422
    with pytest.raises(RuleError, match="export_too_few_voters"):
        export_polis(asking, tmp_path / "out", by=head)
    assert not (tmp_path / "out").exists()


def test_open_asking_is_not_given_out(head, tmp_path):
    with pytest.raises(RuleError, match="asking_not_closed"):
        export_polis(open_asking_of(head, statements=2), tmp_path / "out", by=head)


def test_question_alone_has_no_votes_to_give(head, tmp_path):
    asking = Asking.objects.get(pk=closed_asking_of(head).pk)

    with pytest.raises(RuleError, match="no_statements_here"):
        export_polis(asking, tmp_path / "out", by=head)


def test_words_are_no_formula_in_a_spreadsheet(committee, head, tmp_path):
    asking = import_polis(OLD, committee=committee, by=head)
    asking.statements.filter(position=asking.statements.first().position).update(
        text='＝HYPERLINK("x")'
    )

    export_polis(asking, tmp_path / "out", by=head)

    text = (tmp_path / "out" / "comments.csv").read_text(encoding="utf-8")
    assert "'＝HYPERLINK" in text
