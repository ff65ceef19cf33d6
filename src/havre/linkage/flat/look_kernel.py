"""Compiled: what of a row agrees with a question?

`look` goes through a row's entries once and writes on a slate the level that agrees best for each role, and which token that is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numba as nb
import numpy as np

from havre.linkage.flat import layout
from havre.linkage.flat.layout import Columns

WEAK, CLOSE, STRONG, EXACT, SWAPPED = 1, 2, 3, 4, 5  # levels of a name, after 0 for different
OWN, FATHERLY, REST, MOTHERLY, SIBLINGS, RELATIVES, WIDTH = 0, 1, 2, 3, 4, 5, 8  # what a sought token is: columns of `like`

# The slate: for each column of `like` and these, the level that agrees best and its token; then what the row has, in bits.
ELSEWHERE, NAMED_AS, CROSSED_AS = 6, 7, 8
HAS, CROSSED, HELD, MET, MASKS, SLATE = 18, 19, 20, 21, 22, 26

R_GIVEN, R_FIRST, R_MOTHER, R_SIBLING, R_RELATIVE = layout.GIVEN, layout.FIRST, layout.MOTHER, layout.SIBLING, layout.RELATIVE
ROLE_BITS, ROLE_MASK = layout.ROLE_BITS, layout.ROLE_MASK
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
def _note(slate: Any, slot: int, level: Any, cell: Any, token: Any) -> None:
    """Keep the better level, with the token that says how rare the name is: the row's, or below 0 the number of the one sought."""
    if level > slate[2 * slot]:
        slate[2 * slot] = level
        slate[2 * slot + 1] = token if cell < 8 else -np.int64(cell >> 3)


@bare
def look(row: int, columns: Columns, entries: Any, asked: Asked, slate: Any) -> None:
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
