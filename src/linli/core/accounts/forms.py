"""The shape of what is typed in this room."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core.accounts.models import Role, User
from linli.core.accounts.scopes import SCOPES
from linli.core.accounts.selectors import own_role_labels, role_labels, successors_of, users_of

_AS_TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class _UsernameField(forms.CharField):
    """A user name: compared in small letters and without the widths of full-width typing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("User name"), max_length=40, **options)

    def to_python(self, value: Any) -> str:
        return User.normalize_username(super().to_python(value) or "").lower()


class _PasswordField(forms.CharField):
    def __init__(self, label: Any, autocomplete: str, **options: Any) -> None:
        attributes = {**_AS_TYPED, "autocomplete": autocomplete}
        super().__init__(
            label=label,
            max_length=200,
            strip=False,
            widget=forms.PasswordInput(attributes),
            **options,
        )


def _choose_from(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
    field.choices = list(choices)


def _choose_among(form: forms.Form, name: str, users: QuerySet[User]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
    field.queryset = users


class LogInForm(forms.Form):
    """Who, and the proof."""

    username = _UsernameField(widget=forms.TextInput({**_AS_TYPED, "autocomplete": "username"}))
    password = _PasswordField(_("Password"), "current-password")
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    """What was typed into another form while the session ran out."""


class PasswordForm(forms.Form):
    """A new password, typed twice; the present one is asked for unless it is the first."""

    current = _PasswordField(_("Present password"), "current-password")
    password = _PasswordField(
        _("New password"),
        "new-password",
        help_text=_("At least 10 characters. Several words you can remember are best."),
    )
    again = _PasswordField(_("New password, once more"), "new-password")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        if user.must_change_password:
            del self.fields["current"]

    def clean_current(self) -> str:
        """Compare with what is stored."""
        current: str = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise forms.ValidationError(_("This is not your present password."))
        return current

    def clean_password(self) -> str:
        """Refuse what is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        """Catch a slip of the finger."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two new passwords differ."))
        return again


class _RoleField(forms.ChoiceField):
    """The five roles, as this committee calls them."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Role"),
            choices=Role.choices,
            initial=Role.WORKER.value,
            widget=forms.RadioSelect,
        )


class UserForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=40)
    username = _UsernameField(
        help_text=_("For logging in: letters, digits, full stop, hyphen; no spaces."),
        widget=forms.TextInput({**_AS_TYPED, "autocomplete": "off"}),
    )
    role = _RoleField()

    def __init__(self, *args: Any, committee_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose_from(self, "role", role_labels(committee_id).items())


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = _RoleField()

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["role"] = user.role
        _choose_from(self, "role", role_labels(user.committee_id).items())


class CloseForm(forms.Form):
    """Who takes over from somebody who leaves."""

    successor = forms.ModelChoiceField(
        label=_("Who takes over"), queryset=User.objects.none(), empty_label=_("Choose somebody")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose_among(self, "successor", successors_of(user))


class DeskForm(forms.Form):
    """What slips and notices print about the desk."""

    desk_phone = forms.CharField(
        label=_("Desk phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    desk_hours = forms.CharField(label=_("Desk hours"), max_length=80, required=False)


class RoleLabelsForm(forms.Form):
    """One name a role; empty brings the usual one back."""

    def __init__(self, *args: Any, committee_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        own = own_role_labels(committee_id)
        for role in Role:
            self.fields[role.value] = forms.CharField(
                label=role.label, max_length=20, required=False, initial=own.get(role.value, "")
            )


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(
        label=_("Program"),
        max_length=40,
        help_text=_("Which program will use it, so that you know later what to withdraw."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        allowed = {code: one for code, one in SCOPES.items() if user.has_perm(one.permission)}
        _choose_from(self, "scopes", [(code, scope.label) for code, scope in allowed.items()])

    def expires_on(self, today: date) -> date:
        """Tell the last day on which the token works."""
        days: int = self.cleaned_data["days"]
        return today + timedelta(days=days)


class LogFilterForm(forms.Form):
    """Which lines of the log are wanted."""

    part = forms.ChoiceField(
        label=_("What about"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("register", _("Register")),
            ("participation", _("Participation")),
            ("deliberation", _("Deliberation")),
            ("accounts", _("Accounts")),
        ],
    )
    person = forms.ModelChoiceField(
        label=_("Who"), required=False, queryset=User.objects.none(), empty_label=_("Everybody")
    )

    def __init__(self, *args: Any, committee_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose_among(self, "person", users_of(committee_id))
