"""Names with their popularity, and every name with its spellings in native and in Latin letters, as flat arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Words = NDArray[np.object_]
Weighted = Mapping[str, float]
FLAT = 12.0  # the share of the name at rank r falls as 1 / (r + FLAT): the first of 300 names is borne by one in 40


@dataclass(frozen=True, slots=True)
class Forms:
    """The spellings of every name of a pool in one script; `edges[k]` is the name's number plus the cumulative share of its forms."""

    words: Words
    edges: NDArray[np.float64]

    def pick(self, names: Numbers, rng: np.random.Generator) -> Words:
        """One spelling for each name number, by its share. Shapes: (n,) -> (n,)."""
        picked: Words = self.words[np.searchsorted(self.edges, names + rng.random(len(names)) * 0.999999, side="right")]
        return picked


def forms(spellings: Sequence[Weighted]) -> Forms:
    """Flat forms of names given as spelling -> weight."""
    words: list[str] = []
    edges: list[float] = []
    for number, weights in enumerate(spellings):
        total, reached = sum(weights.values()), 0.0
        for word, weight in weights.items():
            reached += weight / total
            words.append(word)
            edges.append(number + min(reached, 1.0))
        edges[-1] = number + 1.0
    return Forms(np.array(words, dtype=object), np.array(edges))


@dataclass(frozen=True, slots=True)
class Name:
    """One name: native spellings (empty when the language is written in Latin letters) and Latin ones, each with a weight."""

    native: Weighted
    latin: Weighted

    @property
    def key(self) -> str:
        """The usual spelling, native where there is one."""
        return next(iter(self.native or self.latin))


@dataclass(frozen=True, slots=True)
class Pool:
    """Names in order of popularity. Names are spoken of by their number in the pool."""

    native: Forms
    latin: Forms
    reached: NDArray[np.float64]  # cumulative share
    keys: dict[str, int]

    def draw(self, size: int, rng: np.random.Generator) -> Numbers:
        """Name numbers, the usual ones far more often. Shape: (size,)."""
        drawn: Numbers = np.searchsorted(self.reached, rng.random(size) * self.reached[-1], side="right").astype(np.int64)
        return drawn

    def spelled(self, names: Numbers, native: NDArray[np.bool_], rng: np.random.Generator) -> Words:
        """Each name in native letters where asked, else in Latin ones."""
        out = np.empty(len(names), dtype=object)
        out[native] = self.native.pick(names[native], rng)
        out[~native] = self.latin.pick(names[~native], rng)
        return out


def pool(names: Iterable[Name], shares: Sequence[float] | None = None) -> Pool:
    """A pool of distinct names in order of popularity; `shares` where the popularity is known."""
    kept: dict[str, Name] = {}
    for name in names:
        kept.setdefault(name.key, name)
    listed = list(kept.values())
    popularity = np.array(shares if shares is not None else [1.0 / (rank + FLAT) for rank in range(len(listed))])
    return Pool(
        native=forms([name.native or name.latin for name in listed]),
        latin=forms([name.latin for name in listed]),
        reached=np.cumsum(popularity / popularity.sum()),
        keys={key: number for number, key in enumerate(kept)},
    )


def falling(words: Iterable[str], by: float = 0.5) -> dict[str, float]:
    """Weights of spellings named in order of use: each `by` times as usual as the one before."""
    out: dict[str, float] = {}
    for place, word in enumerate(words):
        out[word] = out.get(word, 0.0) + by**place
    return out
