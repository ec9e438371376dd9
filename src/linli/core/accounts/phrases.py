"""Sentences of accounts: refusals and lines of the log."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "accounts.committee_exists": _("There is already a committee called %(name)s."),
    "accounts.username_taken": _("The user name %(username)s is taken; choose another."),
    "accounts.successor_unfit": _(
        "%(name)s cannot take over: choose somebody else of this committee who still works here."
    ),
    "accounts.last_head": _("%(name)s is the only head; name another head first."),
    "accounts.committee_created": _("The committee was set up."),
    "accounts.committee_changed": _("Desk phone or hours were changed."),
    "accounts.user_created": _("An account was created."),
    "accounts.user_recovered": _("An account got a new first password."),
    "accounts.password_changed": _("A password was changed."),
    "accounts.role_changed": _("A role was changed to %(role)s."),
    "accounts.user_closed": _("An account was closed and %(passed)s things handed over."),
    "accounts.role_labelled": _("The role %(role)s is now called “%(label)s”."),
    "accounts.token_created": _("An access token was created."),
    "accounts.token_withdrawn": _("An access token was withdrawn."),
}
