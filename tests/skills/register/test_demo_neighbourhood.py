"""乐邻苑."""

from linli.site.demo.neighbourhood import create_neighbourhood
from linli.skills.register import selectors
from linli.skills.register.models import Adult


def names(committee_id: int) -> list[str]:
    adults = Adult.objects.filter(door__building__committee_id=committee_id)
    return list(selectors.names_of(adults.values_list("pk", flat=True)).values())


def test_neighbourhood_has_its_size(committee):
    create_neighbourhood(committee, seed=1)

    assert selectors.buildings_in(committee.pk).count() == 6
    assert selectors.count_doors(committee.pk) == 1020
    assert Adult.objects.count() == 2600


def test_same_seed_makes_same_people(committee, other_head):
    create_neighbourhood(committee, seed=1)
    create_neighbourhood(other_head.committee, seed=1)

    assert names(committee.pk) == names(other_head.committee_id)
