"""Made-up buildings, doors and adults."""

import uuid

import factory

from linli.core.accounts import vault
from linli.skills.register.models import Adult, Building, Door
from tests.factories.accounts import CommitteeFactory


class BuildingFactory(factory.django.DjangoModelFactory[Building]):
    class Meta:
        model = Building

    committee = factory.SubFactory(CommitteeFactory)
    # Far from the numbers tests write themselves.
    name = factory.Sequence(lambda n: f"{n + 1001}号楼")
    position = factory.Sequence(lambda n: n + 1)


class DoorFactory(factory.django.DjangoModelFactory[Door]):
    class Meta:
        model = Door

    building = factory.SubFactory(BuildingFactory)
    unit = "1"
    number = factory.Sequence(lambda n: str(n + 101))
    position = factory.Sequence(lambda n: n)


class AdultFactory(factory.django.DjangoModelFactory[Adult]):
    """An adult; ``name`` is sealed on the way."""

    class Meta:
        model = Adult

    class Params:
        name = factory.Sequence(lambda n: f"张{'一二三四五六七八九十'[n % 10]}{'英明华'[n % 3]}{n}")

    uid = factory.LazyFunction(uuid.uuid4)
    door = factory.SubFactory(DoorFactory)
    name_sealed = factory.LazyAttribute(
        lambda one: vault.seal(one.name, place=f"adult:{one.uid}:name")
    )
    name_index = factory.LazyAttribute(lambda one: vault.index_of(one.name, field="adult.name"))
