"""Compiled: do the names of two forms agree, each in its role? The rules of `evidence.names`, on numbers."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from havre.linkage.evidence.compiled.form import CHAIN, FATHER, GIVEN, MOTHER, WHOLES
from havre.linkage.evidence.compiled.likeness import NO_WORD, after, best, best_first, end_of, first, greater, lesser, name_level, word
from havre.linkage.evidence.names import OUTLINES_APART, SHORTEST_ONE_WORD
from havre.linkage.names.similarity import CLOSE, STRONG, WEAK

SWAPPED, MISSING, UNSURE = 5, -1, -2  # levels beyond those of `likeness`; UNSURE: only the evidence itself can tell


@nb.njit(cache=True, nogil=True)
def sure(roles: int) -> Any:
    """Whether the role of a further name was stated."""
    return roles & (roles - 1) == 0


@nb.njit(cache=True, nogil=True)
def _among(f: Any, g: Any, t: Any) -> Any:
    """How surely a given name of one stands among the further names of the other."""
    top = 0.0
    x = f[GIVEN] + 1
    for _ in range(f[f[GIVEN]]):
        link = g[CHAIN]
        while link < g[CHAIN + 1]:
            y = link + 2
            for _ in range(g[link + 1]):
                top = max(top, t.likes[first(f, x), word(g, y + 1)], t.likes[word(f, x + 1), word(g, y + 1)])
                y = after(g, y)
            link = y
        x = after(f, x)
    return top


@nb.njit(cache=True, nogil=True)
def _crossed(f: Any, g: Any, t: Any) -> Any:
    """Whether each given name stands among the other's further names, one of them with a slip perhaps."""
    one = _among(f, g, t)
    other = _among(g, f, t) if one >= CLOSE else 0.0
    return min(one, other) >= CLOSE and max(one, other) >= STRONG


@nb.njit(cache=True, nogil=True)
def _elsewhere(f: Any, link: int, g: Any, t: Any) -> Any:
    """Whether a name of uncertain role fits another place than the father's on the other side."""
    if sure(f[link]):
        return False
    other = g[CHAIN]
    while other < g[CHAIN + 1]:
        if g[other] & FATHER == 0 and best(f, link + 1, g, other + 1, t)[0] >= CLOSE:
            return True
        other = end_of(g, other + 1)
    return False


@nb.njit(cache=True, nogil=True)
def _fathers(f: Any) -> Any:
    """Where the first of the names that may be the father's stands, -1 where there is none."""
    link = f[CHAIN]
    while link < f[CHAIN + 1]:
        if f[link] & FATHER:
            return link
        link = end_of(f, link + 1)
    return -1


@nb.njit(cache=True, nogil=True)
def _any_elsewhere(f: Any, g: Any, t: Any) -> Any:
    """The same for any of the names that may be the father's."""
    link = f[CHAIN]
    while link < f[CHAIN + 1]:
        if f[link] & FATHER and _elsewhere(f, link, g, t):
            return True
        link = end_of(f, link + 1)
    return False


@nb.njit(cache=True, nogil=True)
def _fatherly(f: Any, g: Any, t: Any) -> Any:
    """The greatest likeness of names that may be the fathers'."""
    top = (0.0, False, np.int64(NO_WORD))
    x = f[CHAIN]
    while x < f[CHAIN + 1]:
        y = g[CHAIN]
        while f[x] & FATHER and y < g[CHAIN + 1]:
            if g[y] & FATHER:
                top = greater(top, best(f, x + 1, g, y + 1, t), t)
            y = end_of(g, y + 1)
        x = end_of(f, x + 1)
    return top


@nb.njit(cache=True, nogil=True)
def _one_word_perhaps(f: Any, g: Any) -> Any:
    """Whether names written without spaces may be the same: their consonants differ by `OUTLINES_APART` at most."""
    x = f[WHOLES]
    while x < f[WHOLES + 1]:
        y = g[WHOLES]
        while y < g[WHOLES + 1]:
            if min(f[x], g[y]) >= SHORTEST_ONE_WORD and _apart(f[x + 2:x + 2 + f[x + 1]], g[y + 2:y + 2 + g[y + 1]]) <= OUTLINES_APART:
                return True
            y += 2 + g[y + 1]
        x += 2 + f[x + 1]
    return False


@nb.njit(cache=True, nogil=True)
def _apart(a: Any, b: Any) -> Any:
    """How many letters have to be changed, left out or put in (Levenshtein), as far as it matters here."""
    if abs(len(a) - len(b)) > OUTLINES_APART:
        return OUTLINES_APART + 1
    row = np.arange(len(b) + 1)
    for i in range(len(a)):
        diagonal = row[0]
        row[0] = i + 1
        for j in range(len(b)):
            cost = diagonal + (0 if a[i] == b[j] else 1)
            diagonal = row[j + 1]
            row[j + 1] = min(cost, diagonal + 1, row[j] + 1)
    return row[len(b)]


@nb.njit(cache=True, nogil=True)
def _kept(roles: int, paired: bool) -> Any:
    """Whether a name is beyond the father's."""
    return roles & FATHER == 0 or not (paired or sure(roles))


@nb.njit(cache=True, nogil=True)
def _lineage(f: Any, g: Any, fatherly: Any, t: Any) -> Any:
    """The level of the names beyond the father's, and the word agreed on; the given names are not crossed."""
    paired = fatherly[0] >= WEAK
    x, top, met, comparable = f[CHAIN], (0.0, False, np.int64(NO_WORD)), False, False
    while x < f[CHAIN + 1]:
        y = g[CHAIN]
        while _kept(f[x], paired) and y < g[CHAIN + 1]:
            if _kept(g[y], paired):
                met = True
                comparable = comparable or f[x] & g[y] != 0
                top = greater(top, best(f, x + 1, g, y + 1, t), t)
            y = end_of(g, y + 1)
        x = end_of(f, x + 1)
    if not met:
        return MISSING, np.int64(NO_WORD)
    if top[0] < CLOSE:
        a, b = _fathers(f), _fathers(g)
        guessed = not paired and a >= 0 and b >= 0 and not (sure(f[a]) and sure(g[b]))
        if guessed or not comparable:
            return MISSING, np.int64(NO_WORD)
    return levelled(top)


@nb.njit(cache=True, nogil=True)
def levelled(likeness: Any) -> Any:
    """The level of a likeness, and the word whose share counts."""
    return name_level(likeness), likeness[2] if likeness[0] >= CLOSE else np.int64(NO_WORD)


@nb.njit(cache=True, nogil=True)
def names(f: Any, g: Any, t: Any) -> Any:
    """Level and word of the person's own, the father's and further names, then the likeness of the own names; `UNSURE` as the level of the own
    ones where names written without spaces may be the same."""
    nothing = (MISSING, np.int64(NO_WORD))
    own = best(f, f[GIVEN], g, g[GIVEN], t)
    fatherly = _fatherly(f, g, t)
    given, father, lineage = nothing, nothing, nothing
    named = f[f[GIVEN]] > 0 and g[g[GIVEN]] > 0
    crossed = named and _crossed(f, g, t)
    if named:
        if own[0] < STRONG and crossed:
            a, b = first(f, f[GIVEN] + 1), first(g, g[GIVEN] + 1)
            given = (SWAPPED, lesser(a, b, t))
        elif own[0] < CLOSE and _one_word_perhaps(f, g):
            given = (UNSURE, np.int64(NO_WORD))
        else:
            given = levelled(own)
    if (_fathers(f) >= 0 and _fathers(g) >= 0 and not (own[0] < STRONG and crossed)
            and (fatherly[0] >= WEAK or not (_any_elsewhere(f, g, t) or _any_elsewhere(g, f, t)))):  # fmt: skip
        father = levelled(fatherly)
    if not crossed:
        lineage = _lineage(f, g, fatherly, t)
    return given, father, lineage, own


@nb.njit(cache=True, nogil=True)
def mother(f: Any, g: Any, t: Any) -> Any:
    """Level and word of the mothers' names."""
    if f[f[MOTHER]] == 0 or g[g[MOTHER]] == 0:
        return MISSING, np.int64(NO_WORD)
    firsts = best_first(f, f[MOTHER], g, g[MOTHER], t)
    return levelled(firsts if firsts[1] else greater(firsts, best(f, f[MOTHER], g, g[MOTHER], t), t))
