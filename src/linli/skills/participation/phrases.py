"""Codes of this skill's rules, services and log lines become sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_STATES: dict[str, Promise | str] = {
    "participation.state_draft": _("Writing it down"),
    "participation.state_review": _("Being reviewed"),
    "participation.state_parties": _("Settling who takes part"),
    "participation.state_informing": _("Telling beforehand"),
    "participation.state_consulting": _("Talking it over"),
    "participation.state_opinion": _("What it came to"),
    "participation.state_posting": _("Posted"),
    "participation.state_action": _("Carrying it out"),
    "participation.state_feedback": _("Reporting back"),
    "participation.state_appraisal": _("Residents appraise it"),
    "participation.state_archived": _("Filed"),
    "participation.state_returned": _("Returned to the writer"),
    "participation.state_referred": _("Referred"),
    "participation.state_ended": _("Ended"),
}
# What the button of a step says, and the sentence beside it.
_STEPS: dict[str, Promise | str] = {
    "participation.do_review": _("Hand in for review"),
    "participation.do_parties": _("Approve"),
    "participation.do_informing": _("Start telling people"),
    "participation.do_consulting": _("Start talking it over"),
    "participation.do_opinion": _("Put the opinion into words"),
    "participation.do_posting": _("Post the result"),
    "participation.do_action": _("Start carrying it out"),
    "participation.do_feedback": _("Report back to residents"),
    "participation.do_appraisal": _("Let residents appraise it"),
    "participation.do_archived": _("File the matter"),
    "participation.do_returned": _("Return to the writer"),
    "participation.do_referred": _("Refer to somebody else"),
    "participation.do_ended": _("End it"),
    "participation.do_draft": _("Take up again"),
    "participation.tell_review": _(
        "What is wanted and why is written down? Then let the head look at it."
    ),
    "participation.tell_parties": _(
        "Is it clear, is it ours to decide? Then settle whom it touches and how they are asked."
    ),
    "participation.tell_informing": _(
        "From here on the words stay as they are: residents are told them."
    ),
    "participation.tell_consulting": _(
        "Has everybody touched been told? Then listen to what they think."
    ),
    "participation.tell_opinion": _("Everybody had a say? Then write down what it came to."),
    "participation.tell_posting": _("Post what it came to, so that everybody can object in time."),
    "participation.tell_action": _("Nobody objects any more? Then carry it out."),
    "participation.tell_feedback": _("Done, or well on the way? Tell residents how it went."),
    "participation.tell_appraisal": _("Residents know how it went; ask whether it was good."),
    "participation.tell_archived": _("All is done; put the papers together and keep them."),
    "participation.tell_returned": _("The writer mends it and hands it in again."),
    "participation.tell_referred": _("Somebody else is responsible; say who."),
    "participation.tell_ended": _("It is not pursued any further; say why."),
    "participation.tell_draft": _("It starts again from the first word."),
    "participation.waiting_for_head": _("The head takes the next step."),
    "participation.waiting_for_staff": _("The committee takes the next step."),
    "participation.waiting_for_nobody": _("Nothing more is to be done here."),
}
_REFUSALS: dict[str, Promise | str] = {
    "participation.no_such_move": _("The matter cannot go there from where it stands."),
    "participation.not_yours_to_move": _("This step is taken by somebody else, mostly the head."),
    "participation.reason_needed": _("Say why, so that others can understand it later."),
    "participation.not_described": _("Write down the title, what is planned and why, first."),
    "participation.touches_nobody": _("Choose whom it touches first: everyone, or some buildings."),
    "participation.one_option_only": _(
        "A choice needs at least two options; add one, or leave the options out."
    ),
    "participation.asking_still_open": _(
        "Residents are still answering about this matter; close the asking first."
    ),
    "participation.changed_meanwhile": _(
        "Somebody else has just changed this matter. Below stands what you wrote, and beside it "
        "what is saved now. Saving again puts yours in its place."
    ),
    "participation.moved_meanwhile": _(
        "Somebody else has just moved this matter. Look at it again, then decide."
    ),
    "participation.words_stand": _(
        "Residents have been told about this matter; its words no longer change."
    ),
    "participation.too_many_options": _("At most %(limit)s options."),
    "participation.option_twice": _("The option “%(option)s” stands there twice."),
    "participation.decision_too_early": _("The decision cannot come before the answers end."),
    "participation.building_unknown": _("One of the buildings is not in the register."),
    "participation.no_building_of_that_name": _("There is no building called %(name)s."),
    "participation.not_a_partner": _("%(name)s is not a partner social worker of this committee."),
    "participation.successor_not_staff": _("%(name)s cannot keep matters; choose a worker."),
}
_LOG: dict[str, Promise | str] = {
    "participation.matter_created": _("A matter was written down."),
    "participation.matter_changed": _("The words of a matter were changed."),
    "participation.partner_assigned": _("A partner was given a matter."),
    "participation.partner_unassigned": _("A matter was taken from a partner."),
    "participation.handed_over": _("%(matters)s matters were handed over."),
    "participation.reviewed_own": _("A matter was approved by the one who wrote it."),
    "participation.moved_to_draft": _("A matter was taken up again."),
    "participation.moved_to_review": _("A matter was handed in for review."),
    "participation.moved_to_parties": _("A matter was approved."),
    "participation.moved_to_informing": _("Residents are being told about a matter."),
    "participation.moved_to_consulting": _("A matter is being talked over."),
    "participation.moved_to_opinion": _("The talk about a matter was put into words."),
    "participation.moved_to_posting": _("The result of a matter was posted."),
    "participation.moved_to_action": _("A matter is being carried out."),
    "participation.moved_to_feedback": _("Residents were told how a matter went."),
    "participation.moved_to_appraisal": _("Residents appraise a matter."),
    "participation.moved_to_archived": _("A matter was filed."),
    "participation.moved_to_returned": _("A matter was returned to its writer."),
    "participation.moved_to_referred": _("A matter was referred to somebody else."),
    "participation.moved_to_ended": _("A matter was ended."),
}
PHRASES: dict[str, Promise | str] = {**_STATES, **_STEPS, **_REFUSALS, **_LOG}
