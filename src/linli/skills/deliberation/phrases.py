"""Codes of this skill's rules, services and log lines become sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.skills.deliberation.map_phrases import MAP_PHRASES
from linli.skills.deliberation.voting_phrases import VOTING_PHRASES

_REFUSALS: dict[str, Promise | str] = {
    "deliberation.asking_exists": _(
        "This matter has an asking already; finish it before you begin another."
    ),
    "deliberation.asking_already_open": _(
        "Residents are answering already; question and options stay as they are."
    ),
    "deliberation.basis_after_codes": _(
        "Slips were made already; withdraw them before you change who answers."
    ),
    "deliberation.nothing_asked": _("Ask a question, or show statements, or both."),
    "deliberation.question_missing": _("Write the question, or choose “statements only”."),
    "deliberation.needs_two_options": _(
        "The matter has fewer than two options; add options to it, or ask by statements only."
    ),
    "deliberation.discard_after_slips": _(
        "Slips were made for this asking; somebody may hold one. Change it instead."
    ),
    "deliberation.discard_after_notice": _(
        "A notice tells residents of this asking. Change it instead."
    ),
    "deliberation.closes_in_past": _("The last day for answers is over; choose a later one."),
    "deliberation.no_statements": _("Write at least one statement before you open."),
    "deliberation.asking_not_open": _("This asking is not open."),
    "deliberation.asking_closed_already": _("This asking is closed already."),
    "deliberation.asking_not_closed": _("This asking is not closed yet."),
    "deliberation.ballots_destroyed": _(
        "The ballots were destroyed when their time was up; the counts and their mark are kept."
    ),
    "deliberation.no_statements_here": _("This asking has no statements."),
    "deliberation.statement_too_long": _("A statement has %(longest)s characters at most."),
    "deliberation.reason_missing": _("Give a reason; it stays in the log."),
    "deliberation.moderated_already": _("%(by)s has decided on “%(text)s” already."),
    "deliberation.statement_not_waiting": _("“%(text)s” does not wait for a decision."),
    "deliberation.not_told_beforehand": _(
        "Tell residents beforehand first: post the notice before, or move the matter on."
    ),
    "deliberation.matter_was_asked": _(
        "Residents were asked about these options; they stay as they are."
    ),
    "deliberation.matter_has_slips": _(
        "Slips were made for those the matter touches; withdraw them first."
    ),
    "deliberation.objections_in_past": _(
        "The last day for objections is over; choose a later one."
    ),
    "deliberation.upload_not_export": _(
        "These are no files of a Polis export: votes.csv or participants-votes.csv is missing."
    ),
    "deliberation.upload_too_large": _("The files are larger than %(megabytes)s MB together."),
}
_LOG: dict[str, Promise | str] = {
    "deliberation.asking_created": _("An asking was written down."),
    "deliberation.asking_changed": _("An asking was changed before it opened."),
    "deliberation.asking_discarded": _("An asking of which no resident was told was discarded."),
    "deliberation.asking_opened": _("An asking was opened."),
    "deliberation.asking_closed": _(
        "An asking was closed: %(heard)s heard of %(asked)s; ballots are kept until %(until)s."
    ),
    "deliberation.recounted": _("Ballots were counted again; everything agrees (%(sha256).12s…)."),
    "deliberation.recount_differs": _(
        "Ballots were counted again and differ from what was frozen (%(sha256).12s…)."
    ),
    "deliberation.ballots_destroyed_on_time": _(
        "%(ballots)s ballots and %(votes)s votes were destroyed; the counts stay (%(sha256).12s…)."
    ),
    "deliberation.statement_added": _("The desk added statement %(number)s."),
    "deliberation.statement_accepted": _("A resident's statement is shown (%(number)s)."),
    "deliberation.statement_refused": _("A resident's statement is not shown (%(number)s)."),
    "deliberation.notice_posted": _("Notice %(number)s was posted."),
    "deliberation.polis_imported": _(
        "A Polis conversation was brought in: %(people)s people, %(votes)s votes."
    ),
    "deliberation.polis_exported": _("The votes of an asking were given out without persons."),
}

PHRASES: dict[str, Promise | str] = {**MAP_PHRASES, **VOTING_PHRASES, **_REFUSALS, **_LOG}
