"""In which form is a person kept in flat arrays?

A person is a row: some columns (`Columns`), and a stretch of entries, numbers of 32 bits that hold a role and a token of the
vocabulary, or a role and a code (27 bits of a hash) where only equality counts. Entries are also turned round: a list of
rows for each token and kind of role, and for each code (`postings`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROLE_BITS: Final = 5
ROLE_MASK: Final = (1 << ROLE_BITS) - 1
CODE_MASK: Final = (1 << (32 - ROLE_BITS)) - 1

# Roles of tokens. FIRST: father's or family name by its place in a full name; FURTHER: grandfather's or family name by its place.
GIVEN, FATHER, FIRST, GRANDFATHER, FAMILY, FURTHER, MOTHER, SIBLING, RELATIVE = range(9)
# Roles of codes. Numbers are kept in two halves, so that a slip in one leaves the other to be found.
LANGUAGE, ETHNICITY, SEX, PHONE_HEAD, PHONE_TAIL, PAPER_HEAD, PAPER_TAIL, KEY = range(9, 17)
FOUND_BY_CODE: Final = frozenset({PHONE_HEAD, PHONE_TAIL, PAPER_HEAD, PAPER_TAIL, KEY})

# Kinds of lists of rows by token.
BY_GIVEN, BY_CHAIN, BY_MOTHER, BY_SIBLING, BY_RELATIVE, BY_PLACE, KINDS = range(7)
KIND_OF: Final = np.array([BY_GIVEN, *[BY_CHAIN] * 5, BY_MOTHER, BY_SIBLING, BY_RELATIVE], np.int64)

PLACES: Final = ("origin", "birth_place", "last_seen", "separation_place")
PARTS: Final = 4  # parts of a place path that are looked at: the two broadest and the two narrowest

UNKNOWN_TIME: Final = -32768
TIME_UNIT: Final = 16.0  # one year holds this many units of the columns of time
TIME_ZERO: Final = 1000.0  # the year 0 of those columns


class Columns(NamedTuple):
    """What is known of each row, in arrays of one entry a row.

    `start`, `size`: its stretch of entries. `born`: earliest and latest birth, `UNKNOWN_TIME` when not known. `aged`: 1 when the
    ages have no date on which they were true. `day`: full date of birth as yyyymmdd, else 0. `lost`: earliest and latest time of
    separation. `paths`: number of each place of `PLACES`, -1 when not known. `alive`: 0 once erased.
    """

    start: NDArray[np.int64]
    size: NDArray[np.uint8]
    born: NDArray[np.int16]
    aged: NDArray[np.uint8]
    day: NDArray[np.int32]
    lost: NDArray[np.int16]
    paths: NDArray[np.int32]
    alive: NDArray[np.uint8]


def columns(size: int) -> Columns:
    """Empty columns for `size` rows."""
    return Columns(
        np.zeros(size, np.int64), np.zeros(size, np.uint8), np.full((size, 2), UNKNOWN_TIME, np.int16), np.zeros(size, np.uint8),
        np.zeros(size, np.int32), np.full((size, 2), UNKNOWN_TIME, np.int16), np.full((size, len(PLACES)), -1, np.int32),
        np.zeros(size, np.uint8),
    )  # fmt: skip


def longer(known: Columns, size: int) -> Columns:
    """The same columns with room for `size` rows."""
    out = columns(size)
    for name in Columns._fields:
        old = getattr(known, name)
        getattr(out, name)[: len(old)] = old
    return out


def taken(known: Columns, rows: NDArray[np.int64], start: NDArray[np.int64]) -> Columns:
    """The columns of some rows, with other stretches of entries."""
    return Columns(start, known.size[rows], known.born[rows], known.aged[rows], known.day[rows], known.lost[rows], known.paths[rows],
                   known.alive[rows])  # fmt: skip


def entry(role: int, number: int) -> int:
    """A role and a token or code as one number."""
    return (number & CODE_MASK) << ROLE_BITS | role
