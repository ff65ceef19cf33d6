"""The records of statistics: plans, questions, what was spent, what was measured, what is published. No personal data in any of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record
from havre.statistics.states import Status

LINES = ("public", "partner", "room")
KINDS = ("release", "question")


class Release(Record):
    """One planned release: what would be counted, at what price, and where it stands. `plan` is `releases.plans.ReleasePlan` as JSON."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "status", "population", "country", "first_month", "last_month", "line", "plan", "author_id", "submitted_at", "decided_by",
        "decided_at", "measured_at", "release_on", "published_at", "withdrawn_at", "withdrawn_for", "trouble"})

    status = models.TextField(default=Status.DRAFT.value)
    population = models.TextField()
    country = models.CharField(max_length=2)
    first_month = models.DateField()
    last_month = models.DateField()
    line = models.TextField(help_text="The line of the ledger that pays: public or partner")
    plan = models.JSONField()
    author_id = models.UUIDField()
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    measured_at = models.DateTimeField(null=True)
    release_on = models.DateField(null=True, help_text="The fixed day on which it is published")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.TextField(default="", blank=True, help_text="Why it was withdrawn, as a code")
    trouble = models.TextField(default="", blank=True, help_text="Code of the problem of the last measurement")

    reason = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="release_status_known"),
            models.CheckConstraint(condition=Q(line__in=["public", "partner"]), name="release_line_known"),
            models.CheckConstraint(condition=Q(last_month__gte=F("first_month")), name="release_months_in_order"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author_id")), name="release_has_four_eyes"),
            models.CheckConstraint(condition=~Q(status="withdrawn") | ~Q(withdrawn_for=""), name="release_withdrawn_for_a_reason"),
        ]
        indexes = [models.Index(fields=["-created_at"], name="release_newest_first"),
                   models.Index(fields=["status", "release_on"], name="release_due")]


class Question(Record):
    """One question of the analyst's room, with what became of it: it waits, was answered from a sheet, measured, or refused."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "population", "country", "first_month", "last_month", "table", "plan", "asked_by", "asked_at", "outcome", "spent", "sheet", "trouble"})

    population = models.TextField()
    country = models.CharField(max_length=2)
    first_month = models.DateField()
    last_month = models.DateField()
    table = models.JSONField(help_text="The attributes with their levels")
    plan = models.JSONField(default=dict)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    outcome = models.TextField(help_text="waiting: being worked on; kept: answered from a stored sheet; measured; refused")
    spent = models.BigIntegerField(default=0, help_text="Billionths of rho")
    sheet = models.CharField(max_length=64, default="", blank=True)
    trouble = models.TextField(default="", blank=True, help_text="Why it could not be answered, as a code")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(outcome__in=["waiting", "kept", "measured", "refused"]), name="question_outcome_known"),
                       models.CheckConstraint(condition=Q(outcome__in=["kept", "measured"]) ^ Q(sheet=""), name="question_answered_has_a_sheet"),
                       models.CheckConstraint(condition=Q(spent__gte=0), name="question_spent_not_negative")]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="statistics_question_newest"),
                   models.Index(fields=["asked_at"], condition=Q(outcome="waiting"), name="question_waiting")]


class LedgerMonth(models.Model):
    """What was spent on the children entered in one month, in billionths of rho, and the most that may be."""

    country = models.CharField(max_length=2)
    ledger = models.TextField()
    month = models.DateField()
    public = models.BigIntegerField(default=0)
    partner = models.BigIntegerField(default=0)
    room = models.BigIntegerField(default=0)
    cap_public = models.BigIntegerField()
    cap_partner = models.BigIntegerField()
    cap_room = models.BigIntegerField()
    cap_total = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "ledger", "month"], name="one_ledger_of_a_month"),
            models.CheckConstraint(condition=Q(public__gte=0, partner__gte=0, room__gte=0), name="ledger_only_grows_from_zero"),
            models.CheckConstraint(condition=Q(public__lte=F("cap_public"), partner__lte=F("cap_partner"), room__lte=F("cap_room")),
                                   name="ledger_lines_not_overspent"),
            models.CheckConstraint(condition=Q(cap_total__gte=F("public") + F("partner") + F("room")), name="ledger_not_overspent"),
        ]


class Spending(models.Model):
    """One payment: what for, from which line, on which months. A release or question pays once."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField(help_text="release or question")
    subject = models.UUIDField(unique=True, help_text="The release or question that was paid for")
    code = models.CharField(max_length=12, help_text="Its code")
    country = models.CharField(max_length=2)
    ledger = models.TextField()
    population = models.TextField()
    months = ArrayField(models.DateField())
    line = models.TextField()
    rho = models.BigIntegerField(help_text="Billionths of rho")
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(line__in=LINES), name="spending_line_known"),
                       models.CheckConstraint(condition=Q(kind__in=KINDS), name="spending_kind_known"),
                       models.CheckConstraint(condition=Q(rho__gt=0), name="spending_is_positive")]
        indexes = [models.Index(fields=["country", "ledger", "-at"], name="spending_newest_first")]


class StoredSheet(models.Model):
    """One noisy sheet as it was measured. Everything that is ever said of its tables is worked out from `content`."""

    id = models.CharField(primary_key=True, max_length=64, help_text="SHA-256 of the content")
    spending = models.OneToOneField(Spending, on_delete=models.PROTECT, related_name="sheet")
    population = models.TextField()
    country = models.CharField(max_length=2)
    first_month = models.DateField()
    last_month = models.DateField()
    line = models.TextField()
    tables = models.JSONField(help_text="The planned tables, as lists of attribute and level")
    codebook = models.JSONField(help_text="Attribute -> titles and labels of its codes, as they were on that day")
    content = models.BinaryField()
    measured_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, help_text="Its release was withdrawn: nothing new is answered from it")

    class Meta:
        indexes = [models.Index(fields=["country", "population", "first_month"], name="sheet_by_population")]


class Publication(models.Model):
    """One release as everyone may read it. Withdrawn ones stay, with the reason and without their tables."""

    id = models.UUIDField(primary_key=True)
    release = models.UUIDField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    series = models.TextField(help_text="Country, population and months: later releases of the same are later versions")
    version = models.PositiveIntegerField()
    line = models.TextField()
    sheet = models.ForeignKey(StoredSheet, on_delete=models.PROTECT, related_name="publications")
    shown = models.JSONField(help_text="Every planned table as it is read")
    statement = models.JSONField(help_text="The guarantee, for machines")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="one_publication_of_a_version"),
            models.CheckConstraint(condition=Q(withdrawn_at__isnull=True, withdrawn_for="")
                                   | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_for="")), name="publication_withdrawn_for_a_reason"),
        ]
        indexes = [models.Index(fields=["-published_at"], name="publication_newest_first")]


class PlaceContext(models.Model):
    """One public figure of a place, as a file of somebody else says it. See `statistics.context`."""

    pcode = models.CharField(max_length=20)
    indicator = models.TextField()
    value = models.DecimalField(max_digits=24, decimal_places=6)
    source = models.TextField()
    on = models.DateField()
    loaded_at = models.DateTimeField()
    loaded_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pcode", "indicator", "source", "on"], name="one_figure_of_a_place_and_day"),
                       models.CheckConstraint(condition=~Q(indicator="") & ~Q(source=""), name="figure_of_a_place_has_a_source")]
