"""What an access token may be good for, and the permission its user needs for that."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Scope:
    """What people read, and what the user's role must allow as well."""

    label: Promise | str
    permission: str


SCOPES = {
    "register:read": Scope(_("Read buildings and doors"), "register.view_doors"),
    "register:write": Scope(_("Change buildings and doors"), "register.change_doors"),
    "participation:read": Scope(_("Read matters"), "participation.view_matters"),
    "participation:write": Scope(_("Change matters"), "participation.change_matter"),
    "deliberation:read": Scope(_("Read askings and results"), "deliberation.view_askings"),
    "deliberation:write": Scope(_("Change askings"), "deliberation.change_asking"),
}
