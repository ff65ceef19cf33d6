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


def _weight(char: str) -> float:
    return 0.5 if char in VOWELS else 1.0


def _drop(char: str, place: int, last: int, unwritten: bool) -> float:
    """Cost of a letter that only one side has."""
    if char in VOWELS:
        if unwritten and char not in "EO":
            return 0.25 if place == last else 0.07
        return 0.75 if place == last else 0.4
    if char in "hwyG":
        return 0.35 if char != "G" else 0.6
    return 0.9


def _swap(a: str, b: str, final: bool, unwritten: bool) -> float:
    if a == b:
        return 0.0
    cost = _PAIRS.get((a, b), 1.0)
    if a in VOWELS and b in VOWELS:
        if unwritten:
            return min(cost, 0.2)
        if final:
            return max(cost, 1.0)
    return cost


@lru_cache(maxsize=262144)
def likeness(a: str, b: str, unwritten: bool = False) -> float:
    """Likeness in [0, 1] of two folded tokens; `unwritten` when one side's script leaves short vowels out."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if b < a:
        a, b = b, a
    weight = max(sum(map(_weight, a)), sum(map(_weight, b)))
    last_a, last_b = len(a) - 1, len(b) - 1
    row = [0.0]
    for j, char in enumerate(b):
        row.append(row[-1] + _drop(char, j, last_b, unwritten))
    for i, ca in enumerate(a):
        drop_a = _drop(ca, i, last_a, unwritten)
        previous, row = row, [row[0] + drop_a]
        for j, cb in enumerate(b):
            final = i == last_a and j == last_b
            row.append(
                min(
                    previous[j] + _swap(ca, cb, final, unwritten),
                    previous[j + 1] + drop_a,
                    row[j] + _drop(cb, j, last_b, unwritten),
                    previous[j] + 1.0 if not (i and j and ca == b[j - 1] and a[i - 1] == cb) else previous[j] + 0.1,
                )
            )
    return max(0.0, 1.0 - row[-1] / max(weight, 1.5))
