"""Forms of matters: shape and cleaning of what was typed."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.core.accounts.models import User
from linli.skills.participation.models import Decider, Matter, Option
from linli.skills.participation.services import (
    OPTION_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    Choice,
    Draft,
    Words,
)
from linli.skills.register.selectors import buildings_in

_SHOWN_OPTIONS = 3
_EVERYONE, _BUILDINGS = "everyone", "buildings"
_REACHES = [(_EVERYONE, _("Everyone")), (_BUILDINGS, _("Some buildings"))]


class MatterForm(forms.ModelForm):  # type: ignore[type-arg]
    """Words, options and reach of a matter; it reads, the service writes."""

    reach = forms.ChoiceField(
        label=_("Whom it touches"),
        choices=_REACHES,
        widget=forms.RadioSelect,
        initial=_EVERYONE,
    )
    buildings = forms.TypedMultipleChoiceField(
        label=_("Which buildings"),
        help_text=_("Only where it is not everyone."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    seen_mark = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    """What stood there when the page was opened."""

    class Meta:
        model = Matter
        fields = [
            "title",
            "plan",
            "why",
            "proposed_by",
            "decider",
            "answers_until",
            "decision_on",
            "next_step",
        ]
        widgets = {
            "plan": forms.Textarea({"rows": 4}),
            "why": forms.Textarea({"rows": 3}),
            "next_step": forms.Textarea({"rows": 2}),
            "decider": forms.RadioSelect,
            "answers_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "decision_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "title": _("As one would say it to a neighbour, for example: where the bins go."),
            "proposed_by": _("For example: residents of building 3."),
            "next_step": _("Residents read it when they have answered."),
        }

    def __init__(self, *args: Any, committee_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")
        for name in ("plan", "why", "next_step"):
            self.fields[name].validators.append(MaxLengthValidator(TEXT_LIMIT))
        choices = list(buildings_in(committee_id).values_list("pk", "name"))
        self.fields["buildings"].choices = choices  # type: ignore[attr-defined]
        self.fields["decider"].choices = Decider.choices  # type: ignore[attr-defined]
        self.has_buildings = bool(choices)
        if not choices:
            self.fields["reach"].choices = [_REACHES[0]]  # type: ignore[attr-defined]
        for place in range(1, OPTION_LIMIT + 1):
            self.fields[f"option_{place}"] = forms.CharField(
                label=gettext("Option %(place)s") % {"place": place},
                max_length=Option._meta.get_field("text").max_length,  # noqa: SLF001
                required=False,
            )
            self.fields[f"detail_{place}"] = forms.CharField(
                label=gettext("Option %(place)s in a sentence") % {"place": place},
                max_length=Option._meta.get_field("detail").max_length,  # noqa: SLF001
                required=False,
            )

    def _option_fields(self, places: range) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"option_{place}"], self[f"detail_{place}"]) for place in places]

    @property
    def first_options(self) -> list[tuple[BoundField, BoundField]]:
        """Fields of the options that are shown at once."""
        return self._option_fields(range(1, _SHOWN_OPTIONS + 1))

    @property
    def more_options(self) -> list[tuple[BoundField, BoundField]]:
        """Fields of the options behind a fold."""
        return self._option_fields(range(_SHOWN_OPTIONS + 1, OPTION_LIMIT + 1))

    @property
    def has_more_options(self) -> bool:
        """Say whether anything stands behind the fold."""
        return any(field.value() or field.errors for pair in self.more_options for field in pair)

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        super().clean()
        data = self.cleaned_data
        if data.get("reach") == _BUILDINGS and not data.get("buildings"):
            self.add_error("buildings", gettext("Choose at least one building."))
        for place in range(1, OPTION_LIMIT + 1):
            if data.get(f"detail_{place}") and not data.get(f"option_{place}"):
                self.add_error(f"option_{place}", gettext("Give this option a name as well."))
        return data

    def show_what_is_saved(self, saved: dict[str, Any], *, mark: str) -> None:
        """Name beside each typed field what was saved meanwhile; saving again is then meant."""
        options = [f"option_{place}" for place in range(1, OPTION_LIMIT + 1)]
        for name in [*self.Meta.fields, *options]:
            text = saved.get(name) or ""
            if text != (self.cleaned_data.get(name) or ""):
                text = dict(Decider.choices).get(text, text) or "–"
                self.add_error(name, gettext("Saved now: %(text)s") % {"text": text})
        typed = MultiValueDict(cast("MultiValueDict[str, Any]", self.data))
        typed["seen_mark"] = mark
        self.data = typed

    def draft(self) -> Draft:
        """Give what was typed as the services take it."""
        data = self.cleaned_data
        everyone = data["reach"] == _EVERYONE
        return Draft(
            words=Words(**{name: data[name] for name in self.Meta.fields}),
            options=[
                Choice(data[f"option_{place}"], data[f"detail_{place}"])
                for place in range(1, OPTION_LIMIT + 1)
                if data[f"option_{place}"]
            ],
            building_ids=None if everyone else data["buildings"],
        )


class MoveForm(forms.Form):
    """A step of a matter, with where it stood when the page was opened."""

    from_state = forms.CharField(max_length=12)
    to = forms.CharField(max_length=12)
    reason = forms.CharField(max_length=REASON_LIMIT, required=False)


class AssignForm(forms.Form):
    """One of the partners who may be given a matter."""

    partner = forms.ModelChoiceField(queryset=User.objects.none())

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
