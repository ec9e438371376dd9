"""Who may do what in this skill; which rows they reach is the selectors' matter."""

import rules

from linli.core.accounts.models import Role
from linli.core.accounts.rules import has_role, is_staff_member

rules.add_perm("register.view_doors", is_staff_member | has_role(Role.CAPTAIN))
rules.add_perm("register.change_doors", is_staff_member)
rules.add_perm("register.open_names", is_staff_member)
