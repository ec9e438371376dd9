"""Shape and cleaning of what the desk types."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.skills.deliberation.models import Asking, Basis, Form
from linli.skills.deliberation.selectors.askings import statements_of
from linli.skills.deliberation.services.askings import AskingPlan
from linli.skills.deliberation.services.moderation import LONGEST

_DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

REFUSAL_REASONS: list[tuple[str, Promise | str]] = [
    ("same", _("It says the same as another one")),
    ("two", _("It says two things at once")),
    ("person", _("It is about a person or can hurt somebody")),
    ("off_topic", _("It does not belong to this matter")),
    ("unclear", _("It cannot be understood")),
    ("advertising", _("It is advertising")),
    ("other", _("Another reason")),
]


class AskingForm(forms.Form):
    """One asking: what, how, whom and until when."""

    form = forms.ChoiceField(
        label=_("How residents answer"), choices=Form.choices, widget=forms.RadioSelect
    )
    question = forms.CharField(
        label=_("Question"),
        max_length=120,
        required=False,
        help_text=_(
            "One sentence. The options of the matter stand below it. "
            "Not needed where there are statements only."
        ),
    )
    basis = forms.ChoiceField(
        label=_("Who answers"), choices=Basis.choices, widget=forms.RadioSelect
    )
    secrecy = forms.ChoiceField(
        label=_("Secret or signed"),
        choices=[
            ("secret", _("Secret: nobody can see who answered what, not even the committee")),
            (
                "signed",
                _("Signed: the committee sees which door has answered, and no screen shows how"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    has_statements = forms.BooleanField(
        label=_("Also show statements to agree or disagree with"),
        required=False,
        help_text=_(
            "For matters on which opinions differ: from 15 people on, a map shows what joins them."
        ),
    )
    seeds = forms.CharField(
        label=_("Statements to begin with, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Ten or so, from all sides, in residents' words; one thought each, "
            "140 characters at most."
        ),
    )
    residents_may_add = forms.BooleanField(
        label=_("Residents may add their own; the desk looks at them first"), required=False
    )
    asks_about_self = forms.BooleanField(
        label=_("Ask for age band and owner or tenant; may be skipped"), required=False
    )
    closes_on = forms.DateField(label=_("Answers until"), widget=_DATE)

    def clean_seeds(self) -> tuple[str, ...]:
        """Take one statement from each line that has something on it."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["seeds"].splitlines()]
        kept = tuple(dict.fromkeys(line for line in lines if line))
        for number, line in enumerate(kept, start=1):
            if len(line) > LONGEST:
                raise forms.ValidationError(
                    _("Statement %(number)s has %(found)s characters; %(longest)s at most."),
                    params={"number": number, "found": len(line), "longest": LONGEST},
                )
        return kept

    def plan(self) -> AskingPlan:
        """Hand over what was typed."""
        data = self.cleaned_data
        return AskingPlan(
            question=data["question"],
            form=data["form"],
            basis=data["basis"],
            closes_on=data["closes_on"],
            is_secret=data["secrecy"] == "secret",
            has_statements=data["has_statements"],
            residents_may_add=data["residents_may_add"],
            asks_about_self=data["asks_about_self"],
            seeds=data["seeds"],
        )

    @staticmethod
    def usual(*, answers_until: date | None, today: date, has_options: bool) -> dict[str, Any]:
        """Fill in what is usual."""
        return {
            "form": Form.SINGLE if has_options else Form.NONE,
            "basis": Basis.HOUSEHOLD,
            "secrecy": "secret",
            "has_statements": not has_options,
            "residents_may_add": False,
            "asks_about_self": True,
            "closes_on": answers_until or today + timedelta(days=10),
        }

    @staticmethod
    def as_it_is(asking: Asking) -> dict[str, Any]:
        """Fill in what an asking says."""
        return {
            "question": asking.question,
            "form": asking.form,
            "basis": asking.basis,
            "secrecy": "secret" if asking.is_secret else "signed",
            "has_statements": asking.has_statements,
            "residents_may_add": asking.residents_may_add,
            "asks_about_self": asking.asks_about_self,
            "closes_on": asking.closes_on,
            "seeds": "\n".join(row.text for row in statements_of(asking)),
        }


class CloseForm(forms.Form):
    """How long frozen ballots are kept."""

    days_kept = forms.IntegerField(
        label=_("Keep the ballots for a recount (days)"),
        min_value=7,
        max_value=3650,
        initial=90,
        help_text=_("Then they are destroyed with a record; the counts stay."),
    )


class SeedForm(forms.Form):
    """One more statement of the desk."""

    text = forms.CharField(
        label=_("One more statement"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RefusalForm(forms.Form):
    """Why a resident's statement is not shown."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REFUSAL_REASONS)
    words = forms.CharField(label=_("In words"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the list has none."""
        data = super().clean() or self.cleaned_data
        if data.get("reason") == "other" and not data.get("words"):
            self.add_error("words", _("Say the reason in a few words."))
        return data

    def sentence(self) -> str:
        """Give the reason as it stands in the log."""
        words: str = self.cleaned_data["words"]
        if self.cleaned_data["reason"] == "other":
            return words
        label = str(dict(REFUSAL_REASONS)[self.cleaned_data["reason"]])
        return f"{label}：{words}" if words else label


class NoticeForm(forms.Form):
    """Until when residents may object."""

    object_until = forms.DateField(
        label=_("Objections until"), widget=_DATE, help_text=_("Seven days is usual.")
    )


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked as one would be."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check every file that was sent."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [forms.FileField.clean(self, one, initial) for one in sent or [None]]


class PolisForm(forms.Form):
    """The files of a Polis export."""

    sheets = FilesField(
        label=_("Files of the export"),
        widget=ManyFiles(attrs={"multiple": True, "accept": ".csv,.zip"}),
        help_text=_("The zip file, or votes.csv and comments.csv and what else there is."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=60,
        required=False,
        help_text=_("If empty, the topic of the export."),
    )
