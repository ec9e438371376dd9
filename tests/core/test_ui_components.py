"""Parts of pages, with what they are given."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from linli.core.ui.examples import example_form


def test_wrong_field_is_told_beside_it_and_above():
    form = example_form()

    field = render_to_string("ui/field.html", {"field": form["title"]})
    summary = render_to_string("ui/error_summary.html", {"form": form})

    assert 'id="id_title_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'href="#id_title"' in summary


def test_refusal_stands_in_the_summary():
    form = example_form()
    form.add_error(None, "这个议题已经在征询了。")

    assert "这个议题已经在征询了。" in render_to_string("ui/error_summary.html", {"form": form})


def test_right_form_has_no_summary():
    assert render_to_string("ui/error_summary.html", {"form": forms.Form({})}).strip() == ""


def test_optional_field_says_so():
    page = render_to_string("ui/field.html", {"field": example_form()["plan"]})

    assert "（选填）" in page


def test_choices_are_rows_of_one_group():
    page = render_to_string("ui/field.html", {"field": example_form()["basis"]})

    assert page.count('class="ll-choice"') == 2
    assert "<legend" in page


def test_check_box_is_one_row():
    page = render_to_string("ui/field.html", {"field": example_form()["is_secret"]})

    assert page.count('class="ll-choice"') == 1


def test_hidden_field_has_no_label():
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert "<label" not in render_to_string("ui/field.html", {"field": Hidden()["token"]})


def test_empty_list_teaches_the_next_step():
    page = render_to_string("ui/empty.html", {"text": "还没有", "url": "/a/", "action": "添加"})

    assert '<a class="ll-button" href="/a/">添加</a>' in page


@pytest.mark.parametrize(("rows", "shown"), [(20, False), (21, True)])
def test_pages_are_offered_only_where_there_are_some(rows, shown):
    page = Paginator(range(rows), 20).page(1)

    assert ("<nav" in render_to_string("ui/pagination.html", {"page": page})) is shown


def test_pages_keep_the_query():
    page = Paginator(range(60), 20).page(2)

    said = render_to_string("ui/pagination.html", {"page": page, "query": "&state=open"})

    assert "?page=3&amp;state=open" in said
