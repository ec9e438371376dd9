"""Who may do what in this skill; which rows they reach is the selectors' matter."""

import rules

from linli.core.accounts.models import Role
from linli.core.accounts.rules import has_role, is_head, is_staff_member

is_working = has_role(Role.HEAD, Role.WORKER, Role.PARTNER)

rules.add_perm("deliberation.view_askings", is_working | has_role(Role.CAPTAIN))
rules.add_perm("deliberation.change_asking", is_working)
rules.add_perm("deliberation.issue_codes", is_staff_member)
rules.add_perm("deliberation.enter_paper", is_working)
rules.add_perm("deliberation.moderate", is_working)
rules.add_perm("deliberation.close_asking", is_staff_member)
rules.add_perm("deliberation.post_notice", is_head)
rules.add_perm("deliberation.exchange_polis", is_staff_member)
