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
    CLOSE,
    EXACT,
    FATHER,
    FATHERLY,
    GIVEN,
    KIN,
    LINEAGE,
    MOTHER,
    MOTHERLY,
    NAMED,
    OWN,
    RELATED,
    RELATIVES,
    REST,
    SIBLINGS,
    SLATE,
    STRONG,
    SWAPPED,
    WEAK,
    WIDTH,
    Asked,
    judge,
    worth,
)  # fmt: skip
from havre.linkage.flat.layout import Columns
from havre.linkage.flat.postings import Lists
from havre.linkage.flat.worths import Worths
from havre.linkage.names.similarity import CLOSE as CLOSE_FROM
from havre.linkage.names.similarity import STRONG as STRONG_FROM

UNIT = 16.0  # gains are whole numbers of 1/16 (natural logarithm)
CEILINGS = (64, 1024, 16384, 1 << 60)  # lists are read in this order of length
MOST_JUDGED = 1536
KINDS = layout.KINDS
BY_GIVEN, BY_CHAIN, BY_MOTHER, BY_SIBLING, BY_RELATIVE = (
    layout.BY_GIVEN, layout.BY_CHAIN, layout.BY_MOTHER, layout.BY_SIBLING, layout.BY_RELATIVE)  # fmt: skip


@nb.njit(cache=True, nogil=True)
def mark(tokens: Any, likes: Any, exact: int, column: int, like: Any, worths: Worths, skeleton_of: Any, lists: Any, gains: Any,
         used: int) -> Any:
    """Note in `like` which tokens are like one sought in this column, and append the lists to read with what they say; returns how many
    lists there are now."""
    for k in range(len(tokens)):
        token = tokens[k]
        level = EXACT if token == exact else STRONG if likes[k] >= STRONG_FROM else CLOSE if likes[k] >= CLOSE_FROM else WEAK
        cell = np.int64(token) * WIDTH + column
        like[cell] = max(like[cell], level)
        if level < CLOSE or used + 3 > len(lists):
            continue
        rare = worths.rarity[skeleton_of[token]]
        field = GIVEN if column == OWN else FATHER if column == FATHERLY else LINEAGE if column == REST else MOTHER
        if column == SIBLINGS:
            kind, says = BY_SIBLING, worth(worths.levels, KIN + 1, 0, rare) - worths.levels[KIN, 0]
        elif column == RELATIVES:
            kind, says = BY_RELATIVE, worth(worths.levels, RELATED + 1, 0, rare) - worths.levels[RELATED, 0]
        else:
            kind = BY_GIVEN if column == OWN else BY_MOTHER if column == MOTHERLY else BY_CHAIN
            says = worth(worths.levels, field + level, 0, rare) - worths.levels[field, 0]
        lists[used] = np.int64(token) * KINDS + kind
        gains[used] = max(1.0, UNIT * says)
        used += 1
        if level < STRONG:
            continue
        if column <= REST:  # given and further names in exchanged places
            lists[used] = np.int64(token) * KINDS + (BY_CHAIN if column == OWN else BY_GIVEN)
            gains[used] = max(1.0, UNIT * 0.5 * (worth(worths.levels, GIVEN + SWAPPED, 0, rare) - worths.levels[GIVEN, 0]))
            used += 1
        if column in (OWN, SIBLINGS):  # one is the other's brother or sister
            lists[used] = np.int64(token) * KINDS + (BY_SIBLING if column == OWN else BY_GIVEN)
            gains[used] = max(1.0, UNIT * 0.5 * worth(worths.levels, NAMED, 1, rare))
            used += 1
    return used


@nb.njit(cache=True, nogil=True)
def unmark(tokens: Any, like: Any) -> None:
    """Take back what `mark` noted of these tokens."""
    for token in tokens:
        for column in range(WIDTH):
            like[np.int64(token) * WIDTH + column] = 0


@nb.njit(cache=True, nogil=True)
def gather(lists: Any, gains: Any, postings: Lists, most: int, sums: Any, touched: Any, used: int) -> Any:
    """Add to `sums[row]` what each list says of its rows; rows met for the first time are appended to `touched` while fewer than
    `most` are known. Returns how many are known."""
    before = -1
    for ceiling in CEILINGS:
        for k in range(len(lists)):
            number = lists[k]
            start, end = np.int64(0), np.int64(0)
            if number + 1 < len(postings.at):
                start, end = postings.at[number], postings.at[number + 1]
            if end - start <= before or end - start > ceiling:
                continue
            gain = np.uint16(gains[k])
            for i in range(start, end):
                row = postings.rows[i]
                if sums[row] > 0:
                    sums[row] += gain
                elif used < most:
                    sums[row] = gain
                    touched[used] = row
                    used += 1
            chain = postings.head[number] if number < len(postings.head) else -1
            while chain >= 0:
                row = postings.later[chain]
                if sums[row] > 0:
                    sums[row] += gain
                elif used < most:
                    sums[row] = gain
                    touched[used] = row
                    used += 1
                chain = postings.following[chain]
        before = ceiling
    return used


@nb.njit(cache=True, nogil=True)
def best(touched: Any, used: int, sums: Any, swing: int, most: int, columns: Columns, entries: Any, parts: Any, asked: Asked,
         worths: Worths, skeleton_of: Any) -> Any:
    """The `most` best of the rows touched, best first, and how good; `sums` is all zero afterwards.

    What is not told by lists can move a row by `swing` units: only as far below the `most` highest sums rows are looked at.
    """
    tally = np.zeros(1025, np.int64)
    for k in range(used):
        tally[min(1024, sums[touched[k]])] += 1
    limit, count = 1024, tally[1024]
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
        row = touched[k]
        level = min(1024, sums[row])
        sums[row] = 0
        if level < limit:
            if level < max(limit - 1, lowest) or spare <= 0:
                continue
            spare -= 1
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
