"""Made-up askings, with doors that hold codes."""

import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from linli.core.accounts.models import Committee
from linli.skills.deliberation.models import Asking, Basis, Form, Statement
from linli.skills.deliberation.selectors.codes import IssuedSlip
from linli.skills.deliberation.services.codes import issue_codes
from linli.skills.participation.models import Option
from linli.skills.register.models import Building, Door
from tests.factories.participation import MatterFactory


class AskingFactory(factory.django.DjangoModelFactory[Asking]):
    """An open, secret asking with a question of one choice, per household."""

    class Meta:
        model = Asking

    matter = factory.SubFactory(MatterFactory)
    key = factory.LazyFunction(uuid.uuid4)
    question = "垃圾厢房放在哪里？"
    form = Form.SINGLE
    basis = Basis.HOUSEHOLD
    created_at = factory.LazyFunction(timezone.now)
    opened_on = factory.LazyFunction(timezone.localdate)
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class StatementFactory(factory.django.DjangoModelFactory[Statement]):
    class Meta:
        model = Statement

    asking = factory.SubFactory(AskingFactory, has_statements=True)
    text = factory.Sequence(lambda n: f"看法{n}")
    position = factory.Sequence(lambda n: n + 1)


def options_for(asking: Asking, *texts: str) -> list[Option]:
    return [
        Option.objects.create(matter=asking.matter, position=position, text=text)
        for position, text in enumerate(texts or ("东门", "西门", "中心花园"), start=1)
    ]


def doors_in(committee: Committee, *, building: str = "1号楼", count: int = 3) -> list[Door]:
    place, _new = Building.objects.get_or_create(
        committee=committee, name=building, defaults={"position": int(building[0])}
    )
    return Door.objects.bulk_create(
        Door(building=place, unit="1", number=f"{n // 4 + 1}0{n % 4 + 1}", position=n)
        for n in range(count)
    )


def slips_for(asking: Asking, *, count: int = 3, building: str = "1号楼") -> list[IssuedSlip]:
    """Give ``count`` new doors of a building their codes."""
    doors_in(asking.matter.committee, building=building, count=count)
    return issue_codes(asking, by=None)


def code_for(asking: Asking) -> str:
    """Give one new door a code and return it plain."""
    return slips_for(asking, count=1)[0].code
