"""Sentences of accounts: refusals and lines of the log."""

from django.utils.translation import gettext_lazy as _

from linli.engines.errors import RuleError

PHRASES = {
    "accounts.committee_exists": _("There is already a committee called %(name)s."),
    "accounts.text_unfit": _(
        "“%(text)s” does not fit: between %(least)s and %(most)s characters are needed."
    ),
    "accounts.username_unfit": _(
        "Use two to forty letters, digits, full stops or hyphens, without spaces."
    ),
    "accounts.username_taken": _("The user name %(username)s is taken; choose another."),
    "accounts.successor_unfit": _(
        "%(name)s cannot take over: choose somebody else of this committee who still works here."
    ),
    "accounts.last_head": _("%(name)s is the only head; name another head first."),
    "accounts.user_is_closed": _("The account of %(name)s is closed."),
    "accounts.password_unchanged": _("This is the password you have now; choose another."),
    "accounts.scope_unfit": _("Your role does not allow “%(scope)s”, so no token can."),
    "accounts.token_name_taken": _(
        "You already have a token called %(name)s; withdraw it first or choose another name."
    ),
    "accounts.committee_created": _("The committee was set up."),
    "accounts.committee_changed": _("Desk phone or hours were changed."),
    "accounts.user_created": _("An account was created, role: %(role)s."),
    "accounts.user_recovered": _("An account got a new first password."),
    "accounts.password_changed": _("A password was changed."),
    "accounts.role_changed": _("A role was changed to %(role)s."),
    "accounts.user_closed": _("An account was closed and %(passed)s things handed over."),
    "accounts.role_labelled": _("The role %(role)s is now called “%(label)s”."),
    "accounts.token_created": _("An access token was created."),
    "accounts.token_withdrawn": _("An access token was withdrawn."),
    # Codes that lines of the log hold as details.
    "accounts.role_head": _("Head"),
    "accounts.role_worker": _("Community worker"),
    "accounts.role_captain": _("Building captain"),
    "accounts.role_partner": _("Partner social worker"),
    "accounts.role_overseer": _("Overseer"),
    "accounts.backup_written": _("A backup of all data was written."),
    "accounts.backup_restored": _("All data were brought back as they were at %(made)s."),
}


def say_refusal(refusal: RuleError) -> str:
    """Make the sentence for a refusal of this room."""
    return str(PHRASES[refusal.code]) % refusal.params
