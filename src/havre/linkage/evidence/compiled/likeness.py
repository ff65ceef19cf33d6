"""Compiled: how alike are two names of two forms? The rules of `evidence.levels` and `names.similarity`, on numbers.

A likeness is a similarity, whether it is exact, and the word agreed on (as `words.Met` numbers it, `NO_WORD` for none); of two the
greater is told by these in this order, words by their letters.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from havre.linkage.evidence.compiled.form import BASE
from havre.linkage.evidence.compiled.words import Met
from havre.linkage.names.similarity import CLOSE, STRONG, WEAK

NO_WORD = -1
JOINED, SPARE = 0.98, 0.2  # as in `levels.spelled`
DIFFERENT_NAME, WEAK_NAME, CLOSE_NAME, STRONG_NAME, EXACT_NAME = 0, 1, 2, 3, 4


@nb.njit(cache=True, nogil=True)
def exceeds(a: Any, b: Any, t: Met) -> Any:
    """Whether likeness a is greater than likeness b."""
    if a[0] != b[0]:
        return a[0] > b[0]
    if a[1] != b[1]:
        return a[1]
    return _rank(a[2], t) > _rank(b[2], t)


@nb.njit(cache=True, nogil=True)
def _rank(word: int, t: Met) -> Any:
    """Where a word stands in the order of letters; no word comes first."""
    return t.rank[word] if word >= 0 else -1


@nb.njit(cache=True, nogil=True)
def lesser(a: int, b: int, t: Met) -> Any:
    """The word that comes first in the order of letters."""
    return a if t.rank[a] <= t.rank[b] else b


@nb.njit(cache=True, nogil=True)
def greater(a: Any, b: Any, t: Met) -> Any:
    """The greater of two likenesses, the first of equals."""
    return b if exceeds(b, a, t) else a


@nb.njit(cache=True, nogil=True)
def word(f: Any, place: int) -> Any:
    """The word that stands at a place of a form."""
    return f[BASE] + f[place]


@nb.njit(cache=True, nogil=True)
def first(f: Any, name: int) -> Any:
    """The first word of a name."""
    return word(f, name + 1 if f[name] == 1 else name + 2)


@nb.njit(cache=True, nogil=True)
def after(f: Any, name: int) -> Any:
    """Where the next name of a group starts."""
    return name + 2 + (f[name] if f[name] > 1 else 0)


@nb.njit(cache=True, nogil=True)
def end_of(f: Any, group: int) -> Any:
    """Where a group of names ends."""
    place = group + 1
    for _ in range(f[group]):
        place = after(f, place)
    return place


@nb.njit(cache=True, nogil=True)
def aligned(f: Any, x: int, g: Any, y: int, t: Met) -> Any:
    """Mean similarity of the best one-to-one pairing of the words of two names of five words at most (`similarity.aligned`)."""
    if f[x] > g[y]:
        f, x, g, y = g, y, f, x
    n, m = f[x], g[y]
    own, other = (x + 1 if n == 1 else x + 2), (y + 1 if m == 1 else y + 2)
    table, chosen, order = np.empty((5, 5)), np.zeros(5, np.int64), np.empty(5)
    for i in range(n):
        for j in range(m):
            table[i, j] = t.likes[word(f, own + i), word(g, other + j)]
    best = -1.0
    ways = m**n
    for way in range(ways):
        rest, taken = way, 0
        for i in range(n):
            chosen[i] = rest % m
            rest //= m
            taken |= 1 << chosen[i]
        count = 0
        while taken:
            count += taken & 1
            taken >>= 1
        if count < n:
            continue
        for i in range(n):  # added from the least on, so that the very same sum comes out
            value, k = table[i, chosen[i]], i
            while k > 0 and order[k - 1] > value:
                order[k] = order[k - 1]
                k -= 1
            order[k] = value
        total = 0.0
        for i in range(n):
            total += order[i]
        best = max(best, total)
    return best / (n + SPARE * (m - n))


@nb.njit(cache=True, nogil=True)
def spelled(f: Any, x: int, g: Any, y: int, t: Met) -> Any:
    """Similarity of two names (`levels.spelled`)."""
    if f[x] == 1 and g[y] == 1:
        return t.likes[word(f, x + 1), word(g, y + 1)]
    return max(JOINED * t.likes[word(f, x + 1), word(g, y + 1)], aligned(f, x, g, y, t))


@nb.njit(cache=True, nogil=True)
def same_words(f: Any, x: int, g: Any, y: int, t: Met) -> Any:
    """Whether two names are the same words in the same order."""
    if f[x] != g[y] or t.rank[word(f, x + 1)] != t.rank[word(g, y + 1)]:
        return False
    same, k = True, 2
    while same and k < after(f, x) - x:
        same = t.rank[word(f, x + k)] == t.rank[word(g, y + k)]
        k += 1
    return same


@nb.njit(cache=True, nogil=True)
def best(f: Any, group: int, g: Any, other: int, t: Met) -> Any:
    """The greatest likeness of any two names of two groups (`levels.best`)."""
    top = (0.0, False, np.int64(NO_WORD))
    x = group + 1
    for _ in range(f[group]):
        y = other + 1
        for _ in range(g[other]):
            if same_words(f, x, g, y, t):
                top = greater(top, (1.0, True, first(f, x)), t)
            y = after(g, y)
        x = after(f, x)
    if top[1]:
        return top
    x = group + 1
    for _ in range(f[group]):
        y = other + 1
        for _ in range(g[other]):
            a, b = first(f, x), first(g, y)
            top = greater(top, (spelled(f, x, g, y, t), False, lesser(a, b, t)), t)
            y = after(g, y)
        x = after(f, x)
    return top


@nb.njit(cache=True, nogil=True)
def best_first(f: Any, group: int, g: Any, other: int, t: Met) -> Any:
    """The same of the first words of the names alone."""
    top = (0.0, False, np.int64(NO_WORD))
    x = group + 1
    for _ in range(f[group]):
        y = other + 1
        for _ in range(g[other]):
            a, b = first(f, x), first(g, y)
            found = (1.0, True, a) if t.rank[a] == t.rank[b] else (t.likes[a, b], False, lesser(a, b, t))
            if found[1] or not top[1]:
                top = greater(top, found, t)
            y = after(g, y)
        x = after(f, x)
    return top


@nb.njit(cache=True, nogil=True)
def name_level(likeness: Any) -> Any:
    """The level of a likeness (`levels.name_level`)."""
    if likeness[1]:
        return EXACT_NAME
    value = likeness[0]
    return STRONG_NAME if value >= STRONG else CLOSE_NAME if value >= CLOSE else WEAK_NAME if value >= WEAK else DIFFERENT_NAME
