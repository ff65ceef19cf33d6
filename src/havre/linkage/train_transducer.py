"""How are a transducer's tables learned from pairs of a native and a Latin spelling?

Expectation-maximisation over all ways to cut the Latin token. First every letter alone, which finds the chunks that are worth keeping
and the pairs that fit badly (noise of mined labels); then letters with their neighbours, each leaning on its letter alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.names import edit, kernel
from havre.linkage.names.latin import usual
from havre.linkage.names.lexicon import UNWRITTEN
from havre.linkage.names.scripts import script_of
from havre.linkage.names.sounds import fold, sound
from havre.linkage.names.transducer import CODES, FEATURES, Transducer, letter_of, letters_of, pack, symbols

if TYPE_CHECKING:
    from numpy.typing import NDArray

Pair = tuple[str, str, float]  # native token, Latin a–z, weight

ALONE_ROUNDS: Final = 6
ROUNDS: Final = 4
WORST: Final = 0.06  # share of pairs that fit badly and are dropped
LEAN: Final = 4.0  # how many sightings the distribution of a letter alone is worth to a letter in its surroundings
KEPT: Final = 0.0025  # probability from which a chunk is written to the table, for a letter beside another
KEPT_ALONE: Final = 0.0001  # the same for a letter alone: others fall back on it
CROWD: Final = 3000
LIKEST: Final = 12
SAMPLED: Final = 40
EVEN: Final = 0.86  # likeness at which a spelling is as likely right as wrong among `CROWD`; 1 to 3 is then `similarity.CLOSE`
STEEPNESS: Final = 0.42  # of the likeness in the odds
LOWEST: Final = -40.0  # ratio below which it makes no difference how wrong a spelling is
SIZES: Final = ((0, 0.1), (1, 0.6), (2, 0.25), (3, 0.05))  # chance of a chunk of each size before anything is learned


def _encoded(pairs: list[Pair], index: dict[str, int], around: bool) -> tuple[Any, ...]:
    native = [np.array([index[s] for s in (symbols(n, index) if around else n)], np.int32) for n, _, _ in pairs]
    latin = [letters_of(text) for _, text, _ in pairs]
    starts = [np.cumsum([0, *map(len, side)]).astype(np.int64) for side in (native, latin)]
    return np.concatenate(native), starts[0], np.concatenate(latin), starts[1], np.array([w for *_, w in pairs], float)


def _shares(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = (counts + 1e-9) / (counts + 1e-9).sum(axis=1, keepdims=True)
    return result


def _alone(pairs: list[Pair]) -> tuple[list[Pair], list[str], NDArray[np.float64], NDArray[np.int64]]:
    """Letters whatever surrounds them: the pairs that fit, the letters, their chunk probabilities, the codes of the chunks kept."""
    from havre.linkage.train_kernel import expect as compiled

    expect: Any = compiled

    letters = sorted({char for native, _, _ in pairs for char in native})
    index = {char: i for i, char in enumerate(letters)}
    chances = np.tile(np.concatenate([np.full(26**size, chance / 26**size) for size, chance in SIZES]), (len(letters), 1))
    arrays, kept = _encoded(pairs, index, around=False), pairs
    for turn in range(ALONE_ROUNDS):
        counts, fits = expect(*arrays, chances, np.arange(CODES))
        chances = _shares(counts)
        if turn == ALONE_ROUNDS - 2:
            fits /= np.array([max(len(n), len(text)) for n, text, _ in pairs])
            worst = np.quantile(fits, WORST)
            kept = [pair for pair, fit in zip(pairs, fits, strict=True) if fit > worst]
            arrays = _encoded(kept, index, around=False)
    often = ((chances > 4e-4) & (counts >= 1.5)).any(axis=0) & (counts.sum(axis=0) >= 3)
    codes = np.union1d(np.flatnonzero(often), np.arange(27))
    return kept, letters, chances[:, codes], codes


def fit(pairs: list[Pair], least: float) -> Transducer:
    """A transducer from pairs; a letter is told apart by its neighbour from `least` sightings (sum of weights) on."""
    from havre.linkage.train_kernel import expect as compiled

    expect: Any = compiled

    kept, letters, alone, codes = _alone(pairs)
    seen: Counter[str] = Counter()
    for native, _, weight in kept:
        for before, letter, after in zip("^" + native, native, native[1:] + "$", strict=False):
            seen[f"{letter}<{after}"] += weight  # type: ignore[assignment]
            seen[f"{before}>{letter}"] += weight  # type: ignore[assignment]
    every = letters + sorted(symbol for symbol, count in seen.items() if count >= least)
    index = {symbol: i for i, symbol in enumerate(every)}
    parent = np.array([index[letter_of(symbol)] for symbol in every])
    columns = np.full(CODES, -1)
    columns[codes] = np.arange(len(codes))
    chances, arrays = alone[parent], _encoded(kept, index, around=True)
    for _ in range(ROUNDS):
        counts, _ = expect(*arrays, chances, columns)
        pooled = np.zeros((len(letters), len(codes)))
        np.add.at(pooled, parent, counts)
        pooled = _shares(pooled)[parent]
        chances = (counts + LEAN * pooled) / (counts.sum(axis=1, keepdims=True) + LEAN)
        chances[: len(letters)] = pooled[: len(letters)]
    table = {
        symbol: {chunk_of(int(codes[k])): float(row[k]) for k in np.flatnonzero(row > (KEPT if len(symbol) > 1 else KEPT_ALONE))}
        for symbol, row in zip(every, chances, strict=True)
    }
    return Transducer(table)


def chunk_of(code: int) -> str:
    """The chunk of a code (`transducer.chunk_code`)."""
    for size, offset in ((3, 703), (2, 27), (1, 1)):
        if code >= offset:
            return "".join(chr(97 + (code - offset) // 26**place % 26) for place in reversed(range(size)))
    return ""


class Scorer:
    """One transducer and a list of Latin tokens (a–z), ready to rank the list for native tokens."""

    def __init__(self, transducer: Transducer, latins: list[str], table: dict[str, float] | None = None) -> None:
        self._packed = pack([transducer])
        self._starts = np.cumsum([0, *map(len, latins)]).astype(np.int64)
        self._flat = letters_of("".join(latins))
        self._usual = kernel.USUAL_SHARE * np.array([usual(latin, table) for latin in latins])
        self._folded = [fold(latin) for latin in latins]

    def ratios(self, native: str) -> NDArray[np.float64]:
        """How much likelier each spelling is for this name than for any (natural logarithm). Shape: (latins,)."""
        rows = self._packed.rows(0, native)
        found = kernel.likely_spellings(rows, self._flat, self._starts, self._packed.table, self._packed.columns)
        result: NDArray[np.float64] = found - self._usual
        return result

    def features(self, native: str, chosen: list[int]) -> NDArray[np.float64]:
        """`transducer.FEATURES` of some of the list, by their places. Shape: (chosen, features)."""
        unwritten = script_of(native) in UNWRITTEN
        rules = np.array([edit.likeness(sound(native), self._folded[k], unwritten) for k in chosen])
        sure = np.maximum(0.0, rules - kernel.SURE_RULES)
        return np.stack([np.ones(len(chosen)), rules, sure, np.maximum(self.ratios(native)[chosen], LOWEST)], axis=1)


def calibrate(transducer: Transducer, pairs: list[Pair], table: dict[str, float] | None = None, most: int = 1500) -> Transducer:
    """Set the weights from true pairs and the wrong ones of a crowd of Latin tokens.

    The likest wrong ones are all taken, of the others a sample that stands for the rest. Even odds to be the one right spelling of
    the crowd become the likeness `EVEN`.
    """
    rng = np.random.default_rng(7)
    crowd = sorted({latin for _, latin, _ in pairs})
    crowd = [crowd[k] for k in rng.choice(len(crowd), min(CROWD, len(crowd)), replace=False)]
    chosen = [pairs[k] for k in rng.choice(len(pairs), min(most, len(pairs)), replace=False)]
    known = {(native, latin) for native, latin, _ in pairs}
    scorer = Scorer(transducer, crowd + [latin for _, latin, _ in chosen], table)
    rows: list[NDArray[np.float64]] = []
    truth: list[float] = []
    mass: list[float] = []
    for at, (native, _, _) in enumerate(chosen):
        order = np.argsort(-scorer.ratios(native)[: len(crowd)])
        sample = rng.choice(order[LIKEST:], SAMPLED, replace=False)
        picked = [(int(k), 1.0) for k in order[:LIKEST]] + [(int(k), (len(crowd) - LIKEST) / SAMPLED) for k in sample]
        wrong = [(k, stands_for) for k, stands_for in picked if (native, crowd[k]) not in known]
        rows.append(scorer.features(native, [len(crowd) + at, *(k for k, _ in wrong)]))
        truth += [1.0] + [0.0] * len(wrong)
        mass += [1.0, *(stands_for for _, stands_for in wrong)]
    weights = STEEPNESS * _logistic(np.concatenate(rows), np.array(truth), np.array(mass))
    weights[0] += np.log(EVEN / (1 - EVEN))
    return replace(transducer, weights=tuple(round(float(w), 3) for w in weights))


def _logistic(x: NDArray[np.float64], y: NDArray[np.float64], mass: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a logistic regression, by Newton's method; `mass`: how many pairs each stands for."""
    w = np.zeros(len(FEATURES))
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (mass * (y - p)) - 1e-3 * w
        bend = (x * (mass * p * (1 - p))[:, None]).T @ x + 1e-2 * np.eye(len(w))
        w = w + np.clip(np.linalg.solve(bend, slope), -2, 2)
    return w
