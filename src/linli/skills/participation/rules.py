"""Who may do what in this skill; which rows they reach is the selectors' matter."""

import rules

from linli.core.accounts.models import Role
from linli.core.accounts.rules import has_role, is_head, is_staff_member

is_working = has_role(Role.HEAD, Role.WORKER, Role.PARTNER)

rules.add_perm("participation.view_matters", is_working | has_role(Role.CAPTAIN))
rules.add_perm("participation.create_matter", is_staff_member)
rules.add_perm("participation.change_matter", is_working)
rules.add_perm("participation.move_matter", is_working)
rules.add_perm("participation.assign_matter", is_head)
