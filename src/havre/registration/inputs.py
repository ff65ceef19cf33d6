"""What may be written of a person, a relation, an agreement? Plain shapes with their checks; pure.

Codes are checked against the same tuples as the database constraints; sentences of refusals are English message ids.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from havre.core.partialdates import PartialDate
from havre.core.problems import InputRefused
from havre.core.words import N_
from havre.registration import rules

NAME_KINDS: Final = ("full", "given", "father", "grandfather", "mother", "family", "nickname", "other_spelling",
                     "given_after_separation")
OLDEST: Final = 120
LONGEST: Final = 200
MOST_NAMES: Final = 20

_SCRIPTS: Final = {"LATIN": "Latn", "ARABIC": "Arab", "ETHIOPIC": "Ethi", "CYRILLIC": "Cyrl", "MYANMAR": "Mymr", "GREEK": "Grek",
                   "HEBREW": "Hebr", "DEVANAGARI": "Deva", "BENGALI": "Beng", "ARMENIAN": "Armn", "GEORGIAN": "Geor",
                   "TAMIL": "Taml", "THAI": "Thai", "HANGUL": "Hang", "CJK": "Hani", "KHMER": "Khmr", "SYRIAC": "Syrc",
                   "TIFINAGH": "Tfng", "NKO": "Nkoo"}


@dataclass(frozen=True, slots=True)
class PersonInput:
    """What is known of a person. Names are {value, kind, script}; places run from broad to narrow; dates may be partial."""

    role: str
    names: Sequence[Mapping[str, Any]] = ()
    sex: str = "unknown"
    age_min: int | None = None
    age_max: int | None = None
    age_method: str = "unknown"
    age_status: str = "not_needed"
    birth_date: str | None = None
    recorded_on: date | None = None
    languages: Sequence[str] = ()
    deceased: str = "unknown"
    nationalities: Sequence[str] = ()
    ethnicity: str | None = None
    phones: Sequence[str] = ()
    identifiers: Sequence[Mapping[str, str]] = ()
    origin: Sequence[str] = ()
    last_seen: Sequence[str] = ()
    separation: Mapping[str, Any] = field(default_factory=dict)
    address: str | None = None
    features: str | None = None
    note: str | None = None
    id: UUID | None = None

    def values(self) -> dict[str, Any]:
        """The columns of `Person`, cleaned; raises InputRefused where something cannot be."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "id"}
        return clean_person(values)


@dataclass(frozen=True, slots=True)
class KinInput:
    """A relative with their relation to the child: `relation` is what they are to the child."""

    person: PersonInput
    relation: str
    basis: str = "biological"
    evidence: str = "claimed"
    lives_with: str = "unknown"
    lived_with_before: str = "unknown"
    in_contact: str = "unknown"
    separated: str = "unknown"
    is_caregiver: bool = False
    contact_allowed: str = "unknown"
    detail: str | None = None
    contact_reason: str | None = None

    def edge(self) -> dict[str, Any]:
        """The values of the edge, without its ends and its type."""
        left = {"person", "relation"}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in left}


@dataclass(frozen=True, slots=True)
class ConsentInput:
    """One agreement (or refusal, or exception) as it was given. `answers` is purpose -> yes | no | never."""

    given_by: str
    answers: Mapping[str, str] = field(default_factory=dict)
    event: str = "given"
    giver: UUID | None = None
    type: str = "informed_consent"
    mode: str = "verbal_witnessed"
    language: str = ""
    interpreter: bool = False
    interpreter_sworn: bool = False
    given_at: datetime | None = None
    expires_at: datetime | None = None
    exception: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    withheld: Sequence[Mapping[str, str]] = ()
    capacity_note: str | None = None


def script_of(text: str) -> str | None:
    """The ISO 15924 code of the script of the first letter, or None."""
    for letter in text:
        if letter.isalpha():
            return _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0])
    return None


def clean_names(names: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Names without empty and repeated ones, each with kind and script. Raises InputRefused."""
    out: list[dict[str, Any]] = []
    for name in names:
        value = " ".join(unicodedata.normalize("NFC", str(name.get("value") or "")).split())
        kind = str(name.get("kind") or "full")
        if not value:
            continue
        if kind not in NAME_KINDS:
            raise InputRefused({"names": [N_("Choose what kind of name this is.")]})
        if len(value) > LONGEST:
            raise InputRefused({"names": [N_("A name can have 200 letters at most.")]})
        row: dict[str, Any] = {"value": value, "kind": kind}
        script = name.get("script") or script_of(value)
        if script:
            row["script"] = script
        if row not in out:
            out.append(row)
    if len(out) > MOST_NAMES:
        raise InputRefused({"names": [N_("Write at most 20 names.")]})
    return out


def clean_person(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of `Person` columns (any of them) checked and in their stored form. Raises InputRefused."""
    out = dict(values)
    errors: dict[str, list[str]] = {}
    if "names" in out:
        out["names"] = clean_names(out["names"] or ())
    _ages(out, errors)
    for name, allowed in _coded().items():
        if name in out and out[name] not in allowed:
            errors[name] = [N_("Choose one of the answers.")]
    for name in ("languages", "nationalities", "origin", "last_seen", "phones"):
        if name in out:
            out[name] = list(dict.fromkeys(str(v).strip() for v in out[name] or () if str(v).strip()))
    for name in ("ethnicity", "address", "features", "note"):
        if name in out:
            out[name] = str(out[name] or "").strip() or None
    for name in ("identifiers", "separation"):
        if name in out:
            out[name] = _json(out[name])
    _birth(out, errors)
    if errors:
        raise InputRefused(errors)
    return out


def _json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _json(v) for k, v in value.items() if v not in (None, "", [], ())}
    if isinstance(value, list | tuple):
        return [_json(v) for v in value if v]
    return value


def _coded() -> Mapping[str, Sequence[str]]:
    return {"role": rules.ROLES, "sex": rules.SEXES, "age_method": rules.AGE_METHODS, "deceased": rules.ALIVE}


def _ages(out: dict[str, Any], errors: dict[str, list[str]]) -> None:
    low, high = out.get("age_min"), out.get("age_max")
    if any(age is not None and not 0 <= age <= OLDEST for age in (low, high)):
        errors["age"] = [N_("Write the age in whole years, for example 9.")]
    elif low is not None and high is not None and low > high:
        out["age_min"], out["age_max"] = high, low


def _birth(out: dict[str, Any], errors: dict[str, list[str]]) -> None:
    text, recorded = out.get("birth_date"), out.get("recorded_on")
    if not text:
        if "birth_date" in out:
            out["birth_date"] = None
        return
    try:
        born = PartialDate.parse(str(text))
    except ValueError:
        errors["birth_date"] = [N_("Write a date, for example 3 11 2026. The year alone is enough.")]
        return
    if recorded is not None and born.earliest() > recorded:
        errors["birth_date"] = [N_("This date of birth is in the future.")]
    out["birth_date"] = str(born)
