"""Matters (议题), the spine of everything else."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Decider(models.TextChoices):
    """Who decides a matter in the end."""

    COMMITTEE = "committee", _("The residents' committee")
    RESIDENTS = "residents", _("The residents by this vote")
    COUNCIL = "council", _("The residents' council")
    OWNERS = "owners", _("The owners' assembly")
    AUTHORITY = "authority", _("The street or a department")


class Matter(models.Model):
    """Something that concerns residents and is to be decided."""

    committee = models.ForeignKey("accounts.Committee", models.PROTECT, related_name="matters")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    """Counted within committee and year: 2026-3."""
    title = models.CharField(_("title"), max_length=60)
    plan = models.TextField(_("what is planned"))
    why = models.TextField(_("why"))
    proposed_by = models.CharField(_("who proposed it"), max_length=60)
    decider = models.CharField(
        _("who decides"), max_length=10, choices=Decider.choices, default=Decider.RESIDENTS
    )
    touches_everyone = models.BooleanField(_("it touches everyone"), default=True)
    buildings = models.ManyToManyField("register.Building", blank=True, related_name="matters")
    """Whom it touches, where that is not everyone."""
    answers_until = models.DateField(_("answers until"), null=True, blank=True)
    decision_on = models.DateField(_("decision on"), null=True, blank=True)
    next_step = models.TextField(_("what happens next"), blank=True)
    """Told to residents at the end of their answers and on the notice."""
    state = models.CharField(max_length=12, default="draft")
    """One of ``engines.participation.matter_states.STATES``."""
    state_since = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="kept_matters"
    )
    """The worker in charge; handed over when she leaves."""
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "year", "number"], name="matter_numbered_once"
            ),
        ]
        verbose_name = _("matter")

    def __str__(self) -> str:
        return self.title


class Option(models.Model):
    """One of the ways the matter could be settled."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("option"), max_length=60)
    detail = models.CharField(_("in a sentence"), max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "position"], name="option_position_once"),
        ]

    def __str__(self) -> str:
        return self.text


class MatterMove(models.Model):
    """One step of a matter's way; the table only grows."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class Assignment(models.Model):
    """A matter that a partner social worker may see and help with."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assigned_matters"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "user"], name="assigned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.matter}"
