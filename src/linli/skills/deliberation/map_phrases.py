"""What the opinion map and the files of Polis have to say, as sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAP_PHRASES: dict[str, Promise | str] = {
    "deliberation.map_no_votes": _("Nobody has voted yet."),
    "deliberation.map_too_few_people": _(
        "Only %(placed)d people voted on at least %(votes)d statements; a map needs %(people)d."
    ),
    "deliberation.map_too_few_statements": _("A map needs at least %(statements)d statements."),
    "deliberation.map_no_differences": _("Everybody who can be placed voted alike."),
    "deliberation.map_like_chance": _(
        "If the same votes had been dealt out by lot, they would look much the same."
    ),
    "deliberation.map_not_stable": _(
        "With another part of the people the groups come out differently"
        " (%(percent)d%% alike, at least %(needed)d%% are needed)."
    ),
    "deliberation.map_groups": _(
        "Opinions fall into %(groups)d groups; with another part of the people"
        " they come out %(percent)d%% alike."
    ),
    "deliberation.map_unplaced": _(
        "%(unplaced)d people voted on fewer than %(votes)d statements and cannot be placed yet."
    ),
    "deliberation.map_judged_on_sample": _(
        "The number of groups was judged on %(people)d people drawn by lot."
    ),
    "deliberation.vote_not_known": _(
        "%(value)d is not a vote; 1 is agree, 0 is pass, -1 is disagree."
    ),
    "deliberation.vote_twice": _("%(participant)s voted twice on statement %(statement)s."),
    "deliberation.id_twice": _("The id %(id)s is given twice."),
    "deliberation.answer_unknown_option": _("“%(option)s” is not one of the options."),
    "deliberation.answer_too_many": _("%(options)d options are ticked; one is allowed."),
    "deliberation.file_missing": _("%(file)s: there is no such file."),
    "deliberation.file_is_a_folder": _("%(file)s is a folder; give the file itself."),
    "deliberation.file_not_a_folder": _("%(file)s is not a folder; give that of the export."),
    "deliberation.file_unreadable": _("%(file)s may not be read."),
    "deliberation.file_empty": _("%(file)s is empty."),
    "deliberation.file_not_text": _("%(file)s is not a text table; save it as CSV first."),
    "deliberation.file_broken": _(
        "%(file)s, row %(row)d: the table is broken here, perhaps by an unclosed quotation mark."
    ),
    "deliberation.file_row_width": _(
        "%(file)s, row %(row)d has %(found)d columns instead of %(expected)d."
    ),
    "deliberation.file_column_missing": _(
        "%(file)s, row %(row)d: the column “%(column)s” is missing."
    ),
    "deliberation.file_column_twice": _(
        "%(file)s, row %(row)d: the column “%(column)s” is there twice."
    ),
    "deliberation.file_vote": _(
        "%(file)s, row %(row)d, column “%(column)s”: “%(value)s” is not 1, 0 or -1."
    ),
    "deliberation.file_time": _(
        "%(file)s, row %(row)d, column “%(column)s”: “%(value)s” is not a time in seconds"
        " or milliseconds."
    ),
    "deliberation.file_count": _(
        "%(file)s, row %(row)d, column “%(column)s”: “%(value)s” is not a number of votes."
    ),
    "deliberation.file_id_empty": _("%(file)s, row %(row)d, column “%(column)s”: the id is empty."),
    "deliberation.file_id_long": _(
        "%(file)s, row %(row)d, column “%(column)s”: “%(value)s…” is too long for an id."
    ),
    "deliberation.file_statement_twice": _(
        "%(file)s, row %(row)d, column “%(column)s”: statement %(value)s is there twice"
        " and not the same."
    ),
    "deliberation.file_person_twice": _(
        "%(file)s, row %(row)d, column “%(column)s”: %(value)s is there twice."
    ),
    "deliberation.file_no_votes": _("%(file)s: there are no votes."),
    "deliberation.file_superseded": _(
        "%(votes)d votes were replaced by a later one of the same person and do not count."
    ),
    "deliberation.file_only_left_out": _(
        "%(people)d people voted only on statements that were moderated out and are not counted."
    ),
    "deliberation.file_unknown_statements": _(
        "%(file)s, row %(row)d, column “%(column)s”: statement %(value)s is not in the list"
        " of statements; %(statements)d such statements are counted all the same."
    ),
    "deliberation.file_sign_reversed": _(
        "%(file)s: agree and disagree seem to be the wrong way round, by the list of statements;"
        " they were read as they stand (1 is agree)."
    ),
    "deliberation.file_votes_from_matrix": _("The votes were taken from %(file)s."),
    "deliberation.file_matrix_people": _(
        "%(file)s: %(people)d people are only there; they count as people without a vote."
    ),
    "deliberation.file_matrix_lacks": _("%(file)s: %(people)d people who voted are missing there."),
    "deliberation.file_matrix_differs": _(
        "%(file)s: %(cells)d cells are not as in the votes; the votes count."
    ),
    "deliberation.export_too_few_voters": _(
        "Only %(voters)d people voted; below %(needed)d nothing is given out, to protect them."
    ),
    "deliberation.export_folder_exists": _("%(file)s exists already; name a new folder."),
}
