"""Which names does each row give in each role?

Roles: the person's own name (with a nickname), the father's, the grandfather's, the family name, the mother's. Names after the
given name in a full name are read by position. A patronymic in the father's place is the father's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

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
OUTLINED: Final = 4  # consonants of an outline
SOFT: Final = (ord("H"), ord("F"), ord("A"), ord("C"))  # classes of `names.sounds.skeleton` that an outline leaves out
J, K, S, T = ord("J"), ord("K"), ord("S"), ord("T")  # and those that it takes for one another


class Names(NamedTuple):
    """`tokens`: the names of each row by role (`FIELDS`) as numbers of a lexicon, -1 where unknown. Shape: (rows, 5, 3).

    The whole name as one word; its first word where it has several; a nickname (given) or the last word (family), else -1.
    The lineage is the grandfather's name, or what follows the second name where roles are not stated. `stated`: whether the roles of
    the further names were stated. Shape: (rows,).
    """

    tokens: NDArray[np.int32]
    stated: NDArray[np.bool_]

    def role(self, field: str) -> NDArray[np.int32]:
        """The names of each row in one of `FIELDS`. Shape: (rows, 3)."""
        return self.tokens[:, FIELDS.index(field)]


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
    return Names(np.stack([given, father, lineage, family, mother], axis=1), stated)


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
