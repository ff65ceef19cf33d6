"""Comparators, one question each, by field, in the order in which a result lists its evidence: first the person's own, the
father's and further names (`NAME_COMPARATORS`), which are read side by side, then everything else (`COMPARATORS`)."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from havre.linkage.evidence import birth, contacts, culture, kin, names, places, separation, sex
from havre.linkage.evidence.base import Evidence, Level, Seen
from havre.linkage.prepared import Prepared

Comparator = Callable[[Prepared, Prepared], Seen]
NAME_COMPARATORS: Final[dict[str, Callable[[names.Names], Seen]]] = {
    "given": names.given,
    "father": names.father,
    "lineage": names.lineage,
}
COMPARATORS: Final[dict[str, Comparator]] = {
    "mother": names.mother,
    "sex": sex.sex,
    "birth": birth.birth,
    "siblings": kin.siblings,
    "sibling_named": kin.sibling_named,
    "relatives": kin.relatives,
    "origin": places.origin,
    "birth_place": places.birth_place,
    "last_seen": places.last_seen,
    "separation_date": separation.separation_date,
    "separation_place": places.separation_place,
    "language": culture.language,
    "ethnicity": culture.ethnicity,
    "phone": contacts.phone,
    "identifier": contacts.identifier,
}
# The same questions without what was read, for comparing with very many: names share their work, and of every other field
# a level depends on one part of the other side alone (the second entry), so that it need not be asked twice.
NAME_LEVELS: Final[dict[str, Callable[[names.Names], Level]]] = {
    "given": names.given_level,
    "father": names.father_level,
    "lineage": names.lineage_level,
}
PART_LEVELS: Final[dict[str, tuple[Callable[[Prepared, Prepared], Level], Callable[[Prepared], Any]]]] = {
    "mother": (names.mother_level, attrgetter("mother")),
    "sex": (sex.sex_level, attrgetter("source.sex")),
    "birth": (birth.birth_level, attrgetter("source.birth_date", "source.age_min", "source.age_max", "source.recorded_on")),
    "siblings": (kin.siblings_level, attrgetter("siblings", "recorded")),
    "sibling_named": (kin.sibling_named_level, attrgetter("siblings", "given")),
    "relatives": (kin.relatives_level, attrgetter("relatives")),
    "origin": (places.origin_level, attrgetter("source.origin")),
    "birth_place": (places.birth_place_level, attrgetter("source.birth_place")),
    "last_seen": (places.last_seen_level, attrgetter("source.last_seen")),
    "separation_date": (separation.separation_date_level, attrgetter("separated")),
    "separation_place": (places.separation_place_level, attrgetter("source.separation_place")),
    "language": (culture.language_level, attrgetter("source.languages")),
    "ethnicity": (culture.ethnicity_level, attrgetter("source.ethnicity")),
    "phone": (contacts.phone_level, attrgetter("phones")),
    "identifier": (contacts.identifier_level, attrgetter("identifiers")),
}

__all__ = ["COMPARATORS", "NAME_COMPARATORS", "NAME_LEVELS", "PART_LEVELS", "Comparator", "Evidence", "Level", "Seen"]
