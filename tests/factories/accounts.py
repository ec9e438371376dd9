"""Made-up committees and users."""

import factory

from linli.core.accounts.models import Committee, Role, User


class CommitteeFactory(factory.django.DjangoModelFactory[Committee]):
    class Meta:
        model = Committee

    name = factory.Sequence(lambda n: f"第{n}居委会")
    desk_phone = "021-5550 0100"
    desk_hours = "周一至周五 8:30–17:00"


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    committee = factory.SubFactory(CommitteeFactory)
    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")
    role = Role.WORKER
    must_change_password = False
    password = "!"
