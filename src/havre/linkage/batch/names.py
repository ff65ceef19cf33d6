"""Which names does each row give in each role, and how well do those of two rows agree?

Roles: the person's own name (with a nickname), the father's, the names beyond the father's, the mother's. Names after the given
name in a full name are read by position; where roles were not stated, a father's name may be found among the other's further
names. Two names in exchanged places are a level of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.grades import CLOSELY, DIFFERENT, SAME, STRONGLY, WEAKLY, grade
from havre.linkage.batch.texts import Encoded, mix, nothing
from havre.linkage.names.kernel import LENGTHS
from havre.linkage.names.lexicon import Lexicon
from havre.linkage.names.tokens import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS: Final = ("given", "full_name", "nickname", "father", "grandfather", "family", "mother")
FIELDS: Final = ("given", "father", "lineage", "mother")
LEVELS: Final = ("exact", "strong", "close", "weak", "swapped", "different")
SWAPPED: Final = LEVELS.index("swapped")
_BY_GRADE: Final = np.array([5, 3, 2, 2, 1, 0], np.int8)


class Names(NamedTuple):
    """Tokens of each row by role, as numbers of a lexicon, -1 where unknown.

    `given` has three columns: the whole given name, its first word where it has several, a nickname. `stated`: whether the
    roles of the further names were stated.
    """

    given: NDArray[np.int32]
    father: NDArray[np.int32]
    lineage: NDArray[np.int32]
    mother: NDArray[np.int32]
    stated: NDArray[np.bool_]


def _words(column: Encoded, lexicon: Lexicon) -> NDArray[np.int32]:
    """By row: the name as one word, and its first word."""
    out = np.full((len(column.values), 2), -1, np.int32)
    number = lexicon.number
    for i, value in enumerate(column.values):
        parts = tokens(value)
        if parts:
            out[i] = number("".join(parts)), number(parts[0])
    found: NDArray[np.int32] = column.take(out, -1)
    return found


def _first_words(column: Encoded, lexicon: Lexicon) -> NDArray[np.int32]:
    return column.map(lambda value: lexicon.number(parts[0]) if (parts := tokens(value)) else -1)


def _joined(column: Encoded, lexicon: Lexicon) -> NDArray[np.int32]:
    return column.map(lambda value: lexicon.number("".join(parts)) if (parts := tokens(value)) else -1)


def _full(column: Encoded, lexicon: Lexicon, given: Encoded) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """First name, second name and what follows of a full name; words that the given name already has are left out."""
    both = given.codes.astype(np.int64) * (len(column.values) + 1) + column.codes
    distinct, where = np.unique(np.where(column.codes < 0, -1, both), return_inverse=True)
    out = np.full((len(distinct), 3), -1, np.int32)
    for i, code in enumerate(distinct.tolist()):
        if code == -1:
            continue
        name, own = code % (len(column.values) + 1), code // (len(column.values) + 1)
        parts = tokens(column.values[name])
        if own >= 0:
            stated = tokens(given.values[own])
            parts = (stated[0] if stated else "", *[t for t in parts if t not in stated])
        out[i] = [lexicon.number(text) if text else -1 for text in ("".join(parts[:1]), "".join(parts[1:2]), "".join(parts[2:]))]
    return out[where, 0], out[where, 1], out[where, 2]


def read(columns: Mapping[str, Encoded], rows: int, lexicon: Lexicon) -> Names:
    """The names of each row; `columns` holds those of `COLUMNS` that the file has."""
    empty = nothing(rows)
    column = {name: columns.get(name, empty) for name in COLUMNS}
    given = np.full((rows, 3), -1, np.int32)
    own = _words(column["given"], lexicon)
    given[:, 0], given[:, 1] = own[:, 0], np.where(own[:, 1] != own[:, 0], own[:, 1], -1)
    given[:, 2] = _joined(column["nickname"], lexicon)
    grandfather, family = _joined(column["grandfather"], lexicon), _joined(column["family"], lexicon)
    father, lineage = _first_words(column["father"], lexicon), np.where(grandfather >= 0, grandfather, family)
    stated = (father >= 0) | (lineage >= 0)
    if "full_name" in columns:
        first, second, rest = _full(column["full_name"], lexicon, column["given"])
        given[:, 0] = np.where(given[:, 0] >= 0, given[:, 0], first)
        father, lineage = np.where(stated, father, second), np.where(stated, lineage, rest)
    return Names(given, father, lineage, _first_words(column["mother"], lexicon), stated)


@nb.njit(cache=True, nogil=True)
def skeleton_hashes(data: Any, at: Any, head: Any) -> Any:
    """A 64-bit number for the consonants of each token of a lexicon, never 0, the same on every machine."""
    out = np.zeros(len(at) - 1, np.uint64)
    for i in range(len(out)):
        start = at[i] + head + data[at[i] + LENGTHS]
        value = np.uint64(1)
        for k in range(start, start + data[at[i] + LENGTHS + 1]):
            value = mix(value ^ np.uint64(data[k]))
        out[i] = max(mix(value), np.uint64(1))
    return out


@nb.njit(cache=True, nogil=True)
def _given(x: Any, y: Any, memo: Any, words: Any) -> Any:
    """Grade of two given names: whole against whole; a first word or a nickname alone agrees closely at most."""
    best = grade(x[0], y[0], memo, words)
    if best >= STRONGLY:
        return best
    for i in range(3):
        for j in range(3):
            if (i or j) and x[i] >= 0 and y[j] >= 0:
                found = grade(x[i], y[j], memo, words)
                if i == 1 or j == 1:
                    found = CLOSELY if found >= STRONGLY else DIFFERENT
                best = max(best, min(found, STRONGLY))
    return best


@nb.njit(cache=True, nogil=True)
def _crossed(x: Any, y: Any, p: Any, q: Any, memo: Any, words: Any) -> Any:
    """Whether x and y are the names q and p of the other row."""
    return grade(x, q, memo, words) >= STRONGLY and grade(y, p, memo, words) >= STRONGLY


@nb.njit(cache=True, nogil=True, parallel=True)
def _levels(a: Any, b: Any, left: Any, right: Any, memo: Any, words: Any, by_grade: Any) -> Any:
    out = np.full((4, len(a)), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        fa, fb, la, lb = left.father[i], right.father[j], left.lineage[i], right.lineage[j]
        own = _given(left.given[i], right.given[j], memo, words)
        father, lineage = grade(fa, fb, memo, words), grade(la, lb, memo, words)
        swapped = False
        if 0 <= own < CLOSELY:
            x, y = left.given[i, 0], right.given[j, 0]
            if 0 <= father < CLOSELY and _crossed(x, y, fa, fb, memo, words):
                swapped, father = True, -1
            elif 0 <= lineage < CLOSELY and _crossed(x, y, la, lb, memo, words):
                swapped, lineage = True, -1
        if father < WEAKLY and not (left.stated[i] and right.stated[j]):
            other = max(grade(fa, lb, memo, words), grade(la, fb, memo, words))
            if other >= CLOSELY:
                father, lineage = -1, max(other, lineage)
        out[0, k] = SWAPPED if swapped else by_grade[own] if own >= 0 else -1
        out[1, k] = by_grade[father] if father >= 0 else -1
        out[2, k] = by_grade[lineage] if lineage >= 0 else -1
        mother = grade(left.mother[i], right.mother[j], memo, words)
        out[3, k] = by_grade[mother] if mother >= 0 else -1
    return out


def levels(left: Names, right: Names, a: NDArray[np.int32], b: NDArray[np.int32], memo: NDArray[np.uint64],
           words: tuple[NDArray[Any], ...]) -> dict[str, NDArray[np.int8]]:  # fmt: skip
    """Level of each pair of rows in each of `FIELDS`, as an index into `LEVELS`, -1 where unknown. Shape of each: (len(a),)."""
    found = _levels(a, b, left, right, memo, words, _BY_GRADE)
    return dict(zip(FIELDS, found, strict=True))


__all__ = ["COLUMNS", "FIELDS", "LEVELS", "SAME", "Names", "levels", "read"]
