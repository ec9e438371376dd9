"""Sentences of codes and answers: what a resident or a worker with a code is told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VOTING_PHRASES: dict[str, Promise | str] = {
    "deliberation.code_mistyped": _(
        "A code has 16 letters and digits in four groups. Look at your slip once more and type it "
        "again."
    ),
    "deliberation.code_unknown": _(
        "This code is not known here. Look at your slip once more and type it again."
    ),
    "deliberation.code_withdrawn": _(
        "This slip was replaced by a new one, so its code no longer works. Please use the new slip."
    ),
    "deliberation.answers_over": _("This round of asking is over; no more answers are taken."),
    "deliberation.answers_not_yet": _("This round of asking has not begun yet."),
    "deliberation.answer_empty": _("Choose an answer first."),
    "deliberation.answer_unfit": _("This answer does not fit the question. Please choose again."),
    "deliberation.answer_twice": _("One option stands in two places. Please choose again."),
    "deliberation.statement_gone": _("This statement is no longer shown."),
    "deliberation.reason_length": _("A reason has %(most)s characters at most."),
    "deliberation.statement_length": _("Write between 4 and %(most)s characters."),
    "deliberation.no_own_statements": _("Own statements are not taken in this round."),
    "deliberation.too_many_waiting": _(
        "Many statements are waiting to be read. Please try again tomorrow."
    ),
    "deliberation.code_number": _("A code cannot be made of this number."),
    "deliberation.nobody_without_code": _("Everybody here has a code already."),
    "deliberation.codes_just_issued": _(
        "Somebody else has just issued codes here; nothing was issued twice. Load the page again."
    ),
    "deliberation.replaced_already": _(
        "This slip was replaced or withdrawn already; nothing was done twice."
    ),
    "deliberation.too_many_slips": _(
        "%(count)s slips are too many for one PDF; print them as a page, or building by building."
    ),
    "deliberation.codes_issued": _("%(count)s codes were issued, %(named)s of them by name."),
    "deliberation.codes_replaced": _("%(count)s slips were replaced (doors %(doors)s)."),
    "deliberation.codes_withdrawn": _("A code was withdrawn (door %(doors)s)."),
    "deliberation.sheet_empty": _("Enter at least one answer of this sheet."),
    "deliberation.paper_entered": _("Answers on paper were entered on this day."),
}
