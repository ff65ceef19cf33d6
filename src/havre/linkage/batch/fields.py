"""Which fields can two files be compared by, and which levels of agreement has each?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from havre.linkage.batch import birth, codes, kin, names, places
from havre.linkage.columns import Kind, kind_of

_EXACT_ALONE: Final = (1.0,)
_NAMES: Final = (1.0, 0.6, 0.3)
_TEXTS: Final = (1.0, 0.6, 0.3)
_DATES: Final = (1.0,)
_PLACES: Final = (0.7,)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of both files.

    `columns` are the canonical columns it reads, any of which will do; `levels` the levels of agreement, best first;
    `rarity[k]` how far level k weighs more for a rare value and less for a common one (0–1, none beyond its length).
    """

    name: str
    kind: Kind
    columns: tuple[str, ...]
    levels: tuple[str, ...]
    rarity: tuple[float, ...] = ()


_OWN: Final = ("given", "full_name", "nickname")
_CHAIN: Final = ("full_name", "father", "grandfather", "family")
# In the order in which pairs are compared: what rules most pairs out first, what takes longest last.
KNOWN: Final[tuple[Field, ...]] = (
    Field("given", Kind.NAME, _OWN, names.LEVELS, _NAMES),
    Field("father", Kind.NAME, _CHAIN, names.LEVELS, _NAMES),
    Field("lineage", Kind.NAME, _CHAIN, names.LEVELS, _NAMES),
    Field("family", Kind.NAME, ("full_name", "family"), names.LEVELS, _NAMES),
    Field("mother", Kind.NAME, ("mother",), names.LEVELS, _NAMES),
    Field("birth", Kind.DATE, ("birth_date", "age_min", "age_max"), birth.LEVELS, _DATES),
    Field("sex", Kind.SEX, ("sex",), codes.EQUAL_LEVELS),
    *(Field(name, Kind.PLACE, (name,), places.LEVELS, _PLACES) for name in places.FIELDS),
    Field("separation_date", Kind.DATE, ("separation_date",), codes.SEPARATION_LEVELS),
    Field("language", Kind.LIST, ("languages",), codes.SPOKEN_LEVELS),
    Field("ethnicity", Kind.CODE, ("ethnicity",), codes.EQUAL_LEVELS, _EXACT_ALONE),
    Field("phone", Kind.LIST, ("phones",), codes.CONTACT_LEVELS),
    Field("identifier", Kind.LIST, ("identifiers",), codes.CONTACT_LEVELS),
    Field("siblings", Kind.KIN, ("siblings",), kin.SIBLING_LEVELS),
    Field("sibling_named", Kind.KIN, ("siblings",), kin.NAMED_LEVELS),
    Field("relatives", Kind.KIN, ("relatives",), kin.RELATIVE_LEVELS),
)
_FURTHER: Final = {
    Kind.TEXT: (codes.TEXT_LEVELS, _TEXTS),
    Kind.CODE: (codes.CODE_LEVELS, (1.0, 0.0, 0.0)),
    Kind.NUMBER: (codes.NUMBER_LEVELS, _EXACT_ALONE),
}


def plan(left: Mapping[str, str], right: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields that both files have columns for, given what `columns.map_columns` found in each.

    Raises ValueError when there is none.
    """
    known = {name for field in KNOWN for name in field.columns}
    fields = [f for f in KNOWN if any(c in left for c in f.columns) and any(c in right for c in f.columns)]
    if "full_name" not in {*left, *right}:  # every name states its role
        stated = {"father": "father", "lineage": "grandfather"}
        fields = [f for f in fields if f.name not in stated or (stated[f.name] in left and stated[f.name] in right)]
    for canonical in sorted(set(left) & set(right) - known):
        kind = kind_of(canonical)
        if kind in _FURTHER:
            levels, rarity = _FURTHER[kind]
            fields.append(Field(canonical.partition(":")[2] or canonical, kind, (canonical,), levels, rarity))
    if not fields:
        raise ValueError("The two files share no column that can be compared. Name columns with --map.")
    return tuple(fields)


def wanted_columns(fields: tuple[Field, ...]) -> tuple[str, ...]:
    """The canonical columns that `fields` read, in a fixed order; the date of recording goes with ages."""
    columns = dict.fromkeys(c for field in fields for c in field.columns)
    return (*columns, "recorded_on")
