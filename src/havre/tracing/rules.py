"""Which words, questions and small rules does family tracing rest on?"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from havre.core.canonical import canonical
from havre.linkage.names.sounds import skeleton, sound
from havre.linkage.names.tokens import tokens, whole

YES_NO_UNSURE: Final = ("yes", "no", "unsure")
SHARE_DAYS: Final = 90
MIN_SAME_FACTS: Final = 2
CHECK_DAYS: Final = 30
_PAIRS: Final = uuid5(UUID(int=0), "havre:tracing:pair")


class Side(StrEnum):
    """Whose side of a pair: the child's, or the relative's who searches."""

    CHILD = "child"
    ADULT = "adult"

    @property
    def other(self) -> "Side":
        """The side across."""
        return Side.ADULT if self is Side.CHILD else Side.CHILD


class TracingWish(StrEnum):
    """Does the child want us to look? (code list tracing_wish)"""

    YES = "yes"
    LATER = "later"
    UNSURE = "unsure"
    NO = "no"


class ReunificationWish(StrEnum):
    """Does the child want to live with the family? (code list reunification_wish)"""

    ASAP = "asap"
    LATER = "later"
    UNSURE = "unsure"
    NO = "no"


class TracingStatus(StrEnum):
    """Where the search stands (code list tracing_status)."""

    NOT_WANTED = "not_wanted"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    SUSPENDED = "suspended_child_request"
    MATCH_PROPOSED = "match_proposed"
    MATCH_REJECTED = "match_rejected"
    LOCATED = "located"
    VERIFICATION_PENDING = "verification_pending"
    VERIFIED = "verified"
    VERIFICATION_FAILED = "verification_failed"
    REUNIFIED = "reunified"
    CONTACT_RESTORED = "contact_restored_only"
    UNTRACEABLE = "closed_untraceable"
    RELATIVE_DECEASED = "relative_deceased"


class CandidateStatus(StrEnum):
    """What one side did with a possible pair."""

    CANDIDATE = "candidate"
    SHORTLISTED = "shortlisted"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    EXPIRED = "expired"


class MatchState(StrEnum):
    """Where the joint examination stands (code list match_status, with both sides done)."""

    SHORTLISTED = "shortlisted"
    CHILD_SIDE_CHECKED = "child_side_checked"
    ADULT_SIDE_CHECKED = "adult_side_checked"
    BOTH_SIDES_CHECKED = "both_sides_checked"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class FactOutcome(StrEnum):
    """What a person found when comparing two secret answers."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class AlertState(StrEnum):
    """What the comparison with the alert list gave."""

    CLEAR = "clear"
    HIT = "hit"
    CLEARED = "cleared"


class ClearanceState(StrEnum):
    """What the authority said (code list clearance_status)."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"


class BorderResult(StrEnum):
    """Is crossing the border safe? (code list refoulement_result)"""

    SAFE = "no_risk_found"
    RISK = "risk_found"
    UNCLEAR = "unclear"


class ReunionState(StrEnum):
    """Where a reunification stands."""

    PLANNED = "planned"
    APPROVED = "approved"
    HANDED_OVER = "handed_over"
    AT_RISK = "at_risk"
    STABLE = "stable"
    BROKEN_DOWN = "broken_down"
    CANCELLED = "cancelled"


class PublicationState(StrEnum):
    """Where the wish to publish stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class Signer(StrEnum):
    """Who signs a hand-over (code list handover_signer)."""

    FIRST = "worker_handing_over"
    SECOND = "second_worker"
    RECEIVER = "receiver"


ALERT_KINDS: Final = ("alleged_perpetrator", "trafficking", "court_order", "false_claim", "other")
SECRET_QUESTIONS: Final = (
    "name_at_home", "sleeping_place", "animal", "neighbour", "song_or_prayer", "mark_on_body", "favourite_food", "house",
    "last_day", "who_braided_or_washed", "gift", "accident", "school_or_work", "own_question",
)
RED_FLAGS: Final = (
    "child_afraid", "adult_coached", "asks_for_secrecy", "pays_or_asks_money", "no_shared_memories", "documents_doubtful",
    "third_person_pushes", "many_children_claimed",
)
IDENTITY_CHECKS: Final = ("document", "witness", "not_checked")

OPEN_STATUSES: Final = frozenset({
    TracingStatus.OPEN, TracingStatus.IN_PROGRESS, TracingStatus.MATCH_PROPOSED, TracingStatus.MATCH_REJECTED,
    TracingStatus.LOCATED, TracingStatus.VERIFICATION_PENDING, TracingStatus.VERIFIED, TracingStatus.VERIFICATION_FAILED,
})
OPEN_REUNIONS: Final = frozenset({
    ReunionState.PLANNED, ReunionState.APPROVED, ReunionState.HANDED_OVER, ReunionState.AT_RISK})


def pair_id(child: UUID, sought: UUID) -> UUID:
    """The name of a pair, the same from either side."""
    return uuid5(_PAIRS, f"{child}|{sought}")


def evidence_digest(key: bytes, evidence: Iterable[Mapping[str, object]]) -> str:
    """A keyed hash of what the two sides said, so that a rejected pair returns only when that changes.

    Weights are left out: a better model alone is no new evidence. 64 hexadecimal digits.
    """
    said = sorted(f"{e['code']}|{e.get('child', '')}|{e.get('adult', '')}" for e in evidence)
    return hmac.new(key, canonical(said), hashlib.sha256).hexdigest()


def written_the_same(one: str, other: str) -> bool:
    """Whether two answers are the same but for spelling and script: a hint for the person who judges, never a judgement."""
    first, second = tokens(one), tokens(other)
    if not first or not second:
        return False
    if whole(one) == whole(other):
        return True
    return len(first) == len(second) and all(
        sound(a) == sound(b) or (len(skeleton(a)) > 2 and skeleton(a) == skeleton(b))
        for a, b in zip(first, second, strict=True))


def name_sounds(names: Iterable[str]) -> frozenset[str]:
    """How the words of some names sound, each once: what an alert entry and an adult are compared by."""
    return frozenset(f"n:{skeleton(token)}" for name in names for token in tokens(name) if skeleton(token))


def number_marks(numbers: Iterable[str]) -> frozenset[str]:
    """Phone and document numbers without their decoration; the last nine characters of each."""
    plain = ("".join(c for c in number.casefold() if c.isalnum()) for number in numbers)
    return frozenset(f"i:{number[-9:]}" for number in plain if len(number) >= 5)


def keyed(key: bytes, marks: Iterable[str]) -> list[str]:
    """Marks as keyed hashes (the kind stays readable): what may be stored and compared."""
    return sorted(f"{mark[:2]}{hmac.new(key, mark.encode(), hashlib.sha256).hexdigest()[:32]}" for mark in set(marks))


def is_alert_hit(entry: Iterable[str], person: Iterable[str]) -> bool:
    """Whether an adult may be the one of an alert entry: one number in common, or two names, or the only name known."""
    mine, theirs = frozenset(entry), frozenset(person)
    common = mine & theirs
    if any(mark.startswith("i:") for mark in common):
        return True
    names = sum(mark.startswith("n:") for mark in common)
    known = min(sum(m.startswith("n:") for m in side) for side in (mine, theirs))
    return names >= 2 or (names == 1 and known == 1)


def visit_days(policy_days: Sequence[int], day: date) -> list[str]:
    """The days on which the family is visited, from the hand-over on `day`, as ISO dates."""
    return [(day + timedelta(days=days)).isoformat() for days in policy_days]


@dataclass(frozen=True, slots=True)
class ReunionFacts:
    """What may make a reunification complex. Wishes and answers are codes; "" is unknown."""

    cross_border: bool
    risk: str
    child_wish: str
    child_wants_adult: str
    adult_is_parent: bool
    verified_adult: bool
    custody_dispute: bool
    red_flags_raised: bool
    alert_hit: bool
    household_doubts: bool
    recommendation: str


def best_interests_triggers(facts: ReunionFacts) -> tuple[str, ...]:
    """Why a best-interests decision is needed before this reunification; empty when it is not."""
    reasons = (
        ("cross_border", facts.cross_border),
        ("child_hesitates", facts.child_wish != ReunificationWish.ASAP or facts.child_wants_adult != "yes"),
        ("adult_not_verified", not facts.verified_adult),
        ("custody_dispute", facts.custody_dispute),
        ("red_flags", facts.red_flags_raised),
        ("alert_hit", facts.alert_hit),
        ("household_doubts", facts.household_doubts),
        ("high_risk", facts.risk == "high"),
        ("further_tracing_advised", facts.recommendation not in ("", "reunify", "reunify_with_enhanced_support")),
    )
    return tuple(code for code, holds in reasons if holds)


def may_read_lane(reader: UUID, author: UUID, compared: bool) -> bool:
    """Whether someone on a side may open its interview: its author at once, everyone else after the comparison."""
    return compared or reader == author


def after_visit(outcome: str, more_needed: bool) -> ReunionState:
    """Where a visit leaves a reunification. Only "stable" with nothing more needed ends the visits."""
    if outcome in ("broken_down", "re_separated", "withdrawn_by_child"):
        return ReunionState.BROKEN_DOWN
    if outcome == "stable" and not more_needed:
        return ReunionState.STABLE
    return ReunionState.HANDED_OVER if outcome == "stable" else ReunionState.AT_RISK
