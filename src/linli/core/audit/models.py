"""One table that only grows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditLine(models.Model):
    """One thing done or read; the database itself refuses to change or delete it."""

    committee = models.ForeignKey("accounts.Committee", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    """Nobody where a command or the calendar did it."""
    action = models.CharField(max_length=60)
    """A code such as ``participation.matter_moved``; its phrase makes the sentence."""
    subject = models.CharField(max_length=60, blank=True)
    """What it was done to, as ``app.model:id``."""
    why = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    """Codes and numbers for the phrase; never a name, an answer or a resident's code."""

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["committee", "-id"], name="audit_by_committee")]
        verbose_name = _("log line")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.action} {self.subject}"
