"""The residents' pages, as a phone without scripts, cookies or storage sees them."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from linli.core.audit.models import AuditLine
from linli.skills.deliberation.models import Ballot, Code, Form, Reason, Statement, Vote
from linli.skills.deliberation.services import ballots, codes
from tests.factories.deliberation import AskingFactory, StatementFactory, code_for, options_for

WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; V2165A) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/116.0.0.0 XWEB/1160117 Mobile Safari/537.36 MicroMessenger/8.0.47"
)


@pytest.fixture
def asking(committee):
    return AskingFactory(matter__committee=committee, matter__next_step="四月一日开居民会商量。")


@pytest.fixture
def wide(committee):
    """An asking of nothing but statements."""
    return AskingFactory(
        matter__committee=committee, form=Form.NONE, has_statements=True, residents_may_add=True
    )


@pytest.fixture
def phone():
    return Client(enforce_csrf_checks=True, headers={"User-Agent": WECHAT})


def text(answer):
    return answer.content.decode()


def test_code_opens_the_question_at_once(asking, phone):
    options_for(asking, "东门", "西门")

    answer = phone.get(f"/v/{code_for(asking)}/")

    assert answer.status_code == 200
    assert "垃圾厢房放在哪里？" in text(answer)
    assert text(answer).count('type="radio"') == 2


def test_code_opens_a_statement_where_nothing_else_is_asked(wide, phone):
    StatementFactory(asking=wide, text="早晚各开两小时就够了")

    assert "早晚各开两小时就够了" in text(phone.get(f"/v/{code_for(wide)}/"))


def test_answer_is_taken_and_leads_to_the_end(asking, phone):
    option = options_for(asking)[0]
    code = code_for(asking)

    answer = phone.post(f"/v/{code}/answer/", {"option": option.pk}, follow=True)

    assert answer.redirect_chain[-1] == (f"/v/{code}/self/", 302)
    assert Ballot.objects.get().answer == [option.pk]


@pytest.mark.parametrize(
    ("form", "picked", "kept"),
    [(Form.MULTIPLE, [2, 0], [0, 2]), (Form.RANKED, [2, 0], [2, 0])],
)
def test_several_and_ranked_answers_are_taken(asking, phone, form, picked, kept):
    asking.form = form
    asking.save()
    ids = [option.pk for option in options_for(asking)]
    chosen = [str(ids[n]) for n in picked] + ([""] if form == Form.RANKED else [])

    phone.post(f"/v/{code_for(asking)}/answer/", {"option": chosen})

    assert Ballot.objects.get().answer == [ids[n] for n in kept]


def test_ranking_is_a_list_for_each_place(asking, phone):
    asking.form = Form.RANKED
    asking.save()
    options_for(asking)

    assert text(phone.get(f"/v/{code_for(asking)}/")).count("<select") == 3


def test_empty_answer_is_told(asking, phone):
    options_for(asking)

    answer = phone.post(f"/v/{code_for(asking)}/answer/", {})

    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)


def test_one_option_in_two_places_is_told_and_kept(asking, phone):
    asking.form = Form.RANKED
    asking.save()
    option = options_for(asking)[0]

    answer = phone.post(f"/v/{code_for(asking)}/answer/", {"option": [option.pk, option.pk]})

    assert answer.status_code == 422
    assert text(answer).count("selected") == 2


@pytest.mark.parametrize(("button", "choice"), [("agree", 1), ("disagree", -1), ("unsure", 0)])
def test_button_votes(wide, phone, button, choice):
    statement = StatementFactory(asking=wide)

    phone.post(
        f"/v/{code_for(wide)}/vote/", {"statement": statement.pk, "choice": button, "reason": "近"}
    )

    assert Vote.objects.get().choice == choice
    assert Reason.objects.get().side == choice


def test_double_tap_counts_once(wide, phone):
    statement = StatementFactory(asking=wide)
    code = code_for(wide)

    for _tap in range(2):
        phone.post(
            f"/v/{code}/vote/", {"statement": statement.pk, "choice": "agree", "reason": "近"}
        )

    assert (Vote.objects.count(), Reason.objects.count()) == (1, 1)


def test_vote_without_a_button_is_told(wide, phone):
    statement = StatementFactory(asking=wide)

    answer = phone.post(f"/v/{code_for(wide)}/vote/", {"statement": statement.pk})

    assert answer.status_code == 422


def test_vote_on_a_statement_taken_down_goes_on(wide, phone):
    gone = StatementFactory(asking=wide, status="refused")
    code = code_for(wide)

    answer = phone.post(f"/v/{code}/vote/", {"statement": gone.pk, "choice": "agree"})

    assert answer.headers["Location"] == f"/v/{code}/?card=statements"


def test_undo_shows_the_last_card_again(wide, phone):
    one, _two = StatementFactory.create_batch(2, asking=wide)
    code = code_for(wide)
    phone.post(f"/v/{code}/vote/", {"statement": one.pk, "choice": "agree"})

    answer = phone.post(f"/v/{code}/undo/", {"statement": one.pk}, follow=True)

    assert Vote.objects.count() == 0
    assert one.text in text(answer)


def test_next_card_is_one_not_answered(wide, phone):
    one, two = StatementFactory.create_batch(2, asking=wide)
    code = code_for(wide)

    answer = phone.post(f"/v/{code}/vote/", {"statement": one.pk, "choice": "agree"}, follow=True)

    assert two.text in text(answer)


def test_eight_cards_are_enough(wide, phone):
    statements = StatementFactory.create_batch(9, asking=wide)
    code = code_for(wide)
    for statement in statements[:8]:
        ballots.vote(code, statement_id=statement.pk, choice=1)

    answer = phone.get(f"/v/{code}/?card=statements&last={statements[7].pk}")

    assert f"/v/{code}/?card=more" in text(answer)
    assert statements[8].text in text(phone.get(f"/v/{code}/?card=more"))


def test_all_answered_leads_on(wide, phone):
    statement = StatementFactory(asking=wide)
    code = code_for(wide)

    answer = phone.post(f"/v/{code}/vote/", {"statement": statement.pk, "choice": "agree"})

    answer = phone.get(answer.headers["Location"])
    assert answer.headers["Location"] == f"/v/{code}/self/"


def test_going_through_again_shows_answered_cards(wide, phone):
    one, two = StatementFactory.create_batch(2, asking=wide)
    code = code_for(wide)
    for statement in (one, two):
        ballots.vote(code, statement_id=statement.pk, choice=1)

    first = phone.get(f"/v/{code}/?card=again")
    phone.post(
        f"/v/{code}/vote/",
        {"statement": one.pk, "position": one.position, "way": "again", "choice": "disagree"},
    )

    assert one.text in text(first)
    assert two.text in text(phone.get(f"/v/{code}/?card=again&after={one.position}"))


def test_coming_back_shows_how_many_and_not_which(asking, phone):
    first, second = (option.pk for option in options_for(asking, "东门", "西门"))
    code = code_for(asking)
    pages = []
    for option in (first, second):
        ballots.answer_question(code, options=[option])
        pages.append(
            [
                text(phone.get(f"/v/{code}/{rest}"))
                for rest in ("", "end/", "self/", "?card=question")
            ]
        )

    assert pages[0] == pages[1]


def test_describing_oneself_leads_to_the_end(asking, phone):
    code = code_for(asking)

    answer = phone.post(f"/v/{code}/self/", {"age_band": "75+", "tenure": "owner"})

    assert answer.headers["Location"] == f"/v/{code}/end/"
    assert Ballot.objects.get().age_band == "75+"


def test_own_statement_is_sent_to_the_desk(wide, phone):
    phone.post(f"/v/{code_for(wide)}/own/", {"text": "晚上九点以后不倒垃圾"})

    assert Statement.objects.get().status == "pending"


def test_own_statement_too_short_is_told(wide, phone):
    answer = phone.post(f"/v/{code_for(wide)}/own/", {"text": "短"})

    assert answer.status_code == 422


def test_end_says_what_happens_next(asking, phone):
    answer = phone.get(f"/v/{code_for(asking)}/end/")

    assert "四月一日开居民会商量。" in text(answer)
    assert "021-5550 0100" in text(answer)


def test_signed_asking_tells_so_first(asking, phone):
    asking.is_secret = False
    asking.save()

    answer = phone.get(f"/v/{code_for(asking)}/")

    assert "ll-notice" in text(answer)


def test_signed_voter_sees_his_own_answer(asking, phone):
    asking.is_secret = False
    asking.save()
    option = options_for(asking, "东门", "西门")[0]
    code = code_for(asking)
    ballots.answer_question(code, options=[option.pk])

    assert "<strong>东门</strong>" in text(phone.get(f"/v/{code}/end/"))


PAGES = ("", "self/", "own/", "end/")


@pytest.mark.parametrize("page", PAGES)
def test_unknown_code_is_kindly_refused(page, phone, committee):
    answer = phone.get(f"/v/7777-7777-7777-7777/{page}")

    assert answer.status_code == 404
    assert committee.desk_phone in text(answer)


@pytest.mark.parametrize("page", PAGES)
def test_withdrawn_code_is_kindly_refused(asking, page, phone):
    code = code_for(asking)
    codes.reissue(asking, code_id=Code.objects.get().pk, by=None)

    answer = phone.get(f"/v/{code}/{page}")

    assert answer.status_code == 410
    assert "021-5550 0100" in text(answer)


@pytest.mark.parametrize("page", ["answer/", "vote/", "undo/", "self/", "own/"])
def test_closed_asking_takes_nothing(asking, page, phone):
    code = code_for(asking)
    asking.closes_on = timezone.localdate() - timedelta(days=1)
    asking.save()

    assert phone.post(f"/v/{code}/{page}").status_code == 410


def test_asking_not_yet_open_says_wait(asking, phone):
    code = code_for(asking)
    asking.opened_on = None
    asking.save()

    assert phone.get(f"/v/{code}/").status_code == 404


def test_typed_code_opens_its_page(asking, phone):
    code = code_for(asking)

    answer = phone.post("/v/", {"code": f"{code[:4]} {code[4:8]}-{code[8:].lower()}"})

    assert answer.headers["Location"] == f"/v/{code}/"


@pytest.mark.parametrize("typed", ["", "123", "7" * 16])
def test_mistyped_code_may_be_typed_again(typed, phone, committee):
    answer = phone.post("/v/", {"code": typed})

    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)


@pytest.mark.parametrize("page", PAGES)
def test_page_is_kept_nowhere_and_names_itself_to_nobody(wide, page, phone):
    StatementFactory(asking=wide)

    answer = phone.get(f"/v/{code_for(wide)}/{page}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


@pytest.mark.parametrize("page", PAGES)
def test_page_links_to_no_other_host(wide, page, phone):
    StatementFactory(asking=wide)

    assert "http" not in text(phone.get(f"/v/{code_for(wide)}/{page}"))


def test_page_with_style_and_script_weighs_under_60_kb(wide, phone):
    from django.contrib.staticfiles import finders

    StatementFactory(asking=wide, text="长" * 140)
    page = len(phone.get(f"/v/{code_for(wide)}/").content)

    parts = [
        "ui/tokens.css",
        "ui/resident.css",
        "ui/js/submit_once.js",
        "ui/js/read_aloud.js",
        "ui/icons.svg",
    ]
    assert page + sum(Path(finders.find(part)).stat().st_size for part in parts) < 60_000


def test_worker_who_opens_a_code_leaves_no_trace(wide, as_worker):
    statement = StatementFactory(asking=wide)
    code = code_for(wide)
    sessions = list(Session.objects.values())
    lines = AuditLine.objects.count()

    as_worker.get(f"/v/{code}/")
    as_worker.post(f"/v/{code}/vote/", {"statement": statement.pk, "choice": "agree"}, follow=True)

    assert list(Session.objects.values()) == sessions
    assert AuditLine.objects.count() == lines


def test_vote_takes_few_queries(wide, phone, django_assert_num_queries):
    statement = StatementFactory(asking=wide)
    code = code_for(wide)

    with django_assert_num_queries(5):  # with the test's savepoint
        phone.post(f"/v/{code}/vote/", {"statement": statement.pk, "choice": "agree"})


def test_pages_are_in_english_too(asking, phone):
    phone.cookies["django_language"] = "en"
    options_for(asking)

    assert "Give this answer" in text(phone.get(f"/v/{code_for(asking)}/"))
