"""How does what the invented world says become what a worker types? Pure: world shapes in, input shapes out."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any

from havre.core.policy import Policy
from havre.demo.loading.names import own_id
from havre.demo.world.model import AgeHeard, NameHeard, PlaceHeard, Registration, RelativeHeard, Separation, TracingRequest
from havre.demo.world.places import places
from havre.registration import rules
from havre.registration.inputs import ConsentInput, KinInput, PersonInput
from havre.registration.kin import TYPES

_RELATIONS = frozenset(TYPES)


def names_of(heard: Sequence[NameHeard]) -> list[dict[str, str]]:
    """Names as they are stored: the whole name, and the father's and grandfather's names where they were told apart."""
    out: list[dict[str, str]] = []
    for name in heard:
        out.append({"value": name.value, "kind": name.type, "script": name.script.value})
        if name.type == "full":
            out += [{"value": part, "kind": kind, "script": name.script.value}
                    for kind, part in (("father", name.father), ("grandfather", name.grandfather)) if part]
    return out


def place_of(place: PlaceHeard | str | None) -> list[str]:
    """A place from broad to narrow, as the forms write it: the country's code, then names; else the words alone."""
    code = place.code if isinstance(place, PlaceHeard) else place
    if code and code in places():
        return list(path_of(code))
    return [place.text] if isinstance(place, PlaceHeard) and place.text else []


@cache
def path_of(code: str) -> tuple[str, ...]:
    """The country and the names down to a place."""
    return (places()[code].country, *(places()[c].name for c in places()[code].path[1:]))


def child_of(reg: Registration) -> PersonInput:
    """The child as the agency wrote it."""
    return PersonInput(
        role="child", id=own_id("child", reg.id), names=names_of(reg.names), sex=reg.sex.value, languages=[reg.language],
        nationalities=[reg.nationality], ethnicity=reg.ethnicity, phones=[reg.phone] if reg.phone else [],
        origin=place_of(reg.origin), last_seen=place_of(reg.separation_place), features=reg.features or None,
        separation=_separation(reg.separation, reg.separation_place), **_age(reg.age))


def _age(age: AgeHeard) -> dict[str, Any]:
    return {"birth_date": age.birth_date, "age_min": age.age_min, "age_max": age.age_max, "age_method": age.method,
            "recorded_on": age.as_of}


def _separation(separation: Separation, place: PlaceHeard) -> dict[str, object]:
    return {"date": separation.on.isoformat()[:7], "place": place_of(place), "cause": separation.cause,
            "circumstances": separation.circumstances}


def relation_of(code: str) -> str:
    """A relation as the register names it."""
    return code if code in _RELATIONS else "other_family"


def relative_of(heard: RelativeHeard, owner: str, number: int, on: date) -> KinInput:
    """A relative as they were mentioned."""
    person = PersonInput(
        role="relative", id=own_id("relative", owner, number), names=names_of(heard.names), sex=heard.sex.value, age_min=heard.age,
        age_max=heard.age, age_method="family_reported" if heard.age is not None else "unknown", recorded_on=on,
        deceased={"dead": "dead", "alive": "alive"}.get(heard.alive, "unknown"), phones=[heard.phone] if heard.phone else [],
        last_seen=place_of(heard.place))
    return KinInput(person, relation_of(heard.relation),
                    in_contact="yes" if heard.in_contact else "no", separated="no" if heard.in_contact else "yes")


def family_of(reg: Registration) -> list[KinInput]:
    """Every relative the child named."""
    return [relative_of(heard, reg.id, number, reg.recorded_on) for number, heard in enumerate(reg.relatives)]


def consents_of(reg: Registration, policy: Policy) -> list[ConsentInput]:
    """Who agreed to what, in the form the child's age asks for; without a caregiver the reason stands in their place."""
    ages = rules.ages(reg.age.birth_date, reg.age.age_min, reg.age.age_max, reg.age.as_of, reg.recorded_on)
    needed = rules.needs(ages, policy)
    answers = dict.fromkeys((*rules.NEEDED_TO_REGISTER, *reg.consent), "yes")
    if "tracing_disclosure" not in answers:
        answers["tracing_disclosure"] = "no"
    given: list[ConsentInput] = []
    if rules.asks_child(needed):
        mode = "written" if "child_written_assent" in needed else "verbal_witnessed"
        given.append(ConsentInput("child", answers, type=rules.child_says_as(needed), mode=mode, language=reg.language))
    if "caregiver_consent" in needed:
        if reg.consent_given_by == "caregiver":
            given.append(ConsentInput("caregiver", answers, language=reg.language))
        else:
            given.append(ConsentInput("other", {}, event="exception", exception="caregiver_absent",
                                      reasons={"exception": "The child came without anybody who can agree for them."}))
    return given


def inquirer_of(told: TracingRequest) -> PersonInput:
    """The relative who asks."""
    kin = relative_of(told.inquirer, told.id, 900, told.recorded_on).person
    return PersonInput(role="inquirer", id=kin.id, names=kin.names, sex=kin.sex, age_min=kin.age_min, age_max=kin.age_max,
                       age_method=kin.age_method, recorded_on=told.recorded_on, deceased="alive", phones=kin.phones,
                       last_seen=kin.last_seen, languages=[told.inquirer_language])


def sought_of(told: TracingRequest) -> PersonInput:
    """The child who is looked for."""
    return PersonInput(
        role="sought_child", id=own_id("sought", told.id), names=names_of(told.names), sex=told.sex.value,
        languages=[told.language], origin=place_of(told.origin), last_seen=place_of(told.separation_place),
        features=told.features or None, separation={"date": told.separation_on, "place": place_of(told.separation_place),
                                                    "cause": told.separation_cause}, **_age(told.age))


def family_told(told: TracingRequest) -> list[KinInput]:
    """Others of the child's family, as the relative named them."""
    return [relative_of(heard, told.id, number, told.recorded_on) for number, heard in enumerate(told.relatives)]


def first_contact(reg: Registration, rng: Random) -> dict[str, object]:
    """The answers of a first contact, as the codes of the form; most questions answered, some skipped."""
    alone = reg.case.uasc_status == "unaccompanied"
    answers: dict[str, object] = {
        "age_birthday": {"low": reg.age.age_min, "high": reg.age.age_max},
        "who_with": rng.choice(("alone", "other_children")) if alone else rng.choice(("unrelated_adult", "other_children")),
        "parents_where": "cannot_be_reached",
        "hurt_ill_hungry": [rng.choice(("hungry", "none", "none", "ill"))],
        "safe_with_companion": rng.choice(("yes", "yes", "does_not_know")),
        "hurt_or_threatened": rng.choice(("no", "no", "no", "does_not_want_to_say")),
        "papers_phone_money_kept": "no",
        "made_to_work": rng.choice(("no", "no", "no", "does_not_know")),
        "afraid_to_go_back": rng.choice(("no", "no", "yes")),
        "functional_difficulty": ["none"],
        "sleep_tonight": rng.choice(("nowhere", "at_post", "with_family")),
        "tell_someone_else": rng.choice(("no", "no", "yes")),
    }
    return {code: answer for code, answer in answers.items() if code == "age_birthday" or rng.random() < 0.85}
