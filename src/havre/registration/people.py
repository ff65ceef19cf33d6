"""Who is this person, as far as anyone knows?

Names come in several scripts and kinds; age is a range with the way it was learnt; a birth date may be known to the year
only. What identifies a person is sealed under a data key of their own, so that one person can be forgotten.
"""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record
from havre.registration.rules import AGE_METHODS, ALIVE, CHILD_ROLES, ROLES, SEXES

__all__ = ["AGE_METHODS", "ALIVE", "CHILD_ROLES", "ROLES", "SEXES", "Person"]

def younger(one: Any, other: Any) -> Any:
    """Of two recorded lower ages the one that protects: the lower; nothing known counts as 0."""
    return min(one or 0, other or 0)


class Person(Record):
    """A child, a relative, someone who searches, someone who is sought: one row per person and file."""

    TIER_A: ClassVar[frozenset[str]] = frozenset(
        {"role", "sex", "age_min", "age_max", "age_method", "age_status", "recorded_on", "languages", "deceased"})
    PROTECTIVE: ClassVar[Mapping[str, Any]] = {"age_min": younger}

    role = models.TextField()
    sex = models.TextField(default="unknown")
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    age_method = models.TextField(default="unknown")
    age_status = models.TextField(default="not_needed", help_text="code list age_assessment_status")
    recorded_on = models.DateField(help_text="the day on which the ages were recorded")
    languages = ArrayField(models.TextField(), default=list)
    deceased = models.TextField(default="unknown", help_text="code list alive_status")

    names = SealedJson(tier=Tier.B)
    birth_date = SealedText(tier=Tier.B)
    nationalities = SealedJson(tier=Tier.B)
    ethnicity = SealedText(tier=Tier.B)
    phones = SealedJson(tier=Tier.B)
    identifiers = SealedJson(tier=Tier.B)
    origin = SealedJson(tier=Tier.B)
    last_seen = SealedJson(tier=Tier.B)
    separation = SealedJson(tier=Tier.B)
    address = SealedText(tier=Tier.B)
    features = SealedText(tier=Tier.B)
    note = SealedText(tier=Tier.B)

    class Meta:
        indexes = [models.Index(fields=["file", "role"], name="person_by_file"),
                   models.Index(fields=["id"], include=["file", "sex", "age_min"], condition=Q(role="child"), name="child_counted")]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="person_role_known"),
            models.CheckConstraint(condition=Q(sex__in=SEXES), name="person_sex_known"),
            models.CheckConstraint(condition=Q(age_method__in=AGE_METHODS), name="person_age_method_known"),
            models.CheckConstraint(condition=Q(deceased__in=ALIVE), name="person_alive_known"),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_max__gte=F("age_min")),
                name="person_ages_in_order"),
            models.UniqueConstraint(fields=["file"], condition=Q(role="child"), name="one_child_in_a_case_file"),
        ]

    def subject_id(self) -> UUID:
        """A person's words are sealed under that person's own key."""
        return self.pk
