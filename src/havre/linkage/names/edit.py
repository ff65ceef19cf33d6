"""How far apart do two folded tokens sound?

A weighted edit distance over the letters of `sounds.fold`: vowels are cheap, letters that stand for the same
sound in another writing habit are cheap, a change of the last vowel is dear because it marks gender or another
name in many languages (Abebe and Abeba, Amin and Amina).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from havre.linkage.names import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

VOWELS = frozenset("aeiouEO")
LAST_VOWEL = {"i": 0.5, "u": 0.5, "a": 1.1}  # Hausa and Swahili close a borrowed name with i or u (Saidi, Usmanu); -a makes it a woman's
_PAIRS: dict[tuple[str, str], float] = {}


def _pairs() -> dict[tuple[str, str], float]:
    table = (
        "ae.35 ei.25 ou.2 ao.4 eo.5 ai.5 au.5 iu.5 eu.5 io.5 Ee.25 Ei.3 Ea.3 Eo.5 Eu.5 Oo.25 Ou.25 Oa.3 Oe.5 Oi.5 EO.5 "
        "yi.2 yE.3 ye.4 wu.2 wo.3 wO.2 kX.4 kG.5 kg.45 Gg.25 hX.25 CS.35 Ck.6 CX.4 sz.3 sS.5 zj.5 Zs.4 Zz.4 ZC.5 dt.4 dz.45 ts.6 "
        "Sz.6 bp.35 bv.4 vw.15 vf.35 fp.5 jg.35 jy.35 jC.6 js.7 jS.6 mn.6 lr.7 CZ.5 tC.7 gh.5 Gh.6 kh.7 vu.4"
    )
    out: dict[tuple[str, str], float] = {}
    for entry in table.split():
        a, b, cost = entry[0], entry[1], float(entry[2:])
        out[a, b] = out[b, a] = cost
    return out


_PAIRS.update(_pairs())


LETTERS = "abcdefghijklmnopqrstuvwxyzCSXGZEO"
_INDEX = {char: i for i, char in enumerate(LETTERS)}
_OTHER = len(LETTERS)
_VOWEL = [char in VOWELS for char in LETTERS] + [False]
_WEIGHT = [0.5 if vowel else 1.0 for vowel in _VOWEL]


def _drop(char: str, last: bool, unwritten: bool) -> float:
    """Cost of a letter that only one side has."""
    if char in VOWELS:
        if unwritten and char not in "EO":
            return 0.25 if last else 0.07
        return LAST_VOWEL.get(char, 0.75) if last else 0.4
    return {"h": 0.35, "w": 0.35, "y": 0.35, "G": 0.6}.get(char, 0.9)


def _swap(a: str, b: str, unwritten: bool) -> float:
    """Cost of one letter for another."""
    if a == b:
        return 0.0
    cost = _PAIRS.get((a, b), 1.0)
    return min(cost, 0.2) if unwritten and a in VOWELS and b in VOWELS else cost


_EVERY = (*LETTERS, "?")
_SWAPS = {u: [[_swap(a, b, u) if a + b != "??" else 1.0 for b in _EVERY] for a in _EVERY] for u in (False, True)}
_DROPS = {(u, last): [_drop(a, last, u) for a in _EVERY] for u in (False, True) for last in (False, True)}


def code(letter: str) -> int:
    """The number of a folded letter; one number for all that is no letter."""
    return _INDEX.get(letter, _OTHER)


@cache
def costs() -> NDArray[np.float64]:
    """The costs as one array for `kernel`, of shape (2, letters + 4, letters): see `kernel.edit_likeness`."""
    return np.array([[*_SWAPS[u], _DROPS[u, False], _DROPS[u, True], _WEIGHT, _VOWEL] for u in (False, True)], float)


@lru_cache(maxsize=65536)
def likeness(a: str, b: str, unwritten: bool = False) -> float:
    """Likeness in [0, 1] of two folded tokens; `unwritten` when one side's script leaves short vowels out; symmetric."""
    x, y = (np.array([code(c) for c in text], np.int32) for text in (a, b))
    return float(kernel.edit_likeness(x, y, int(unwritten), costs()))
