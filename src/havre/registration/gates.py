"""May this child be registered now? Safeguards G01 to G04 and G34, each on facts alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from havre.core.gates import GateResult, met, unmet
from havre.core.partialdates import AgeRange
from havre.registration import rules
from havre.registration.rules import ADULT, CHILD, Agreement

SEARCH_IS_FRESH = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What is known about the legal basis and the agreements of one person for one use."""

    basis: str
    needed: frozenset[str]
    events: Sequence[Agreement]
    at: datetime
    purposes: Sequence[str] = rules.NEEDED_TO_REGISTER
    reasoned: bool = False
    fix: str = "record_consent"


@dataclass(frozen=True, slots=True)
class SearchFacts:
    """What is known about the search for an earlier record. `fresh_hits` came up when the search was made again."""

    searched_at: datetime | None
    at: datetime
    hits: Sequence[Mapping[str, object]] = ()
    fresh_hits: int = 0


@dataclass(frozen=True, slots=True)
class NeedsFacts:
    """What is known about immediate needs. `actions` is need -> whether something was done or arranged."""

    asked: bool
    actions: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgeFacts:
    """What is known about a person's age and how they are treated."""

    ages: AgeRange | None
    method: str
    treated_as_child: bool
    status: str = "not_needed"
    majority: int = 18


def legal_basis(facts: ConsentFacts) -> GateResult:
    """G01: a legal basis is recorded and covers every purpose; if it is consent, a valid consent does."""
    if facts.basis not in rules.BASES:
        return unmet("G01", "no_legal_basis", facts.fix)
    if facts.basis != "consent":
        outside = [p for p in facts.purposes if p not in rules.COVERS[facts.basis]]
        if outside:
            return unmet("G01", "basis_does_not_cover", facts.fix, basis=facts.basis, purpose=outside[0])
        if not facts.reasoned:
            return unmet("G01", "basis_without_reason", facts.fix, basis=facts.basis)
        return met("G01", facts.basis)
    seen: list[str] = []
    for purpose in facts.purposes:
        said = rules.permits(facts.events, purpose, facts.needed, facts.at)
        if not said.allowed:
            return unmet("G01", said.reason, facts.fix, purpose=purpose)
        seen.extend(said.by)
    return met("G01", *dict.fromkeys(seen))


def capacity(facts: ConsentFacts) -> GateResult:
    """G02: those who must agree at this age have agreed, in the form it takes; or a reasoned safety exception stands.

    A caregiver's refusal stops the registration unless asking or following them would put the child in danger. A child's
    own refusal stops it unless a life is at risk or the law obliges.
    """
    excused = rules.exceptions(facts.events, facts.at)
    for purpose in facts.purposes:
        for problem in (_adult(facts, purpose, excused), _child(facts, purpose, excused)):
            if problem is not None:
                return problem
    return met("G02", *sorted(facts.needed), *(f"exception:{e.exception}" for e in excused))


def _adult(facts: ConsentFacts, purpose: str, excused: Sequence[Agreement]) -> GateResult | None:
    said = rules.standing(facts.events, purpose, ADULT, facts.at)
    if said.value in {"no", "never"} and not any(e.exception != "caregiver_absent" for e in excused):
        return unmet("G02", "caregiver_refused", facts.fix, purpose=purpose)
    if "caregiver_consent" in facts.needed and said.value != "yes" and not excused:
        return unmet("G02", "caregiver_consent_missing", facts.fix, purpose=purpose)
    return None


def _child(facts: ConsentFacts, purpose: str, excused: Sequence[Agreement]) -> GateResult | None:
    said = rules.standing(facts.events, purpose, CHILD, facts.at)
    overridden = any(e.exception in {"life_at_risk", "mandatory_reporting"} for e in excused)
    if said.value in {"no", "never"} and not overridden:
        return unmet("G02", "child_refused", facts.fix, purpose=purpose)
    if not rules.asks_child(facts.needed) or overridden:
        return None
    if said.value != "yes" or said.event is None:
        code = "child_consent_missing" if "child_consent" in facts.needed else "child_assent_missing"
        return unmet("G02", code, facts.fix, purpose=purpose)
    if "child_written_assent" in facts.needed and said.event.mode not in rules.WRITTEN:
        return unmet("G02", "assent_not_written", facts.fix, purpose=purpose)
    if "child_consent" in facts.needed and said.event.type != "informed_consent":
        return unmet("G02", "child_consent_missing", facts.fix, purpose=purpose)
    return None


def looked_for_earlier(facts: SearchFacts) -> GateResult:
    """G03: a search for an earlier record was made with what is known, not long ago, and each hit was concluded on."""
    if facts.searched_at is None:
        return unmet("G03", "not_searched", "register_search")
    if facts.at - facts.searched_at > SEARCH_IS_FRESH:
        return unmet("G03", "search_too_old", "register_search", hours=int(SEARCH_IS_FRESH.total_seconds() // 3600))
    same = sum(1 for hit in facts.hits if hit.get("conclusion") == "same")
    if same:
        return unmet("G03", "already_registered", "register_search", number=same)
    left = rules.duplicates_open(facts.hits)
    if left:
        return unmet("G03", "hits_not_reviewed", "register_search", number=left)
    if facts.fresh_hits:
        return unmet("G03", "new_hits", "register_search", number=facts.fresh_hits)
    return met("G03", facts.searched_at.isoformat(), hits=len(facts.hits))


def needs_first(facts: NeedsFacts) -> GateResult:
    """G04: immediate needs were asked about, and for each something was done or arranged."""
    if not facts.asked:
        return unmet("G04", "needs_not_asked", "register_needs")
    left = sorted(need for need, done in facts.actions.items() if not done)
    if left:
        return unmet("G04", "need_without_action", "register_needs", need=left[0], number=len(left))
    return met("G04", *sorted(facts.actions))


def child_when_in_doubt(facts: AgeFacts) -> GateResult:
    """G34: whoever may be under majority is treated as a child, and a doubt is named as one."""
    if not rules.presumed_child(facts.ages, facts.majority):
        return met("G34", "adult")
    if not facts.treated_as_child:
        return unmet("G34", "may_be_a_child", "register_age", majority=facts.majority)
    if rules.in_doubt(facts.ages, facts.method, facts.majority) and facts.status == "not_needed":
        return unmet("G34", "doubt_not_named", "register_age")
    return met("G34", "presumed_child" if rules.in_doubt(facts.ages, facts.method, facts.majority) else "child")


def registration_gates(
    consent: ConsentFacts, search: SearchFacts, immediate: NeedsFacts, age: AgeFacts
) -> tuple[GateResult, ...]:
    """Everything that must hold before a child is registered, in the order in which it is mended."""
    return (looked_for_earlier(search), needs_first(immediate), child_when_in_doubt(age), legal_basis(consent), capacity(consent))
