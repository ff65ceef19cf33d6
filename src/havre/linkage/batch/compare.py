"""How well does each field of a pair of rows agree?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numba as nb
import numpy as np

from havre.linkage.batch import birth, codes, companions, contacts, culture, kin, marks, name_pairs, phrases, places, separation, sex
from havre.linkage.batch.fields import Field
from havre.linkage.batch.rows import Rows, Vocabulary
from havre.linkage.columns import Kind

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

LIMIT: Final = 3.5  # no value shifts a weight by more, however rare or common (natural logarithm)
USUAL_WIDTH: Final = 0.25  # share of unrelated people whose ages overlap, for which the levels of age are worded


def name_levels(left: Rows, right: Rows, a: NDArray[np.int32], b: NDArray[np.int32], vocabulary: Vocabulary,
                needed: NDArray[np.float64] | None = None, demand: name_pairs.Demand | None = None) -> dict[str, NDArray[np.int8]]:  # fmt: skip
    """Levels of every name field, which are read together; see `name_pairs.levels`."""
    return name_pairs.levels(left.names, right.names, a, b, *vocabulary.words(), needed, demand)


def levels(field: Field, left: Rows, right: Rows, a: NDArray[np.int32], b: NDArray[np.int32], vocabulary: Vocabulary) -> NDArray[np.int8]:
    """Level of each pair of rows in a field, as an index into `field.levels`; -1 where a side does not say. Shape: (len(a),).

    `a`, `b`: row numbers of the left and the right rows.
    """
    found: NDArray[np.int8]
    if field.kind is Kind.NAME:
        return name_levels(left, right, a, b, vocabulary)[field.name]
    if field.name == "birth":
        return birth.levels(left.births, right.births, a, b)[0]
    x, y = left.parts[field.name], right.parts[field.name]
    words = vocabulary.words()
    if field.kind is Kind.PLACE:
        return places.levels(x, y, a, b, vocabulary.place_memo, *words)
    match field.name:
        case "sex":
            found = sex.levels(a, b, x, y)
        case "siblings":
            found = kin.sibling_levels(a, b, x, y, left.births["recorded"], right.births["recorded"], *words)
        case "sibling_named":
            found = kin.named_levels(a, b, x, y, left.names.role("given"), right.names.role("given"), *words)
        case "relatives":
            found = kin.relative_levels(a, b, x, y, *words)
        case "companions":
            found = companions.levels(a, b, x, y, *words)
        case "separation_date":
            found = separation.levels(a, b, x, y)
        case "separation_cause":
            found = marks.cause_levels(a, b, x, y)
        case "features" | "belongings":
            found = marks.levels(a, b, x, y)
        case "language":
            found = culture.language_levels(a, b, x, y)
        case "ethnicity":
            found = culture.people_levels(a, b, x, y, *vocabulary.peoples.flat(), *words)
        case "phone" | "identifier":
            found = contacts.levels(a, b, x, y, *vocabulary.texts.flat())
        case _ if field.kind is Kind.TEXT:
            found = phrases.levels(a, b, x, y, *vocabulary.texts.flat(), vocabulary.text_memo)
        case _:
            found = codes.levels(a, b, x, y, *vocabulary.texts.flat(), field.kind is Kind.CODE)
    return found


@nb.njit(cache=True, nogil=True, parallel=True)
def _shifts(level: Any, a: Any, b: Any, left: Any, right: Any, share: Any, limit: Any) -> Any:
    out = np.zeros(len(a), np.float32)
    for k in nb.prange(len(a)):
        if 0 <= level[k] < len(share):
            column = 0 if level[k] == 0 else 1
            rarity = min(left[a[k], column], right[b[k], column])  # the commoner of the two values counts
            out[k] = share[level[k]] * min(max(rarity, -limit), limit)
    return out


def shifts(field: Field, level: NDArray[np.int8], left: Rows, right: Rows, a: NDArray[np.int32], b: NDArray[np.int32]
           ) -> NDArray[np.float32] | None:  # fmt: skip
    """What the agreed value adds to the weight of each pair because it is rare (positive) or common (negative), in natural logarithm;
    None for fields in which every value counts alike. Shape: (len(a),)."""
    if field.name not in left.rarity or field.name not in right.rarity:
        return None
    out: NDArray[np.float32] = _shifts(level, a, b, left.rarity[field.name], right.rarity[field.name],
                                       np.array(field.rarity, np.float32), np.float32(LIMIT))  # fmt: skip
    if field.name == "birth":  # a wide range of ages overlaps with nearly everybody's
        within = np.flatnonzero(level == birth.WITHIN)
        width = birth.levels(left.births, right.births, a[within], b[within])[1]
        out[within] += np.clip(np.log(USUAL_WIDTH / np.maximum(width, 1e-3)), -1.5, 1.5)
    return out
