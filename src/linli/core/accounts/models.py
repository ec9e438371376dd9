"""Committees and the people who work for them."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Committee(models.Model):
    """A residents' committee (居委会); every other row belongs to one."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    desk_phone = models.CharField(_("desk phone"), max_length=40, blank=True)
    desk_hours = models.CharField(_("desk hours"), max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    keys_fingerprint = models.BinaryField(default=b"")
    """Tells at start whether the keys are those the data was sealed with."""

    class Meta:
        verbose_name = _("committee")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a user may do follows from one of five roles; a committee may relabel them."""

    HEAD = "head", _("Head")
    WORKER = "worker", _("Community worker")
    CAPTAIN = "captain", _("Building captain")
    PARTNER = "partner", _("Partner social worker")
    OVERSEER = "overseer", _("Overseer")


class Accounts(BaseUserManager["User"]):
    """Finds a user by what was typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user whatever the case of the name; names are kept in small letters."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who logs in; closed, never deleted, so that the log keeps its meaning."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="users")
    username = models.CharField(_("user name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.WORKER)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.name

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Ask the rules; nobody is above them."""
        from rules import has_perm  # noqa: PLC0415  the registry needs the apps

        return self.is_active and has_perm(permission, self, obj)


class RoleLabel(models.Model):
    """What a committee calls a role."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="role_labels")
    role = models.CharField(max_length=10, choices=Role.choices)
    label = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "role"], name="one_label_a_role")
        ]

    def __str__(self) -> str:
        return self.label


class ApiToken(models.Model):
    """A key for a program that acts for a user, within scopes, until a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=40)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("valid until"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
