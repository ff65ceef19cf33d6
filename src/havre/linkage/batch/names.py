"""Which names does each row give in each role, and how well do those of two rows agree?

Roles: the person's own name (with a nickname), the father's, the grandfather's, the family name, the mother's. Names after the
given name in a full name are read by position; where roles were not stated, a name may be found in another place on the other
side. Two names in exchanged places are a level of their own. A patronymic in the father's place is the father's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.grades import CLOSELY, DIFFERENT, SAME, STRONGLY, WEAKLY, grade
from havre.linkage.batch.texts import Encoded, mix, nothing
from havre.linkage.names.kernel import LENGTHS
from havre.linkage.names.lexicon import Lexicon
from havre.linkage.names.patronymics import father_of
from havre.linkage.names.tokens import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS: Final = ("given", "full_name", "nickname", "father", "grandfather", "family", "mother")
FIELDS: Final = ("given", "father", "lineage", "family", "mother")
LEVELS: Final = ("exact", "strong", "close", "weak", "faint", "swapped", "different")
SWAPPED: Final = LEVELS.index("swapped")
_BY_GRADE: Final = np.array([6, 4, 3, 2, 2, 1, 0], np.int8)
OUTLINED: Final = 4  # consonants of an outline
SOFT: Final = (ord("H"), ord("F"), ord("A"), ord("C"))  # classes of `names.sounds.skeleton` that an outline leaves out
J, K, S, T = ord("J"), ord("K"), ord("S"), ord("T")  # and those that it takes for one another
_WHOLE: Final = np.array([True, False, False])
_OWN_WHOLE: Final = np.array([True, False, True])  # a nickname stands for a whole name


class Names(NamedTuple):
    """Tokens of each row by role, as numbers of a lexicon, -1 where unknown. Shape of each: (rows, 3).

    The whole name as one word; its first word where it has several; a nickname (`given`) or the last word (`family`), else -1.
    `lineage` is the grandfather's name, or what follows the second name where roles are not stated. `stated`: whether the roles of
    the further names were stated. Shape: (rows,).
    """

    given: NDArray[np.int32]
    father: NDArray[np.int32]
    lineage: NDArray[np.int32]
    family: NDArray[np.int32]
    mother: NDArray[np.int32]
    stated: NDArray[np.bool_]


def _numbers(parts: Sequence[str], lexicon: Lexicon, *, last: bool = False) -> tuple[int, int, int]:
    """The whole name, its first word and, where asked for, its last one."""
    if not parts:
        return -1, -1, -1
    if len(parts) == 1:
        return lexicon.number(parts[0]), -1, -1
    return lexicon.number("".join(parts)), lexicon.number(parts[0]), lexicon.number(parts[-1]) if last else -1


def _read(column: Encoded, lexicon: Lexicon, *, last: bool = False, father: bool = False) -> NDArray[np.int32]:
    """The names of each row as in `Names`."""
    out = np.full((len(column.values), 3), -1, np.int32)
    for i, value in enumerate(column.values):
        parts = tokens(value)
        if father:
            parts = tuple([named[0] if (named := father_of(part)) else part for part in parts])
        out[i] = _numbers(parts, lexicon, last=last)
    found: NDArray[np.int32] = column.take(out, -1)
    return found


def _full(column: Encoded, lexicon: Lexicon, given: Encoded) -> NDArray[np.int32]:
    """First name, second name, the one after it and the last of more, each as in `Names`; words that the given name already has
    are left out. Shape: (rows, 4, 3)."""
    both = given.codes.astype(np.int64) * (len(column.values) + 1) + column.codes
    distinct, where = np.unique(np.where(column.codes < 0, -1, both), return_inverse=True)
    out = np.full((len(distinct), 4, 3), -1, np.int32)
    for i, code in enumerate(distinct.tolist()):
        if code == -1:
            continue
        name, own = code % (len(column.values) + 1), code // (len(column.values) + 1)
        parts = tokens(column.values[name])
        if own >= 0:
            stated = tokens(given.values[own])
            parts = (stated[0] if stated else "", *[t for t in parts if t not in stated])
        places = parts[:1], parts[1:2], parts[2:3], parts[3:]
        out[i] = [_numbers([t for t in place if t], lexicon, last=True) for place in places]
    found: NDArray[np.int32] = out[where]
    return found


def read(columns: Mapping[str, Encoded], rows: int, lexicon: Lexicon) -> Names:
    """The names of each row; `columns` holds those of `COLUMNS` that the file has."""
    empty = nothing(rows)
    column = {name: columns.get(name, empty) for name in COLUMNS}
    given, nickname = _read(column["given"], lexicon), _read(column["nickname"], lexicon)
    given[:, 2] = nickname[:, 0]
    father, lineage = _read(column["father"], lexicon, father=True), _read(column["grandfather"], lexicon)
    family, mother = _read(column["family"], lexicon, last=True), _read(column["mother"], lexicon)
    stated = (father[:, 0] >= 0) | (lineage[:, 0] >= 0) | (family[:, 0] >= 0)
    if "full_name" in columns:
        places = _full(column["full_name"], lexicon, column["given"])
        given[:, 0] = np.where(given[:, 0] >= 0, given[:, 0], places[:, 0, 0])
        father, lineage, family = (np.where(stated[:, None], told, places[:, k])
                                   for k, told in enumerate((father, lineage, family), start=1))  # fmt: skip
    return Names(given, father, lineage, family, mother, stated)


@nb.njit(cache=True, nogil=True)
def skeleton_hashes(data: Any, at: Any, head: Any) -> Any:
    """Two 64-bit numbers for each token of a lexicon, never 0, the same on every machine: for its consonants, and for the outline of
    them: the first `OUTLINED` without what is often left out, doubled or exchanged. Shape: (2, tokens)."""
    out = np.zeros((2, len(at) - 1), np.uint64)
    for i in range(out.shape[1]):
        start = at[i] + head + data[at[i] + LENGTHS]
        value, outline, kept, before = np.uint64(1), np.uint64(1), 0, 0
        for k in range(start, start + data[at[i] + LENGTHS + 1]):
            letter = data[k]
            value = mix(value ^ np.uint64(letter))
            letter = K if letter == J else S if letter == T else letter
            if letter not in SOFT and letter != before and kept < OUTLINED:
                outline = mix(outline ^ np.uint64(letter))
                before, kept = letter, kept + 1
        out[0, i] = max(mix(value), np.uint64(1))
        out[1, i] = max(mix(outline), np.uint64(1)) if kept else out[0, i]
    return out


@nb.njit(cache=True, nogil=True)
def _likest(x: Any, y: Any, whole: Any, memo: Any, words: Any) -> Any:
    """Grade of two names: whole against whole; a word of several agrees closely at most. `whole`: columns that hold whole names."""
    best = grade(x[0], y[0], memo, words)
    if best >= STRONGLY or best < 0:
        return best
    for i in range(3):
        for j in range(3):
            if (i or j) and x[i] >= 0 and y[j] >= 0:
                found = min(grade(x[i], y[j], memo, words), STRONGLY)
                if not (whole[i] and whole[j]):
                    found = CLOSELY if found >= STRONGLY else DIFFERENT
                best = max(best, found)
    return best


@nb.njit(cache=True, nogil=True)
def _crossed(x: Any, y: Any, p: Any, q: Any, memo: Any, words: Any) -> Any:
    """Whether x and y are the names q and p of the other row."""
    return grade(x, q, memo, words) >= STRONGLY and grade(y, p, memo, words) >= STRONGLY


@nb.njit(cache=True, nogil=True, parallel=True)
def _levels(a: Any, b: Any, left: Any, right: Any, memo: Any, words: Any, by_grade: Any, own_whole: Any, whole: Any) -> Any:
    out = np.full((5, len(a)), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        own = _likest(left.given[i], right.given[j], own_whole, memo, words)
        father = _likest(left.father[i], right.father[j], whole, memo, words)
        lineage = _likest(left.lineage[i], right.lineage[j], whole, memo, words)
        family = _likest(left.family[i], right.family[j], whole, memo, words)
        fa, fb, la, lb = left.father[i, 0], right.father[j, 0], left.lineage[i, 0], right.lineage[j, 0]
        ha, hb = left.family[i, 0], right.family[j, 0]
        swapped = False
        if 0 <= own < CLOSELY:
            x, y = left.given[i, 0], right.given[j, 0]
            if 0 <= father < CLOSELY and _crossed(x, y, fa, fb, memo, words):
                swapped, father = True, -1
            elif 0 <= lineage < CLOSELY and _crossed(x, y, la, lb, memo, words):
                swapped, lineage = True, -1
            elif 0 <= family < CLOSELY and _crossed(x, y, ha, hb, memo, words):
                swapped, family = True, -1
        if not (left.stated[i] and right.stated[j]):
            if father < WEAKLY:
                other = max(grade(fa, lb, memo, words), grade(la, fb, memo, words), grade(fa, hb, memo, words), grade(ha, fb, memo, words))
                if other >= CLOSELY:
                    father, lineage = -1, max(other, lineage)
            if lineage < WEAKLY:
                other = max(grade(la, hb, memo, words), grade(ha, lb, memo, words))
                if other >= CLOSELY:
                    lineage = other
        out[0, k] = SWAPPED if swapped else by_grade[own] if own >= 0 else -1
        out[1, k] = by_grade[father] if father >= 0 else -1
        out[2, k] = by_grade[lineage] if lineage >= 0 else -1
        out[3, k] = by_grade[family] if family >= 0 else -1
        mother = _likest(left.mother[i], right.mother[j], whole, memo, words)
        out[4, k] = by_grade[mother] if mother >= 0 else -1
    return out


def levels(left: Names, right: Names, a: NDArray[np.int32], b: NDArray[np.int32], memo: NDArray[np.uint64],
           words: tuple[NDArray[Any], ...]) -> dict[str, NDArray[np.int8]]:  # fmt: skip
    """Level of each pair of rows in each of `FIELDS`, as an index into `LEVELS`, -1 where unknown. Shape of each: (len(a),)."""
    found = _levels(a, b, left, right, memo, words, _BY_GRADE, _OWN_WHOLE, _WHOLE)
    return dict(zip(FIELDS, found, strict=True))


__all__ = ["COLUMNS", "FIELDS", "LEVELS", "SAME", "Names", "levels", "read"]
