"""What do the levels of agreement mean in these two files, without any labels?

A mixture of three classes of pairs, match, same family and unrelated, fitted by expectation-maximisation. What is
usual among unrelated pairs is measured on random pairs and held fixed; the other two classes start from the shipped
model and move with the data. Common values are discounted by their share in the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDS: Final = 40
FAMILY_TRUST: Final = 400.0  # imaginary pairs behind the starting values of the family class
MATCH_TRUST: Final = 20.0
SETTLING: Final = 3  # rounds during which the first guess of the number of matches is kept
CAP: Final = 12.0  # no field weighs more than this in either direction (natural logarithm)


@dataclass(frozen=True, slots=True)
class LevelModel:
    """Log-probabilities of the levels of one field in the three classes. Shape of each: (levels,)."""

    match: NDArray[np.float64]
    family: NDArray[np.float64]
    unrelated: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The mixture after fitting. `match`, `family`: posterior of each pair; `weights[field]`: its llr by pair."""

    match: NDArray[np.float64]
    family: NDArray[np.float64]
    weights: list[NDArray[np.float32]]
    models: list[LevelModel]
    matches_expected: float


def _logs(counts: NDArray[np.float64], start: NDArray[np.float64], trust: float) -> NDArray[np.float64]:
    import numpy as np

    mixed = counts + trust * start + 1e-3
    result: NDArray[np.float64] = np.log(mixed / mixed.sum())
    return result


def _ratios(models: list[LevelModel], levels: list[NDArray[np.int8]], rarity: list[NDArray[np.float32] | None]
            ) -> tuple[list[NDArray[np.float32]], list[NDArray[np.float32]]]:  # fmt: skip
    """Log-likelihood ratios (match, family) against unrelated, by field and pair; 0 where missing."""
    import numpy as np

    out_match, out_family = [], []
    for model, level, rare in zip(models, levels, rarity, strict=True):
        match = np.append(model.match - model.unrelated, 0.0)[level]
        family = np.append(model.family - model.unrelated, 0.0)[level]
        shift = 0.0 if rare is None else rare
        known = level >= 0
        out_match.append(np.where(known, np.clip(match + shift, -CAP, CAP), 0.0).astype(np.float32))
        out_family.append(np.where(known, np.clip(family + shift, -CAP, CAP), 0.0).astype(np.float32))
    return out_match, out_family


def fit(levels: list[NDArray[np.int8]], starts: list[LevelModel], rarity: list[NDArray[np.float32] | None],
        universe: float, expected: float, rounds: int = ROUNDS) -> Fitted:  # fmt: skip
    """Fit the mixture.

    `levels[field]` is the level of each candidate pair (-1 missing); `universe` the number of all possible pairs,
    those not compared counting as unrelated; `expected` a first guess of the number of matches; `rarity[field]` is
    added to the log-likelihood ratios of a pair whose agreed value is rare (positive) or common (negative).
    """
    import numpy as np

    models = list(starts)
    matches, families = expected, max(expected * 0.2, 1.0)
    post_m = post_f = np.zeros(len(levels[0]))
    for turn in range(rounds):
        weights, family_weights = _ratios(models, levels, rarity)
        before = post_m
        score_m = np.sum(weights, axis=0, dtype=np.float64) + np.log(matches / universe)
        score_f = np.sum(family_weights, axis=0, dtype=np.float64) + np.log(families / universe)
        top = np.maximum(np.maximum(score_m, score_f), 0.0)
        m, f, u = np.exp(score_m - top), np.exp(score_f - top), np.exp(-top)
        total = m + f + u
        post_m, post_f = m / total, f / total
        if turn >= SETTLING:
            matches, families = max(post_m.sum(), 1.0), max(post_f.sum(), 0.1)
        models = [_update(start, level, post_m, post_f) for start, level in zip(starts, levels, strict=True)]
        if turn > SETTLING and np.abs(post_m - before).max(initial=0.0) < 1e-4:
            break
    weights, _ = _ratios(models, levels, rarity)
    return Fitted(post_m, post_f, weights, models, float(matches))


def _update(start: LevelModel, level: NDArray[np.int8], post_m: NDArray[np.float64], post_f: NDArray[np.float64]) -> LevelModel:
    import numpy as np

    known = level >= 0
    size = len(start.match)
    count_m, count_f = (np.bincount(level[known], weights=post[known], minlength=size).astype(np.float64) for post in (post_m, post_f))
    return LevelModel(
        _logs(count_m, np.exp(start.match), MATCH_TRUST),
        _logs(count_f, np.exp(start.family), FAMILY_TRUST),
        start.unrelated,
    )
