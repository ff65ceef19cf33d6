"""What was found about the child's situation, and what did the child say?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.cases.rules import PHASES, RISK_ORDER, FactorKind, Level
from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record


class Assessment(Record):
    """One assessment: how it was done, the risk found and why."""

    TIER_A = frozenset({"case_id", "mode", "assessed_at", "assessor_id", "persons_present", "child_seen_alone", "home_visit",
                        "risk_level", "risk_flags", "concern_levels", "unanswered"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="assessments")
    mode = models.TextField()
    assessed_at = models.DateTimeField()
    assessor_id = models.UUIDField()
    persons_present = ArrayField(models.TextField(), default=list)
    child_seen_alone = models.BooleanField()
    not_alone_reason = SealedText(tier=Tier.B)
    home_visit = models.BooleanField(default=False)
    risk_level = models.TextField()
    risk_flags = ArrayField(models.TextField(), default=list)
    concern_levels = models.JSONField(default=dict)
    unanswered = ArrayField(models.TextField(), default=list, help_text="Levels of life that were not looked at")
    risk_reasons = SealedText(tier=Tier.B)
    summary = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(risk_level__in=RISK_ORDER), name="assessment_risk_known")]
        indexes = [models.Index(fields=["case", "assessed_at"], name="assessment_by_case")]


class Factor(Record):
    """One thing that raises or lowers the danger, at one level of the child's world."""

    TIER_A = frozenset({"case_id", "assessment_id", "level", "kind", "code", "strength", "phase", "changeable"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="factors")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="factors")
    level = models.TextField()
    kind = models.TextField()
    code = models.TextField()
    strength = models.SmallIntegerField()
    phase = models.TextField()
    changeable = models.BooleanField(default=False)
    evidence = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[x.value for x in Level]), name="factor_level_known"),
            models.CheckConstraint(condition=Q(kind__in=[x.value for x in FactorKind]), name="factor_kind_known"),
            models.CheckConstraint(condition=Q(strength__gte=0, strength__lte=3), name="factor_strength_0_to_3"),
            models.CheckConstraint(condition=Q(phase__in=PHASES), name="factor_phase_known"),
            models.UniqueConstraint(fields=["assessment", "kind", "code", "phase"], name="factor_once"),
        ]


class View(Record):
    """What the child said or showed about one matter, the weight it was given, and what was told back."""

    TIER_A = frozenset({"case_id", "whose", "mode", "language", "interpreter", "alone", "topic", "given_at", "weight",
                        "decision_follows", "told_back_at", "understood"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="views")
    whose = models.TextField(default="child", help_text="child or caregiver")
    mode = models.TextField()
    language = models.TextField(default="", blank=True)
    interpreter = models.BooleanField(default=False)
    alone = models.BooleanField(default=False)
    topic = models.TextField()
    given_at = models.DateTimeField()
    words = SealedText(tier=Tier.B)
    maturity_note = SealedText(tier=Tier.B)
    no_views_reason = SealedText(tier=Tier.B)
    weight = models.TextField(default="", blank=True)
    decision_follows = models.BooleanField(null=True)
    why_not_followed = SealedText(tier=Tier.B)
    told_back_at = models.DateTimeField(null=True)
    understood = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(whose__in=["child", "caregiver"]), name="view_whose_known"),
            models.CheckConstraint(condition=Q(weight__in=["", "informative", "significant", "determinative"]),
                                   name="view_weight_known"),
        ]
        indexes = [models.Index(fields=["case", "given_at"], name="view_by_case")]
