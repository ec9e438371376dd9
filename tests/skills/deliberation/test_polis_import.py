"""Polis conversations brought in: both generations, page, and bad files."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.engines.deliberation.opinion_map import map_opinions
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Statement, Vote
from linli.skills.deliberation.polis_files import read_export
from linli.skills.deliberation.services.askings import recount_asking
from linli.skills.deliberation.services.polis import import_polis
from linli.skills.participation.models import Matter
from tests.conftest import logged_in

DATA = Path(__file__).parents[2] / "data"
OLD, NEW = DATA / "polis_old", DATA / "polis_new"
PAGE = "deliberation:polis-import"


def upload(*paths):
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]


@pytest.mark.parametrize(("folder", "title"), [(OLD, "垃圾厢房放在哪里"), (NEW, "新导出的一场")])
def test_both_generations_become_a_consulted_matter(folder, title, committee, head):
    asking = import_polis(folder, committee=committee, by=head)

    matter = Matter.objects.get()
    assert (matter.title, matter.state) == (title, "opinion")
    assert (asking.is_imported, asking.is_secret, asking.is_open) == (True, True, False)
    assert asking.result.counts["heard"] == 60


def test_both_generations_hold_the_same_votes(committee, head):
    old = import_polis(OLD, committee=committee, by=head)
    new = import_polis(NEW, committee=committee, by=head)

    told = ("verdict", "participants", "statements", "votes", "stability", "table")
    one, other = old.result.opinion_map, new.result.opinion_map
    assert [one[key] for key in told] == [other[key] for key in told]


def test_map_is_the_one_of_the_files(committee, head):
    asking = import_polis(OLD, committee=committee, by=head)

    found = map_opinions(read_export(OLD).votes, seed=0)

    facts = asking.result.opinion_map
    assert facts["verdict"] == found.verdict == "groups"
    assert [group["size"] for group in facts["groups"]] == [
        len(group.members) for group in found.groups
    ]
    assert facts["stability"] == found.stability


def test_moderated_out_statements_stay_out(committee, head):
    import_polis(OLD, committee=committee, by=head)

    assert not Statement.objects.filter(text="被撤下的一条").exists()


def test_voters_get_new_keys(committee, head):
    import_polis(OLD, committee=committee, by=head)
    first = set(map(bytes, Vote.objects.values_list("voter_key", flat=True)))
    import_polis(OLD, committee=committee, by=head)

    assert len(set(map(bytes, Vote.objects.values_list("voter_key", flat=True)))) == 2 * len(first)


def test_imported_ballots_can_be_recounted(committee, head):
    assert recount_asking(import_polis(OLD, committee=committee, by=head), by=head).agrees


def test_broken_file_leaves_nothing_behind(committee, head, tmp_path):
    (tmp_path / "votes.csv").write_text("timestamp,datetime,comment-id,voter-id,vote\n1,x,0,0,7\n")

    with pytest.raises(RuleError) as refusal:
        import_polis(tmp_path, committee=committee, by=head)

    assert refusal.value.code == "deliberation.file_vote"
    assert not Matter.objects.exists()


def test_export_without_a_vote_is_refused(committee, head, tmp_path):
    (tmp_path / "votes.csv").write_text("timestamp,datetime,comment-id,voter-id,vote\n")

    with pytest.raises(RuleError, match="file_no_votes"):
        import_polis(tmp_path, committee=committee, by=head)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["1,x,0,0,1"], "只有 1 人"),
        (["1,x,-5,99999999999999999999999,1", "2,x,88888888888888888888888,-1,-1"], "只有 0 人"),
    ],
)
def test_little_or_odd_ids_are_no_clear_groups(rows, told, committee, head, as_head, tmp_path):
    lines = ["timestamp,datetime,comment-id,voter-id,vote", *rows]
    (tmp_path / "votes.csv").write_text("\n".join(lines) + "\n")

    asking = import_polis(tmp_path, committee=committee, by=head)

    page = as_head.get(reverse("deliberation:map", args=[asking.pk])).content.decode()
    assert "看法没有明显分成几拨" in page
    assert told in page


def test_page_takes_single_files(as_head):
    as_head.post(reverse(PAGE), {"sheets": upload(*OLD.iterdir()), "title": "我们的题目"})

    asking = Asking.objects.get()
    page = as_head.get(reverse("deliberation:map", args=[asking.pk])).content.decode()
    assert asking.matter.title == "我们的题目"
    assert "看法分成 2 拨" in page


def test_page_takes_a_zip_with_a_folder(as_worker):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in NEW.iterdir():
            archive.write(path, f"export/{path.name}")

    done = as_worker.post(
        reverse(PAGE), {"sheets": SimpleUploadedFile("polis.zip", packed.getvalue())}
    )

    assert done["Location"] == reverse("deliberation:map", args=[Asking.objects.get().pk])


@pytest.mark.parametrize(
    ("name", "content"),
    [("polis.zip", b"no zip"), ("notes.txt", b"hello"), ("votes.csv", b"a,b\n1,2\n")],
)
def test_foreign_file_comes_back_with_the_reason(name, content, as_head):
    answered = as_head.post(reverse(PAGE), {"sheets": SimpleUploadedFile(name, content)})

    assert answered.status_code == 422
    assert "ll-error-summary" in answered.content.decode()


def test_nothing_sent_comes_back(as_head):
    assert as_head.get(reverse(PAGE)).status_code == 200
    assert as_head.post(reverse(PAGE)).status_code == 422


def test_what_is_brought_in_belongs_to_one_committee(committee, head, other_head):
    asking = import_polis(OLD, committee=committee, by=head)

    answered = logged_in(other_head).get(reverse("deliberation:map", args=[asking.pk]))

    assert answered.status_code == 404


def test_long_name_of_a_file_breaks_nothing(head):
    sheets = upload(*OLD.iterdir())
    sheets.append(SimpleUploadedFile("看" * 200 + ".csv", b"nothing\n"))

    answer = logged_in(head).post(reverse(PAGE), {"sheets": sheets})

    assert answer.status_code in {302, 422}


def test_zip_that_breaks_off_is_refused(head):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(OLD / "votes.csv", "votes.csv")
    broken = bytearray(packed.getvalue())
    broken[60:160] = bytes(100)

    answer = logged_in(head).post(
        reverse(PAGE), {"sheets": [SimpleUploadedFile("polis.zip", bytes(broken))]}
    )

    assert answer.status_code == 422


def test_hidden_characters_stay_outside(committee, head, tmp_path):
    for sheet in OLD.iterdir():
        text = sheet.read_text(encoding="utf-8")
        hidden = text.replace("的", "\u202e的").replace("垃圾", "垃\u200b圾")
        (tmp_path / sheet.name).write_text(hidden, encoding="utf-8")

    asking = import_polis(tmp_path, committee=committee, by=head)

    words = asking.matter.title + "".join(row.text for row in asking.statements.all())
    assert "垃圾" in words
    assert not {"\u202e", "\u200b"} & set(words)
