"""How do strangers agree? Two classes of unrelated pairs, of one community and of two.

People of one community share names, letters and places more often than people at large, in all fields at once. Taken for
independent, that would pass for evidence. A latent-class model (Lazarsfeld and Henry 1968) fitted to random pairs, nearly all of
them strangers, tells the two classes apart without being told who belongs where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FIRST_ROUNDS: Final = 12  # before the likeliest start is chosen
ROUNDS: Final = 120
STILL: Final = 0.1  # gain in log-likelihood under which fitting stops
FEWEST: Final = 2_000  # random pairs below which no two classes are told apart
BEGUN: Final = (0.02, 0.08, 0.3)  # shares of pairs, those that agree most, taken for neighbours at the start; the likeliest end counts
BOUNDS: Final = (0.001, 0.9)  # of the share of pairs that are of one community
LEAST: Final = 0.01  # share under which those who agree are no community: records of the same people, in a file that repeats them


class Strangers(NamedTuple):
    """`near`: share of unrelated pairs that are of one community; `of_one[field]`, `of_two[field]`: probability of each level among pairs
    of one community and of two. Without communities to tell apart `near` is 1 and both are the same."""

    near: float
    of_one: list[NDArray[np.float64]]
    of_two: list[NDArray[np.float64]]


@nb.njit(cache=True, nogil=True)
def _split(levels: Any, one: Any, two: Any, near: Any, belongs: Any) -> Any:
    """Chance that each pair is of one community (written to `belongs`), how often each level is seen in either class, and the
    log-likelihood of all pairs."""
    fields, size = levels.shape
    counts, likelihood = np.zeros((2, fields, one.shape[1])), 0.0
    for k in range(size):
        score_one, score_two = np.log(near), np.log(1 - near)
        for f in range(fields):
            if levels[f, k] >= 0:
                score_one += one[f, levels[f, k]]
                score_two += two[f, levels[f, k]]
        top = max(score_one, score_two)
        likelihood += top + np.log(np.exp(score_one - top) + np.exp(score_two - top))
        belongs[k] = 1 / (1 + np.exp(score_two - score_one))
        for f in range(fields):
            if levels[f, k] >= 0:
                counts[0, f, levels[f, k]] += belongs[k]
                counts[1, f, levels[f, k]] += 1 - belongs[k]
    return counts, likelihood


def _shares(counts: NDArray[np.float64], usual: NDArray[np.float64]) -> NDArray[np.float64]:
    mixed = counts[:len(usual)] + 2.0 * usual + 0.02
    shares: NDArray[np.float64] = mixed / mixed.sum()
    return shares


def strangers(levels: Sequence[NDArray[np.int8]], usual: Sequence[NDArray[np.float64]]) -> Strangers:
    """Tell pairs of one community from pairs of two.

    `levels[field]`: level of each random pair, 0 the best, -1 missing; `usual[field]`: probability of each level among all of them.
    """
    size = len(levels[0])
    if size < FEWEST:
        return Strangers(1.0, list(usual), list(usual))
    stacked = np.stack(levels)
    likeness = np.sum([np.where(level >= 0, -np.log(np.cumsum(share) + 1e-9)[level], 0.0) for level, share in zip(levels, usual, strict=True)], axis=0)
    ends = []
    for begun in BEGUN:
        belongs = (likeness >= np.quantile(likeness, 1 - begun)).astype(float)
        ends.append((_settled(stacked, usual, belongs, FIRST_ROUNDS)[0], belongs))
    found = _settled(stacked, usual, max(ends, key=lambda end: end[0])[1], ROUNDS)[1]
    return found if found.near >= LEAST else Strangers(1.0, list(usual), list(usual))


def _settled(levels: NDArray[np.int8], usual: Sequence[NDArray[np.float64]], belongs: NDArray[np.float64], rounds: int) -> tuple[float, Strangers]:
    """Expectation-maximisation from `belongs`, which it moves: the log-likelihood reached, and the classes."""
    width, reached = max(map(len, usual)), -np.inf
    counts = np.zeros((2, len(levels), width))
    for f, level in enumerate(levels):
        for c, part in enumerate((belongs, 1 - belongs)):
            counts[c, f, :len(usual[f])] = np.bincount(level[level >= 0], weights=part[level >= 0], minlength=len(usual[f]))
    for _ in range(rounds):
        near = float(np.clip(belongs.mean(), *BOUNDS))
        tables = np.zeros((2, len(levels), width))
        for c in range(2):
            for f, share in enumerate(usual):
                tables[c, f, :len(share)] = np.log(_shares(counts[c, f], share))
        counts, likelihood = _split(levels, tables[0], tables[1], near, belongs)
        if likelihood - reached < STILL:
            break
        reached = likelihood
    one, two = ([_shares(counts[c, f], share) for f, share in enumerate(usual)] for c in range(2))
    if sum(np.log(p[0] / q[0]) for p, q in zip(one, two, strict=True)) < 0:  # neighbours are those who agree more
        one, two, near = two, one, 1 - near
    return likelihood, Strangers(near, one, two)
