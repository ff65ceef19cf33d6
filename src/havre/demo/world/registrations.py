"""What did each agency write of each child it registered?"""

from dataclasses import dataclass
from datetime import date
from random import Random

from havre.demo.world.casework import case_story, screening
from havre.demo.world.cultures import BY_CODE
from havre.demo.world.descriptions import age_heard, child_names, family_heard, place_heard, sex_heard
from havre.demo.world.hearing import ORDINARY
from havre.demo.world.model import Agency, Person, PlaceHeard, Registration, Script, SecretFact, Stage
from havre.demo.world.places import places, villages
from havre.demo.world.staff import AGENCIES
from havre.demo.world.texts import FEATURES

DUPLICATE_SHARE, SIBLING_SHARE, ALONE_SHARE, SCREENED_FIRST, WRONG_SECRET = 0.03, 0.7, 0.45, 0.25, 0.06
COUNTRY_SCRIPT = {"SD": Script.ARABIC, "ET": Script.ETHIOPIC}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A child to register: the agency and team that meets it, and whether it came without any relative."""

    child: Person
    members: tuple[Person, ...]
    agency: Agency
    team: str
    alone: bool


def choose_children(rng: Random, families: tuple[tuple[Person, ...], ...], count: int) -> list[Chosen]:
    """`count` different children, brothers and sisters often together, never all the children of the
    world.
    """
    order = list(families)
    rng.shuffle(order)
    chosen: list[Chosen] = []
    left: list[Chosen] = []
    for members in order:
        children = [m for m in members if m.role == "child"]
        agency = rng.choice(AGENCIES)
        team, alone = rng.choice(agency.teams), rng.random() < ALONE_SHARE
        rng.shuffle(children)
        for number, child in enumerate(children):
            where = agency if number == 0 or rng.random() < 0.8 else rng.choice(AGENCIES)
            pick = Chosen(child, members, where, team if where is agency else rng.choice(where.teams), alone)
            (chosen if number == 0 or rng.random() < SIBLING_SHARE else left).append(pick)
    if len(chosen) + len(left) < count:
        raise ValueError(
            f"{count} children asked for, but these families have only {len(chosen) + len(left)}: "
            "ask for more persons"
        )
    return (chosen + left)[:count]


def scripts_of(rng: Random, child: Person, country: str) -> tuple[Script, ...]:
    """The scripts an agency writes a child's name in: Latin, the child's own, that of the country, or
    two of them.
    """
    own = child.given.script
    draw = rng.random()
    if draw < 0.36:
        return (Script.LATIN,)
    if draw < 0.66:
        return (Script.LATIN, own) if own is not Script.LATIN else (Script.LATIN,)
    if draw < 0.84:
        return (own,)
    return (COUNTRY_SCRIPT[country],) if rng.random() < 0.6 else (COUNTRY_SCRIPT[country], Script.LATIN)


def register(
    rng: Random, chosen: Chosen, stage: Stage, number: int, today: date, *, again: bool = False
) -> Registration:
    """The registration of one child at `stage`; `again` makes a second one, later, by another agency."""
    child, agency = chosen.child, chosen.agency
    culture = BY_CODE[child.culture]
    if again:
        agency = rng.choice([a for a in AGENCIES if a.code != agency.code])
    team = chosen.team if agency is chosen.agency else rng.choice(agency.teams)
    scripts = scripts_of(rng, child, agency.country)
    names = child_names(rng, child, scripts, ORDINARY, knows_new=True)
    case = case_story(
        rng,
        chosen.child,
        chosen.members,
        stage,
        today,
        team=team,
        population=culture.population,
        alone=chosen.alone,
        called=names[0].given,
    )
    day = case.steps[min(1, len(case.steps) - 1)][1]
    separation = child.separation
    assert separation is not None  # every child of this world was separated
    teenager = child.age_on(day) >= 15
    return Registration(
        id=f"R{number:06d}",
        agency=agency.code,
        country=agency.country,
        recorded_on=day,
        recorded_at=rng.choice(villages(agency.country)).code,
        names=names,
        sex=sex_heard(rng, child),
        age=age_heard(rng, child, day, by_family=False),
        origin=place_heard(rng, child.origin),
        language=child.language,
        nationality=places()[child.origin].country,
        ethnicity=child.ethnicity,
        phone=f"+2499{rng.randrange(10**8):08d}" if teenager and rng.random() < 0.3 else None,
        features=rng.choice(FEATURES),
        relatives=()
        if stage is Stage.SCREENED
        else family_heard(
            rng, child, chosen.members, scripts[0], day, share=0.25 if child.age_on(day) < 5 else 0.6
        ),
        legs=tuple(leg for leg in child.legs if leg.end <= day) if rng.random() < 0.8 else (),
        separation=separation,
        separation_place=place_heard(rng, separation.place) if rng.random() < 0.85 else PlaceHeard("", None),
        consent=_consent(rng, stage, case.wants_tracing),
        consent_given_by="child" if teenager else "caregiver" if not chosen.alone else "other",
        consent_type="informed_consent" if teenager or not chosen.alone else "informed_assent",
        legal_basis="consent" if teenager or not chosen.alone else "best_interests_of_person_served",
        secret_facts=_remembered(rng, child) if stage.reached(Stage.TRACING) else (),
        screening=screening(rng, child, case.steps[0][1], rng.choice(villages(agency.country)).code)
        if stage is Stage.SCREENED or rng.random() < SCREENED_FIRST
        else None,
        case=case,
    )


def _consent(rng: Random, stage: Stage, wants_tracing: str) -> tuple[str, ...]:
    if stage is Stage.SCREENED:
        return ("collect_store",)
    purposes = ["collect_store", "case_management_participation", "share_for_services"]
    if wants_tracing == "yes":
        purposes.append("tracing_disclosure")
        if stage.reached(Stage.TRACING) or rng.random() < 0.7:
            purposes.append("cross_border_transfer")
    if rng.random() < 0.6:
        purposes.append("aggregate_reporting")
    return tuple(purposes)


def _remembered(rng: Random, child: Person) -> tuple[SecretFact, ...]:
    """The child's own answers: now and then one is not remembered as the family does."""
    return tuple(
        SecretFact(fact.question, "I do not remember" if rng.random() < WRONG_SECRET else fact.answer)
        for fact in child.secret_facts
    )
