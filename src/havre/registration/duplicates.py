"""Did we look for an earlier record of this child, and what did we conclude?"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.infra.records import Record


class DuplicateReview(Record):
    """One search before create and its conclusion.

    `hits` is a list of {ref, answer, agency, file, person, conclusion}: `answer` is `yes` (in scope), `possible` (in scope) or
    `contact` (another agency's focal point is asked); `conclusion` is "" until a person says `same`, `different`,
    `asked` or `unsure`. Of another agency's record it holds opaque ids only.
    """

    TIER_A: ClassVar[frozenset[str]] = frozenset({"person", "searched_at", "elements", "hits", "reviewed_at", "reviewed_by"})

    person = models.UUIDField(null=True, help_text="the child registered after this search")
    searched_at = models.DateTimeField()
    elements = models.JSONField(default=list, help_text="which elements were searched with: codes, not their values")
    hits = models.JSONField(default=list)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                                   | Q(reviewed_at__isnull=False, reviewed_by__isnull=False), name="review_has_reviewer"),
        ]
