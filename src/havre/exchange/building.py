"""Which child, or which request, does a row describe? Rows become the same inputs that the forms make. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from havre.core.words import N_
from havre.exchange.values import Reader, code_for, parts
from havre.registration.inputs import ConsentInput, KinInput, PersonInput
from havre.registration.rules import NEEDED_TO_REGISTER

MODES: Final = ("written", "verbal_recorded", "verbal_witnessed", "thumbprint")
RELATIVE = N_("Write for each what they are, a colon and the name, for example: brother: Ali (5); aunt: Mersa.")
_NAME_KINDS: Final = {"full_name": "full", "given": "given", "father": "father", "grandfather": "grandfather", "mother": "mother",
                      "family": "family", "nickname": "nickname", "other_spelling": "other_spelling"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every row of a file, said by the person who imports it.

    `caregivers_agreed`, `children_agreed`: whether each of them agreed where no column says it (None: nobody says so).
    `needs_asked`: immediate needs were asked about and nothing is open where no column says more.
    """

    legal_basis: str = ""
    legal_reason: str = ""
    caregivers_agreed: bool | None = None
    children_agreed: bool | None = None
    consent_mode: str = "written"
    needs_asked: bool = False
    inquirers_agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class ChildRow:
    """What a row says of a child, ready for `cases.opening.Opening`."""

    child: PersonInput
    family: tuple[KinInput, ...]
    consents: tuple[ConsentInput, ...]
    needs: Mapping[str, str] | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What a row says of a request, ready for `tracing.inputs.RequestInput`."""

    inquirer: PersonInput
    sought: PersonInput
    family: tuple[KinInput, ...]
    values: Mapping[str, Any]


def child_row(reader: Reader, terms: Terms, at: datetime) -> ChildRow:
    """The child of a row. What cannot be read stands in `reader.issues`."""
    child = person(reader, "child", today=at.date())
    found_on = reader.date("identified_on")
    values = {
        "uasc_status": reader.coded("uasc_status", "uasc_status", "undetermined"),
        "population_group": reader.coded("population_group", "population_group"),
        "concerns": reader.many("concerns", "protection_concern"), "risk_level": reader.coded("risk_level", "risk_level"),
        "identification_source": reader.coded("identification_source", "identification_source"),
        "identified_at": _moment(found_on, at)}
    return ChildRow(child, (*_family(reader), *_caregiver(reader)), tuple(_consents(reader, terms, child)), _needs(reader, terms), values)


def request_row(reader: Reader, terms: Terms, at: datetime) -> RequestRow:
    """The request of a row. What cannot be read stands in `reader.issues`."""
    if not any(reader.text(code) for code in ("inquirer_full_name", "inquirer_given")):
        reader.refuse("inquirer_full_name", N_("Write the name of the person who looks for the child."))
    agreed = reader.yes("consent_share")
    lived = reader.yes("lived_with")
    reader.needed("relation")
    values = {
        "relation": reader.coded("relation", "relationship_type"), "lived_with": "" if lived is None else "yes" if lived else "no",
        "consent_share": bool(terms.inquirers_agreed if agreed is None else agreed), "consent_mode": terms.consent_mode,
        "message": reader.text("message"), "circumstances": reader.text("circumstances"),
        "separation_cause": reader.coded("separation_cause", "separation_cause")}
    low, high = reader.ages("inquirer_age")
    inquirer = PersonInput(
        role="inquirer", names=_names(reader, "inquirer_"), sex=reader.coded("inquirer_sex", "sex", "unknown"), age_min=low, age_max=high,
        phones=parts(reader.text("inquirer_phones")), address=reader.text("inquirer_address") or None,
        languages=reader.languages("inquirer_languages"))
    return RequestRow(inquirer, person(reader, "sought_child", today=at.date()), tuple(_family(reader)), values)


def person(reader: Reader, role: str, *, today: date) -> PersonInput:
    """The person that the plain columns of a row describe."""
    names, features = _names(reader, ""), reader.text("features")
    if not names and not features:
        reader.refuse("full_name" if "full_name" in reader.headers else "given", N_("Write at least one name, or how the child can be recognised."))
    low, high = reader.ages("age", "age_max")
    recorded = reader.date("recorded_on")
    birth = reader.date("birth_date")
    method = "unknown" if low is None and birth is None else "family_reported" if role == "sought_child" else "self_reported"
    return PersonInput(
        role=role, names=names, sex=reader.coded("sex", "sex", "unknown"), age_min=low, age_max=high, birth_date=birth, age_method=method,
        recorded_on=_day(recorded, today), languages=reader.languages("languages"), nationalities=reader.countries("nationalities"),
        ethnicity=reader.text("ethnicity") or None, phones=parts(reader.text("phones")), identifiers=_identifiers(reader),
        origin=reader.places("origin", "origin_1", "origin_2", "origin_3"), last_seen=reader.places("last_seen"),
        separation=_separation(reader), address=reader.text("address") or None, features=features or None, note=reader.text("note") or None)


def _names(reader: Reader, prefix: str) -> list[dict[str, str]]:
    return [{"value": value, "kind": kind} for code, kind in _NAME_KINDS.items()
            for value in re.split(r"[;|]", reader.text(prefix + code)) if value.strip()]


def _identifiers(reader: Reader) -> list[dict[str, str]]:
    return [{"type": "other", "value": value} for value in parts(reader.text("identifiers"))]


def _separation(reader: Reader) -> dict[str, Any]:
    found = {"date": reader.date("separation_date"), "place": reader.places("separation_place"),
             "cause": reader.coded("separation_cause", "separation_cause")}
    return {key: value for key, value in found.items() if value}


def _day(text: str | None, today: date) -> date | None:
    """A whole day in the past; anything less exact counts as not said."""
    if not text or len(text) != 10:
        return None
    day = date.fromisoformat(text)
    return day if day <= today else None


def _moment(text: str | None, at: datetime) -> datetime | None:
    day = _day(text, at.date())
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _family(reader: Reader) -> list[KinInput]:
    """Brothers, sisters and other relatives: `Name (age)`, with `role:` before it where the column does not say it."""
    out: list[KinInput] = []
    for code, usual in (("brothers", "brother"), ("sisters", "sister"), ("siblings", ""), ("relatives", "")):
        for part in re.split(r"[;\n]", reader.text(code)):
            role, colon, name = part.rpartition(":")
            relation = code_for("relationship_type", role) if colon else usual
            found = re.fullmatch(r"\s*(.+?)\s*(?:\((\d{1,3})\))?\s*", name)
            if not part.strip():
                continue
            if not relation or found is None:
                reader.refuse(code, RELATIVE)
                continue
            age = int(found[2]) if found[2] else None
            sex = {"brother": "male", "sister": "female"}.get(relation, "unknown")
            out.append(KinInput(PersonInput("relative", names=[{"value": found[1], "kind": "full"}], sex=sex, age_min=age, age_max=age), relation))
    return out


def _caregiver(reader: Reader) -> list[KinInput]:
    name = reader.text("caregiver_name")
    if not name:
        return []
    relation = reader.coded("caregiver_relation", "relationship_type", "other_family")
    one = PersonInput("caregiver", names=[{"value": name, "kind": "full"}], phones=parts(reader.text("caregiver_phone")))
    return [KinInput(one, relation, is_caregiver=True)]


def _consents(reader: Reader, terms: Terms, child: PersonInput) -> list[ConsentInput]:
    """The agreements a row (or the whole file) reports, for what registration needs."""
    out: list[ConsentInput] = []
    said: Sequence[tuple[str, bool | None, str]] = (
        ("caregiver_consent", terms.caregivers_agreed, "caregiver"), ("child_assent", terms.children_agreed, "child"))
    for code, usual, giver in said:
        answer = reader.yes(code)
        answer = usual if answer is None else answer
        if answer is not None:
            out.append(ConsentInput(
                given_by=giver, event="given" if answer else "refused", mode=terms.consent_mode, type=_type(giver, child),
                answers=dict.fromkeys(NEEDED_TO_REGISTER, "yes" if answer else "no")))
    return out


def _type(giver: str, child: PersonInput) -> str:
    """A child's own yes is called consent from the age of own consent on; the youngest age decides."""
    return "informed_consent" if giver != "child" or (child.age_min or 0) >= 15 else "informed_assent"


def _needs(reader: Reader, terms: Terms) -> dict[str, str] | None:
    """Need -> what was done. None when nobody says that it was asked."""
    found = reader.many("immediate_needs", "immediate_need")
    if found:
        return {need: reader.text("needs_action") for need in found}
    return {} if terms.needs_asked else None
