"""Who agreed to what, how, and until when? Consent is a list of events; nothing is ever overwritten."""

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record
from havre.infra.server import APP_ROLE

EVENTS = ("given", "refused", "withdrawn", "exception", "basis")
GIVERS = ("child", "parent", "caregiver", "guardian", "other")
TYPES = ("informed_consent", "informed_assent")
MODES = ("written", "verbal_recorded", "verbal_witnessed", "thumbprint")
EXCEPTIONS = ("caregiver_absent", "caregiver_unsafe", "life_at_risk", "mandatory_reporting")


class Consent(Record):
    """One event. `answers` is purpose -> yes | no | never; a withdrawal lists its purposes with `no`.

    `exception` events say why the agreement of a caregiver was not asked or not followed, with the reason sealed;
    `basis` events say on which legal basis information is held.
    """

    TIER_A: ClassVar[frozenset[str]] = frozenset(
        {"person_id", "event", "given_by", "giver_id", "type", "mode", "language", "interpreter", "interpreter_sworn", "answers",
         "given_at", "expires_at", "exception", "basis", "withdraws"})

    person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="consents")
    event = models.TextField(default="given")
    given_by = models.TextField()
    giver = models.ForeignKey("registration.Person", on_delete=models.PROTECT, null=True, related_name="+")
    type = models.TextField(default="informed_consent")
    mode = models.TextField(default="verbal_witnessed")
    language = models.TextField(blank=True)
    interpreter = models.BooleanField(default=False)
    interpreter_sworn = models.BooleanField(default=False, help_text="the interpreter promised confidentiality")
    answers = models.JSONField(default=dict)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    exception = models.TextField(blank=True)
    basis = models.TextField(blank=True, help_text="code list legal_basis, for events of that kind")
    withdraws = models.UUIDField(null=True)

    reasons = SealedJson(tier=Tier.B)
    withheld = SealedJson(tier=Tier.B)
    capacity_note = SealedText(tier=Tier.B)

    class Meta:
        indexes = [models.Index(fields=["person", "given_at"], name="consent_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(event__in=EVENTS), name="consent_event_known"),
            models.CheckConstraint(condition=Q(given_by__in=GIVERS), name="consent_giver_known"),
            models.CheckConstraint(condition=Q(type__in=TYPES), name="consent_type_known"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="consent_mode_known"),
            models.CheckConstraint(condition=Q(expires_at__isnull=True) | Q(expires_at__gt=models.F("given_at")),
                                   name="consent_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(event="exception") | Q(exception__in=EXCEPTIONS),
                                   name="exception_says_which"),
            models.CheckConstraint(condition=~Q(event="basis") | ~Q(basis=""), name="legal_basis_says_which"),
        ]

    def subject_id(self) -> UUID:
        """Consent is forgotten together with the person it is about."""
        return self.person_id

    @classmethod
    def database_statements(cls) -> Iterator[str]:
        """The application adds events and cannot change or remove one."""
        yield f"revoke update, delete on {cls._meta.db_table} from {APP_ROLE}"
