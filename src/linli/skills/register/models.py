"""Buildings, doors and the adults behind them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Building(models.Model):
    """A building as its residents name it: 3号楼."""

    committee = models.ForeignKey("accounts.Committee", models.PROTECT, related_name="buildings")
    name = models.CharField(_("building"), max_length=40)
    position = models.PositiveIntegerField(default=0)
    """Order on lists: by the number in the name, then by the name."""

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="building_once"),
        ]
        verbose_name = _("building")

    def __str__(self) -> str:
        return self.name


class Door(models.Model):
    """A dwelling's door; the unit of a household."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="doors")
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    floor = models.SmallIntegerField(_("floor"), null=True, blank=True)
    number = models.CharField(_("door"), max_length=20)
    raw = models.CharField(max_length=120, blank=True)
    """The address as the sheet had it."""
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["building__position", "building__name", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["building", "unit", "number"], name="door_once"),
        ]
        verbose_name = _("door")

    def __str__(self) -> str:
        return "-".join(part for part in (self.unit, self.number) if part)


class Adult(models.Model):
    """A resident of 18 or more; the name is sealed, its place is ``adult:<uid>:name``."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    door = models.ForeignKey(Door, models.PROTECT, related_name="adults")
    name_sealed = models.BinaryField()
    name_index = models.BinaryField(max_length=16)
    """Keyed hash of the name: the same name behind the same door is the same person here."""

    class Meta:
        ordering = ["door", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["door", "name_index"], name="adult_once"),
        ]
        verbose_name = _("adult")

    def __str__(self) -> str:
        return str(self.uid)


class CaptainOf(models.Model):
    """The building a building captain looks after."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="captain_of")
    building = models.ForeignKey(Building, models.CASCADE, related_name="captains")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "building"], name="captain_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.building}"
