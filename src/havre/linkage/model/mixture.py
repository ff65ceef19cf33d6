"""What do the levels of agreement mean in these two files, without any labels?

A mixture of three classes of pairs, match, same family and unrelated, fitted by expectation-maximisation (Dempster, Laird and
Rubin 1977; for linkage Winkler 1988). What is usual among unrelated pairs, of one community and of two (`strangers`), is measured
on random pairs and held fixed; the other two classes start from the shipped model and move with the data. Common values are
discounted by their share in the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ROUNDS: Final = 40
FAMILY_TRUST: Final = 400.0  # imaginary pairs behind the starting values of the family class
MATCH_TRUST: Final = 20.0
SETTLING: Final = 3  # rounds during which the first guess of the number of matches is kept
HELD: Final = 1e12  # trust by which starting values do not move
KEPT: Final = 0.5  # of the starting values' clearness
CAP: Final = 12.0  # no field weighs more than this in either direction (natural logarithm)
STILL: Final = 1e-3  # change of the number of matches, as a share of it, at which fitting stops


@dataclass(frozen=True, slots=True)
class LevelModel:
    """Log-probabilities of the levels of one field in the three classes. Shape of each: (levels,).

    `far`: among unrelated people of two communities, where `unrelated` are those of one; None where they are not told apart.
    """

    match: NDArray[np.float64]
    family: NDArray[np.float64]
    unrelated: NDArray[np.float64]
    far: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Fitted:
    """The mixture after fitting. `match`, `family`: posterior of each pair; `weights[field]`: its llr by pair."""

    match: NDArray[np.float64]
    family: NDArray[np.float64]
    weights: list[NDArray[np.float32]]
    models: list[LevelModel]
    matches_expected: float
    families_expected: float = 0.0


def ratios(models: list[LevelModel]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Log-likelihood ratios of every level against `unrelated`: for match, for family and for strangers of two communities; 0 in the
    last column, which stands for a missing level (-1). Shape of each: (fields, most levels + 1)."""
    width = max(len(m.match) for m in models) + 1
    out = np.zeros((3, len(models), width))
    for k, model in enumerate(models):
        out[0, k, :len(model.match)] = model.match - model.unrelated
        out[1, k, :len(model.match)] = model.family - model.unrelated
        if model.far is not None:
            out[2, k, :len(model.match)] = model.far - model.unrelated
    return out[0], out[1], out[2]


@nb.njit(cache=True, nogil=True)
def weight(ratio: Any, shift: Any) -> Any:
    """Weight of one field of one pair: the ratio of its level, moved by the rarity of the value agreed on, within `CAP`."""
    return min(max(ratio + shift, -CAP), CAP)


@nb.njit(cache=True, nogil=True)
def chances(match: Any, family: Any, far: Any, near: Any) -> Any:
    """Probabilities of match and family, from the log-likelihood ratios (with priors) of match, family and strangers of two communities
    against strangers of one, and the share `near` of strangers who are of one."""
    top = max(match, family, 0.0)
    m, f = np.exp(match - top), np.exp(family - top)
    u = near * np.exp(-top) + ((1 - near) * np.exp(min(far - top, 60.0)) if near < 1 else 0.0)
    return m / (m + f + u), f / (m + f + u)


@nb.njit(cache=True, nogil=True)
def _likely(match: Any, family: Any, far: Any, near: Any, to_match: Any, to_family: Any) -> Any:
    """Logarithm of the sum of the three classes that `chances` shares out, from the class with the largest share."""
    stranger = 1 - to_match - to_family
    if to_match >= to_family and to_match >= stranger:
        return match - np.log(to_match)
    if to_family >= stranger:
        return family - np.log(to_family)
    return np.log(near + (1 - near) * np.exp(min(far, 60.0))) - np.log(stranger)


@nb.njit(cache=True, nogil=True, parallel=True)
def _expect(levels: Any, shifts: Any, counted: Any, match_table: Any, family_table: Any, far_table: Any, prior_match: Any,
            prior_family: Any, near: Any, match: Any, family: Any) -> Any:  # fmt: skip
    """Posterior of each pair (written to `match` and `family`), what each level is counted in the two classes, and the logarithm of how
    likely all pairs are, over that of strangers of one community throughout."""
    fields, size = levels.shape
    shares = 8
    counts, likely = np.zeros((shares, 2, fields, match_table.shape[1])), np.zeros(shares)
    for s in nb.prange(shares):
        for k in range(s * size // shares, (s + 1) * size // shares):
            score_m, score_f, score_far = prior_match, prior_family, 0.0
            for f in range(fields):
                level = levels[f, k]
                if level >= 0:
                    score_m += weight(match_table[f, level], shifts[f, k])
                    score_f += weight(family_table[f, level], shifts[f, k])
                    score_far += far_table[f, level]
            match[k], family[k] = chances(score_m, score_f, score_far, near)
            likely[s] += counted[k] * _likely(score_m, score_f, score_far, near, match[k], family[k])
            for f in range(fields):
                if levels[f, k] >= 0:
                    counts[s, 0, f, levels[f, k]] += match[k] * counted[k]
                    counts[s, 1, f, levels[f, k]] += family[k] * counted[k]
    return counts.sum(axis=0), likely.sum()


def _logs(counts: NDArray[np.float64], start: NDArray[np.float64], trust: float) -> NDArray[np.float64]:
    mixed = counts[:len(start)] + trust * start + 1e-3
    result: NDArray[np.float64] = np.log(mixed / mixed.sum())
    return result


def _behind(models: list[LevelModel], starts: list[LevelModel], trust: tuple[float, float]) -> float:
    """Logarithm of how likely the imaginary pairs behind the starting values are."""
    return sum(float(t * (np.exp(begun) @ now)) for t, kind in zip(trust, ("match", "family"), strict=True)
               for begun, now in ((getattr(start, kind), getattr(model, kind)) for start, model in zip(starts, models, strict=True)))  # fmt: skip


def _kept(models: list[LevelModel], starts: list[LevelModel]) -> bool:
    """Whether what was fitted as one person still agrees as one person does, rather than as relatives or strangers do: at least half as
    clearly as by the starting values. (In the files tried, one of the two was below a third where nobody is there twice and fitting had
    settled on brothers and sisters or on strangers of one village; both were above eight tenths where somebody is.)"""

    def clear(now: list[LevelModel], other: str) -> float:
        return sum(float(np.exp(model.match) @ (start.match - getattr(start, other))) for model, start in zip(now, starts, strict=True))

    return all(clear(models, other) >= KEPT * clear(starts, other) for other in ("family", "unrelated"))


def fit(levels: list[NDArray[np.int8]], starts: list[LevelModel], rarity: list[NDArray[np.float32] | None],
        universe: float, guesses: Sequence[tuple[float, float]], rounds: int = ROUNDS, counted: NDArray[np.float64] | None = None,
        trust: tuple[float, float] = (MATCH_TRUST, FAMILY_TRUST), near: float = 1.0, most: float = np.inf) -> Fitted:  # fmt: skip
    """Fit the mixture from each guess; of those whose matches still mean one person, the likeliest is taken. Where none do, the
    numbers of matches and of relatives are all that is learned.

    `levels[field]` is the level of each candidate pair (-1 missing); `universe` the number of all possible pairs, those not compared
    counting as unrelated; `guesses` of the numbers of matches and of pairs of one family, the lowest of matches last: with one guess
    alone, the class of matches may settle on brothers and sisters where nobody is there twice, or that of families on matches where
    there are no families; `trust`: for how many pairs the starting values of the match and the family class stand; `rarity[field]` is
    added to the log-likelihood ratios of a pair whose agreed value is rare (positive) or common (negative); `counted[k]` is how many
    pairs pair k stands for, where the pairs are a sample (1 each when left out); `near` the share of strangers of one community
    (`strangers.Strangers.near`, where the starts hold `far`); `most` the most matches there can be.
    """
    stacked = np.stack(levels)
    shifts = np.stack([np.zeros(len(levels[0]), np.float32) if r is None else r for r in rarity])
    stands = np.ones(len(levels[0])) if counted is None else np.asarray(counted, np.float64)
    found = [_from(guess, stacked, starts, shifts, stands, universe, rounds, trust, near, most) for guess in guesses]
    kept = [result for result in found if _kept(result[1].models, starts)]
    held = kept or [_from(guesses[-1], stacked, starts, shifts, stands, universe, rounds, (HELD, HELD), near, most)]
    return max(held, key=lambda result: result[0])[1]


def _from(guess: tuple[float, float], levels: NDArray[np.int8], starts: list[LevelModel], shifts: NDArray[np.float32], stands: NDArray[np.float64],
          universe: float, rounds: int, trust: tuple[float, float], near: float, most: float) -> tuple[float, Fitted]:  # fmt: skip
    """The fit from one guess, and how likely it is (logarithm): of the pairs compared, of those not compared and of what is behind the
    starting values."""
    models, (matches, families) = list(starts), guess
    match, family, likely = np.zeros(len(stands)), np.zeros(len(stands)), -np.inf
    for turn in range(rounds):
        counts, pairs = _expect(levels, shifts, stands, *ratios(models), np.log(matches / universe), np.log(families / universe), near,
                                match, family)  # fmt: skip
        likely, before = pairs - matches - families + _behind(models, starts, trust), matches
        if turn >= SETTLING:
            matches, families = min(max(float(match @ stands), 1.0), most), max(float(family @ stands), 0.1)
        models = [LevelModel(_logs(counts[0, k], np.exp(start.match), trust[0]), _logs(counts[1, k], np.exp(start.family), trust[1]),
                             start.unrelated, start.far) for k, start in enumerate(starts)]  # fmt: skip
        if turn > SETTLING and abs(matches - before) < STILL * matches:
            break
    table = ratios(models)[0]
    weights = [np.where(level >= 0, np.clip(table[k][level] + shifts[k], -CAP, CAP), 0.0).astype(np.float32) for k, level in enumerate(levels)]
    return likely, Fitted(match, family, weights, models, float(matches), float(families))
