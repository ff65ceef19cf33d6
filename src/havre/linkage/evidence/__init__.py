"""Comparators, one question each; `COMPARATORS` is the order in which a result lists its evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from havre.linkage.evidence import birth, contacts, culture, kin, names, places, separation, sex
from havre.linkage.evidence.base import Evidence, Seen
from havre.linkage.prepared import Prepared

COMPARATORS: Final[tuple[Callable[[Prepared, Prepared], Seen], ...]] = (
    names.given,
    names.father,
    names.lineage,
    names.mother,
    sex.sex,
    birth.birth,
    kin.siblings,
    kin.sibling_named,
    kin.relatives,
    places.origin,
    places.birth_place,
    places.last_seen,
    separation.separation_date,
    places.separation_place,
    culture.language,
    culture.ethnicity,
    contacts.phone,
    contacts.identifier,
)

__all__ = ["COMPARATORS", "Evidence", "Seen"]
