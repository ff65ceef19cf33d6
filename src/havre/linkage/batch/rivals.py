"""Which of its candidates is a row's own child, when no child stands twice in one file?

A pair says by itself how probable it is. Where each row matches at most once, its pairs are rivals: what speaks for one speaks against
the others, and a row whose child is found elsewhere is nobody else's. Of all ways of matching rows so that none stands twice, each as
probable as the product of the odds of its pairs, the share that holds a pair is its probability (a prior on matchings: Sadinle 2017; in
physics the monomer-dimer model of Heilmann and Lieb 1972). Those shares are found by belief propagation: each row tells each candidate
how much it is wanted elsewhere, until nothing moves. It is exact where candidates form no circles, which is nearly everywhere.

The odds before any comparison are those of two rows of which neither is matched elsewhere: greater than those of any two rows, the more
of either file is matched, which follows from the very number of matches that comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS: Final = 200
STILL: Final = 1e-7  # change of the probability of any pair at which rows stop telling
MOST_MATCHED: Final = 0.9  # share of a file's rows above which the odds of the others no longer rise
SURE: Final = 1 - 1e-15


@nb.njit(cache=True, nogil=True)
def _freedom(matches: Any, left: Any, right: Any) -> Any:
    """How many times the odds of two rows are raised when neither has a match elsewhere."""
    return 1 / ((1 - min(matches / left, MOST_MATCHED)) * (1 - min(matches / right, MOST_MATCHED)))


@nb.njit(cache=True, nogil=True)
def _wanted(row: Any, told: Any, rows: Any) -> Any:
    """What each row is told in all, the greatest apart: that, its pair, and the sum of the rest."""
    best, who, rest = np.zeros(rows), np.full(rows, -1, np.int64), np.zeros(rows)
    for k in range(len(row)):
        i = row[k]
        if told[k] > best[i]:
            rest[i] += best[i]
            best[i], who[i] = told[k], k
        else:
            rest[i] += told[k]
    return best, who, rest


@nb.njit(cache=True, nogil=True)
def _elsewhere(k: Any, i: Any, told: Any, best: Any, who: Any, rest: Any) -> Any:
    """What row i is told in all but pair k."""
    return rest[i] if who[i] == k else best[i] + max(rest[i] - told[k], 0.0)


@nb.njit(cache=True, nogil=True)
def _settled(a: Any, b: Any, odds: Any, left: Any, right: Any, most: Any) -> Any:
    """Probability of each pair among its rivals."""
    to_left, to_right, chance = np.zeros(len(odds)), np.zeros(len(odds)), np.zeros(len(odds))
    matches = most
    for _ in range(ROUNDS):
        scale = matches / most * _freedom(matches, left, right)
        best, who, rest = _wanted(a, to_left, left)
        for k in range(len(odds)):
            to_right[k] = scale * odds[k] / (1 + _elsewhere(k, a[k], to_left, best, who, rest))
        best, who, rest = _wanted(b, to_right, right)
        moved, matches = 0.0, 0.0
        for k in range(len(odds)):
            others = 1 + _elsewhere(k, b[k], to_right, best, who, rest)
            to_left[k] = scale * odds[k] / others
            found = to_right[k] / (to_right[k] + others)
            moved, chance[k] = max(moved, abs(found - chance[k])), found
            matches += found
        matches = min(max(matches, 1.0), most)
        if moved < STILL:
            break
    return chance


def least(minimum: float, rows: tuple[int, int], matches: float) -> float:
    """The probability by itself from which a pair may reach `minimum` among its rivals; parameters as for `each_once`."""
    if not 0 < minimum < 1:
        return minimum
    raised = float(_freedom(matches, *rows))
    return minimum / (minimum + raised * (1 - minimum))


def each_once(a: NDArray[np.int32], b: NDArray[np.int32], match: NDArray[np.float64], family: NDArray[np.float64], rows: tuple[int, int],
              matches: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """Probabilities of match and family of each pair when every row matches at most once. Shape of each: (len(a),).

    `a`, `b`: row numbers of the left and the right; `match`, `family`: probabilities of each pair by itself, given that `matches` are
    expected among all pairs (`Learned.matches`); `rows`: how many rows each file has. Pairs that are not given count as none.
    """
    alone = np.minimum(match, SURE)
    found: NDArray[np.float64] = _settled(a, b, alone / (1 - alone), *rows, max(float(matches), 1.0))
    return found, np.minimum(family * (1 - found) / (1 - alone), 1 - found)
