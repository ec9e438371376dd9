"""The desk's pages of codes and slips."""

import builtins

import pytest
from django.urls import reverse

from linli.skills.deliberation import papers
from linli.skills.deliberation import slips as paper
from linli.skills.deliberation.models import Basis, Code
from linli.skills.deliberation.selectors.voting import paper_question
from linli.skills.deliberation.services.ballots import answer_question
from linli.skills.deliberation.services.codes import prepare_slips
from tests.conftest import logged_in
from tests.factories.deliberation import (
    AskingFactory,
    StatementFactory,
    doors_in,
    options_for,
    slips_for,
)


@pytest.fixture
def asking(committee):
    return AskingFactory(matter__committee=committee)


def url(name, asking, **named):
    return reverse(f"deliberation:{name}", kwargs={"asking_id": asking.pk, **named})


def test_list_counts_doors_and_codes(asking, as_worker):
    slips_for(asking, count=3)

    answer = as_worker.get(url("code-list", asking))

    assert answer.context["valid"] == answer.context["holders"] == 3


def test_list_of_an_empty_register_teaches_the_next_step(asking, as_worker):
    assert reverse("register:building-list") in as_worker.get(url("code-list", asking)).text


@pytest.mark.parametrize("count", [1, 3])
def test_list_makes_as_many_queries_for_three_as_for_one(
    asking, as_worker, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        slips_for(asking, count=2, building=f"{number}号楼")

    with django_assert_num_queries(6):
        as_worker.get(url("code-list", asking))


@pytest.mark.parametrize("name", ["code-list", "paper-enter"])
def test_other_committee_finds_nothing(asking, other_head, name):
    assert logged_in(other_head).get(url(name, asking)).status_code == 404


@pytest.mark.parametrize("name", ["code-issue", "code-replace", "code-withdraw"])
def test_other_committee_makes_nothing(asking, other_head, name):
    slips_for(asking, count=1)

    answer = logged_in(other_head).post(url(name, asking), {"code": Code.objects.get().pk})

    assert answer.status_code == 404
    assert Code.objects.get().withdrawn_on is None


def test_issuing_prints_slips_once(asking, as_worker, committee):
    doors_in(committee, count=2)

    answer = as_worker.post(url("code-issue", asking), {"format": "page"})

    assert answer.text.count('class="slip-door-label"') == Code.objects.count() == 2
    assert answer.headers["Cache-Control"] == "no-store"


def test_machine_without_pango_prints_from_the_browser(asking, as_worker, committee, monkeypatch):
    doors_in(committee, count=1)
    papers.can_write_pdf.cache_clear()
    real = builtins.__import__

    def without_pango(name, *more):
        if name == "weasyprint":
            raise OSError("cannot load library")
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without_pango)

    answer = as_worker.post(url("code-issue", asking), {"format": "pdf"})
    papers.can_write_pdf.cache_clear()

    assert answer["Content-Type"].startswith("text/html")
    assert Code.objects.count() == 1


def test_issuing_again_prints_nothing(asking, as_worker):
    slips_for(asking, count=1)

    answer = as_worker.post(url("code-issue", asking), {"format": "page"})

    assert answer.status_code == 422


def test_nothing_is_issued_when_printing_fails(asking, as_worker, committee, monkeypatch):
    doors_in(committee, count=1)
    monkeypatch.setattr(paper, "render_page", lambda *_a, **_k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        as_worker.post(url("code-issue", asking), {"format": "page"})

    assert Code.objects.count() == 0


def test_slip_is_replaced_and_printed(asking, as_worker):
    slips_for(asking, count=1)
    old = Code.objects.select_related("door").get()

    answer = as_worker.post(
        url("code-replace", asking), {"building": old.door.building_id, "code": old.pk}
    )

    assert answer.text.count('class="slip-door-label"') == 1
    assert Code.objects.filter(withdrawn_on=None, is_reissue=True).count() == 1


def test_form_sent_twice_replaces_once(asking, as_worker):
    slips_for(asking, count=1)
    old = Code.objects.select_related("door").get()
    form = {"building": old.door.building_id, "code": old.pk}
    as_worker.post(url("code-replace", asking), form)

    answer = as_worker.post(url("code-replace", asking), form)

    assert answer.status_code == 422
    assert Code.objects.count() == 2


def test_code_is_withdrawn(asking, as_worker):
    slips_for(asking, count=1)
    old = Code.objects.select_related("door").get()

    as_worker.post(url("code-withdraw", asking), {"building": old.door.building_id, "code": old.pk})

    old.refresh_from_db()
    assert old.withdrawn_on is not None


def test_code_of_another_asking_is_not_withdrawn(asking, as_worker, committee):
    other = AskingFactory(matter__committee=committee)
    slips_for(other, count=1)
    code = Code.objects.select_related("door").get()

    answer = as_worker.post(
        url("code-withdraw", asking), {"building": code.door.building_id, "code": code.pk}
    )

    code.refresh_from_db()
    assert answer.status_code == 422
    assert code.withdrawn_on is None


def test_building_lists_doors(asking, as_worker):
    slips = slips_for(asking, count=2)

    page = as_worker.get(url("code-building", asking, building_id=slips[0].holder.building_id))

    assert all(slip.holder.door_label in page.text for slip in slips)


def test_building_not_asked_is_not_found(asking, as_worker):
    assert as_worker.get(url("code-building", asking, building_id=1)).status_code == 404


def test_pdf_has_two_sides_a_slip(asking, committee):
    import io

    from pypdf import PdfReader

    options_for(asking)
    doors_in(committee, count=3)

    made = paper.render_pdf(
        paper_question(asking), prepare_slips(asking), origin="https://example.org"
    )

    assert len(PdfReader(io.BytesIO(made)).pages) == 6


def test_pdf_keeps_long_texts_on_two_sides(committee):
    import io

    from pypdf import PdfReader

    asking = AskingFactory(
        matter__committee=committee,
        matter__title="长" * 60,
        question="长" * 120,
        has_statements=True,
        basis=Basis.ADULT,
    )
    options_for(asking, *["长" * 59 + str(n) for n in range(6)])
    StatementFactory.create_batch(12, asking=asking, text="长" * 140)
    doors_in(committee, count=1)

    made = paper.render_pdf(
        paper_question(asking), prepare_slips(asking), origin="https://example.org"
    )

    assert len(PdfReader(io.BytesIO(made)).pages) == 2


def test_slip_holds_what_a_resident_needs(asking, committee):
    doors_in(committee, count=1)
    (slip,) = prepare_slips(asking)

    page = paper.render_page(paper_question(asking), [slip], origin="https://o.example", back="/")

    shown = "-".join(slip.code[n : n + 4] for n in range(0, 16, 4))
    for told in (shown, "021-5550 0100", asking.question, asking.matter.title, "<svg"):
        assert told in page


def test_printed_page_has_no_style_of_its_own(asking, committee):
    doors_in(committee, count=1)

    page = paper.render_page(
        paper_question(asking), prepare_slips(asking), origin="https://o.example", back="/"
    )

    assert "style=" not in page


@pytest.mark.parametrize(("is_secret", "told"), [(True, 0), (False, 1)])
def test_who_has_answered_is_known_in_signed_askings_only(committee, as_worker, is_secret, told):
    asking = AskingFactory(matter__committee=committee, is_secret=is_secret)
    option = options_for(asking)[0]
    first, _second = slips_for(asking, count=2)
    answer_question(first.code, options=[option.pk])

    page = as_worker.get(url("code-building", asking, building_id=first.holder.building_id))

    assert page.text.count("已答") == told
    assert option.text not in page.text
