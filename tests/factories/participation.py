"""Made-up matters."""

from datetime import UTC, datetime

import factory

from linli.skills.participation.models import Assignment, Matter, Option
from tests.factories.accounts import UserFactory

NOW = datetime(2026, 3, 23, 2, tzinfo=UTC)


class MatterFactory(factory.django.DjangoModelFactory[Matter]):
    class Meta:
        model = Matter

    created_by = factory.SubFactory(UserFactory)
    keeper = factory.SelfAttribute("created_by")
    committee = factory.SelfAttribute("created_by.committee")
    year = 2026
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"垃圾厢房放在哪里（{n}）")
    plan = "把垃圾厢房换一个地方。"
    why = "现在的位置离 3 号楼太近。"
    proposed_by = "3号楼居民"
    state = "draft"
    state_since = NOW
    created_at = NOW


class OptionFactory(factory.django.DjangoModelFactory[Option]):
    class Meta:
        model = Option

    matter = factory.SubFactory(MatterFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"方案{n}")


class AssignmentFactory(factory.django.DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    matter = factory.SubFactory(MatterFactory)
    user = factory.SubFactory(UserFactory, role="partner")
