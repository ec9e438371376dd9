"""What people type and choose."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.core.accounts.models import User
from linli.core.ui.phrases import Refusal, say, say_refusal
from linli.skills.register import roster_draft, roster_file
from linli.skills.register.selectors import captains_in


class RosterImportForm(forms.Form):
    """A list, pasted or as a file; cleaning it reads it into ``cleaned_data["read"]``."""

    text = forms.CharField(
        label=_("Paste from the sheet, or one address a line"),
        required=False,
        max_length=700_000,  # Django takes forms up to 2.5 MB, and a character may be three bytes
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "3-2-501\n3-2-502"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        help_text=_("Excel (.xlsx, .xls) or .csv, at most 20 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.ods,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the list, or say what is wrong with it."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if self.errors:
            return cleaned
        place = "file" if file else "text"
        try:
            cleaned["read"] = self._read(file, text)
        except Refusal as refusal:
            self.add_error(place, say_refusal(refusal))
        return cleaned

    @staticmethod
    def _read(file: Any, text: str) -> roster_file.FileRoster:
        today = timezone.localdate()
        if not file:
            return roster_file.FileRoster(roster_file.read_text(text, today=today), "", 0)
        if file.size > roster_file.MOST_MEGABYTES * 1024 * 1024:
            raise Refusal("register.file_too_large", limit=roster_file.MOST_MEGABYTES)
        return roster_file.read_file(file.read(), today=today)


class RosterConfirmForm(forms.Form):
    """What a preview has read, sealed; cleaning opens it into ``cleaned_data["rows"]``."""

    draft = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Open the draft."""
        cleaned = super().clean() or {}
        try:
            cleaned["rows"] = roster_draft.unpack(cleaned.get("draft", ""), user=self.user)
        except Refusal as refusal:
            raise forms.ValidationError(say_refusal(refusal)) from refusal
        return cleaned


class BuildingForm(forms.Form):
    """A building and the range of its doors."""

    name = forms.CharField(
        label=_("Building"), max_length=30, widget=forms.TextInput(attrs={"placeholder": "3号楼"})
    )
    units = forms.IntegerField(
        label=_("Units"), min_value=0, max_value=50, initial=1, help_text=_("0: there are none.")
    )
    first_floor = forms.IntegerField(
        label=_("Lowest floor with doors"), min_value=1, max_value=99, initial=1
    )
    last_floor = forms.IntegerField(label=_("Top floor"), min_value=1, max_value=99, initial=6)
    doors_per_floor = forms.IntegerField(
        label=_("Doors on a floor of a unit"), min_value=1, max_value=50, initial=2
    )


class DoorForm(forms.Form):
    """One door."""

    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    number = forms.CharField(label=_("Door"), max_length=20)


class AdultForm(forms.Form):
    """One adult."""

    name = forms.CharField(label=_("Name"), max_length=40)

    def clean_name(self) -> str:
        """Take a name as the roster does: without digits."""
        name: str = self.cleaned_data["name"]
        if any(sign.isdigit() for sign in name):
            raise forms.ValidationError(say("register.name_unclear", {"value": name}))
        return " ".join(name.split())


class PurposeForm(forms.Form):
    """Why names are opened."""

    purpose = forms.CharField(
        label=_("What for"),
        min_length=2,
        max_length=100,
        help_text=_("For instance: handing over slips. It stands in the log with your name."),
    )


class CaptainForm(forms.Form):
    """Who looks after a building."""

    captain = forms.ModelChoiceField(
        User.objects.none(), label=_("Building captain"), empty_label=_("Choose somebody")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["captain"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = captains_in(user.committee_id)
