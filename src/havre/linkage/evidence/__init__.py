"""Comparators, one question each, by field, in the order in which a result lists its evidence: first the person's own, the
father's and further names (`NAME_COMPARATORS`), which are read side by side, then everything else (`COMPARATORS`)."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from havre.linkage.evidence import birth, contacts, culture, kin, marks, names, places, separation, sex
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
    "separation_cause": separation.separation_cause,
    "companions": separation.companions,
    "language": culture.language,
    "ethnicity": culture.ethnicity,
    "phone": contacts.phone,
    "identifier": contacts.identifier,
    "features": marks.features,
    "belongings": marks.belongings,
}
# The same questions without what was read, for comparing with very many. Names share their work. Where a level depends on one
# part of the other side that many share (the second entry), it is not asked twice; a part of one's own is None.
NAME_LEVELS: Final[dict[str, Callable[[names.Names], Level]]] = {
    "given": names.given_level,
    "father": names.father_level,
    "lineage": names.lineage_level,
}
PART_LEVELS: Final[dict[str, tuple[Callable[[Prepared, Prepared], Level], Callable[[Prepared], Any] | None]]] = {
    "mother": (names.mother_level, None),
    "sex": (sex.sex_level, attrgetter("source.sex")),
    "birth": (birth.birth_level, attrgetter("source.birth_date", "source.age_min", "source.age_max", "source.recorded_on", "ethiopian")),
    "siblings": (kin.siblings_level, None),
    "sibling_named": (kin.sibling_named_level, None),
    "relatives": (kin.relatives_level, None),
    "origin": (places.origin_level, attrgetter("source.origin")),
    "birth_place": (places.birth_place_level, attrgetter("source.birth_place")),
    "last_seen": (places.last_seen_level, attrgetter("source.last_seen")),
    "separation_date": (separation.separation_date_level, attrgetter("source.separation_date", "ethiopian")),
    "separation_place": (places.separation_place_level, attrgetter("source.separation_place")),
    "separation_cause": (separation.separation_cause_level, attrgetter("source.separation_cause")),
    "companions": (separation.companions_level, None),
    "language": (culture.language_level, attrgetter("source.languages")),
    "ethnicity": (culture.ethnicity_level, attrgetter("source.ethnicity")),
    "phone": (contacts.phone_level, attrgetter("phones")),
    "identifier": (contacts.identifier_level, None),
    "features": (marks.features_level, None),
    "belongings": (marks.belongings_level, None),
}
# Fields that may say something although one side is silent on them, its kin and names being looked through, and what at least
# one side must tell.
ONE_SIDED: Final[dict[str, str]] = {"sibling_named": "siblings", "relatives": "relatives", "companions": "companions"}

__all__ = ["COMPARATORS", "NAME_COMPARATORS", "NAME_LEVELS", "ONE_SIDED", "PART_LEVELS", "Comparator", "Evidence", "Level", "Seen"]
