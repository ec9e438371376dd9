"""Codes of this skill's rules, services and log lines become sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PHRASES: dict[str, Promise | str] = {
    # An address that cannot be read; where it stands in a sheet is said before.
    "register.address_unclear": _("“%(value)s” cannot be read as a door; write it like 3-2-501."),
    "register.building_unnamed": _("“%(value)s” does not say which building; write 3-2-501."),
    "register.building_differs": _("“%(value)s” is in another building than its row says."),
    "register.building_ambiguous": _(
        "“%(value)s” could be in several estates; write the estate before it."
    ),
    "register.unit_unclear": _("“%(value)s” cannot be read as a unit."),
    "register.cell_is_date": _(
        "“%(value)s” has become a date; format the column as text and type 3-2 again."
    ),
    "register.cell_is_error": _("“%(value)s” is the error of a formula."),
    "register.cell_too_long": _("Longer than an address or a name can be: “%(value)s…”"),
    "register.cell_empty": _("It is empty."),
    "register.name_unclear": _(
        "“%(value)s” is no name: there are digits in it, or it is too long."
    ),
    # A whole file or text.
    "register.sheet_empty": _("There is nothing in it; paste or choose your list."),
    "register.no_columns": _(
        "No address could be found. Put headings such as 楼号, 单元, 房号, 姓名 above the columns, "
        "or one address on each line, like 3-2-501."
    ),
    "register.no_door_column": _(
        "There is a heading %(found)s, but no column for the door; name it 房号 or 住址."
    ),
    "register.file_empty": _("The file is empty; choose another."),
    "register.file_too_large": _(
        "The file is larger than %(limit)s MB; keep only the columns for door and name."
    ),
    "register.too_many_rows": _("The sheet has more than %(limit)s rows; import it in parts."),
    "register.file_locked": _(
        "The file has a password; save it without one, import it, then delete that copy."
    ),
    "register.file_broken": _("The file is damaged; open it in Excel or WPS and save it again."),
    "register.file_swells": _(
        "Unpacked, the file would be too large; copy the columns needed into a new file."
    ),
    "register.file_is_page": _(
        "This is a web page named like a sheet; open it in Excel or WPS and save it as .xlsx."
    ),
    "register.file_wrong_type": _("This is no sheet; choose an .xlsx, .xls or .csv file."),
    "register.line_broken": _("Line %(row)s cannot be read; look for a quotation mark left open."),
    "register.draft_broken": _("The preview is no longer good; choose the list once more."),
    # Refusals by hand.
    "register.building_exists": _("There is already %(name)s; add doors to it instead."),
    "register.building_in_use": _("Matters or slips refer to this building; it has to stay."),
    "register.floors_reversed": _("The top floor lies below the lowest; exchange the two."),
    "register.too_many_doors": _("That would be %(count)s doors; at most %(limit)s at once."),
    "register.door_exists": _("There is already a door %(number)s here."),
    "register.door_in_use": _("Adults or slips belong to this door; it has to stay."),
    "register.adult_exists": _("Somebody of this name is already behind this door."),
    "register.adult_in_use": _("A slip was made out to this adult; the name has to stay."),
    "register.no_captain": _("%(name)s is no building captain here; change the role first."),
    # Lines of the log.
    "register.roster_imported": _(
        "A list was imported: %(buildings)s buildings, %(doors)s doors, %(adults)s adults are new."
    ),
    "register.building_added": _("%(building)s was added with %(doors)s doors."),
    "register.building_removed": _("%(building)s was removed with %(doors)s doors."),
    "register.door_added": _("Door %(door)s of %(building)s was added."),
    "register.door_removed": _("Door %(door)s of %(building)s was removed."),
    "register.adult_added": _("An adult was added behind %(door)s of %(building)s."),
    "register.adult_removed": _("An adult was removed behind %(door)s of %(building)s."),
    "register.names_opened": _("The names of %(count)s adults of %(building)s were opened."),
    "register.captain_appointed": _("%(building)s was given to a building captain."),
    "register.captain_dismissed": _("%(building)s was taken from a building captain."),
    "register.handed_over": _("%(buildings)s buildings were handed over to another captain."),
}
