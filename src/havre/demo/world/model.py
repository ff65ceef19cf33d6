"""What is in the invented world: the shapes of its truth, of what agencies wrote down, and of what
relatives told.

Nothing here knows Django or the matcher. Codes follow the code lists of the reference data
(snake_case); scripts are ISO 15924, languages ISO 639-3, dates ISO 8601 (partial ones as `2016` or
`2016-05`).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Script(StrEnum):
    """ISO 15924 code of a writing system."""

    LATIN = "Latn"
    ARABIC = "Arab"
    ETHIOPIC = "Ethi"
    CYRILLIC = "Cyrl"
    BURMESE = "Mymr"


class Sex(StrEnum):
    """Sex as registered."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """How far a child's case has come, in order."""

    SCREENED = "screened"
    REGISTERED = "registered"
    ASSESSED = "assessed"
    PLAN_AGREED = "plan_agreed"
    IMPLEMENTING = "implementing"
    TRACING = "tracing"
    VERIFIED = "verified"
    REUNIFIED = "reunified"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"

    @property
    def rank(self) -> int:
        """Position in the order of stages, from 0."""
        return list(Stage).index(self)

    def reached(self, other: "Stage") -> bool:
        """Whether a case at this stage has been through `other`."""
        return self.rank >= other.rank


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative area; `code` is its P-code, `path` runs from country to itself."""

    code: str
    level: int
    name: str
    local_name: str
    country: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelled:
    """One name as its bearer's family writes it, in its own script and in Latin letters."""

    native: str
    script: Script
    latin: str
    pool: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of a journey."""

    origin: str
    destination: str
    mode: str
    start: date
    end: date
    travelling_with: str


@dataclass(frozen=True, slots=True)
class Separation:
    """How a child lost its family."""

    on: date
    place: str
    cause: str
    circumstances: str


@dataclass(frozen=True, slots=True)
class SecretFact:
    """Something only the family knows, asked of both sides before a reunification."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, as they truly are."""

    id: str
    family_id: str
    role: str
    culture: str
    given: Spelled
    father: Spelled
    grandfather: Spelled
    family: Spelled | None
    mother_name: tuple[Spelled, ...]
    nickname: Spelled | None
    given_after_separation: Spelled | None
    sex: Sex
    born: date
    alive: str
    origin: str
    lives_in: str
    language: str
    ethnicity: str
    phones: tuple[str, ...]
    mother_id: str | None
    father_id: str | None
    sibling_ids: tuple[str, ...]
    twin_id: str | None
    legs: tuple[Leg, ...]
    separation: Separation | None
    secret_facts: tuple[SecretFact, ...]

    def age_on(self, day: date) -> int:
        """Whole years lived on `day`."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class NameHeard:
    """A name as somebody wrote it. `type` is full, nickname, other_spelling or given_after_separation;
    parts may be empty.
    """

    type: str
    script: Script
    value: str
    given: str = ""
    father: str = ""
    grandfather: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class AgeHeard:
    """An age as written: a partial birth date, or a range of years true on `as_of`, with how it was known."""

    birth_date: str | None
    age_min: int
    age_max: int
    as_of: date
    method: str


@dataclass(frozen=True, slots=True)
class RelativeHeard:
    """A family member as mentioned by someone; `relation` is what they are to the child."""

    relation: str
    names: tuple[NameHeard, ...]
    sex: Sex
    age: int | None
    alive: str
    place: str | None
    phone: str | None
    in_contact: bool


@dataclass(frozen=True, slots=True)
class PlaceHeard:
    """A place as written: the free text, and the P-code where the worker found one."""

    text: str
    code: str | None


@dataclass(frozen=True, slots=True)
class ImmediateNeed:
    """One need answered before the long form."""

    need: str
    summary: str
    action: str


@dataclass(frozen=True, slots=True)
class Views:
    """A child's view, in the words written down."""

    mode: str
    language: str
    text: str
    topic: str
    seen_alone: bool
    weight: str


@dataclass(frozen=True, slots=True)
class Caregiver:
    """Who looks after the child now."""

    care_type: str
    names: tuple[NameHeard, ...]
    relation: str
    phone: str | None
    place: str
    since: date


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of a plan, with its action."""

    concern: str
    goal: str
    action: str
    service: str
    owner: str
    due: date
    status: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One visit or call after reunification or in care; `done` is None while it is only scheduled."""

    due: date
    done: date | None
    channel: str
    outcome: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Screening:
    """A first contact at a border: answers to the fifteen questions (code to words), and what was decided."""

    on: date
    place: str
    language: str
    answers: tuple[tuple[str, str], ...]
    observations: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class CaseStory:
    """What a case has been through. `steps` gives the day each stage was reached; later fields are
    empty before theirs.
    """

    stage: Stage
    steps: tuple[tuple[Stage, date], ...]
    team: str
    risk_level: str
    risk_reasons: tuple[str, ...]
    risk_factors: tuple[str, ...]
    protective_factors: tuple[str, ...]
    concerns: tuple[str, ...]
    immediate_needs: tuple[ImmediateNeed, ...]
    uasc_status: str
    population_group: str
    identification_source: str
    views: tuple[Views, ...]
    caregiver: Caregiver | None
    overall_goal: str
    goals: tuple[Goal, ...]
    wants_tracing: str
    wants_reunification: str
    follow_ups: tuple[FollowUp, ...]
    closure_reason: str | None

    def day_of(self, stage: Stage) -> date | None:
        """The day the case reached `stage`, or None."""
        return dict(self.steps).get(stage)


@dataclass(frozen=True, slots=True)
class Registration:
    """What one agency wrote of one child. It does not say who the child truly is: `Truth.registered` does."""

    id: str
    agency: str
    country: str
    recorded_on: date
    recorded_at: str
    names: tuple[NameHeard, ...]
    sex: Sex
    age: AgeHeard
    origin: PlaceHeard
    language: str
    nationality: str
    ethnicity: str
    phone: str | None
    features: str
    relatives: tuple[RelativeHeard, ...]
    legs: tuple[Leg, ...]
    separation: Separation
    separation_place: PlaceHeard
    consent: tuple[str, ...]
    consent_given_by: str
    consent_type: str
    legal_basis: str
    secret_facts: tuple[SecretFact, ...]
    screening: Screening | None
    case: CaseStory


@dataclass(frozen=True, slots=True)
class TracingRequest:
    """What a relative told one agency of the child they seek, and who they are."""

    id: str
    agency: str
    country: str
    recorded_on: date
    status: str
    inquirer: RelativeHeard
    inquirer_language: str
    lived_with_child: bool
    names: tuple[NameHeard, ...]
    sex: Sex
    age: AgeHeard
    origin: PlaceHeard
    language: str
    relatives: tuple[RelativeHeard, ...]
    separation_on: str
    separation_place: PlaceHeard
    separation_cause: str
    features: str
    message: str
    consent_share: bool
    consent_cross_border: bool
    consent_publish: bool
    secret_facts: tuple[SecretFact, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """Who is who: kept apart from what was written, so that matching can be scored.

    `registered` and `sought` map a registration or request to the true person; `pairs` are (request,
    registration) of the same child; `duplicates` are registrations of one child by two agencies;
    `families` maps a family to its members; `twins`, `siblings` (both registered) and `namesakes`
    (strangers of the same name) are pairs of persons.
    """

    registered: dict[str, str]
    sought: dict[str, str]
    pairs: tuple[tuple[str, str], ...]
    duplicates: tuple[tuple[str, str], ...]
    families: dict[str, tuple[str, ...]]
    twins: tuple[tuple[str, str], ...]
    siblings: tuple[tuple[str, str], ...]
    namesakes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented agency with its teams."""

    code: str
    name: str
    name_fr: str
    country: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything one seed makes."""

    seed: int
    today: date
    agencies: tuple[Agency, ...]
    persons: tuple[Person, ...]
    registrations: tuple[Registration, ...]
    requests: tuple[TracingRequest, ...]
    truth: Truth
