"""A captain leaves."""

from linli.core.accounts.models import Role
from linli.core.accounts.services import close_user
from linli.site import contributions
from linli.skills.register.models import CaptainOf
from tests.factories.accounts import UserFactory
from tests.factories.register import BuildingFactory


def leave(head, successor_role):
    contributions.fill()
    leaving, successor = (
        UserFactory(committee=head.committee, role=role) for role in (Role.CAPTAIN, successor_role)
    )
    building = BuildingFactory(committee=head.committee)
    CaptainOf.objects.create(user=leaving, building=building)
    close_user(leaving, by=head, successor=successor)
    return successor, building


def test_buildings_of_a_leaving_captain_pass_to_the_next(head):
    successor, building = leave(head, Role.CAPTAIN)

    assert list(successor.captain_of.values_list("building", flat=True)) == [building.pk]


def test_building_has_no_captain_after_a_worker_took_over(head):
    _successor, building = leave(head, Role.WORKER)

    assert not building.captains.exists()
