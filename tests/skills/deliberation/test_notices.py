"""Notices: what they say, how they are posted, who may read them."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from linli.core.accounts.models import Role
from linli.core.audit.models import AuditLine
from linli.engines.errors import RuleError
from linli.skills.deliberation import papers
from linli.skills.deliberation.models import Notice
from linli.skills.deliberation.selectors.notices import chat_text
from linli.skills.deliberation.services.askings import close_asking
from linli.skills.deliberation.services.notices import post_notice
from tests.conftest import logged_in
from tests.factories.accounts import UserFactory
from tests.factories.answers import answer, closed_asking_of, open_asking_of
from tests.factories.deliberation import AskingFactory, options_for
from tests.factories.participation import MatterFactory
from tests.factories.register import AdultFactory

TODAY = timezone.localdate()
UNTIL = TODAY + timedelta(days=7)


def url(name, *args):
    return reverse(f"deliberation:{name}", args=args)


@pytest.fixture
def posted(head):
    return post_notice(closed_asking_of(head), by=head, kind="result", object_until=UNTIL)


def words_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_head_posts_the_result(head, as_head):
    asking = closed_asking_of(head)

    preview = as_head.get(url("notice-preview", asking.pk, "result"))
    done = as_head.post(
        url("notice-post", asking.pk, "result"), {"object_until": UNTIL.isoformat()}
    )

    notice = Notice.objects.get()
    asking.matter.refresh_from_db()
    assert "4 户里，已听到 4 户的意见" in preview.content.decode()
    assert done["Location"] == url("notice-detail", notice.pk)
    assert asking.matter.state == "posting"
    assert AuditLine.objects.filter(action="deliberation.notice_posted").exists()


def test_notice_before_moves_the_matter_to_informing(head, as_head):
    matter = MatterFactory(created_by=head, state="parties")
    asking = AskingFactory(matter=matter, opened_on=None)
    options_for(asking)

    as_head.post(url("notice-post", asking.pk, "before"), {"object_until": UNTIL.isoformat()})

    matter.refresh_from_db()
    assert matter.state == "informing"
    assert "东门" in as_head.get(url("notice-detail", Notice.objects.get().pk)).content.decode()


def test_worker_sees_the_preview_and_leaves_posting_to_the_head(head, as_worker):
    asking = closed_asking_of(head)

    assert (
        "由书记/主任贴出"
        in as_worker.get(url("notice-preview", asking.pk, "result")).content.decode()
    )
    assert as_worker.post(url("notice-post", asking.pk, "result")).status_code == 403


def test_day_for_objections_that_is_over_comes_back(head, as_head):
    asking = closed_asking_of(head)

    answered = as_head.post(
        url("notice-post", asking.pk, "result"),
        {"object_until": (TODAY - timedelta(days=1)).isoformat()},
    )

    assert answered.status_code == 422
    assert "异议截止日已经过了" in answered.content.decode()


def test_result_of_an_open_asking_is_not_posted(head, as_head):
    asking = open_asking_of(head)

    assert as_head.get(url("notice-preview", asking.pk, "result")).status_code == 404
    with pytest.raises(RuleError, match="asking_not_closed"):
        post_notice(asking, by=head, kind="result", object_until=UNTIL)


def test_form_sent_twice_posts_once(posted, head):
    again = post_notice(posted.asking, by=head, kind="result", object_until=UNTIL)

    assert again == posted


def test_correction_is_a_further_notice(posted, head):
    posted.matter.next_step = "先试三个月。"
    posted.matter.save()

    second = post_notice(posted.asking, by=head, kind="result", object_until=UNTIL)

    posted.refresh_from_db()
    assert second.content["is_correction"]
    assert "先试三个月" not in str(posted.content)


def test_posted_notice_does_not_follow_the_matter(posted):
    posted.matter.title = "改了名"
    posted.matter.save()

    page = Client().get(reverse("resident:notice-public", args=[posted.slug])).content.decode()

    assert "垃圾厢房放在哪里" in page
    assert "改了名" not in page


def test_pdf_has_two_pages_at_most_and_no_name(head):
    matter_words = "为什么要换地方，大家说了很多，" * 30
    asking = open_asking_of(head, statements=10)
    matter = asking.matter
    matter.plan = matter.why = matter.next_step = matter_words
    matter.save()
    answer(asking, by=head, count=40)
    for door in asking.codes.all()[:3]:
        AdultFactory(door=door.door, name="赵铁柱")
    close_asking(asking, by=head)
    asking.refresh_from_db()
    notice = post_notice(asking, by=head, kind="result", object_until=UNTIL)

    pdf = logged_in(head).get(url("notice-pdf", notice.pk)).content

    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2
    assert "赵铁柱" not in words_of(pdf)
    assert "40 户里，已听到 40 户的意见" in words_of(pdf).replace("\n", "")


def test_notice_has_number_stamp_and_objections(posted, as_head):
    page = as_head.get(url("notice-print", posted.pk)).content.decode()

    matter = posted.matter
    assert f"公示 {matter.year}-{matter.number}-1" in page
    assert "（盖章）" in page
    assert "书面或口头向乐邻苑居委会提出" in page


def test_anybody_reads_a_posted_notice(posted):
    stranger = Client()

    assert stranger.get(reverse("resident:notice-public", args=[posted.slug])).status_code == 200
    pdf = stranger.get(reverse("resident:notice-public-pdf", args=[posted.slug]))
    assert pdf["Content-Type"] == "application/pdf"


@pytest.fixture
def no_fonts(monkeypatch):
    """No font is listed."""
    papers.can_write_pdf.cache_clear()
    monkeypatch.setattr(papers.shutil, "which", lambda _name: "/bin/false")
    yield
    papers.can_write_pdf.cache_clear()


def test_machine_without_fonts_gives_the_page_to_print(posted, as_head, no_fonts):
    for address in (
        url("notice-pdf", posted.pk),
        reverse("resident:notice-public-pdf", args=[posted.slug]),
    ):
        answer = as_head.get(address)

        assert (answer.status_code, answer["Content-Type"][:9]) == (200, "text/html")
        assert "（盖章）" in answer.text


def test_unknown_notice_is_not_found(client, db):
    assert client.get(reverse("resident:notice-public", args=["2026-1-1"])).status_code == 404


@pytest.mark.parametrize("title", ["垃圾厢房", "长" * 60])
@pytest.mark.parametrize("kind", ["before", "result"])
def test_chat_text_is_short_and_warns(kind, title):
    content = {
        "kind": kind,
        "title": title,
        "answers_until": "2026年12月30日",
        "object_until": "2026年12月30日",
        "heard_sentence": "1,020 户里，已听到 1,018 户的意见",
    }

    text = chat_text(content, address="https://linli.example.org/notices/2026-12-1-0123abcd/")

    assert len(text) < 150
    assert "请不要把答题码发到群里" in text
    assert "/notices/2026-12-1-0123abcd/" in text


def test_notice_that_needs_a_second_page_fills_it_in_large_type(posted):
    content = {**posted.content, "next_step": "结果贴在每栋楼的门厅。" * 27}
    content["counts"] = [{"text": "东门绿地旁" * 8, "count": 1, "percent": 25}] * 15

    pages = PdfReader(io.BytesIO(papers.notice_pdf(content))).pages

    assert len(pages) == 2
    assert len(pages[1].extract_text()) > 200


@pytest.mark.parametrize("page", ["notice-detail", "notice-print", "notice-pdf"])
def test_head_of_another_committee_finds_no_notice(page, posted, other_head):
    assert logged_in(other_head).get(url(page, posted.pk)).status_code == 404


def test_other_committee_previews_and_posts_nothing(head, other_head):
    asking = closed_asking_of(head)
    client = logged_in(other_head)

    assert client.get(url("notice-preview", asking.pk, "result")).status_code == 404
    posted = client.post(
        url("notice-post", asking.pk, "result"), {"object_until": UNTIL.isoformat()}
    )
    assert posted.status_code == 404


def test_partner_without_the_matter_finds_no_notice(posted, committee):
    partner = UserFactory(committee=committee, role=Role.PARTNER)

    assert logged_in(partner).get(url("notice-detail", posted.pk)).status_code == 404
