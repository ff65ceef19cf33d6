"""Comparators, one question each; `COMPARATORS` by field, in the order in which a result lists its evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from havre.linkage.evidence import birth, contacts, culture, kin, names, places, separation, sex
from havre.linkage.evidence.base import Evidence, Seen
from havre.linkage.prepared import Prepared

Comparator = Callable[[Prepared, Prepared], Seen]
COMPARATORS: Final[dict[str, Comparator]] = {
    "given": names.given,
    "father": names.father,
    "lineage": names.lineage,
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
# Fields that need only one side's list.
ALWAYS: Final = frozenset({"sibling_named"})

__all__ = ["ALWAYS", "COMPARATORS", "Comparator", "Evidence", "Seen"]
