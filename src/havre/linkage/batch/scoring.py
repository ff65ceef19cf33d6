"""How probable is it that the two rows of a pair are one person, or of one family?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.compare import LIMIT, levels, name_levels, shifts
from havre.linkage.batch.fields import Field
from havre.linkage.batch.learning import Learned
from havre.linkage.batch.rows import Rows, Vocabulary
from havre.linkage.columns import Kind
from havre.linkage.model.mixture import CAP, chances, ratios, weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEPT_FROM: Final = 0.05  # least probability of a match to be given back
FAMILY_FROM: Final = 0.5
VERDICTS: Final = ("match", "family", "lookalike")


class Scored(NamedTuple):
    """Pairs worth reading. `a`, `b`: row numbers; `match`, `family`: probabilities; `levels[field, k]`: index into the field's levels
    (-1 missing); `weights[field, k]`: natural log-likelihood ratio of match against unrelated (0 where missing)."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    match: NDArray[np.float64]
    family: NDArray[np.float64]
    levels: NDArray[np.int8]
    weights: NDArray[np.float32]


def verdicts(match: NDArray[np.float64], family: NDArray[np.float64]) -> NDArray[np.int8]:
    """Index into `VERDICTS` of each pair."""
    return np.where(match >= 0.5, 0, np.where(family >= FAMILY_FROM, 1, 2)).astype(np.int8)


@nb.njit(cache=True, nogil=True, parallel=True)
def _add(level: Any, shift: Any, match_row: Any, family_row: Any, far_row: Any, match: Any, family: Any, far: Any, weights: Any) -> Any:
    for k in nb.prange(len(level)):
        if level[k] >= 0:
            weights[k] = weight(match_row[level[k]], shift[k])
            match[k] += weights[k]
            family[k] += weight(family_row[level[k]], shift[k])
            far[k] += far_row[level[k]]


@nb.njit(cache=True, nogil=True, parallel=True)
def _chances(match: Any, family: Any, far: Any, near: Any) -> Any:
    for k in nb.prange(len(match)):
        match[k], family[k] = chances(match[k], family[k], far[k], near)


def _logit(p: float) -> float:
    return float(np.log(p / (1 - p))) if 0 < p < 1 else (-np.inf if p <= 0 else np.inf)


def score(fields: tuple[Field, ...], left: Rows, right: Rows, a: NDArray[np.int32], b: NDArray[np.int32], learned: Learned,
          vocabulary: Vocabulary, *, minimum: float = KEPT_FROM) -> Scored:  # fmt: skip
    """Score pairs of rows (both with shares); those below `minimum` that are no family pair either are left out, as soon as no further
    field could lift them."""
    tables = ratios([learned.fields[f.name] for f in fields])
    room = [_room(fields, table, left, right) for table in tables[:2]]
    floor = _logit(minimum) + np.log(learned.near), _logit(FAMILY_FROM) + np.log(learned.near)
    match = np.full(len(a), np.log(learned.matches / learned.universe))
    family, far = np.full(len(a), np.log(learned.families / learned.universe)), np.zeros(len(a))
    level, weights = np.full((len(fields), len(a)), -1, np.int8), np.zeros((len(fields), len(a)), np.float32)
    named: dict[str, NDArray[np.int8]] = {}
    for k, field in enumerate(fields):
        if field.kind is Kind.NAME:
            named = named or name_levels(left, right, a, b, vocabulary)
            level[k] = named[field.name]
        else:
            level[k] = levels(field, left, right, a, b, vocabulary)
        shift = shifts(field, level[k], left, right, a, b)
        shift = np.zeros(len(a), np.float32) if shift is None else shift
        _add(level[k], shift, tables[0][k], tables[1][k], tables[2][k], match, family, far, weights[k])
        hopeful = (match + room[0][k] >= floor[0]) | (family + room[1][k] >= floor[1])
        if hopeful.sum() < 0.9 * len(a) or k == len(fields) - 1:
            a, b, match, family, far = a[hopeful], b[hopeful], match[hopeful], family[hopeful], far[hopeful]
            level, weights = level[:, hopeful], weights[:, hopeful]
            named = {name: values[hopeful] for name, values in named.items()}
    _chances(match, family, far, learned.near)
    kept = (match >= minimum) | (family >= FAMILY_FROM)
    return Scored(a[kept], b[kept], match[kept], family[kept], level[:, kept], weights[:, kept])


def _room(fields: tuple[Field, ...], table: NDArray[np.float64], left: Rows, right: Rows) -> NDArray[np.float64]:
    """The most that the fields after each one can still add. Shape: (fields,)."""
    best = np.zeros(len(fields))
    for k, field in enumerate(fields):
        width = len(field.levels)
        reach = np.zeros(width)
        if field.name in left.rarity and field.name in right.rarity:
            reach[:len(field.rarity)] = np.array(field.rarity) * LIMIT
        reach += 1.5 if field.name == "birth" else 0.0
        best[k] = min(max(0.0, float((table[k, :width] + reach).max())), CAP)
    after: NDArray[np.float64] = best.sum() - np.cumsum(best)
    return after + 1e-6
