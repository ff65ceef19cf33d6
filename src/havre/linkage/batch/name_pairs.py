"""How well do the names of two rows agree?

Where roles were not stated, a name may be found in another place on the other side. Two names in exchanged places are a level of
their own. Roles are compared one after the other, and no further than a pair that must reach some weight can still reach it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.grades import CLOSELY, DIFFERENT, STRONGLY, WEAKLY, grade
from havre.linkage.batch.names import FIELDS, LEVELS, Names
from havre.linkage.model.mixture import weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

SWAPPED, DIFFERENT_NAME = LEVELS.index("swapped"), LEVELS.index("different")
GIVEN_UP: Final = -2  # level of the given name of a pair that cannot reach what is demanded
_BY_GRADE: Final = np.array([6, 4, 3, 2, 2, 1, 0], np.int8)
_WHOLE: Final = np.array([True, False, False])
_OWN_WHOLE: Final = np.array([True, False, True])  # a nickname stands for a whole name
_NOTHING: Final = np.zeros((0, 5, 2), np.float32)


class Demand(NamedTuple):
    """What names must bring for a pair to be worth reading.

    `ratios[class, role, level]`: log-likelihood ratios of match and family; `shares[level]` and `limit`: how far rarity moves them;
    `rarity_…[row, role, exact or by sound]`; `reach_…[row, role, class]`: the most that a role of a row can bring, whatever it meets.
    """

    ratios: NDArray[np.float64]
    shares: NDArray[np.float32]
    limit: np.float32
    rarity_left: NDArray[np.float32]
    rarity_right: NDArray[np.float32]
    reach_left: NDArray[np.float32]
    reach_right: NDArray[np.float32]


_ANY: Final = Demand(np.zeros((2, 5, len(LEVELS))), np.zeros(0, np.float32), np.float32(0), *(_NOTHING,) * 4)


@nb.njit(cache=True, nogil=True)
def _likest(x: Any, i: Any, y: Any, j: Any, role: Any, whole: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Grade of the names of rows i and j in a role: whole against whole; a word of several agrees closely at most. `whole`: columns
    that hold whole names."""
    best = grade(x[i, role, 0], y[j, role, 0], memo, signs, words)
    if best >= STRONGLY or best < 0:
        return best
    for p in range(3):
        if x[i, role, p] >= 0:
            for q in range(3):
                if (p or q) and y[j, role, q] >= 0:
                    found = min(grade(x[i, role, p], y[j, role, q], memo, signs, words), STRONGLY)
                    if not (whole[p] and whole[q]):
                        found = CLOSELY if found >= STRONGLY else DIFFERENT
                    best = max(best, found)
    return best


@nb.njit(cache=True, nogil=True)
def _crossed(x: Any, i: Any, y: Any, j: Any, role: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Whether each row's own name is the other's name in a role."""
    return (grade(x[i, 0, 0], y[j, role, 0], memo, signs, words) >= STRONGLY
            and grade(y[j, 0, 0], x[i, role, 0], memo, signs, words) >= STRONGLY)  # fmt: skip


@nb.njit(cache=True, nogil=True)
def brings(role: Any, level: Any, i: Any, j: Any, ratios: Any, shares: Any, limit: Any, rarity_left: Any, rarity_right: Any) -> Any:
    """What a level of a role says for match and for family of rows i and j; the arrays are those of `Demand`."""
    if level < 0:
        return 0.0, 0.0
    shift = np.float32(0)
    if level < len(shares):
        column = 0 if level == 0 else 1
        rarity = min(rarity_left[i, role, column], rarity_right[j, role, column])
        shift = shares[level] * min(max(rarity, -limit), limit)
    return weight(ratios[0, role, level], shift), weight(ratios[1, role, level], shift)


@nb.njit(cache=True, nogil=True)
def _hopeless(match: Any, family: Any, first: Any, i: Any, j: Any, needed: Any, k: Any, reach_left: Any, reach_right: Any) -> Any:
    """Whether neither class can reach what pair k needs, whatever the roles from `first` on bring."""
    for role in range(first, 5):
        match += min(reach_left[i, role, 0], reach_right[j, role, 0])
        family += min(reach_left[i, role, 1], reach_right[j, role, 1])
    return match < needed[k, 0] and family < needed[k, 1]


@nb.njit(cache=True, nogil=True)
def _level(found: Any, by_grade: Any) -> Any:
    return by_grade[found] if found >= 0 else np.int8(-1)


@nb.njit(cache=True, nogil=True)
def _compared(i: Any, j: Any, k: Any, x: Any, y: Any, stated: Any, memo: Any, signs: Any, words: Any, by_grade: Any, own_whole: Any, whole: Any,
              needed: Any, ratios: Any, shares: Any, limit: Any, rarity_x: Any, rarity_y: Any, reach_x: Any, reach_y: Any,
              out: Any) -> Any:  # fmt: skip
    """Write the levels of pair k, rows i and j; whether it was worth comparing to the end. Arrays stand alone, since those within a
    tuple are counted anew at each use."""
    asked = len(needed) > 0
    own = _likest(x, i, y, j, 0, own_whole, memo, signs, words)
    crossed = 0  # the first role in whose place the own names may stand
    if 0 <= own < CLOSELY:
        while crossed < 4 and (crossed == 0 or not _crossed(x, i, y, j, crossed, memo, signs, words)):
            crossed += 1
        crossed %= 4
    if asked and crossed == 0:
        match, family = brings(0, _level(own, by_grade), i, j, ratios, shares, limit, rarity_x, rarity_y)
        if _hopeless(match, family, 1, i, j, needed, k, reach_x, reach_y):
            return False
    father = _likest(x, i, y, j, 1, whole, memo, signs, words)
    if asked and crossed == 0 and stated:
        more = brings(1, _level(father, by_grade), i, j, ratios, shares, limit, rarity_x, rarity_y)
        if _hopeless(match + more[0], family + more[1], 2, i, j, needed, k, reach_x, reach_y):
            return False
    lineage = _likest(x, i, y, j, 2, whole, memo, signs, words)
    last = _likest(x, i, y, j, 3, whole, memo, signs, words)
    swapped = False
    if crossed == 1 and 0 <= father < CLOSELY:
        swapped, father = True, -1
    elif 0 < crossed <= 2 and 0 <= lineage < CLOSELY and (crossed == 2 or _crossed(x, i, y, j, 2, memo, signs, words)):
        swapped, lineage = True, -1
    elif 0 < crossed <= 3 and 0 <= last < CLOSELY and (crossed == 3 or _crossed(x, i, y, j, 3, memo, signs, words)):
        swapped, last = True, -1
    if not stated:
        fa, fb, la, lb, ha, hb = x[i, 1, 0], y[j, 1, 0], x[i, 2, 0], y[j, 2, 0], x[i, 3, 0], y[j, 3, 0]
        if father < WEAKLY:
            other = max(grade(fa, lb, memo, signs, words), grade(la, fb, memo, signs, words), grade(fa, hb, memo, signs, words), grade(ha, fb, memo, signs, words))
            if other >= CLOSELY:
                father, lineage = -1, max(other, lineage)
        if lineage < WEAKLY:
            other = max(grade(la, hb, memo, signs, words), grade(ha, lb, memo, signs, words))
            if other >= CLOSELY:
                lineage = other
    out[0, k] = SWAPPED if swapped else _level(own, by_grade)
    out[1, k], out[2, k], out[3, k] = _level(father, by_grade), _level(lineage, by_grade), _level(last, by_grade)
    if asked:
        match = family = 0.0
        for role in range(4):
            more = brings(role, out[role, k], i, j, ratios, shares, limit, rarity_x, rarity_y)
            match, family = match + more[0], family + more[1]
        if _hopeless(match, family, 4, i, j, needed, k, reach_x, reach_y):
            return False
    out[4, k] = _level(_likest(x, i, y, j, 4, whole, memo, signs, words), by_grade)
    return True


@nb.njit(cache=True, nogil=True, parallel=True)
def _levels(a: Any, b: Any, x: Any, y: Any, stated_x: Any, stated_y: Any, memo: Any, signs: Any, words: Any, by_grade: Any, own_whole: Any,
            whole: Any, needed: Any, ratios: Any, shares: Any, limit: Any, rarity_x: Any, rarity_y: Any, reach_x: Any, reach_y: Any) -> Any:  # fmt: skip
    out = np.full((5, len(a)), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        if not _compared(i, j, k, x, y, stated_x[i] and stated_y[j], memo, signs, words, by_grade, own_whole, whole, needed, ratios, shares, limit,
                         rarity_x, rarity_y, reach_x, reach_y, out):  # fmt: skip
            out[0, k] = GIVEN_UP
    return out


def levels(left: Names, right: Names, a: NDArray[np.int32], b: NDArray[np.int32], memo: NDArray[np.uint64], signs: NDArray[np.uint64],
           words: tuple[NDArray[Any], ...], needed: NDArray[np.float64] | None = None, demand: Demand | None = None
           ) -> dict[str, NDArray[np.int8]]:  # fmt: skip
    """Level of each pair of rows in each of `FIELDS`, as an index into `LEVELS`, -1 where unknown. Shape of each: (len(a),).

    `needed[k]`: the weight that the names of pair k must bring for a match or else for a family; where they bring neither, the level
    of the given name is `GIVEN_UP` and the others mean nothing. Every pair is compared whole where it is left out.
    """
    needed = np.zeros((0, 2)) if needed is None else needed
    found = _levels(a, b, left.tokens, right.tokens, left.stated, right.stated, memo, signs, words, _BY_GRADE, _OWN_WHOLE, _WHOLE, needed,
                    *(demand or _ANY))  # fmt: skip
    return dict(zip(FIELDS, found, strict=True))
