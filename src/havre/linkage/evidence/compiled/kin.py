"""Compiled: do brothers, sisters, other relatives and companions agree? The rules of `evidence.kin` and `evidence.separation`, on numbers."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from havre.linkage.dates import DAYS
from havre.linkage.evidence.compiled.form import (
    AGE_UNIT,
    CHAIN,
    COMPANIONS,
    FAMILY,
    GIVEN,
    MOST_KIN,
    MOTHER,
    MOTHER_ROLE,
    RECORDED,
    RELATIVES,
    SIBLINGS,
)
from havre.linkage.evidence.compiled.likeness import NO_WORD, best, end_of, exceeds, greater
from havre.linkage.evidence.compiled.names import MISSING, sure
from havre.linkage.evidence.kin import AGE_GAP
from havre.linkage.names.similarity import CLOSE, STRONG

NONE, ONE, SEVERAL, ONE_WITH_AGE, ONE_OTHER_AGE = 0, 1, 2, 3, 4  # levels of siblings; of companions the first three
DIFFERENT, SAME, SEVERAL_SAME, OTHER_ROLE = 0, 1, 2, 3  # levels of other relatives


@nb.njit(cache=True, nogil=True)
def _commoner(a: Any, b: Any, t: Any) -> Any:
    """Which of two words more people bear, the later one of equals."""
    if a < 0:
        return b
    x, y = t.usual[a], t.usual[b]
    return b if y > x or (y == x and t.rank[b] > t.rank[a]) else a


@nb.njit(cache=True, nogil=True)
def _aged(f: Any, x: int, g: Any, y: int) -> Any:
    """1 where the ages of two relatives fit, -1 where they do not, 0 where one is not known."""
    if f[x] == 0 or g[y] == 0:
        return 0
    drift = 0.0
    if f[RECORDED] < f[RECORDED + 1] and g[RECORDED] < g[RECORDED + 1]:
        drift = g[g[RECORDED]] / DAYS - f[f[RECORDED]] / DAYS
    return 1 if abs((f[x] - 1) / AGE_UNIT + drift - (g[y] - 1) / AGE_UNIT) <= AGE_GAP else -1


@nb.njit(cache=True, nogil=True)
def siblings(f: Any, g: Any, t: Any) -> Any:
    """Level of the brothers and sisters both name, and the word agreed on: one to one by name, the likest first."""
    if f[SIBLINGS] == f[SIBLINGS + 1] or g[SIBLINGS] == g[SIBLINGS + 1]:
        return MISSING, np.int64(NO_WORD)
    taken, others = np.zeros(MOST_KIN, np.bool_), np.zeros(MOST_KIN, np.bool_)
    count, aged, agreed = 0, 0, np.int64(NO_WORD)
    while True:
        top, own, other, at, place = (0.0, False, np.int64(NO_WORD)), -1, -1, 0, 0
        x, i = f[SIBLINGS], 0
        while x < f[SIBLINGS + 1]:
            y, j = g[SIBLINGS], 0
            while not taken[i] and y < g[SIBLINGS + 1]:
                if not others[j]:
                    found = best(f, x + 1, g, y + 1, t)
                    if found[0] >= CLOSE and (own < 0 or exceeds(found, top, t)):
                        top, own, other, at, place = found, i, j, x, y
                y, j = end_of(g, y + 1), j + 1
            x, i = end_of(f, x + 1), i + 1
        if own < 0:
            break
        taken[own], others[other] = True, True
        count += 1
        aged += _aged(f, at, g, place)
        agreed = _commoner(agreed, top[2], t)
    if count > 1:
        return SEVERAL, agreed
    return NONE if count == 0 else ONE_WITH_AGE if aged > 0 else ONE_OTHER_AGE if aged < 0 else ONE, agreed


@nb.njit(cache=True, nogil=True)
def _named(f: Any, g: Any, top: Any, t: Any) -> Any:
    """The likest of the other's brothers and sisters to one's own name, where it is likelier than `top`."""
    y = g[SIBLINGS]
    while f[f[GIVEN]] > 0 and y < g[SIBLINGS + 1]:
        top = greater(top, best(f, f[GIVEN], g, y + 1, t), t)
        y = end_of(g, y + 1)
    return top


@nb.njit(cache=True, nogil=True)
def sibling_named(f: Any, g: Any, own: Any, t: Any) -> Any:
    """0 and the name where one is named as the other's brother or sister; `own`: likeness of the own names."""
    if own[0] < CLOSE:
        top = _named(g, f, _named(f, g, (0.0, False, np.int64(NO_WORD)), t), t)
        if top[0] >= STRONG:
            return 0, top[2]
    return MISSING, np.int64(NO_WORD)


@nb.njit(cache=True, nogil=True)
def _exchanged(f: Any, g: Any, top: Any, t: Any) -> Any:
    """The likest of one's relatives who is surely named on the other side in another role, where likelier than `top`."""
    x = f[RELATIVES]
    while x < f[RELATIVES + 1]:
        y = g[RELATIVES]
        while y < g[RELATIVES + 1]:
            if f[x] != g[y]:
                top = _if_strong(top, best(f, x + 1, g, y + 1, t), t)
            y = end_of(g, y + 1)
        y = g[CHAIN]
        while y < g[CHAIN + 1]:
            if sure(g[y]) and g[y] != FAMILY and f[x] != g[y]:
                top = _if_strong(top, best(f, x + 1, g, y + 1, t), t)
            y = end_of(g, y + 1)
        if g[g[MOTHER]] > 0 and f[x] != MOTHER_ROLE:
            top = _if_strong(top, best(f, x + 1, g, g[MOTHER], t), t)
        x = end_of(f, x + 1)
    return top


@nb.njit(cache=True, nogil=True)
def _if_strong(top: Any, found: Any, t: Any) -> Any:
    return greater(top, found, t) if found[0] >= STRONG else top


@nb.njit(cache=True, nogil=True)
def relatives(f: Any, g: Any, t: Any) -> Any:
    """Level of other relatives and the word agreed on: in the same role, or one person in two roles."""
    if f[RELATIVES] == f[RELATIVES + 1] and g[RELATIVES] == g[RELATIVES + 1]:
        return MISSING, np.int64(NO_WORD)
    nobody = (0.0, False, np.int64(NO_WORD))
    top, shared, alike, role, several = nobody, False, False, np.int64(0), False
    x = f[RELATIVES]
    while x < f[RELATIVES + 1]:
        y = g[RELATIVES]
        while y < g[RELATIVES + 1]:
            if f[x] == g[y]:
                shared = True
                found = best(f, x + 1, g, y + 1, t)
                if found[0] >= CLOSE:
                    several = several or (alike and role != f[x])
                    top, alike, role = greater(top, found, t), True, f[x]
            y = end_of(g, y + 1)
        x = end_of(f, x + 1)
    if alike:
        return SEVERAL_SAME if several else SAME, top[2]
    top = _exchanged(g, f, _exchanged(f, g, nobody, t), t)
    if top[0] >= STRONG:
        return OTHER_ROLE, top[2]
    return DIFFERENT if shared else MISSING, np.int64(NO_WORD)


@nb.njit(cache=True, nogil=True)
def _likest(f: Any, x: int, g: Any, t: Any) -> Any:
    """The likest of all that are named beside the other to one companion."""
    top = (0.0, False, np.int64(NO_WORD))
    for section in (COMPANIONS, SIBLINGS, RELATIVES):
        y = g[section]
        while y < g[section + 1]:
            top = greater(top, best(f, x + 1, g, y + 1, t), t)
            y = end_of(g, y + 1)
    return top


@nb.njit(cache=True, nogil=True)
def _agreed(f: Any, g: Any, t: Any) -> Any:
    """How many of one's companions the other names, by distinct words up to two, and the commonest of those."""
    several: Any = False
    common, only = np.int64(NO_WORD), np.int64(NO_WORD)
    x = f[COMPANIONS]
    while x < f[COMPANIONS + 1]:
        found = _likest(f, x, g, t)
        if found[0] >= CLOSE:
            several = several or (only >= 0 and t.rank[only] != t.rank[found[2]])
            only, common = found[2], _commoner(common, found[2], t)
        x = end_of(f, x + 1)
    return SEVERAL if several else ONE if only >= 0 else NONE, common


@nb.njit(cache=True, nogil=True)
def companions(f: Any, g: Any, t: Any) -> Any:
    """Level of companions whom the other side names too, and the word agreed on."""
    count, common = _agreed(f, g, t)
    if count == NONE:
        count, common = _agreed(g, f, t)
    if count == NONE and (f[COMPANIONS] == f[COMPANIONS + 1] or g[COMPANIONS] == g[COMPANIONS + 1]):
        return MISSING, np.int64(NO_WORD)
    return count, common
