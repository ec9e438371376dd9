"""Reading matters; the only door through which other rooms see them."""

from linli.skills.participation.models import Matter
from linli.skills.participation.selectors.machine import (
    MatterData,
    MatterSummary,
    matter_data,
    matter_summaries,
    summaries_of,
)
from linli.skills.participation.selectors.matters import (
    MatterNotFound,
    assigned_partners,
    contribute_asking_open,
    is_in_motion,
    matter_by_number,
    matter_facts,
    matter_for,
    matters_for,
    options_of,
    partners_of,
    touched_building_ids,
    touched_building_names,
)
from linli.skills.participation.selectors.pages import (
    MatterPage,
    MatterRow,
    matter_mark,
    matter_page,
    matter_rows,
    matter_values,
    today_items,
)

__all__ = [
    "Matter",
    "MatterData",
    "MatterNotFound",
    "MatterPage",
    "MatterRow",
    "MatterSummary",
    "assigned_partners",
    "contribute_asking_open",
    "is_in_motion",
    "matter_by_number",
    "matter_data",
    "matter_facts",
    "matter_for",
    "matter_mark",
    "matter_page",
    "matter_rows",
    "matter_summaries",
    "matter_values",
    "matters_for",
    "options_of",
    "partners_of",
    "summaries_of",
    "today_items",
    "touched_building_ids",
    "touched_building_names",
]
