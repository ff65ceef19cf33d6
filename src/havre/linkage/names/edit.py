"""How far apart do two folded tokens sound?

A weighted edit distance over the letters of `sounds.fold`: vowels are cheap, letters that stand for the same
sound in another writing habit are cheap, a change of the last vowel is dear because it marks gender or another
name in many languages (Abebe and Abeba, Amin and Amina).
"""

from __future__ import annotations

from functools import lru_cache

VOWELS = frozenset("aeiouEO")
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
        return 0.75 if last else 0.4
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
_LEAST_DROP = {u: min(_DROPS[u, False] + _DROPS[u, True]) for u in (False, True)}
TRANSPOSED = 0.1  # what the second of two exchanged neighbours adds


def _drops(codes: list[int], unwritten: bool) -> list[float]:
    inner, final = _DROPS[unwritten, False], _DROPS[unwritten, True]
    return [inner[c] for c in codes[:-1]] + [final[codes[-1]]]


@lru_cache(maxsize=262144)
def likeness(a: str, b: str, unwritten: bool = False) -> float:
    """Likeness in [0, 1] of two folded tokens; `unwritten` when one side's script leaves short vowels out."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if b < a:
        a, b = b, a
    x, y = [_INDEX.get(c, _OTHER) for c in a], [_INDEX.get(c, _OTHER) for c in b]
    swaps, drops_x, drops_y = _SWAPS[unwritten], _drops(x, unwritten), _drops(y, unwritten)
    row = [0.0]
    for cost in drops_y:
        row.append(row[-1] + cost)
    last_x, last_y = len(x) - 1, len(y) - 1
    before = -1
    for i, cx in enumerate(x):
        drop_x, swap = drops_x[i], swaps[cx]
        diagonal = row[0]
        left = diagonal + drop_x
        fresh = [left]
        previous_y = -1
        for j, cy in enumerate(y):
            cost = swap[cy]
            if cost and previous_y == cx and before == cy:
                cost = min(cost, TRANSPOSED)
            if cost and i == last_x and j == last_y and not unwritten and _VOWEL[cx] and _VOWEL[cy]:
                cost = 1.0
            best = diagonal + cost
            diagonal = row[j + 1]
            other = diagonal + drop_x
            best = min(best, other)
            other = left + drops_y[j]
            left = min(best, other)
            fresh.append(left)
            previous_y = cy
        row = fresh
        before = cx
    weight = max(sum(_WEIGHT[c] for c in x), sum(_WEIGHT[c] for c in y), 1.5)
    return max(0.0, 1.0 - row[-1] / weight)


def reaches(a: str, b: str, unwritten: bool, least: float) -> bool:
    """Whether `likeness` may be at least `least`: never False where it is. Stops as soon as too much has been spent."""
    if a == b:
        return True
    if not a or not b:
        return least <= 0.0
    if b < a:
        a, b = b, a
    x, y = [_INDEX.get(c, _OTHER) for c in a], [_INDEX.get(c, _OTHER) for c in b]
    limit = (1.0 - least) * max(sum([_WEIGHT[c] for c in x]), sum([_WEIGHT[c] for c in y]), 1.5) + 1e-6
    if abs(len(x) - len(y)) * _LEAST_DROP[unwritten] > limit:
        return False
    swaps, drops_x, drops_y = _SWAPS[unwritten], _drops(x, unwritten), _drops(y, unwritten)
    row = [0.0]
    for cost in drops_y:
        row.append(row[-1] + cost)
    before = -1
    for i, cx in enumerate(x):
        drop, swap = drops_x[i], swaps[cx]
        left = row[0] + drop
        fresh = [left]
        previous = -1
        for j, cy in enumerate(y):
            cost = TRANSPOSED if previous == cx and before == cy else swap[cy]
            left = min(row[j] + min(cost, swap[cy]), row[j + 1] + drop, left + drops_y[j])
            fresh.append(left)
            previous = cy
        if min(fresh) > limit:
            return False
        row, before = fresh, cx
    return row[-1] <= limit
