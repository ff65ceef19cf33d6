"""Who belongs to whom? The family as a small graph, and brothers and sisters found in other files."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record

TYPES = ("mother", "father", "stepmother", "stepfather", "sister", "brother", "half_sibling", "grandmother", "grandfather",
         "aunt", "uncle", "cousin", "niece_nephew", "spouse", "partner", "child_of", "in_law", "legal_guardian", "foster_carer",
         "other_family", "other_non_family", "smuggler", "employer", "friend", "neighbour", "authority_staff")
PARENTS = frozenset({"mother", "father"})
SIBLINGS = frozenset({"sister", "brother", "half_sibling"})
BASES = ("biological", "legal", "customary")
EVIDENCE = ("claimed", "corroborated_by_other_party", "documented", "dna", "court_confirmed")
ANSWERS = ("yes", "no", "unknown")


class Relationship(Record):
    """An edge of the family: `from_person` is the `type` of `to_person` (Amina is the mother of Yusuf)."""

    TIER_A: ClassVar[frozenset[str]] = frozenset(
        {"from_person_id", "to_person_id", "type", "basis", "evidence", "lives_with", "lived_with_before", "in_contact", "separated",
         "is_caregiver", "contact_allowed"})

    from_person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="kin_of")
    to_person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="kin")
    type = models.TextField()
    basis = models.TextField(default="biological")
    evidence = models.TextField(default="claimed", help_text="code list evidence_level")
    lives_with = models.TextField(default="unknown")
    lived_with_before = models.TextField(default="unknown")
    in_contact = models.TextField(default="unknown")
    separated = models.TextField(default="unknown")
    is_caregiver = models.BooleanField(default=False)
    contact_allowed = models.TextField(default="unknown", help_text="whether the child agrees that this person is contacted")

    detail = SealedText(tier=Tier.B)
    contact_reason = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_person=F("to_person")), name="nobody_is_their_own_relative"),
            models.CheckConstraint(condition=Q(type__in=TYPES), name="relationship_type_known"),
            models.CheckConstraint(condition=Q(basis__in=BASES), name="relationship_basis_known"),
            models.CheckConstraint(condition=Q(evidence__in=EVIDENCE), name="relationship_evidence_known"),
            models.UniqueConstraint(fields=["from_person", "to_person", "type"], name="related_once_in_a_way"),
        ]


class SiblingProposal(Record):
    """Another case that may be of the same family. It stays a question until a person answers it."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"person_id", "other_person", "other_file", "other_agency", "status", "decided_by",
                                                  "decided_at"})
    STATUSES = ("proposed", "accepted", "declined")

    person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="+")
    other_person = models.UUIDField()
    other_file = models.UUIDField()
    other_agency = models.UUIDField()
    status = models.TextField(default="proposed")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=("proposed", "accepted", "declined")), name="sibling_status_known"),
            models.UniqueConstraint(fields=["file", "other_file"], name="sibling_proposed_once"),
        ]
