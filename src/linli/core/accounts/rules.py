"""Who may do what in this room, and the predicates every room builds on."""

import rules

from linli.core.accounts.models import Role, User


def has_role(*roles: Role) -> rules.predicates.Predicate:
    """Make a predicate that holds for users with one of the roles."""
    allowed = frozenset(roles)

    @rules.predicate(  # type: ignore[untyped-decorator]
        "has_role:" + ",".join(sorted(allowed))
    )
    def predicate(user: User) -> bool:
        return user.is_authenticated and user.role in allowed

    return predicate


is_head = has_role(Role.HEAD)
is_staff_member = has_role(Role.HEAD, Role.WORKER)
is_overseer = has_role(Role.OVERSEER)
is_anybody = has_role(*Role)

rules.add_perm("accounts.use", is_anybody)
rules.add_perm("accounts.manage_users", is_head)
rules.add_perm("accounts.change_committee", is_head)
rules.add_perm("accounts.use_tokens", is_staff_member)
rules.add_perm("audit.view_log", is_head | is_overseer)
