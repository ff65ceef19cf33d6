"""How probable is it that the two rows of a pair are one person, or of one family?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch import glance
from havre.linkage.batch.compare import LIMIT, levels, name_levels, shifts
from havre.linkage.batch.fields import Field
from havre.linkage.batch.learning import Learned
from havre.linkage.batch.name_pairs import GIVEN_UP, Demand
from havre.linkage.batch.names import FIELDS
from havre.linkage.batch.reach import reaches, take_off, together
from havre.linkage.batch.rows import Rows, Vocabulary
from havre.linkage.columns import Kind
from havre.linkage.model.mixture import chances, ratios, weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEPT_FROM: Final = 0.05  # least probability of a match to be given back
FAMILY_FROM: Final = 0.5
MOSTLY: Final = 0.9  # share of pairs left from which on they are not gathered anew
# When a field is compared: what costs little first.
_BY_EASE: Final = {Kind.SEX: 0, Kind.CODE: 1, Kind.NUMBER: 1, Kind.PLACE: 2, Kind.DATE: 3, Kind.NAME: 4}
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


class Scorer:
    """What is needed to score any pairs of these rows (both with shares), worked out once."""

    def __init__(self, fields: tuple[Field, ...], left: Rows, right: Rows, learned: Learned, vocabulary: Vocabulary) -> None:
        self.fields, self.left, self.right, self.learned, self.vocabulary = fields, left, right, learned, vocabulary
        self.tables = ratios([learned.fields[f.name] for f in fields])
        sides = [[reaches(fields, table, rows, other) for table in self.tables[:2]] for rows, other in ((left, right), (right, left))]
        self._reach = [(sides[0][k], sides[1][k]) for k in range(2)]  # by class: left and right
        self._order = sorted(range(len(fields)), key=lambda k: _BY_EASE.get(fields[k].kind, len(_BY_EASE)))
        self._names = [k for k, f in enumerate(fields) if f.kind is Kind.NAME]
        self._demand = self._name_demand()

    def _name_demand(self) -> Demand:
        roles = [FIELDS.index(self.fields[k].name) for k in self._names]
        table = np.zeros((2, len(FIELDS), self.tables[0].shape[1]))
        rarity = [np.zeros((rows.count, len(FIELDS), 2), np.float32) for rows in (self.left, self.right)]
        reach = [np.zeros((rows.count, len(FIELDS), 2), np.float32) for rows in (self.left, self.right)]
        for k, role in zip(self._names, roles, strict=True):
            name = self.fields[k].name
            for c in range(2):
                table[c, role] = self.tables[c][k]
                for side in range(2):
                    reach[side][:, role, c] = self._reach[c][side][:, k]
            if name in self.left.rarity and name in self.right.rarity:
                rarity[0][:, role], rarity[1][:, role] = self.left.rarity[name], self.right.rarity[name]
        shares = np.array(self.fields[self._names[0]].rarity if self._names else (), np.float32)
        return Demand(table, shares, np.float32(LIMIT), *rarity, *reach)

    def score(self, a: NDArray[np.int32], b: NDArray[np.int32], *, minimum: float = KEPT_FROM) -> Scored:
        """Score pairs of rows; those below `minimum` that are no family pair either are left out, as soon as no further field could
        lift them."""
        learned, fields = self.learned, self.fields
        floor = np.array([_logit(minimum), _logit(FAMILY_FROM)]) + np.log(learned.near)
        prior = np.log(np.array([learned.matches, learned.families]) / learned.universe)
        rest = np.stack([together(a, b, *reach) for reach in self._reach])
        state = _State(a, b, np.zeros((3, len(a))) + np.append(prior, 0.0)[:, None], rest,
                       np.full((len(fields), len(a)), -1, np.int8), np.zeros((len(fields), len(a)), np.float32))  # fmt: skip
        state = state.sifted(floor)
        done = False
        for k in self._order:
            if fields[k].kind is not Kind.NAME:
                self._add(state, k, levels(fields[k], self.left, self.right, state.a, state.b, self.vocabulary))
                state = state.sifted(floor)
            elif not done:
                state, done = self._add_names(state, floor).sifted(floor), True
        match, family = state.total[0], state.total[1]
        _chances(match, family, state.total[2], learned.near)
        kept = (match >= minimum) | (family >= FAMILY_FROM)
        return Scored(state.a[kept], state.b[kept], match[kept], family[kept], state.levels[:, kept], state.weights[:, kept])

    def _add_names(self, state: _State, floor: NDArray[np.float64]) -> _State:
        """Compare every role of names that a pair still needs."""
        for c in range(2):
            for k in self._names:
                take_off(state.rest[c], state.a, state.b, *self._reach[c], k)
        demand = self._demand
        needed = (floor[:, None] - state.total[:2] - state.rest).T.copy()
        worth = np.flatnonzero(glance.worth(self.left.names, self.right.names, state.a, state.b, self.vocabulary.words()[1], needed, demand))
        state, needed = state.take(worth), needed[worth]
        found = name_levels(self.left, self.right, state.a, state.b, self.vocabulary, needed, demand)
        worth = np.flatnonzero(found[FIELDS[0]] != GIVEN_UP)
        state = state.take(worth)
        for k in self._names:
            self._weigh(state, k, found[self.fields[k].name][worth])
        return state

    def _add(self, state: _State, k: int, level: NDArray[np.int8]) -> None:
        for c in range(2):
            take_off(state.rest[c], state.a, state.b, *self._reach[c], k)
        self._weigh(state, k, level)

    def _weigh(self, state: _State, k: int, level: NDArray[np.int8]) -> None:
        shift = shifts(self.fields[k], level, self.left, self.right, state.a, state.b)
        shift = np.zeros(len(level), np.float32) if shift is None else shift
        state.levels[k] = level
        match, family, far = state.total
        _add(level, shift, self.tables[0][k], self.tables[1][k], self.tables[2][k], match, family, far, state.weights[k])


class _State(NamedTuple):
    """Pairs on their way: `total[class, k]` what was found for match, family and strangers of two communities, with priors; `rest` what
    may still come for match and family."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    total: NDArray[np.float64]
    rest: NDArray[np.float32]
    levels: NDArray[np.int8]
    weights: NDArray[np.float32]

    def take(self, where: NDArray[Any]) -> _State:
        """Some of the pairs."""
        columns: list[Any] = [column[..., where] for column in self]
        return _State(*columns)

    def sifted(self, floor: NDArray[np.float64]) -> _State:
        """Without the pairs that can no longer reach `floor` in either class; all of them where that would leave most."""
        hopeful: NDArray[np.bool_] = np.any((self.total[:2] + self.rest) >= floor[:, None], axis=0)
        return self.take(np.flatnonzero(hopeful)) if hopeful.sum() < MOSTLY * len(hopeful) else self


def score(fields: tuple[Field, ...], left: Rows, right: Rows, a: NDArray[np.int32], b: NDArray[np.int32], learned: Learned,
          vocabulary: Vocabulary, *, minimum: float = KEPT_FROM) -> Scored:  # fmt: skip
    """Score pairs of rows once; see `Scorer`."""
    return Scorer(fields, left, right, learned, vocabulary).score(a, b, minimum=minimum)
