"""How are names, ages, places and values of people said on pages? In the reader's language, names as they are written."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.core.partialdates import AgeRange
from havre.linkage.names.kinds import Kind, kinds
from havre.reference import codes
from havre.reference.countries import country_name, is_country
from havre.reference.languages import is_language, language_name
from havre.registration import rules
from havre.registration.queries import Shown
from havre.web.parts.tags.people import person_name
from havre.web.registration.choosing import reader
from havre.web.registration.forms import NAME_KINDS


def names_of(shown: Shown | None) -> list[Mapping[str, Any]]:
    """The names of a person as the name part takes them."""
    return shown.names if shown is not None else []


def name_of(shown: Shown | None, *, short: bool = False) -> SafeString:
    """A person's name as it is written, the reader's script second."""
    return person_name(names_of(shown), short=short)


def reading_words(names: Sequence[Mapping[str, Any]]) -> SafeString:
    """As what each word of the full names is read, so that a worker sees whose name stands in the wrong place and can say so.

    Joining words are left out; empty where no full name has two words.
    """
    called = {code: str(words) for code, words in NAME_KINDS} | {Kind.HONORIFIC: _("Title"), Kind.FURTHER: _("Further name")}
    read = [[(word, kind) for word, kind in kinds(name["value"]) if kind is not Kind.PARTICLE] for name in names if (name.get("kind") or "full") == "full"]
    return format_html_join(" · ", "<bdi><bdi>{}</bdi>: {}</bdi>", [(word.capitalize(), called[kind]) for words in read if len(words) > 1 for word, kind in words])


def age_of(shown: Shown) -> AgeRange | None:
    """The ages a person can have today."""
    person = shown.person
    return rules.ages(shown.values.get("birth_date"), person.age_min, person.age_max, person.recorded_on, localdate())


def range_words(ages: AgeRange | None) -> str:
    """An age range in words, safe in right-to-left text."""
    if ages is None:
        return _("age not known")
    return str(ages.low) if ages.low == ages.high else _("%(low)s to %(high)s") % {"low": ages.low, "high": ages.high}


def age_words(shown: Shown | None) -> str:
    """The age of a person in words."""
    return range_words(age_of(shown)) if shown is not None else ""


def label(list_name: str, code: str) -> str:
    """The words of a code."""
    return codes.label(list_name, code, reader()) if code else ""


def place_words(path: Sequence[str] | None) -> str:
    """A place path with the nearest first; a country code becomes its name."""
    return ", ".join(country_name(p, reader()) if is_country(p) else p for p in reversed(path or ()))


def languages_words(spoken: Sequence[str]) -> str:
    """Languages by name."""
    return ", ".join(language_name(code, reader()) if is_language(code) else code for code in spoken)


def field_words(field: str) -> str:
    """What a field of a person is called."""
    words = {
        "names": _("Names"), "sex": _("Girl or boy"), "age_min": _("Youngest age"), "age_max": _("Oldest age"),
        "age_method": _("How the age is known"), "birth_date": _("Date of birth"), "languages": _("Languages"),
        "nationalities": _("Nationality"), "ethnicity": _("People or clan"), "phones": _("Phone numbers"), "identifiers": _("Documents"),
        "origin": _("Place of origin"), "last_seen": _("Last known place"), "separation": _("How the family was lost"),
        "address": _("Address"), "features": _("How to recognise"), "note": _("Note"), "deceased": _("Alive"),
        "recorded_on": _("Day of recording"), "role": _("Role"), "age_status": _("Doubt about the age")}
    return words.get(field, field)


def value_words(field: str, value: Any) -> str:
    """A stored value in words."""
    if value in (None, "", [], {}):
        return _("nothing")
    if field == "names":
        kinds = {code: str(words) for code, words in NAME_KINDS}
        return "; ".join(f"{n['value']} ({kinds.get(n.get('kind', ''), '')})" for n in value)
    lists = {"sex": "sex", "age_method": "age_method", "deceased": "alive_status", "age_status": "age_assessment_status"}
    if field in lists:
        return label(lists[field], value)
    if field in {"origin", "last_seen"}:
        return place_words(value)
    if field == "languages":
        return languages_words(value)
    if field == "nationalities":
        return ", ".join(country_name(c, reader()) if is_country(c) else c for c in value)
    if field == "identifiers":
        return "; ".join(f"{label('identifier_type', i.get('type', ''))} {i.get('value', '')}" for i in value)
    if field == "separation":
        return "; ".join(str(v) if not isinstance(v, list) else place_words(v) for v in value.values())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
