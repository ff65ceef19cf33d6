"""Which fields can two files be compared by, and which levels of agreement has each?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from havre.linkage.batch import birth, codes, companions, contacts, culture, dates, kin, marks, names, phrases, places, separation, sex
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
    `rarity[k]` how far level k weighs more for a rare value and less for a common one (0–1, none beyond its length); `elsewhere`
    columns in which one of the files may answer instead.
    """

    name: str
    kind: Kind
    columns: tuple[str, ...]
    levels: tuple[str, ...]
    rarity: tuple[float, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def asked(self, left: Collection[str], right: Collection[str]) -> bool:
        """Whether two files with these canonical columns can be compared by it."""
        answers = (*self.columns, *self.elsewhere)
        told = [(any(c in file for c in self.columns), any(c in file for c in answers)) for file in (left, right)]
        return (told[0][0] and told[1][1]) or (told[0][1] and told[1][0])


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
    Field("sex", Kind.SEX, ("sex",), sex.LEVELS),
    *(Field(name, Kind.PLACE, (name,), places.LEVELS, _PLACES) for name in places.FIELDS),
    Field("separation_date", Kind.DATE, ("separation_date",), separation.LEVELS),
    Field("separation_cause", Kind.LIST, ("separation_cause",), marks.CAUSE_LEVELS),
    Field("language", Kind.LIST, ("languages",), culture.LANGUAGE_LEVELS),
    Field("ethnicity", Kind.CODE, ("ethnicity",), culture.PEOPLE_LEVELS, _EXACT_ALONE),
    Field("phone", Kind.LIST, ("phones",), contacts.LEVELS),
    Field("identifier", Kind.LIST, ("identifiers",), contacts.LEVELS),
    Field("features", Kind.LIST, ("features",), marks.LEVELS),
    Field("belongings", Kind.LIST, ("belongings",), marks.LEVELS),
    Field("siblings", Kind.KIN, ("siblings",), kin.SIBLING_LEVELS),
    Field("sibling_named", Kind.KIN, ("siblings",), kin.NAMED_LEVELS),
    Field("relatives", Kind.KIN, ("relatives",), kin.RELATIVE_LEVELS),
    Field("companions", Kind.KIN, ("companions",), companions.LEVELS, elsewhere=("siblings", "relatives")),
)
_FURTHER: Final = {
    Kind.TEXT: (phrases.LEVELS, _TEXTS),
    Kind.CODE: (codes.LEVELS, (1.0, 0.0, 0.0)),
    Kind.NUMBER: (codes.NUMBER_LEVELS, _EXACT_ALONE),
}


def plan(left: Mapping[str, str], right: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields that both files have columns for, given what `columns.map_columns` found in each.

    Raises ValueError when there is none.
    """
    known = {name for field in KNOWN for name in field.columns}
    fields = [f for f in KNOWN if f.asked(left, right)]
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
    """The canonical columns that `fields` read, in a fixed order; the date of recording goes with ages, what tells the calendar with dates."""
    columns = dict.fromkeys(c for field in fields for c in (*field.columns, *field.elsewhere))
    if any(field.kind is Kind.DATE for field in fields):
        columns |= dict.fromkeys(dates.SAID)
    return (*columns, "recorded_on")
