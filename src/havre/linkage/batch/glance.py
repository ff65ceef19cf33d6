"""Which pairs of rows cannot become worth reading, whatever their names say, as far as consonants tell?

Most candidates share two things and differ in the rest. A name that shares too few consonants with the other is different for
sure (`grades.apart`), which takes a few steps of the processor to see; what such a pair can still reach is mostly too little, and it is
given up before any two names are compared letter by letter. No pair that `Scorer` would keep is given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba as nb
import numpy as np

from havre.linkage.batch.grades import apart
from havre.linkage.batch.name_pairs import DIFFERENT_NAME, Demand, brings
from havre.linkage.batch.names import Names

if TYPE_CHECKING:
    from numpy.typing import NDArray


@nb.njit(cache=True, nogil=True)
def _may_be(i: Any, j: Any, signs: Any) -> Any:
    return i >= 0 and j >= 0 and not apart(i, j, signs)


@nb.njit(cache=True, nogil=True, parallel=True)
def _worth(a: Any, b: Any, x: Any, y: Any, stated_x: Any, stated_y: Any, signs: Any, needed: Any, ratios: Any, shares: Any, limit: Any,
           rarity_x: Any, rarity_y: Any, reach_x: Any, reach_y: Any) -> Any:  # fmt: skip
    out = np.ones(len(a), np.bool_)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        match = family = 0.0
        for role in range(5):
            match += min(reach_x[i, role, 0], reach_y[j, role, 0])
            family += min(reach_x[i, role, 1], reach_y[j, role, 1])
        if match < needed[k, 0] and family < needed[k, 1]:
            out[k] = False
            continue
        crossed = False  # whether the own names may stand in another role on the other side
        for role in range(1, 4):
            crossed |= _may_be(x[i, 0, 0], y[j, role, 0], signs) and _may_be(y[j, 0, 0], x[i, role, 0], signs)
        for role in range(5):
            p, q = x[i, role, 0], y[j, role, 0]
            alone = x[i, role, 1] < 0 and x[i, role, 2] < 0 and y[j, role, 1] < 0 and y[j, role, 2] < 0
            fixed = role == 4 or (not crossed and (role == 0 or (stated_x[i] and stated_y[j])))
            if p >= 0 and q >= 0 and (p == q or (alone and fixed and apart(p, q, signs))):
                found = brings(role, 0 if p == q else DIFFERENT_NAME, i, j, ratios, shares, limit, rarity_x, rarity_y)
                match += found[0] - min(reach_x[i, role, 0], reach_y[j, role, 0])
                family += found[1] - min(reach_x[i, role, 1], reach_y[j, role, 1])
                if match < needed[k, 0] and family < needed[k, 1]:
                    out[k] = False
                    break
    return out


def worth(left: Names, right: Names, a: NDArray[np.int32], b: NDArray[np.int32], signs: NDArray[np.uint64], needed: NDArray[np.float64],
          demand: Demand) -> NDArray[np.bool_]:  # fmt: skip
    """Whether the names of each pair may bring what it needs; parameters as for `name_pairs.levels`. Shape: (len(a),)."""
    found: NDArray[np.bool_] = _worth(a, b, left.tokens, right.tokens, left.stated, right.stated, signs, needed, *demand)
    return found
