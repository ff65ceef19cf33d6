"""Compiled: how well does one row answer, nearly as the comparators and `posterior` would say?

`look` writes what agrees on a slate; here is added up what that is worth. What is not looked at (ages of siblings, marks, belongings) is
left to the exact weighing of the best.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from havre.linkage.evidence.compiled.besides import place
from havre.linkage.flat import layout
from havre.linkage.flat.layout import Columns
from havre.linkage.flat.look_kernel import (
    ASKED_ROLES,
    CLOSE,
    CROSSED,
    CROSSED_AS,
    ELSEWHERE,
    FATHERLY,
    HAS,
    HELD,
    MASKS,
    MET,
    MOTHERLY,
    NAMED_AS,
    OWN,
    R_FIRST,
    R_GIVEN,
    R_MOTHER,
    R_RELATIVE,
    R_SIBLING,
    RELATIVES,
    REST,
    SIBLINGS,
    STRONG,
    SWAPPED,
    WEAK,
    Asked,
    bare,
    look,
)  # fmt: skip
from havre.linkage.flat.worths import AT, Worths

FAMILY_RANK = np.log(0.1)  # as in `posterior`

GIVEN, FATHER, LINEAGE, MOTHER = AT["given"], AT["father"], AT["lineage"], AT["mother"]
KIN, NAMED, RELATED, SEX, BIRTH = AT["siblings"], AT["sibling_named"], AT["relatives"], AT["sex"], AT["birth"]
ORIGIN, LOST, DATE = AT["origin"], AT["separation_date"], AT["birth"] + 5
BY_CODE = ((layout.SEX, SEX), (layout.LANGUAGE, AT["language"]), (layout.ETHNICITY, AT["ethnicity"]))
BY_HALVES = ((layout.PHONE_HEAD, AT["phone"]), (layout.PAPER_HEAD, AT["identifier"]))
R_FATHER, R_GRANDFATHER, R_FAMILY, R_FURTHER = layout.FATHER, layout.GRANDFATHER, layout.FAMILY, layout.FURTHER
UNKNOWN_TIME, TIME_UNIT = layout.UNKNOWN_TIME, layout.TIME_UNIT
FATHERS = 1 << R_FATHER | 1 << R_FIRST
GRANDFATHERS, FAMILIES = 1 << R_GRANDFATHER | 1 << R_FURTHER, 1 << R_FAMILY | 1 << R_FURTHER
RESTS = GRANDFATHERS | FAMILIES


@bare
def worth(levels: Any, row: Any, column: int, rare: Any) -> Any:
    """What one level says, of a name this rare; at most nine either way."""
    return min(9.0, max(-9.0, levels[row, column] - rare))


@bare
def birth(columns: Columns, row: int, times: Any, worths: Worths, which: int) -> Any:
    """What the two births say; full dates as dates, otherwise intervals."""
    low, high = columns.born[row, 0], columns.born[row, 1]
    if low == UNKNOWN_TIME or times[0] == UNKNOWN_TIME or columns.aged[row] != times[2]:
        return 0.0
    gap = max(0, low - times[1], times[0] - high) / TIME_UNIT
    mine, other = times[3], np.int64(columns.day[row])
    if mine > 0 and other > 0:
        if mine == other:
            return worths.levels[DATE, which]
        month, day, month_o, day_o = mine // 100 % 100, mine % 100, other // 100 % 100, other % 100
        if mine // 10000 == other // 10000 and month == day_o and day == month_o:
            return worths.levels[DATE + 1, which]
        slips, a, b = 0, mine, other
        while a > 0 or b > 0:
            slips += 1 if a % 10 != b % 10 else 0
            a //= 10
            b //= 10
        if slips == 1 or (mine % 10000 == other % 10000 and abs(mine // 10000 - other // 10000) <= 2):
            return worths.levels[DATE + 2, which]
        return worths.levels[DATE + (3 if gap <= 1.0 else 4 if gap <= 4.0 else 5), which]
    if gap <= 1.5 / TIME_UNIT:
        share = min(1.0, ((high - low + times[1] - times[0]) / TIME_UNIT + 1.0) / 18.0) / worths.scale[2]
        return worth(worths.levels, BIRTH, which, np.log(max(0.02, min(8.0, share))))
    return worths.levels[BIRTH + (1 if gap <= 1.0 else 2 if gap <= 2.0 else 3 if gap <= 4.0 else 4), which]


@bare
def _rarity(slate: Any, slot: int, asked: Asked, worths: Worths, skeleton_of: Any) -> Any:
    token = slate[2 * slot + 1]
    return asked.rare[-token] if token < 0 else worths.rarity[skeleton_of[token]]


@bare
def _name(slate: Any, slot: int, field: int, asked: Asked, worths: Worths, skeleton_of: Any, which: int) -> Any:
    """What the level in a slot says; from `CLOSE` on it counts how rare the name is."""
    level = slate[2 * slot]
    if level < CLOSE:
        return np.float64(worths.levels[field + level, which])
    return worth(worths.levels, field + level, which, _rarity(slate, slot, asked, worths, skeleton_of))


@bare
def _comparable(slate: Any, asked: Asked, father: Any) -> Any:
    """Whether further names that differ stand in roles that are the same, as far as that is known."""
    guessed = asked.columns[ASKED_ROLES + R_FIRST] or (asked.columns[ASKED_ROLES + R_FATHER] and slate[HAS] & (1 << R_FIRST))
    if father < WEAK and slate[HAS] & FATHERS and guessed:
        return False
    further = asked.columns[ASKED_ROLES + R_FURTHER]
    if slate[HAS] & GRANDFATHERS and (asked.columns[ASKED_ROLES + R_GRANDFATHER] or further):
        return True
    return slate[HAS] & FAMILIES != 0 and (asked.columns[ASKED_ROLES + R_FAMILY] or further)


@bare
def _names(slate: Any, asked: Asked, worths: Worths, skeleton_of: Any, which: int) -> Any:
    """What the person's own, the father's and further names say."""
    own, father, rest, elsewhere = slate[2 * OWN], slate[2 * FATHERLY], slate[2 * REST], slate[2 * ELSEWHERE]
    if own < STRONG and min(slate[CROSSED], slate[2 * CROSSED_AS]) >= CLOSE and max(slate[CROSSED], slate[2 * CROSSED_AS]) >= STRONG:
        return worth(worths.levels, GIVEN + SWAPPED, which, _rarity(slate, CROSSED_AS, asked, worths, skeleton_of))
    says = 0.0
    if asked.columns[OWN] and slate[HAS] & (1 << R_GIVEN):
        says += _name(slate, OWN, GIVEN, asked, worths, skeleton_of, which)
    if asked.columns[FATHERLY] and slate[HAS] & FATHERS and (father >= WEAK or elsewhere < CLOSE):
        says += _name(slate, FATHERLY, FATHER, asked, worths, skeleton_of, which)
    if father < WEAK and elsewhere >= CLOSE and elsewhere > rest:
        says += _name(slate, ELSEWHERE, LINEAGE, asked, worths, skeleton_of, which)
    elif asked.columns[REST] and slate[HAS] & RESTS and (rest >= CLOSE or _comparable(slate, asked, father)):
        says += _name(slate, REST, LINEAGE, asked, worths, skeleton_of, which)
    return says


@bare
def _kin(slate: Any, asked: Asked, worths: Worths, skeleton_of: Any, which: int) -> Any:
    """What mother, siblings and other relatives say."""
    says = 0.0
    if asked.columns[MOTHERLY] and slate[HAS] & (1 << R_MOTHER):
        says += _name(slate, MOTHERLY, MOTHER, asked, worths, skeleton_of, which)
    for slot, role, field, most in ((RELATIVES, R_RELATIVE, RELATED, 1), (SIBLINGS, R_SIBLING, KIN, 2)):
        if asked.columns[slot] and slate[HAS] & (1 << role):
            count = min(most, slate[2 * slot])
            rare = _rarity(slate, slot, asked, worths, skeleton_of) if count else np.float32(0.0)
            says += worth(worths.levels, field + count, which, rare)
    if which == 1 and slate[2 * NAMED_AS] and slate[2 * OWN] < CLOSE:
        says += worth(worths.levels, NAMED, which, _rarity(slate, NAMED_AS, asked, worths, skeleton_of))
    return says


@bare
def _besides(row: int, columns: Columns, parts: Any, slate: Any, asked: Asked, worths: Worths, which: int) -> Any:
    """What everything but names says."""
    says = birth(columns, row, asked.times, worths, which)
    for role, field in BY_CODE:
        if slate[HELD] >> role & 1 and asked.columns[role]:
            says += worths.levels[field + (slate[MET] >> role & 1), which]
    for role, field in BY_HALVES:
        if slate[HELD] >> role & 1 and asked.columns[role]:
            says += worths.levels[field + (slate[MET] >> role & 1) + (slate[MET] >> (role + 1) & 1), which]
    if asked.times[4] != UNKNOWN_TIME and columns.lost[row, 0] != UNKNOWN_TIME:
        apart = max(0, columns.lost[row, 0] - asked.times[5], asked.times[4] - columns.lost[row, 1]) / TIME_UNIT
        says += worths.levels[LOST + (0 if apart > 1.0 else 1 if apart > 0.09 else 2), which]
    masks = slate[MASKS:]
    for k in range(4):
        path = columns.paths[row, k]
        if path >= 0 and asked.sizes[k] > 0:
            count = 0
            while count < 4 and parts[path, count] >= 0:
                masks[count] = asked.places[parts[path, count]] >> (4 * k) & 15
                count += 1
            says += worths.levels[ORIGIN + 5 * k + place(masks, count, asked.sizes[k]), which]
    return says


@bare
def judge(row: Any, columns: Columns, entries: Any, parts: Any, asked: Asked, worths: Worths, skeleton_of: Any, slate: Any) -> Any:
    """How well one row answers: the logarithm of what `posterior.rank` sorts by, nearly. `slate` (`SLATE` numbers) is written on."""
    look(row, columns, entries, asked, slate)
    match = family = 0.0
    for which in range(2):
        says = (_names(slate, asked, worths, skeleton_of, which) + _kin(slate, asked, worths, skeleton_of, which)
                + _besides(row, columns, parts, slate, asked, worths, which))
        odds = worths.scale[0] * (says + worths.prior[which]) + worths.scale[1]
        if which == 0:
            match = odds
        else:
            family = odds
    top, whole = max(match, family + FAMILY_RANK), max(match, family, 0.0)
    return (top + np.log(np.exp(match - top) + np.exp(family + FAMILY_RANK - top))
            - whole - np.log(np.exp(match - whole) + np.exp(family - whole) + np.exp(-whole)))
