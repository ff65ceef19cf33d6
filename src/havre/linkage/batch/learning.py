"""What do agreement and disagreement mean in these files? Fitted on a sample of pairs that any engine draws alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.birth import DATE_LEVELS
from havre.linkage.batch.compare import levels as levels_of
from havre.linkage.batch.compare import name_levels, shifts
from havre.linkage.batch.fields import Field
from havre.linkage.batch.rows import Rows, Vocabulary
from havre.linkage.batch.texts import mix
from havre.linkage.columns import Kind
from havre.linkage.model.mixture import LevelModel, fit
from havre.linkage.model.parameters import Model
from havre.linkage.model.strangers import Strangers, strangers

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE: Final = 200_000  # pairs on which the mixture is fitted, about
LOOKED: Final = 20_000_000  # pairs that are looked through for them, about
MANY: Final = 3  # kinds of key from which on two rows share many
FAVOURED: Final = 8  # how much more often a pair that shares many is drawn
RANDOM_ROWS: Final = 5_000  # rows of each side that are paired at random
TURNS: Final = 40  # how often each of them is paired
TRUST: Final = (60.0, 400.0)  # pairs that the shipped numbers of match and family stand for
GUESSES: Final = ((0.3, 0.06), (0.01, 0.5))  # of matches and pairs of one family, over the rows of the smaller file
SMALL: Final = 100_000.0  # over the rows of a file: pairs that the shipped numbers of match stand for where a file tells little
COMMUNITIES_FROM: Final = 2_000  # rows of a file from which random pairs hold so few relatives that communities can be told apart
_ALL: Final = float(2**64)
# Starting levels for further columns: (match, family), by kind. Homes are shared in a family, names of them too.
FURTHER: Final = {
    Kind.TEXT: ((0.72, 0.10, 0.06, 0.12), (0.60, 0.10, 0.06, 0.24)),
    Kind.CODE: ((0.78, 0.08, 0.06, 0.08), (0.60, 0.07, 0.07, 0.26)),
    Kind.NUMBER: ((0.82, 0.08, 0.10), (0.65, 0.07, 0.28)),
}
SHIPPED: Final = {"family": "lineage"}  # fields that start from the shipped numbers of another
FAINT_OF_ONE: Final = 0.35  # share of one person's different names that are faintly alike
NAMED: Final = ((0.004, 0.996), (0.45, 0.55))  # one is named as the other's brother or sister


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: the levels of each field in the three classes, how many matches and family pairs are expected among all
    possible pairs (`universe`), and the share `near` of unrelated pairs that are of one community."""

    fields: Mapping[str, LevelModel]
    matches: float
    families: float
    universe: float
    near: float

    def to_json(self) -> dict[str, Any]:
        """Plain values, from which `from_json` gives the same back."""
        tables = {name: {k: v.tolist() for k, v in asdict(model).items()} for name, model in self.fields.items()}
        return {"fields": tables, "matches": self.matches, "families": self.families, "universe": self.universe, "near": self.near}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Learned:
        """Read what `to_json` wrote."""
        tables = {name: LevelModel(*(np.array(table[k]) for k in ("match", "family", "unrelated", "far"))) for name, table in data["fields"].items()}
        return cls(tables, data["matches"], data["families"], data["universe"], data["near"])


@nb.njit(cache=True, nogil=True)
def pair_hashes(left: Any, right: Any) -> Any:
    """A 64-bit number for each pair of ids, the same whichever comes first."""
    out = np.empty(len(left), np.uint64)
    for k in range(len(left)):
        out[k] = mix(mix(left[k]) + mix(right[k]))
    return out


def looked_at(pairs: int, *, one_file: bool) -> tuple[np.uint64, float]:
    """The last of the lowest ids (by hash) of the left rows whose pairs are looked through for the sample, and the share of all pairs that
    this makes.

    `pairs` is the number of pairs in all blocks together (`Blocks.pairs`). In one file a pair is that of the row with the lower hash.
    """
    share = min(1.0, LOOKED / max(pairs, 1))
    return np.uint64(min(int(share * _ALL), 2**64 - 1)), share * (2 - share) if one_file else share


def sampled(hashes: NDArray[np.uint64], shared: NDArray[np.uint8], pairs: int, share: float) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which pairs of ids are drawn, and how many pairs each stands for.

    `hashes` are `pair_hashes` of the pairs of `looked_at`, which are a `share` of all, `shared` the kinds of key each pair shares,
    `pairs` the number of pairs in all blocks together (`Blocks.pairs`). Decided pair by pair.
    """
    few = min(1.0, SAMPLE / max(pairs * share, 1))
    rate = np.where(shared >= MANY, min(1.0, FAVOURED * few), few)
    return hashes < rate * _ALL, 1.0 / (rate * share)


def random_rows(hashes: NDArray[np.uint64], size: int = RANDOM_ROWS) -> NDArray[np.int64]:
    """Numbers of rows drawn as any engine draws them: those with the smallest ids by hash, in that order. Shape: at most (size,)."""
    size = min(len(hashes), size)
    lowest = np.argpartition(hashes, size - 1)[:size] if size else np.zeros(0, np.int64)
    return lowest[np.argsort(hashes[lowest], kind="stable")]


def random_pairs(left: int, right: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of positions in two lists of random rows: each with `TURNS` others, none twice and none at its own position."""
    size, turns = max(left, right), min(TURNS, max(left, right) - 1)
    a = np.tile(np.arange(size), max(turns, 1)) % max(left, 1)
    step = np.repeat(np.arange(1, max(turns, 1) + 1), size)
    b = (np.tile(np.arange(size), max(turns, 1)) + step * 7) % max(right, 1)
    return a.astype(np.int32), b.astype(np.int32)


def start(field: Field, model: Model, level: NDArray[np.int8]) -> LevelModel:
    """Starting probabilities of a field: shipped ones for match and family, those of random pairs (`level`) for unrelated."""
    size = len(field.levels)
    if field.name == "sibling_named":
        match, family = (np.array(p) for p in NAMED)
        shipped = np.array(NAMED[0])
    elif (known := SHIPPED.get(field.name, field.name)) in model.fields:
        table, tiny = model.fields[known].levels, (1e-3, 1e-3, 1e-4)
        match, family, shipped = (np.array([table.get(name, tiny)[k] for name in field.levels], dtype=float) for k in range(3))
    else:
        match, family = (np.array(p, dtype=float) for p in FURTHER.get(field.kind, ((0.95, 0.05), (0.9, 0.1))))
        shipped = np.full(size, 1.0 / size)
    counts = np.bincount(level[level >= 0], minlength=size).astype(float) + 0.5 * shipped / shipped.sum() + 0.02
    usual = counts / counts.sum()
    if field.name == "birth":
        match, family = _as_seen(field, match, counts), _as_seen(field, family, counts)
    if field.kind is Kind.NAME:
        _faint(field, match, FAINT_OF_ONE)
        seen = counts[field.levels.index("faint")], counts[field.levels.index("different")]
        _faint(field, family, seen[0] / sum(seen))
        # files in two scripts agree by `strong`, never by `exact`
        exact = 0.3 * match[0] / (match[0] + match[1]) + 0.7 * usual[0] / (usual[0] + usual[1])
        for table_ in (match, family):
            table_[:2] = table_[:2].sum() * exact, table_[:2].sum() * (1 - exact)
    match, family = (p / p.sum() for p in (match, family))
    return LevelModel(np.log(match), np.log(family), np.log(usual))


def _faint(field: Field, given: NDArray[np.float64], share: float) -> None:
    """Give the level `faint`, which the shipped numbers have among the different names, its share of them."""
    faint, different = field.levels.index("faint"), field.levels.index("different")
    both = given[faint] + given[different]
    given[faint], given[different] = share * both, (1 - share) * both


def _told_apart(starts: list[LevelModel], levels: list[NDArray[np.int8]], equal: list[float | None], rows: int) -> tuple[list[LevelModel], float]:
    """The starts with strangers of one community and of two told apart; exact agreement, too rare to be seen on random pairs, follows
    from the counts of values (`equal`)."""
    usual = [np.exp(s.unrelated) for s in starts]
    found = strangers(levels, usual) if rows >= COMMUNITIES_FROM else Strangers(1.0, usual, usual)
    out = []
    for begun, one, two, chance in zip(starts, found.of_one, found.of_two, equal, strict=True):
        near = found.near
        if chance is not None:
            seen = near * one[0] + (1 - near) * two[0]
            out.append(LevelModel(begun.match, begun.family, *(np.log(_with_best(p, min(0.9, chance * p[0] / seen))) for p in (one, two))))
        else:
            out.append(LevelModel(begun.match, begun.family, np.log(one), np.log(two)))
    return out, found.near


def _with_best(p: NDArray[np.float64], best: float) -> NDArray[np.float64]:
    out: NDArray[np.float64] = p * (1 - best) / (1 - p[0])
    out[0] = best
    return out


def _as_seen(field: Field, given: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weigh levels of full dates and of ages as often as each kind of comparison happens in these files."""
    dates = np.array([level in DATE_LEVELS for level in field.levels])
    out = given.copy()
    for kind in (dates, ~dates):
        out[kind] *= counts[kind].sum() / counts.sum() / given[kind].sum()
    return out


def learn(fields: tuple[Field, ...], rows: tuple[Rows, Rows], random: tuple[NDArray[np.int64], NDArray[np.int64]],
          pairs: tuple[NDArray[np.int32], NDArray[np.int32]], counted: NDArray[np.float64], equal: Mapping[str, float],
          vocabulary: Vocabulary, model: Model, *, one_file: bool = False, size: tuple[int, int] | None = None) -> Learned:  # fmt: skip
    """Fit the mixture.

    `rows`: rows of each side (with shares), all of them or those that matter here; `random`: numbers, among them, of the rows of
    `random_rows`, in that order; `pairs`: numbers of the pairs that `sampled` drew, `counted` for how many each stands; `equal`:
    field -> chance that two random rows hold the very same value; `size`: how many rows each file has in all, where `rows` are fewer.
    """
    size = size or (rows[0].count, rows[1].count)
    x, y = random_pairs(len(random[0]), len(random[1]))
    at_random = random[0][x].astype(np.int32), random[1][y].astype(np.int32)
    if one_file:
        apart = at_random[0] != at_random[1]
        at_random = at_random[0][apart], at_random[1][apart]
    starts, drawn, rarity, usual_levels = [], [], [], []
    named = [name_levels(*rows, *where, vocabulary) for where in (at_random, pairs)]
    for field in fields:
        usual, level = (tables[field.name] if field.kind is Kind.NAME else levels_of(field, *rows, *where, vocabulary)
                        for tables, where in zip(named, (at_random, pairs), strict=True))  # fmt: skip
        starts.append(start(field, model, usual))
        usual_levels.append(usual)
        drawn.append(level)
        rarity.append(shifts(field, level, *rows, *pairs))
    universe = size[0] * (size[0] - 1) / 2 if one_file else float(size[0]) * size[1]
    starts, near = _told_apart(starts, usual_levels, [_equal(f, equal, level) for f, level in zip(fields, usual_levels, strict=True)], min(size))
    fitted = fit(drawn, starts, rarity, max(universe, 1.0), [(max(m * min(size), 1.0), max(f * min(size), 1.0)) for m, f in GUESSES], counted=counted, near=near,
                 trust=(min(max(TRUST[0], SMALL / max(min(size), 1)), TRUST[1]), TRUST[1]), most=np.inf if one_file else max(float(min(size)), 1.0))  # fmt: skip
    return Learned({f.name: m for f, m in zip(fields, fitted.models, strict=True)}, fitted.matches_expected, fitted.families_expected,
                   max(universe, 1.0), near)  # fmt: skip


def _equal(field: Field, equal: Mapping[str, float], level: NDArray[np.int8]) -> float | None:
    """Chance of exact agreement from the counts of values; None where it was not counted. Of births, only full dates are counted."""
    if field.name == "birth":
        known = level[level >= 0]
        dates = float((known < len(DATE_LEVELS)).mean()) if len(known) else 0.0
        return max(equal.get(field.name, 0.0) * dates, 1e-7)
    return equal.get(field.name)
