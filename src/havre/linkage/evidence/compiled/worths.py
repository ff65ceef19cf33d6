"""What is each level of agreement worth, in arrays, and how usual is each number? The values are the model's own."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from havre.linkage.evidence.contacts import NUMBER, TAIL
from havre.linkage.model.parameters import NUMBER_LIMITS, NUMBERED, SCALE_LIMITS, Model
from havre.linkage.prepared import Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAME: Final = ("different", "weak", "close", "strong", "exact")
_PLACE: Final = ("different", "country", "region", "same_text", "place")
_NUMBER: Final = ("different", "one_apart", "partial", "same")
_SHARED: Final = ("none", "one", "several")
# Field -> its levels, in the numbering of the compiled rules; fields in the order in which evidence is added up.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "given": (*_NAME, "swapped"), "father": _NAME, "lineage": _NAME, "mother": _NAME, "sex": ("different", "same"),
    "birth": ("within", "near", "off", "far", "apart", "calendar", "date_same", "date_heaped", "date_calendar", "date_turned", "date_slip",
              "date_near", "date_off", "date_apart"),
    "siblings": (*_SHARED, "one_with_age", "one_other_age"), "sibling_named": ("named",),
    "relatives": ("different", "same", "several", "other_role"),
    "origin": _PLACE, "birth_place": _PLACE, "last_seen": _PLACE, "separation_date": ("apart", "same_year", "same_month", "same_days"),
    "separation_place": _PLACE, "separation_cause": ("different", "same"), "companions": _SHARED,
    "language": ("none_shared", "related", "shared"), "ethnicity": ("different", "related", "same"), "phone": _NUMBER, "identifier": _NUMBER,
    "features": _SHARED, "belongings": _SHARED,
}  # fmt: skip
COUNT: Final = len(FIELDS)
(GIVEN, FATHER, LINEAGE, MOTHER, SEX, BIRTH, SIBLINGS, SIBLING_NAMED, RELATIVES, ORIGIN, BIRTH_PLACE, LAST_SEEN, SEPARATION_DATE,
 SEPARATION_PLACE, SEPARATION_CAUSE, COMPANIONS, LANGUAGE, ETHNICITY, PHONE, IDENTIFIER, FEATURES, BELONGINGS) = range(COUNT)  # fmt: skip


class Worths(NamedTuple):
    """A model in arrays.

    `at[field]`: row of its first level; `plain[row]`: llr and family llr where no value agreed on counts, NaN for a level the model lacks;
    `usual[row]`: how usual it is in the three kinds of pairs; `typical`, `weight`, `low`, `high` by field: the usual share of a value (NaN
    where it counts for nothing), the field's weight, and how far a share may move a level; `scale`: limit of one field, slope and shift of
    the calibration; `groups[g]`: bits of the fields that repeat one another, `dampers[g]`: how much all but the strongest count.
    """

    at: NDArray[np.int64]
    plain: NDArray[np.float64]
    usual: NDArray[np.float64]
    typical: NDArray[np.float64]
    weight: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    scale: NDArray[np.float64]
    groups: NDArray[np.int64]
    dampers: NDArray[np.float64]


@lru_cache(maxsize=8)
def worths(model: Model) -> Worths:
    """The arrays of a model."""
    plain: list[tuple[float, float]] = []
    usual: list[tuple[float, float, float]] = []
    at: list[int] = []
    for field, levels in FIELDS.items():
        known = model.fields[field].levels if field in model.fields else {}
        at.append(len(plain))
        plain += [model.worth(field, (level, None, None)) or (math.nan, math.nan) for level in levels]
        usual += [known.get(level, (math.nan, math.nan, math.nan)) for level in levels]
    fields = [model.fields.get(field) for field in FIELDS]
    limits = [NUMBER_LIMITS if field in NUMBERED else SCALE_LIMITS for field in FIELDS]
    groups = [sum(1 << i for i, field in enumerate(FIELDS) if field in group.fields) for group in model.groups.values()]

    def floats(values: Any) -> NDArray[np.float64]:
        return np.array(values, np.float64)

    return Worths(
        np.array(at), floats(plain), floats(usual), floats([math.nan if f is None or f.typical is None else f.typical for f in fields]),
        floats([1.0 if f is None else f.weight for f in fields]), floats([low for low, _ in limits]), floats([high for _, high in limits]),
        floats([model.limit, model.slope, model.shift]), np.array(groups, np.int64), floats([g.weight for g in model.groups.values()]),
    )  # fmt: skip


def shares_of_numbers(person: Prepared, model: Model) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How usual each telephone number and each number of a paper of a person is, in the order of a form."""
    phones, papers = sorted({n[-TAIL:] for n in person.phones}), sorted(set(person.identifiers))
    first, second = (np.array([model.share(NUMBER + n) for n in numbers], np.float64) for numbers in (phones, papers))
    return first, second
