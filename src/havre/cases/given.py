"""What do the forms of a case hand to its actions? Frozen shapes and the checks of what was typed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from havre.cases.rules import NO_VIEWS, PHASES, RISK_ORDER, TOPICS, FactorKind
from havre.core.problems import InputRefused
from havre.core.words import N_
from havre.reference import codes

NEEDED = N_("This question needs an answer.")
UNKNOWN = N_("Choose one of the answers.")


@dataclass(frozen=True, slots=True)
class FactorGiven:
    """A risk or protective factor that was found. `strength` from 0 to 3."""

    code: str
    kind: str
    strength: int
    phase: str
    changeable: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ViewGiven:
    """What a child or caregiver said."""

    topic: str
    mode: str
    whose: str = "child"
    words: str = ""
    language: str = ""
    interpreter: bool = False
    alone: bool = False
    maturity_note: str = ""
    no_views_reason: str = ""
    weight: str = ""
    decision_follows: bool | None = None
    why_not_followed: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentGiven:
    """An assessment as it was filled in. `concern_levels`: concern -> high, medium, low, resolved."""

    mode: str
    child_seen_alone: bool
    risk_level: str
    risk_reasons: str
    summary: str = ""
    not_alone_reason: str = ""
    persons_present: tuple[str, ...] = ()
    home_visit: bool = False
    risk_flags: tuple[str, ...] = ()
    concern_levels: Mapping[str, str] | None = None
    factors: tuple[FactorGiven, ...] = ()
    views: ViewGiven | None = None
    safety_plan: str = ""


@dataclass(frozen=True, slots=True)
class ActionGiven:
    """One line of a plan."""

    service_type: str
    goal: str
    owner: UUID | None
    due_on: date | None
    concern: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpGiven:
    """A visit or another contact."""

    kind: str
    channel: str
    result: str
    with_whom: tuple[str, ...]
    seen_and_heard: str
    happened_at: datetime
    child_seen: bool = False
    child_alone: bool = False
    place_safe: bool | None = None
    risk_changed: bool = False
    next_at: datetime | None = None
    plan_action: UUID | None = None
    plan_action_status: str = ""


@dataclass(frozen=True, slots=True)
class ClosureGiven:
    """A wish to close a case."""

    reason: str
    summary: str
    agreed_with_child: bool | None = None
    agreed_with_caregiver: bool | None = None
    why_not_agreed: str = ""
    child_told_whom_to_contact: bool = False
    age_proof: bool = False
    contact_on: date | None = None
    address_after: str = ""


class Answers:
    """Gathers what is wrong with what was typed, field by field."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def refuse(self, field: str, sentence: str) -> None:
        """Say what to mend in a field ("" for the whole form)."""
        self.errors.setdefault(field, []).append(sentence)

    def needs(self, field: str, value: object) -> None:
        """A field that may not be empty."""
        if value is None or not str(value).strip():
            self.refuse(field, NEEDED)

    def one_of(self, field: str, value: str, allowed: str | Collection[str]) -> None:
        """A code of a reference list (by its name) or of a collection."""
        known = codes.load(allowed).codes(retired=True) if isinstance(allowed, str) else allowed
        if value not in known:
            self.refuse(field, UNKNOWN)

    def done(self) -> None:
        """Raise InputRefused when something is wrong."""
        if self.errors:
            raise InputRefused(self.errors)


def check_view(answers: Answers, given: ViewGiven, prefix: str = "") -> None:
    """A view has words, or a reason where there are none."""
    answers.one_of(f"{prefix}topic", given.topic, TOPICS)
    answers.one_of(f"{prefix}mode", given.mode, "views_mode")
    answers.one_of(f"{prefix}whose", given.whose, ("child", "caregiver"))
    if given.weight:
        answers.one_of(f"{prefix}weight", given.weight, "views_weight")
    if given.mode in NO_VIEWS:
        answers.needs(f"{prefix}no_views_reason", given.no_views_reason)
    else:
        answers.needs(f"{prefix}words", given.words)
    if given.decision_follows is False:
        answers.needs(f"{prefix}why_not_followed", given.why_not_followed)


def check_factors(answers: Answers, factors: Collection[FactorGiven]) -> None:
    """Factors are codes of their list, once per phase, with a strength from 0 to 3."""
    seen: set[tuple[str, str, str]] = set()
    for factor in factors:
        answers.one_of("factors", factor.code, f"{factor.kind}_factor" if factor.kind in set(FactorKind) else ())
        answers.one_of("factors", factor.phase, PHASES)
        key = (factor.kind, factor.code, factor.phase)
        if key in seen or not 0 <= factor.strength <= 3:
            answers.refuse("factors", UNKNOWN)
        seen.add(key)


def check_concern_levels(answers: Answers, levels: Mapping[str, str]) -> None:
    """Concerns are codes of their list with a level, or resolved."""
    for concern, level in levels.items():
        answers.one_of("concern_levels", concern, "protection_concern")
        answers.one_of("concern_levels", level, (*RISK_ORDER[:3], "resolved"))
