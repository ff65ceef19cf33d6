"""Whom are relatives looking for, and how did they tell it to an agency, often in another country and
script?
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from havre.demo.world import texts
from havre.demo.world.descriptions import (
    able_to_ask,
    age_heard,
    child_names,
    family_heard,
    place_heard,
    relation_of,
    relative_heard,
    sex_heard,
)
from havre.demo.world.hearing import DISTANT
from havre.demo.world.model import Agency, Person, Registration, Script, SecretFact, Stage, TracingRequest
from havre.demo.world.registrations import COUNTRY_SCRIPT
from havre.demo.world.staff import AGENCIES

MATCHED_SHARE, OTHER_AGENCY, OTHER_COUNTRY, WRONG_SECRET = 0.6, 0.85, 0.6, 0.05
STATUS_OF = {
    Stage.TRACING: ("open", "in_progress", "match_proposed"),
    Stage.VERIFIED: ("verified",),
    Stage.REUNIFIED: ("reunified",),
    Stage.FOLLOWED_UP: ("reunified",),
    Stage.CLOSED: ("reunified",),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """A child somebody looks for, and its registration where it has one."""

    child: Person
    members: tuple[Person, ...]
    registration: Registration | None


def choose_sought(
    rng: Random, count: int, registered: Sequence[Sought], others: Sequence[Sought]
) -> list[Sought]:
    """`count` children to be sought: those whose cases are traced first, then registered ones up to
    `MATCHED_SHARE`, then others.

    Children whose relatives are all gone cannot be sought; when too few are left the rest are
    registered ones too.
    """

    def traced(sought: Sought) -> bool:
        return sought.registration is not None and sought.registration.case.stage.reached(Stage.TRACING)

    first = sorted((s for s in registered if traced(s) and seekers(s)), key=lambda s: not _verified(s))
    rest = [s for s in registered if not traced(s) and seekers(s)]
    strangers = [s for s in others if seekers(s)]
    rng.shuffle(rest)
    rng.shuffle(strangers)
    wanted = max(len(first), round(MATCHED_SHARE * count))
    matched = (first + rest)[:wanted]
    chosen = (matched + strangers + rest[max(0, wanted - len(first)) :])[:count]
    if len(chosen) < count:
        raise ValueError(
            f"{count} tracing requests asked for, but only {len(chosen)} children have living relatives: "
            "ask for more persons"
        )
    return chosen


def _verified(sought: Sought) -> bool:
    return sought.registration is not None and sought.registration.case.stage.reached(Stage.VERIFIED)


def seekers(sought: Sought) -> list[Person]:
    """The adults of the family who could ask."""
    return able_to_ask(sought.members)


def request(rng: Random, sought: Sought, number: int, today: date) -> TracingRequest:
    """One tracing request with errors of its own."""
    child, registration = sought.child, sought.registration
    able = seekers(sought)
    inquirer = rng.choices(able, weights=[6 if m.role in ("mother", "father") else 2 for m in able])[0]
    agency = _agency(rng, registration)
    day = _day(rng, child, registration, today)
    scripts = _scripts(rng, child, agency.country)
    separation = child.separation
    assert separation is not None  # every child of this world was separated
    heard = relative_heard(rng, inquirer, relation_of(inquirer, child), scripts[0], day, certain=True)
    cross = registration is not None and registration.country != agency.country
    return TracingRequest(
        id=f"T{number:06d}",
        agency=agency.code,
        country=agency.country,
        recorded_on=day,
        status=_status(rng, registration),
        inquirer=heard,
        inquirer_language=inquirer.language,
        lived_with_child=inquirer.role in ("mother", "father") or rng.random() < 0.4,
        names=child_names(rng, child, scripts, DISTANT, knows_new=False),
        sex=sex_heard(rng, child),
        age=age_heard(rng, child, day, by_family=True),
        origin=place_heard(rng, child.origin),
        language=child.language,
        relatives=family_heard(
            rng, child, sought.members, scripts[0], day, share=0.65, leave_out=frozenset({inquirer.id})
        ),
        separation_on=_roughly(rng, separation.on),
        separation_place=place_heard(rng, separation.place, wrong=0.2),
        separation_cause=separation.cause if rng.random() < 0.8 else rng.choice(texts.CAUSES),
        features=rng.choice(texts.FEATURES),
        message=rng.choice(texts.MESSAGES).format(who=heard.relation) if rng.random() < 0.7 else "",
        consent_share=cross or rng.random() < 0.94,
        consent_cross_border=cross or rng.random() < 0.88,
        consent_publish=rng.random() < 0.1,
        secret_facts=tuple(
            f if rng.random() >= WRONG_SECRET else SecretFact(f.question, "I am not sure")
            for f in child.secret_facts
        ),
    )


def _agency(rng: Random, registration: Registration | None) -> Agency:
    if registration is None or rng.random() >= OTHER_AGENCY:
        return next(
            (a for a in AGENCIES if registration and a.code == registration.agency), rng.choice(AGENCIES)
        )
    others = [a for a in AGENCIES if a.code != registration.agency]
    abroad = [a for a in others if a.country != registration.country]
    return rng.choice(abroad if rng.random() < OTHER_COUNTRY else others)


def _day(rng: Random, child: Person, registration: Registration | None, today: date) -> date:
    assert child.separation is not None  # every child of this world was separated
    verified = registration.case.day_of(Stage.VERIFIED) if registration else None
    latest = verified - timedelta(days=4) if verified else today - timedelta(days=1)
    earliest = max(child.separation.on + timedelta(days=5), latest - timedelta(days=220))
    return earliest + timedelta(days=rng.randrange(max(1, (latest - earliest).days)))


def _status(rng: Random, registration: Registration | None) -> str:
    if registration is None or not registration.case.stage.reached(Stage.TRACING):
        return rng.choice(("open", "open", "in_progress"))
    return rng.choice(STATUS_OF[registration.case.stage])


def _scripts(rng: Random, child: Person, country: str) -> tuple[Script, ...]:
    own, local = child.given.script, COUNTRY_SCRIPT[country]
    return rng.choices(
        ((own,), (Script.LATIN,), (local,), (local, Script.LATIN), (own, Script.LATIN)),
        weights=(36, 26, 18, 8, 12),
    )[0]


def _roughly(rng: Random, day: date) -> str:
    kind = rng.random()
    if kind < 0.3:
        return day.isoformat()
    if kind < 0.75:
        return f"{(day + timedelta(days=rng.randint(-25, 25))):%Y-%m}"
    return f"{day.year}"
