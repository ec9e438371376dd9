"""Askings, codes and ballots.

Two sides that no column joins: ``Code`` knows doors, ``Ballot``, ``Vote`` and ``Reason`` know
answers. Both sides keep a keyed hash of the resident's code, under two keys that are not in the
database. Rows of the ballot side get random numbers and a day, so that neither order nor time
tells whose they are. SECURITY.md says what this protects and what not.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def random_row_key() -> int:
    """Number a row at random: on SQLite the number is also its place in the file."""
    return secrets.randbits(62) + 1


class Form(models.TextChoices):
    """How a simple question is answered."""

    SINGLE = "single", _("Choose one")
    MULTIPLE = "multiple", _("Choose any number")
    RANKED = "ranked", _("Put in order")
    NONE = "none", _("No question, statements only")


class Basis(models.TextChoices):
    """Who gets a code."""

    HOUSEHOLD = "household", _("One answer per household")
    ADULT = "adult", _("One answer per adult")


class Asking(models.Model):
    """One round of asking residents about a matter."""

    matter = models.ForeignKey("participation.Matter", models.PROTECT, related_name="askings")
    key = models.UUIDField(unique=True, editable=False)
    """Context of the keyed hashes: the same code means nothing in another asking."""
    question = models.CharField(_("question"), max_length=120, blank=True)
    form = models.CharField(_("how it is answered"), max_length=10, choices=Form.choices)
    basis = models.CharField(_("who answers"), max_length=10, choices=Basis.choices)
    is_secret = models.BooleanField(_("secret"), default=True)
    has_statements = models.BooleanField(_("with statements to agree or disagree"), default=False)
    residents_may_add = models.BooleanField(_("residents may add statements"), default=False)
    asks_about_self = models.BooleanField(_("ask for age band and tenure"), default=True)
    large_buildings = models.JSONField(default=list)
    """Ids of buildings with at least 50 codes: only there a ballot carries its building."""
    created_at = models.DateTimeField()
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(_("open until"))
    closed_at = models.DateTimeField(null=True, blank=True)
    ballots_until = models.DateField(null=True, blank=True)
    """Frozen ballots are kept for a recount until this day."""
    destroyed_at = models.DateTimeField(null=True, blank=True)
    is_imported = models.BooleanField(default=False)
    """It was not asked here: statements and votes came from an export of Polis."""

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("asking")
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=models.Q(closed_at=None),
                name="one_asking_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.question or str(self.key)

    @property
    def is_open(self) -> bool:
        """Say whether answers are taken."""
        return self.opened_on is not None and self.closed_at is None


class Code(models.Model):
    """A slip's code on the side that knows doors; it never learns whether it was used."""

    asking = models.ForeignKey(Asking, models.PROTECT, related_name="codes")
    door = models.ForeignKey("register.Door", models.PROTECT, related_name="+")
    adult = models.ForeignKey("register.Adult", models.PROTECT, related_name="+", null=True)
    digest = models.BinaryField(max_length=32, unique=True)
    issued_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    is_reissue = models.BooleanField(default=False)

    class Meta:
        ordering = ["door__building__position", "door__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "door", "adult"],
                condition=models.Q(withdrawn_on=None),
                name="one_valid_code_a_holder",
            ),
            models.UniqueConstraint(
                fields=["asking", "door"],
                condition=models.Q(withdrawn_on=None, adult=None),
                name="one_valid_code_a_household",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asking_id}/{self.door_id}"


class AgeBand(models.TextChoices):
    """What a voter may tick about his age."""

    TO_29 = "18-29", _("18 to 29")
    TO_44 = "30-44", _("30 to 44")
    TO_59 = "45-59", _("45 to 59")
    TO_74 = "60-74", _("60 to 74")
    FROM_75 = "75+", _("75 and older")


class Tenure(models.TextChoices):
    """Whether the home is a voter's own."""

    OWNER = "owner", _("Owner")
    TENANT = "tenant", _("Tenant")


class Ballot(models.Model):
    """One voter's answer, without the voter."""

    id = models.BigAutoField(primary_key=True, default=random_row_key)
    asking = models.ForeignKey(Asking, models.PROTECT, related_name="ballots")
    voter_key = models.BinaryField(max_length=32)
    day = models.DateField()
    answer = models.JSONField(null=True)
    """Ids of options, in order where ranked; None: the question was left out so far."""
    age_band = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    tenure = models.CharField(max_length=6, choices=Tenure.choices, blank=True)
    building = models.ForeignKey(
        "register.Building", models.PROTECT, related_name="+", null=True, blank=True
    )
    code = models.ForeignKey(Code, models.PROTECT, related_name="+", null=True, blank=True)
    """Only in signed askings, where the voter is told so first."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asking", "voter_key"], name="one_ballot_a_voter"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Choice(models.IntegerChoices):
    """A vote on a statement, in the sign of Polis exports."""

    AGREE = 1, _("Agree")
    DISAGREE = -1, _("Disagree")
    UNSURE = 0, _("Not sure")


class Statement(models.Model):
    """A short view (看法) one can agree or disagree with."""

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="statements")
    text = models.CharField(_("statement"), max_length=1000)
    """Own statements have 140 characters at most; those of imported conversations may be longer."""
    position = models.PositiveIntegerField()
    from_resident = models.BooleanField(default=False)
    status = models.CharField(
        max_length=8,
        default="accepted",
        choices=[
            ("pending", _("waiting")),
            ("accepted", _("shown")),
            ("refused", _("not shown")),
        ],
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["asking", "position"], name="statement_position_once"),
        ]

    def __str__(self) -> str:
        return self.text


class ModerationLine(models.Model):
    """One decision about a resident's statement, with its reason; the table only grows."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="moderation")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.reason}"


class Vote(models.Model):
    """One voter's vote on one statement, without the voter."""

    id = models.BigAutoField(primary_key=True, default=random_row_key)
    asking = models.ForeignKey(Asking, models.PROTECT, related_name="votes")
    voter_key = models.BinaryField(max_length=32)
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="votes")
    choice = models.SmallIntegerField(choices=Choice.choices)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "voter_key", "statement"], name="one_vote_a_statement"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Reason(models.Model):
    """A reason a resident gave; it lies apart from every ballot and has no day.

    Its number follows from code and statement under a key, so a form sent twice counts once.
    """

    id = models.BigAutoField(primary_key=True, default=random_row_key)
    asking = models.ForeignKey(Asking, models.PROTECT, related_name="reasons")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="reasons")
    side = models.SmallIntegerField(choices=Choice.choices, null=True)
    text = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.text


class FrozenResult(models.Model):
    """What a closed asking came to, and the mark by which a recount is checked."""

    asking = models.OneToOneField(Asking, models.PROTECT, related_name="result")
    counts = models.JSONField()
    ballots_sha256 = models.CharField(max_length=64)
    opinion_map = models.JSONField(null=True)
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ballots_sha256


class Notice(models.Model):
    """A posted notice (公示); what was posted is never changed, only followed by another."""

    matter = models.ForeignKey("participation.Matter", models.PROTECT, related_name="notices")
    asking = models.ForeignKey(Asking, models.PROTECT, related_name="notices", null=True)
    slug = models.SlugField(unique=True)
    kind = models.CharField(
        max_length=8, choices=[("before", _("Notice before")), ("result", _("Result"))]
    )
    content = models.JSONField()
    """Everything the page says, as it was on the day of posting."""
    object_until = models.DateField(_("objections until"))
    posted_on = models.DateField()
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.slug
