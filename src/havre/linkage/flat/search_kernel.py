"""Compiled: which rows may answer a question, best first?

`mark` writes down which tokens of the vocabulary are like one that is sought, and which lists to read. `gather` reads them, short
ones first, and adds up what each row's agreements say; once enough rows are known, a list only adds to those, so that names borne by
very many cost no more than reading their lists. `best` looks whole (`judge_kernel`) at the rows with the highest sums.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from havre.linkage.flat import layout
from havre.linkage.flat.judge_kernel import (
    BIRTH,
    DATE,
    FAMILY_RANK,
    FATHER,
    GIVEN,
    KIN,
    LINEAGE,
    MOTHER,
    NAMED,
    RELATED,
    birth,
    judge,
    worth,
)
from havre.linkage.flat.layout import Columns
from havre.linkage.flat.look_kernel import (
    CLOSE,
    EXACT,
    FATHERLY,
    MOTHERLY,
    OWN,
    RELATIVES,
    REST,
    SIBLINGS,
    SLATE,
    STRONG,
    SWAPPED,
    WEAK,
    WIDTH,
    Asked,
)  # fmt: skip
from havre.linkage.flat.worths import Worths
from havre.linkage.names import kernel
from havre.linkage.names.similarity import CLOSE as CLOSE_FROM
from havre.linkage.names.similarity import STRONG as STRONG_FROM
from havre.linkage.names.similarity import WEAK as WEAK_FROM

UNIT = 16.0  # gains are whole numbers of 1/16 (natural logarithm)
CEILINGS = (64, 1024, 16384, 1 << 60)  # lists are read in this order of length
MOST_JUDGED = 384
HIGHEST = 1535  # sums are told apart up to this
BIRTH_LIMIT = 9.0  # births say at most so much either way
NARROWEST = 4.0  # how much more the narrowest interval of births says than a usual one, at most
KINDS, ROLE_BITS, ROLE_MASK = layout.KINDS, layout.ROLE_BITS, layout.ROLE_MASK
BY_GIVEN, BY_CHAIN, BY_MOTHER, BY_SIBLING, BY_RELATIVE = (
    layout.BY_GIVEN, layout.BY_CHAIN, layout.BY_MOTHER, layout.BY_SIBLING, layout.BY_RELATIVE)  # fmt: skip


@nb.njit(cache=True, nogil=True)
def mark(tokens: Any, likes: Any, after: Any, exact: int, number: int, rarity: float, column: int, like: Any, levels: Any,
         rarities: Any, skeleton_of: Any, lists: Any, gains: Any, used: int) -> Any:
    """Note in `like` which tokens are like the `number`-th one sought, in this column, and append the lists to read with what they say;
    returns how many lists there are now. `after`, `rarity`: where a token comes after the one sought, that one's rarity counts."""
    for k in range(len(tokens)):
        token = tokens[k]
        level = EXACT if token == exact else STRONG if likes[k] >= STRONG_FROM else CLOSE if likes[k] >= CLOSE_FROM else WEAK
        cell = np.int64(token) * WIDTH + column
        if level > like[cell] & 7:
            like[cell] = level | (number << 3 if after[k] and level < EXACT else 0)
        if level < CLOSE or used + 3 > len(lists):
            continue
        rare = np.float32(rarity) if after[k] else rarities[skeleton_of[token]]
        field = GIVEN if column == OWN else FATHER if column == FATHERLY else LINEAGE if column == REST else MOTHER
        if column == SIBLINGS:
            kind, says = BY_SIBLING, worth(levels, KIN + 1, 0, rare) - levels[KIN, 0]
        elif column == RELATIVES:
            kind, says = BY_RELATIVE, worth(levels, RELATED + 1, 0, rare) - levels[RELATED, 0]
        else:
            kind = BY_GIVEN if column == OWN else BY_MOTHER if column == MOTHERLY else BY_CHAIN
            says = worth(levels, field + level, 0, rare) - levels[field, 0]
        lists[used] = np.int64(token) * KINDS + kind
        gains[used] = max(1.0, UNIT * says)
        used += 1
        if level < STRONG:
            continue
        if column <= REST:  # given and further names in exchanged places
            lists[used] = np.int64(token) * KINDS + (BY_CHAIN if column == OWN else BY_GIVEN)
            gains[used] = max(1.0, UNIT * 0.5 * (worth(levels, GIVEN + SWAPPED, 0, rare) - levels[GIVEN, 0]))
            used += 1
        if column in (OWN, SIBLINGS):  # one is the other's brother or sister
            lists[used] = np.int64(token) * KINDS + (BY_SIBLING if column == OWN else BY_GIVEN)
            gains[used] = max(1.0, UNIT * 0.5 * worth(levels, NAMED, 1, rare))
            used += 1
    return used


@nb.njit(cache=True, nogil=True)
def unmark(tokens: Any, like: Any) -> None:
    """Take back what `mark` noted of these tokens."""
    for token in tokens:
        for column in range(WIDTH):
            like[np.int64(token) * WIDTH + column] = 0


@nb.njit(cache=True, nogil=True)
def gather(lists: Any, gains: Any, known: Any, most: int, sums: Any, touched: Any, used: int) -> Any:
    """Add to `sums[row]` what each list says of its rows; rows met for the first time are appended to `touched` while fewer than
    `most` are known. `known` are the arrays of `Lists`. Returns how many rows are known."""
    at, rows, head, following, later = known
    before = -1
    for ceiling in CEILINGS:
        for k in range(len(lists)):
            number = lists[k]
            start, end = np.int64(0), np.int64(0)
            if number + 1 < len(at):
                start, end = at[number], at[number + 1]
            if end - start <= before or end - start > ceiling:
                continue
            gain = np.uint16(gains[k])
            for i in range(start, end):
                row = rows[i]
                if sums[row] > 0:
                    sums[row] += gain
                elif used < most:
                    sums[row] = gain
                    touched[used] = row
                    used += 1
            chain = head[number] if number < len(head) else -1
            while chain >= 0:
                row = later[chain]
                if sums[row] > 0:
                    sums[row] += gain
                elif used < most:
                    sums[row] = gain
                    touched[used] = row
                    used += 1
                chain = following[chain]
        before = ceiling
    return used


@nb.njit(cache=True, nogil=True)
def _birth_swing(asked: Any, worths: Any) -> Any:
    """How many units apart two births can be worth to this question, at most."""
    low = high = 0.0
    if asked.times[0] != layout.UNKNOWN_TIME:
        for level in range(DATE + 6 - BIRTH if asked.times[3] > 0 else DATE - BIRTH):
            says = max(worths.levels[BIRTH + level, 0], worths.levels[BIRTH + level, 1] + FAMILY_RANK)
            low, high = min(low, says), max(high, says + (NARROWEST if level == 0 else 0.0))
    return int(UNIT * (high - low)) + 1


@nb.njit(cache=True, nogil=True)
def _least(tally: Any, swing: int) -> Any:
    """The sum below which a row cannot be among the `MOST_JUDGED` best, whatever its birth says."""
    limit, count = HIGHEST, tally[HIGHEST]
    while limit > 1 and count < MOST_JUDGED:
        limit -= 1
        count += tally[limit]
    return max(1, limit - swing)


@nb.njit(cache=True, nogil=True)
def best(touched: Any, used: int, sums: Any, swing: int, most: int, register: Any, entries: Any, parts: Any, question: Any, model: Any,
         skeleton_of: Any) -> Any:
    """The `most` best of the rows touched, best first, and how good; `sums` is all zero afterwards.

    What is not told by lists can move a row by `swing` units: only as far below the `most` highest sums rows are looked at. `register`, `question`, `model`: the arrays of `Columns`, `Asked` and
    `Worths`, as plain tuples, which alone are taken over quickly.
    """
    columns, asked, worths = Columns(*register), Asked(*question), Worths(*model)
    levels, tally = np.empty(used, np.int32), np.zeros(HIGHEST + 1, np.int64)
    for k in range(used):
        row = touched[k]
        levels[k] = min(HIGHEST, sums[row])
        tally[levels[k]] += 1
        sums[row] = 0
    least = _least(tally, _birth_swing(asked, worths))
    tally[:] = 0
    for k in range(used):  # what the births say is told from two columns, without looking at the row's entries
        row = touched[k]
        told = 0.0
        if levels[k] >= least and columns.alive[row]:
            age = max(birth(columns, row, asked.times, worths, 0), birth(columns, row, asked.times, worths, 1) + FAMILY_RANK)
            told = levels[k] + UNIT * (BIRTH_LIMIT + age)
        levels[k] = max(0, min(HIGHEST, int(told)))
        tally[levels[k]] += 1
    limit, count = HIGHEST, tally[HIGHEST]
    while limit > 1 and count < most:
        limit -= 1
        count += tally[limit]
    lowest = max(1, limit - swing)
    while limit > lowest and count + tally[limit - 1] <= MOST_JUDGED:
        limit -= 1
        count += tally[limit]
    spare = MOST_JUDGED - count  # of the next level only so many are looked at
    rows, values, slate = np.empty(most, np.int64), np.empty(most), np.zeros(SLATE, np.int64)
    found = 0
    for k in range(used):
        level = levels[k]
        if level < limit:
            if level < max(limit - 1, lowest) or spare <= 0:
                continue
            spare -= 1
        row = touched[k]
        if columns.alive[row] == 0:
            continue
        value = judge(row, columns, entries, parts, asked, worths, skeleton_of, slate)
        if found == most and value <= values[most - 1]:
            continue
        i = min(found, most - 1)
        while i > 0 and values[i - 1] < value:
            rows[i], values[i] = rows[i - 1], values[i - 1]
            i -= 1
        rows[i], values[i] = row, value
        found = min(found + 1, most)
    return rows[:found], values[:found]


@nb.njit(cache=True, nogil=True)
def look_closer(rows: Any, register: Any, entries: Any, like: Any, numbers: Any, sought: Any, marked: Any, data: Any, at: Any, costs: Any,
                table: Any, columns: Any, fits: Any) -> Any:
    """Compare the names of a few rows that share no key with those sought in the same column, and note in `like` those that resemble them.

    `numbers`, `sought`: token and column of each name sought. Tokens noted are written to `marked`; returns how many.
    """
    start, size = register[0], register[1]
    used = 0
    for row in rows:
        for k in range(start[row], start[row] + size[row]):
            role = np.int64(entries[k] & ROLE_MASK)
            token: Any = np.int64(entries[k] >> ROLE_BITS)
            if role > layout.MOTHER:
                continue
            column = OWN if role == layout.GIVEN else MOTHERLY if role == layout.MOTHER else FATHERLY if role <= layout.FIRST else REST
            cell = token * WIDTH + column
            if like[cell] & 7 > 0 or used == len(marked):
                continue
            for i in range(len(numbers)):
                if sought[i] != column:
                    continue
                alike = kernel.similar(numbers[i], token, data, at, costs, table, columns, fits)
                if alike >= WEAK_FROM:
                    level = STRONG if alike >= STRONG_FROM else CLOSE if alike >= CLOSE_FROM else WEAK
                    like[cell] = max(like[cell], level)
                    marked[used] = token
                    used += 1
                    break
    return used


@nb.njit(cache=True, nogil=True)
def ordered(rows: Any, register: Any, entries: Any, parts: Any, question: Any, model: Any, skeleton_of: Any) -> Any:
    """A few rows judged again, best first, and how good; arguments as for `best`."""
    columns, asked, worths = Columns(*register), Asked(*question), Worths(*model)
    values, slate = np.empty(len(rows)), np.zeros(SLATE, np.int64)
    for k in range(len(rows)):
        values[k] = judge(rows[k], columns, entries, parts, asked, worths, skeleton_of, slate)
    order = np.argsort(-values, kind="mergesort")
    return rows[order], values[order]
