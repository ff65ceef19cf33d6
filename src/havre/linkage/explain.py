"""In which words is each piece of evidence told?

`REASONS` maps a reason code (`field_level`) to an English sentence with named places for parameters; the web layer
translates it (gettext msgid). `STRENGTHS` words the weight, `WORDS` the probability, `VERDICTS` the kind of result.
"""

from __future__ import annotations

import math
from typing import Final

_NAME_LEVELS: Final = {
    "exact": "{what} is written the same.",
    "strong": "{what} is the same name in another spelling or script.",
    "close": "{what} is close: a variant or a slip.",
    "weak": "{what} is only a little alike.",
    "different": "{what} is different.",
    "missing": "{what} is known on one side at most.",
}
_NAMES: Final = {
    "given": "The given name",
    "father": "The father’s name",
    "lineage": "The grandfather’s or family name",
    "mother": "The mother’s name",
}
_PLACE_LEVELS: Final = {
    "place": "{what} is the same place.",
    "same_text": "{what} is written the same.",
    "region": "{what} is in the same region.",
    "country": "{what} is in the same country, elsewhere.",
    "different": "{what} is somewhere else.",
    "missing": "{what} is known on one side at most.",
}
_PLACES: Final = {
    "origin": "The place of origin",
    "birth_place": "The place of birth",
    "last_seen": "The place last seen",
    "separation_place": "The place where they lost each other",
}
_MARK_LEVELS: Final = {
    "several": "{what} share several telling words.",
    "one": "{what} share a telling word.",
    "none": "{what} share no telling word.",
    "missing": "{what} are told on one side at most.",
}
_MARKS: Final = {"features": "The marks of the body", "belongings": "The things carried"}


def _expanded(fields: dict[str, str], levels: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{level}": text.replace("{what}", what) for name, what in fields.items() for level, text in levels.items()}


REASONS: Final[dict[str, str]] = {
    **_expanded(_NAMES, _NAME_LEVELS),
    "given_swapped": "The same two names, in exchanged places.",
    **_expanded(_PLACES, _PLACE_LEVELS),
    "sex_same": "The same sex.",
    "sex_different": "A different sex is recorded.",
    "sex_missing": "Sex is known on one side at most.",
    "birth_date_same": "Born on the same day.",
    "birth_date_turned": "The same date of birth with day and month exchanged.",
    "birth_date_slip": "The dates of birth differ by one slip of the pen.",
    "birth_date_heaped": "The same date of birth, one that is often written when only the year is known.",
    "birth_date_calendar": "Born on the same day, written in two calendars.",
    "birth_date_near": "Born within a year of each other.",
    "birth_date_off": "The dates of birth lie about {years} years apart.",
    "birth_date_apart": "The dates of birth lie about {years} years apart.",
    "birth_within": "The ages fit together.",
    "birth_near": "The ages differ by up to a year more than stated.",
    "birth_off": "The ages differ by up to two years more than stated.",
    "birth_far": "The ages lie about {years} years apart.",
    "birth_apart": "The ages lie about {years} years apart.",
    "birth_calendar": "The ages fit together if one date is of another calendar.",
    "birth_missing": "Age is known on one side at most.",
    "siblings_several": "{count} brothers or sisters have the same names.",
    "siblings_one_with_age": "A brother or sister has the same name and a fitting age.",
    "siblings_one": "A brother or sister has the same name.",
    "siblings_one_other_age": "A brother or sister has the same name but another age.",
    "siblings_none": "No brother or sister is named on both sides.",
    "siblings_missing": "Brothers and sisters are known on one side at most.",
    "sibling_named_named": "One is named as the other’s brother or sister.",
    "sibling_named_missing": "Neither is named as the other’s brother or sister.",
    "relatives_same": "Another relative ({role}) has the same name.",
    "relatives_several": "Several other relatives have the same names.",
    "relatives_other_role": "A relative has the same name in another role ({role}).",
    "relatives_different": "Another relative ({role}) has a different name.",
    "relatives_missing": "No other relative is known on both sides.",
    "separation_date_same_days": "They lost each other in the same days.",
    "separation_date_same_month": "They lost each other in the same month.",
    "separation_date_same_year": "They lost each other in the same year.",
    "separation_date_apart": "They lost each other at different times.",
    "separation_date_missing": "The date of separation is known on one side at most.",
    "separation_cause_same": "They lost each other for the same cause.",
    "separation_cause_different": "Different causes of the separation are told.",
    "separation_cause_missing": "The cause of the separation is known on one side at most.",
    "companions_several": "Several people who were with the child are named on both sides.",
    "companions_one": "Somebody who was with the child is named on both sides.",
    "companions_none": "Nobody who was with the child is named on both sides.",
    "companions_missing": "Who was with the child is known on one side at most.",
    "language_shared": "They share a language.",
    "language_related": "Their languages are related.",
    "language_none_shared": "They share no language.",
    "language_missing": "Languages are known on one side at most.",
    "ethnicity_same": "The same ethnic group.",
    "ethnicity_related": "Related ethnic groups.",
    "ethnicity_different": "Different ethnic groups.",
    "ethnicity_missing": "The ethnic group is known on one side at most.",
    "phone_same": "The same telephone number.",
    "phone_partial": "One telephone number is part of the other.",
    "phone_one_apart": "Telephone numbers that differ in one digit.",
    "phone_different": "Different telephone numbers.",
    "phone_missing": "A telephone number is known on one side at most.",
    "identifier_same": "The same document or registration number.",
    "identifier_partial": "One document number is part of the other.",
    "identifier_one_apart": "Document numbers that differ in one character.",
    "identifier_different": "Different document numbers.",
    "identifier_missing": "A document number is known on one side at most.",
    **_expanded(_MARKS, _MARK_LEVELS),
}

STRENGTHS: Final[dict[str, str]] = {
    "strong_for": "Strong, for.",
    "some_for": "Some, for.",
    "little_for": "A little, for.",
    "nothing": "Says nothing either way.",
    "little_against": "A little, against.",
    "some_against": "Some, against.",
    "strong_against": "Strong, against.",
}
WORDS: Final[dict[str, str]] = {
    "very_unlikely": "Very unlikely",
    "unlikely": "Unlikely",
    "open": "Open",
    "likely": "Likely",
    "very_likely": "Very likely",
    "almost_certain": "Almost certain, still verified by two interviews",
}
VERDICTS: Final[dict[str, str]] = {
    "match": "May be this child",
    "family": "May be of this family",
    "lookalike": "Alike in name only",
    "unrelated": "Nothing speaks for it",
}


def strength(llr: float) -> str:
    """The code of `STRENGTHS` for a log-likelihood ratio: 10 times is strong, 4 times some, 1.3 times a little."""
    times = math.exp(min(abs(llr), 50.0))
    if times < 1.3:
        return "nothing"
    size = "strong" if times >= 10 else "some" if times >= 4 else "little"
    return f"{size}_{'for' if llr > 0 else 'against'}"


def times(llr: float) -> float:
    """How many times more usual (for or against) the evidence is for one person than by chance; at least 1."""
    return math.exp(min(abs(llr), 50.0))


def sentence(reason: str, params: dict[str, str | int | float] | None = None) -> str:
    """The English sentence of a reason code. Raises KeyError for a code that does not exist."""
    return REASONS[reason].format(**(params or {}))
