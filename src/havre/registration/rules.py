"""Who must agree at this age, who has agreed, and what may a legal basis be used for? Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from havre.core.partialdates import AgeRange, PartialDate, age_range, is_child
from havre.core.policy import Policy

CHILD: Final = "child"
ADULT: Final = "adult"

ROLES: Final = ("child", "relative", "inquirer", "sought_child", "caregiver", "household_member", "guardian", "other")
CHILD_ROLES: Final = frozenset({"child", "sought_child"})
SEXES: Final = ("female", "male", "intersex", "unknown")
AGE_METHODS: Final = ("document", "self_reported", "family_reported", "estimated_by_worker", "formal_age_assessment", "unknown")
ALIVE: Final = ("alive", "dead", "unknown")

PURPOSES: Final = (
    "case_management_participation", "collect_store", "share_for_services", "share_with_unhcr", "share_with_authorities",
    "share_with_family", "tracing_disclosure", "tracing_publication_photo", "aggregate_reporting", "research_deidentified",
    "media", "cross_border_transfer", "biometrics")
NEEDED_TO_REGISTER: Final = ("case_management_participation", "collect_store")
NEVER_UNLESS_ASKED: Final = frozenset({"media", "biometrics"})
ANSWERS: Final = ("yes", "no", "never")

BASES: Final = ("consent", "vital_interest", "best_interests_of_person_served", "legal_obligation", "contract",
                "other_legitimate_interest")
_WITHOUT_CONSENT = frozenset({"case_management_participation", "collect_store", "share_for_services", "share_with_authorities"})
COVERS: Final[Mapping[str, frozenset[str]]] = {
    "vital_interest": _WITHOUT_CONSENT | {"tracing_disclosure"},
    "best_interests_of_person_served": _WITHOUT_CONSENT | {"tracing_disclosure", "share_with_family"},
    "legal_obligation": frozenset({"case_management_participation", "collect_store", "share_with_authorities"}),
    "contract": frozenset({"case_management_participation", "collect_store"}),
    "other_legitimate_interest": frozenset({"aggregate_reporting"}),
}
WRITTEN: Final = frozenset({"written", "thumbprint", "verbal_recorded"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """One consent event as the rules see it. `answers` is purpose -> yes | no | never."""

    id: UUID
    given_by: str
    type: str
    mode: str
    event: str
    answers: Mapping[str, str]
    given_at: datetime
    expires_at: datetime | None = None
    exception: str = ""
    reasoned: bool = False

    @property
    def side(self) -> str:
        """Whose voice it is: the child's, or an adult's on the child's behalf."""
        return CHILD if self.given_by == "child" else ADULT


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says of one purpose now: yes, no, never, or "" (never asked, or no longer valid: see `lapsed`)."""

    value: str = ""
    lapsed: str = ""
    event: Agreement | None = None


def standing(events: Iterable[Agreement], purpose: str, side: str, at: datetime) -> Answer:
    """The newest word of one side about a purpose; an expired yes counts as none."""
    spoken = [e for e in events if e.side == side and purpose in e.answers and e.event != "exception" and e.given_at <= at]
    if not spoken:
        return Answer()
    newest = max(spoken, key=lambda e: (e.given_at, e.id))
    value = newest.answers[purpose]
    if newest.event == "withdrawn":
        return Answer("no", "withdrawn", newest)
    if value == "yes" and newest.expires_at is not None and newest.expires_at <= at:
        return Answer("", "expired", newest)
    return Answer(value, "", newest)


def exceptions(events: Iterable[Agreement], at: datetime) -> Sequence[Agreement]:
    """Reasoned exceptions in force: why a caregiver was not asked or not followed."""
    return [e for e in events if e.event == "exception" and e.reasoned and e.given_at <= at
            and (e.expires_at is None or e.expires_at > at)]


def ages(birth_date: str | None, age_min: int | None, age_max: int | None, recorded_on: date, today: date) -> AgeRange | None:
    """The ages a person can have today, from what is recorded; an unreadable birth date counts as none."""
    try:
        born = PartialDate.parse(birth_date) if birth_date else None
    except ValueError:
        born = None
    return age_range(born, age_min, age_max, recorded_on, today)


def in_doubt(range_: AgeRange | None, method: str, majority: int = 18) -> bool:
    """Whether it is open if the person is a child: nothing known, or the range reaches over majority."""
    if range_ is None:
        return True
    return method not in {"document", "formal_age_assessment"} and range_.low < majority <= range_.high


def presumed_child(range_: AgeRange | None, majority: int = 18) -> bool:
    """Whether to treat the person as a child (G34)."""
    return is_child(range_, majority)


def needs(range_: AgeRange | None, policy: Policy) -> frozenset[str]:
    """Whose agreement is needed: the lower age decides, so that doubt asks more people; unknown asks both.

    Source: capacity guide by age, reference a11; the bands are the country's (`Policy.capacity`).
    """
    if range_ is None:
        return frozenset({"caregiver_consent", "child_assent"})
    asked = policy.consent_needs(min(range_.low, policy.majority - 1))
    if range_.low < range_.high:
        upper = policy.consent_needs(min(range_.high, policy.majority - 1))
        asked |= upper & {"child_assent", "child_written_assent"} if "child_consent" not in upper else frozenset()
    return asked - {"child_assent"} if "child_written_assent" in asked else asked


def asks_child(needed: frozenset[str]) -> bool:
    """Whether the child's own word is among what is needed."""
    return any(n.startswith("child_") for n in needed)


def child_says_as(needed: frozenset[str]) -> str:
    """What the child's yes is called at this age: consent from the age of own consent on, else assent."""
    return "informed_consent" if "child_consent" in needed else "informed_assent"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the two sides say of a purpose, and whether that allows it."""

    allowed: bool
    reason: str
    by: tuple[str, ...] = field(default=())


def permits(events: Sequence[Agreement], purpose: str, needed: frozenset[str], at: datetime) -> Spoken:
    """Whether consent allows a purpose now. `reason`: consent_missing | consent_expired | consent_withdrawn | consent_refused.

    Every side whose agreement is needed must say yes; a `no` or `never` of either side that was asked stands, except that
    an adult's is set aside by a reasoned exception (safety of the child).
    """
    child, adult = (standing(events, purpose, side, at) for side in (CHILD, ADULT))
    excused = bool(exceptions(events, at))
    wanted = [child] if asks_child(needed) else []
    if "caregiver_consent" in needed and not excused:
        wanted.append(adult)
    heard = [child] if excused else [child, adult]
    for said in (*wanted, *heard):
        if said.lapsed:
            return Spoken(False, f"consent_{said.lapsed}")
        if said.value in {"no", "never"}:
            return Spoken(False, "consent_refused")
    if any(not said.value for said in wanted):
        return Spoken(False, "consent_missing")
    given = [said.event for said in (child, adult) if said.value == "yes" and said.event is not None]
    if not given and not excused:
        return Spoken(False, "consent_missing")
    return Spoken(True, "", tuple(str(e.id) for e in given))


def duplicates_open(hits: Iterable[Mapping[str, object]]) -> int:
    """How many hits of a search nobody has concluded on."""
    return sum(1 for hit in hits if not hit.get("conclusion"))


def under_five(range_: AgeRange | None) -> bool:
    """Whether the extra questions for very young children apply (reference a7): the youngest possible age is under five."""
    return range_ is not None and range_.low < 5
