"""Which pairs may be the same family, what was decided about each, and what did each side say on its own?

A pair has two `Candidate` rows, one in the child's file and one in the request's, each sealed under its own side.
When both sides agree to share, a match file is opened: what was agreed to be disclosed lives there, and nowhere else.
Interviews stay in the file of their side until both are done, so that even the database keeps the lanes apart.
"""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record
from havre.tracing.rules import CandidateStatus, FactOutcome, MatchState, Side

SIDES = [s.value for s in Side]


class Candidate(Record):
    """One side's view of a possible pair: its own values, and of the other side only how well they agree."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "side", "pair", "own_person_id", "other_person", "other_file", "other_agency", "status", "stage", "verdict",
        "per_thousand", "words", "one_in", "model_version", "evidence_digest", "found_at", "agreed_at", "agreed_by",
        "ended_by_other_side", "match_file"})

    side = models.TextField()
    pair = models.UUIDField()
    own_person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="+")
    other_person = models.UUIDField()
    other_file = models.UUIDField()
    other_agency = models.UUIDField()
    status = models.TextField(default=CandidateStatus.CANDIDATE.value)
    stage = models.TextField(default="", blank=True, help_text="Where the match file stands, once there is one")
    verdict = models.TextField(default="same_person", help_text="same_person or same_family")
    per_thousand = models.PositiveSmallIntegerField()
    words = models.TextField()
    one_in = models.PositiveBigIntegerField(default=0, help_text="The chance before any comparison is one in this many")
    model_version = models.TextField()
    evidence_digest = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.UUIDField(null=True)
    ended_by_other_side = models.BooleanField(default=False)
    match_file = models.UUIDField(null=True)

    evidence = SealedJson(tier=Tier.B)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "pair", "side"], name="pair_once_in_a_file"),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="candidate_side_known"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in CandidateStatus]), name="candidate_status_known"),
            models.CheckConstraint(condition=Q(per_thousand__lte=1000), name="candidate_chance_below_one"),
        ]
        indexes = [models.Index(fields=["file", "status", "-per_thousand"], name="candidate_best_first"),
                   models.Index(fields=["pair"], name="candidate_by_pair"),
                   models.Index(fields=["own_person"], name="candidate_by_person")]

    def subject_id(self) -> UUID:
        """Forgotten together with the person whose values it holds."""
        return self.own_person_id


class MatchDecision(Record):
    """What someone decided about a candidate or a match, and why."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"pair", "decision", "reason", "decided_by", "decided_at", "evidence_digest"})

    pair = models.UUIDField()
    decision = models.TextField()
    reason = models.TextField(default="", blank=True, help_text="code list match_reject_reason, when rejected")
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    evidence_digest = models.CharField(max_length=64, blank=True)
    reasons = SealedText(tier=Tier.B)

    class Meta:
        indexes = [models.Index(fields=["file", "pair"], name="decision_by_pair")]


class Match(Record):
    """A pair that both sides agreed to examine together: the only record of its kind in a match file."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "pair", "child_person", "sought_person", "inquirer", "case_file", "request_file", "case_owner", "request_owner",
        "case_team", "case_agency", "request_agency", "case_country", "request_country", "relation", "state", "per_thousand",
        "words", "one_in", "model_version", "opened_at", "child_interviewer", "child_interviewed_at", "child_recognises",
        "child_wants", "adult_interviewer", "adult_interviewed_at", "adult_recognises", "adult_wants", "identity_checked",
        "red_flags", "flags_cleared_by", "flags_cleared_at", "decided_by", "decided_at", "recommendation"})

    pair = models.UUIDField()
    child_person = models.UUIDField()
    sought_person = models.UUIDField()
    inquirer = models.UUIDField()
    case_file = models.UUIDField()
    request_file = models.UUIDField()
    case_owner = models.UUIDField()
    request_owner = models.UUIDField()
    case_team = models.UUIDField(null=True)
    case_agency = models.UUIDField()
    request_agency = models.UUIDField()
    case_country = models.CharField(max_length=2, blank=True)
    request_country = models.CharField(max_length=2, blank=True)
    relation = models.TextField()
    state = models.TextField(default=MatchState.SHORTLISTED.value)
    per_thousand = models.PositiveSmallIntegerField()
    words = models.TextField()
    one_in = models.PositiveBigIntegerField(default=0)
    model_version = models.TextField()
    opened_at = models.DateTimeField()
    child_interviewer = models.UUIDField(null=True)
    child_interviewed_at = models.DateTimeField(null=True)
    child_recognises = models.TextField(default="", blank=True)
    child_wants = models.TextField(default="", blank=True)
    adult_interviewer = models.UUIDField(null=True)
    adult_interviewed_at = models.DateTimeField(null=True)
    adult_recognises = models.TextField(default="", blank=True)
    adult_wants = models.TextField(default="", blank=True)
    identity_checked = models.TextField(default="", blank=True)
    red_flags = ArrayField(models.TextField(), default=list)
    flags_cleared_by = models.UUIDField(null=True)
    flags_cleared_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    recommendation = models.TextField(default="", blank=True)

    people = SealedJson(tier=Tier.B)
    evidence = SealedJson(tier=Tier.B)
    questions = SealedJson(tier=Tier.B)
    decision_reasons = SealedText(tier=Tier.B)
    flags_reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file"], name="one_match_in_a_file"),
            models.UniqueConstraint(fields=["pair"], condition=~Q(state="rejected"), name="one_live_match_of_a_pair"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in MatchState]), name="match_state_known"),
            models.CheckConstraint(
                condition=Q(child_interviewer__isnull=True) | Q(adult_interviewer__isnull=True)
                | ~Q(child_interviewer=models.F("adult_interviewer")), name="lanes_have_two_people"),
        ]

    def subject_id(self) -> UUID:
        """Forgotten together with the child."""
        return self.child_person


class MatchRecord(Record):
    """Base of what belongs to a match file; sealed under the child's key."""

    match = models.ForeignKey("tracing.Match", on_delete=models.PROTECT, related_name="+")
    child_person = models.UUIDField()

    class Meta:
        abstract = True

    def subject_id(self) -> UUID:
        """Forgotten together with the child."""
        return self.child_person


OF_MATCH: frozenset[str] = frozenset({"match_id", "child_person"})


class Interview(Record):
    """One side heard on its own. It lives in that side's file; `facts` are the secret answers."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "match_id", "person", "side", "interviewer", "interviewed_at", "language", "interpreter", "interpreter_sworn",
        "alone", "recognises", "wants", "identity_checked", "red_flags", "compared_at"})

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()
    side = models.TextField()
    interviewer = models.UUIDField()
    interviewed_at = models.DateTimeField()
    language = models.TextField(default="", blank=True)
    interpreter = models.BooleanField(default=False)
    interpreter_sworn = models.BooleanField(default=False)
    alone = models.BooleanField(default=False)
    recognises = models.TextField(default="unsure")
    wants = models.TextField(default="unsure")
    identity_checked = models.TextField(default="", blank=True)
    red_flags = ArrayField(models.TextField(), default=list)
    compared_at = models.DateTimeField(null=True)

    facts = SealedJson(tier=Tier.B)
    account = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "side"], name="one_interview_a_side"),
                       models.CheckConstraint(condition=Q(side__in=SIDES), name="interview_side_known")]

    def subject_id(self) -> UUID:
        """Forgotten together with the person who was heard."""
        return self.person


class SecretFact(MatchRecord):
    """One question that only the family can answer, with both answers, and whether they are the same."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {"key", "place", "written_the_same", "outcome", "judged_by", "judged_at"}

    key = models.TextField()
    place = models.PositiveSmallIntegerField()
    written_the_same = models.BooleanField(default=False)
    outcome = models.TextField(default="", blank=True)
    judged_by = models.UUIDField(null=True)
    judged_at = models.DateTimeField(null=True)

    question = SealedText(tier=Tier.B)
    child_answer = SealedText(tier=Tier.B)
    adult_answer = SealedText(tier=Tier.B)
    note = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "key"], name="fact_once_in_a_match"),
            models.CheckConstraint(condition=Q(outcome__in=["", *(o.value for o in FactOutcome)]), name="fact_outcome_known"),
            models.CheckConstraint(condition=Q(outcome="") | Q(judged_by__isnull=False), name="fact_judged_by_a_person"),
        ]
