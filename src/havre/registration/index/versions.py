"""Which model of the matcher is in use, which were proposed, and how common are names here? Tables without a person.

A model is proposed by one person and decided on by another; what is in use is a log, so that going back is one more line
of it. Name shares are counts of very many people, without the rare names.
"""

from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.infra.server import APP_ROLE

PROPOSED, APPROVED, REFUSED = "proposed", "approved", "refused"


class MatcherModel(models.Model):
    """One version of the matcher's numbers as TOML text, learned from decisions; never changed after it was proposed."""

    STATES: ClassVar[tuple[str, ...]] = (PROPOSED, APPROVED, REFUSED)

    id = models.UUIDField(primary_key=True)
    version = models.TextField(unique=True)
    text = models.TextField()
    decisions = models.PositiveIntegerField(help_text="How many decided pairs it was learned from")
    state = models.TextField(default=PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        db_table = "registration_matcher_model"
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state=PROPOSED), name="one_matcher_model_proposed"),
            models.CheckConstraint(condition=Q(state__in=[PROPOSED, APPROVED, REFUSED]), name="matcher_model_state_known"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="matcher_model_two_people"),
            models.CheckConstraint(condition=Q(state=PROPOSED, decided_by__isnull=True, decided_at__isnull=True)
                                   | (~Q(state=PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                                   name="matcher_model_decided_by_someone"),
        ]

    @classmethod
    def database_statements(cls) -> Iterator[str]:
        """The application can decide on a model and cannot change one."""
        yield f"revoke update, delete, truncate on {cls._meta.db_table} from {APP_ROLE}"
        yield f"grant update (state, decided_at, decided_by) on {cls._meta.db_table} to {APP_ROLE}"


class MatcherUse(models.Model):
    """From when on a model was used; the newest line holds. Without a model: the one shipped with Havre."""

    id = models.BigAutoField(primary_key=True)
    model = models.ForeignKey(MatcherModel, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        db_table = "registration_matcher_use"

    @classmethod
    def database_statements(cls) -> Iterator[str]:
        """What was in use is never written anew."""
        yield f"revoke update, delete, truncate on {cls._meta.db_table} from {APP_ROLE}"


class NameShares(models.Model):
    """How common names are among the people of this instance, and how many people there are. The newest line holds.

    `shares`: consonant skeleton of a name -> share of people, only of names that many bear. `people`: role -> entries.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    drawn = models.PositiveIntegerField(help_text="How many people were drawn at random and counted")
    people = models.JSONField()
    shares = models.JSONField()

    class Meta:
        db_table = "registration_name_shares"
