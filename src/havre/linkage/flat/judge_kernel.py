"""Compiled: how well does one row answer, nearly as the comparators and `posterior` would say?

`_look` goes through a row's entries once and writes what agrees on a slate; `_said` adds up what that is worth. What is not looked at here
(ages of siblings, marks, belongings) is left to the exact weighing of the best.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numba as nb
import numpy as np

from havre.linkage.flat import layout
from havre.linkage.flat.layout import Columns
from havre.linkage.flat.worths import AT, Worths

WEAK, CLOSE, STRONG, EXACT, SWAPPED = 1, 2, 3, 4, 5  # levels of a name, after 0 for different
OWN, FATHERLY, REST, MOTHERLY, SIBLINGS, RELATIVES, WIDTH = 0, 1, 2, 3, 4, 5, 8  # what a sought token is: columns of `like`
FAMILY_RANK = np.log(0.1)  # as in `posterior`

# The slate: for each column of `like` and these, the level that agrees best and its token; then what the row has, in bits.
ELSEWHERE, NAMED_AS, CROSSED_AS = 6, 7, 8
HAS, CROSSED, HELD, MET, MASKS, SLATE = 18, 19, 20, 21, 22, 26

GIVEN, FATHER, LINEAGE, MOTHER = AT["given"], AT["father"], AT["lineage"], AT["mother"]
KIN, NAMED, RELATED, SEX, BIRTH = AT["siblings"], AT["sibling_named"], AT["relatives"], AT["sex"], AT["birth"]
ORIGIN, LOST, DATE = AT["origin"], AT["separation_date"], AT["birth"] + 5
BY_CODE = ((layout.SEX, SEX), (layout.LANGUAGE, AT["language"]), (layout.ETHNICITY, AT["ethnicity"]))
BY_HALVES = ((layout.PHONE_HEAD, AT["phone"]), (layout.PAPER_HEAD, AT["identifier"]))
R_GIVEN, R_FATHER, R_FIRST, R_GRANDFATHER, R_FAMILY, R_FURTHER, R_MOTHER, R_SIBLING, R_RELATIVE = (
    layout.GIVEN, layout.FATHER, layout.FIRST, layout.GRANDFATHER, layout.FAMILY, layout.FURTHER, layout.MOTHER, layout.SIBLING,
    layout.RELATIVE)  # fmt: skip
ROLE_BITS, ROLE_MASK, UNKNOWN_TIME, TIME_UNIT = layout.ROLE_BITS, layout.ROLE_MASK, layout.UNKNOWN_TIME, layout.TIME_UNIT
FATHERS = 1 << R_FATHER | 1 << R_FIRST
GRANDFATHERS, FAMILIES = 1 << R_GRANDFATHER | 1 << R_FURTHER, 1 << R_FAMILY | 1 << R_FURTHER
RESTS = GRANDFATHERS | FAMILIES
ASKED_ROLES = 32  # in `Asked.columns`, after the roles of codes


_Function = TypeVar("_Function", bound=Callable[..., Any])
_njit: Any = nb.njit


def bare(function: _Function) -> _Function:
    """Compile a function that makes no array: who holds which array is not counted, which would take ten times as long as the work."""
    compiled: _Function = _njit(cache=True, nogil=True, _nrt=False)(function)
    return compiled


class Asked(NamedTuple):
    """A question in arrays.

    `like[token * WIDTH + column]`: level at which a token agrees with one sought (three bits), then the number of the one sought if it is
    that one which says how rare the name is, else 0; `rare[number]`: how rare; `places[token]`: bit 4k + i when it is the i-th part of
    the k-th place sought; `sizes[k]`: parts of that place; `columns`: which of the columns of `like`, which roles of codes, and (from
    `ASKED_ROLES` on) which roles of tokens, are asked for; `codes`: entries that are compared for equality; `times`: born (2), aged, day, lost (2), as in `Columns`.
    """

    like: Any
    rare: Any
    places: Any
    sizes: Any
    columns: Any
    codes: Any
    times: Any


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
def _place(masks: Any, count: int, asked: int) -> Any:
    """Level of two places (different, country, region, the same text, place): `masks[j]` are the parts of the place asked for that
    the j-th part of the other one is."""
    if asked > 1 and count > 1:
        for j in range(1, count):
            if masks[j] >> (asked - 1) & 1:
                return 4
        if masks[count - 1] >> 1:
            return 4
    if asked == 1 or count == 1:
        last, longest = -1, max(asked, count)
        for j in range(longest):
            if (masks[j] & 1) if asked == 1 else (masks[0] >> j & 1):
                last = j
        if last < 0:
            return 0
        return 3 if longest == 1 else 4 if last == longest - 1 else 1 if last == 0 else 2
    depth = 0
    while depth < min(asked, count) and masks[depth] >> depth & 1:
        depth += 1
    return min(depth, 2)


@bare
def _note(slate: Any, slot: int, level: Any, cell: Any, token: Any) -> None:
    """Keep the better level, with the token that says how rare the name is: the row's, or below 0 the number of the one sought."""
    if level > slate[2 * slot]:
        slate[2 * slot] = level
        slate[2 * slot + 1] = token if cell < 8 else -np.int64(cell >> 3)


@bare
def _look(row: int, columns: Columns, entries: Any, asked: Asked, slate: Any) -> None:
    """Write on the slate what of a row agrees with the question."""
    slate[:] = 0
    for k in range(columns.start[row], columns.start[row] + columns.size[row]):
        entry = entries[k]
        role, number = np.int64(entry & ROLE_MASK), np.int64(entry >> ROLE_BITS)
        if role > R_RELATIVE:
            slate[HELD] |= 1 << role
            for code in asked.codes:
                if code == entry:
                    slate[MET] |= 1 << role
            continue
        at = number * WIDTH
        own, fatherly, rest = asked.like[at + OWN], asked.like[at + FATHERLY], asked.like[at + REST]
        slate[HAS] |= 1 << role
        if role == R_GIVEN:
            _note(slate, OWN, own & 7, own, number)
            sibling = asked.like[at + SIBLINGS]
            if sibling & 7 >= STRONG:
                _note(slate, NAMED_AS, STRONG, sibling, number)
            crossed = fatherly if fatherly & 7 >= rest & 7 else rest
            if crossed & 7 >= CLOSE:
                _note(slate, CROSSED_AS, crossed & 7, crossed, number)
        elif role == R_MOTHER:
            mother = asked.like[at + MOTHERLY]
            _note(slate, MOTHERLY, mother & 7, mother, number)
        elif role == R_SIBLING:
            sibling = asked.like[at + SIBLINGS]
            if sibling & 7 >= CLOSE:
                _note(slate, SIBLINGS, slate[2 * SIBLINGS] + 1, sibling, number)
            if own & 7 >= STRONG:
                _note(slate, NAMED_AS, STRONG, own, number)
        elif role == R_RELATIVE:
            relative = asked.like[at + RELATIVES]
            if relative & 7 >= CLOSE:
                _note(slate, RELATIVES, 1, relative, number)
        else:
            _note(slate, FATHERLY if role <= R_FIRST else REST, (fatherly if role <= R_FIRST else rest) & 7, fatherly if role <= R_FIRST else rest, number)
            if role == R_FIRST or (role > R_FIRST and asked.columns[ASKED_ROLES + R_FIRST]):  # a name whose role is guessed may stand elsewhere
                there = rest if role == R_FIRST else fatherly
                _note(slate, ELSEWHERE, there & 7, there, number)
            slate[CROSSED] = max(slate[CROSSED], own & 7)


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
    for place in range(4):
        path = columns.paths[row, place]
        if path >= 0 and asked.sizes[place] > 0:
            count = 0
            while count < 4 and parts[path, count] >= 0:
                masks[count] = asked.places[parts[path, count]] >> (4 * place) & 15
                count += 1
            says += worths.levels[ORIGIN + 5 * place + _place(masks, count, asked.sizes[place]), which]
    return says


@bare
def judge(row: Any, columns: Columns, entries: Any, parts: Any, asked: Asked, worths: Worths, skeleton_of: Any, slate: Any) -> Any:
    """How well one row answers: the logarithm of what `posterior.rank` sorts by, nearly. `slate` (`SLATE` numbers) is written on."""
    _look(row, columns, entries, asked, slate)
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
