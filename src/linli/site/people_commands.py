"""Commands that set up committees and look after accounts."""

import click
from django.utils.translation import gettext as _

from linli.core.accounts import selectors, services
from linli.core.accounts.command_line import Refused, committee_option, require_database
from linli.core.accounts.models import Committee, Role, User
from linli.site.upgrade import prepare_database


@click.group()
def committee() -> None:
    """Committees: set one up, list them."""


@committee.command("create")
@click.argument("name")
@click.option("--head", "username", required=True, help="User name of the head.")
@click.option("--head-name", required=True, help="The head's name as colleagues read it.")
@click.option("--desk-phone", default="", help="Printed on slips and notices.")
@click.option("--desk-hours", default="", help="Printed on slips and notices.")
def committee_create(
    *, name: str, username: str, head_name: str, desk_phone: str, desk_hours: str
) -> None:
    """Set up a committee with its head, and nothing else in it."""
    prepare_database()
    _committee, head, password = services.create_committee(
        name=name,
        head_username=username,
        head_name=head_name,
        desk_phone=desk_phone,
        desk_hours=desk_hours,
    )
    click.echo(_("The committee “%(name)s” is set up.") % {"name": name})
    show_password(head.username, password)
    click.echo(_("Start the server with “linli serve” and log in."))


@committee.command("list")
def committee_list() -> None:
    """List the committees of this installation."""
    require_database()
    for one in Committee.objects.order_by("name"):
        click.echo(f"{one.name}\t{one.desk_phone}\t{one.desk_hours}")


@click.group()
def user() -> None:
    """Accounts: create, recover, close, list."""


@user.command("create")
@click.argument("username")
@click.option("--name", required=True, help="The name as colleagues read it.")
@click.option("--role", type=click.Choice(Role.values), default=Role.WORKER.value)
@committee_option
def user_create(*, username: str, name: str, role: str, committee: Committee) -> None:
    """Create an account with a first password, shown once."""
    created, password = services.create_user(
        committee=committee, by=None, username=username, name=name, role=role
    )
    show_password(created.username, password)


@user.command("recover")
@click.argument("username")
def user_recover(*, username: str) -> None:
    """Give an account a new first password; the old one stops at once."""
    show_password(username, services.recover_user(_find_user(username), by=None))


@user.command("close")
@click.argument("username")
@click.option("--successor", required=True, help="User name of who takes over.")
def user_close(*, username: str, successor: str) -> None:
    """Close the account of somebody who leaves and hand over what she kept."""
    passed = services.close_user(_find_user(username), by=None, successor=_find_user(successor))
    click.echo(
        _("%(username)s is closed; %(passed)s things were handed over to %(successor)s.")
        % {"username": username, "passed": passed, "successor": successor}
    )


@user.command("list")
@committee_option
def user_list(*, committee: Committee) -> None:
    """List the accounts of a committee."""
    labels = selectors.role_labels(committee.pk)
    for one in selectors.users_of(committee.pk):
        state = "" if one.is_active else _("account closed")
        click.echo(f"{one.username}\t{one.name}\t{labels[one.role]}\t{state}".rstrip())


def show_password(username: str, password: str) -> None:
    """Print a first password; it stands nowhere else."""
    click.echo(_("User name: %(username)s") % {"username": username})
    click.echo(_("First password (shown only now): %(password)s") % {"password": password})


def _find_user(username: str) -> User:
    require_database()
    found = User.objects.filter(username__iexact=username, is_active=True).first()
    if found is None:
        raise Refused(_("There is no open account %(username)s.") % {"username": username})
    return found
