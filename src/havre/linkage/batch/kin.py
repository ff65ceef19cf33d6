"""Whom does each row name as brothers, sisters and other relatives, and do those of two rows agree?

The rules of `evidence.kin`, on arrays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.grades import CLOSELY, SAME, STRONGLY, grade
from havre.linkage.batch.texts import Encoded
from havre.linkage.evidence.kin import AGE_GAP
from havre.linkage.names.lexicon import Lexicon
from havre.linkage.names.tokens import tokens
from havre.linkage.record import Relative, Sibling

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST: Final = 8  # relatives read from one row
SIBLING_LEVELS: Final = ("several", "one_with_age", "one", "one_other_age", "none")
NAMED_LEVELS: Final = ("named", "not_named")
RELATIVE_LEVELS: Final = ("same", "different")


class Kin(NamedTuple):
    """By row: up to `MOST` relatives, each by role (0 for a brother or sister), name as a token (-1: none) and age (NaN)."""

    role: NDArray[np.int32]
    name: NDArray[np.int32]
    age: NDArray[np.float64]


def _parts(text: str | None, separator: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in text.split(separator) if p.strip()) if text else ()


def parse_siblings(text: str | None) -> tuple[Sibling, ...]:
    """`Dawit (5); Sara` as siblings; other spellings of one sibling stand between slashes."""
    out = []
    for part in _parts(text, ";"):
        found = re.fullmatch(r"(.*?)\s*(?:\((\d+(?:\.\d+)?)\))?", part, re.DOTALL)
        assert found is not None
        out.append(Sibling(_parts(found[1], "/"), float(found[2]) if found[2] else None))
    return tuple(s for s in out if s.names)


def parse_relatives(text: str | None) -> tuple[Relative, ...]:
    """`aunt: Mersa; uncle: Ali` as relatives."""
    pairs = (part.partition(":") for part in _parts(text, ";"))
    return tuple(Relative(role.strip().lower(), _parts(name, "/")) for role, colon, name in pairs if colon and name.strip())


def _kin(column: Encoded, read: Callable[[str], Iterable[tuple[int, int, float]]]) -> Kin:
    """What `read` makes of each part of a text between semicolons: role, name, age; each distinct part is read once."""
    known: dict[str, tuple[tuple[int, int, float], ...]] = {}
    at, people = [], []
    for i, value in enumerate(column.values):
        for part in value.split(";"):
            found = known.get(part)
            if found is None:
                found = known[part] = tuple(read(part))
            for person in found:
                at.append(i)
                people.append(person)
    size = len(column.values)
    role, name, age = np.zeros((size, MOST), np.int32), np.full((size, MOST), -1, np.int32), np.full((size, MOST), np.nan)
    if people:
        rows = np.array(at)
        place = np.arange(len(rows)) - np.searchsorted(rows, rows)  # which of its row each is
        kept = place < MOST
        where, told = (rows[kept], place[kept]), np.array(people)[kept]
        role[where], name[where], age[where] = told[:, 0], told[:, 1], told[:, 2]
    return Kin(column.take(role, 0), column.take(name, -1), column.take(age, np.nan))


def _token(names: tuple[str, ...], lexicon: Lexicon) -> int:
    read = tokens(names[0])
    return lexicon.number("".join(read)) if read else -1


def read_siblings(column: Encoded, lexicon: Lexicon) -> Kin:
    """The brothers and sisters of each row, by the first spelling of their names."""
    return _kin(column, lambda part: ((0, _token(s.names, lexicon), np.nan if s.age is None else s.age) for s in parse_siblings(part)))


def read_relatives(column: Encoded, lexicon: Lexicon) -> Kin:
    """The other relatives of each row; a role is numbered by its own token."""
    return _kin(column, lambda part: ((lexicon.number(r.role), _token(r.names, lexicon), np.nan) for r in parse_relatives(part)))


@nb.njit(cache=True, nogil=True)
def _siblings(x: Any, y: Any, i: Any, j: Any, drift: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Level of two lists of brothers and sisters, paired one to one, the likest first."""
    agreed, aged, taken_x, taken_y = 0, 0, 0, 0
    for wanted in range(SAME, CLOSELY - 1, -1):
        for p in range(MOST):
            if x.name[i, p] < 0 or (taken_x >> p) & 1:
                continue
            for q in range(MOST):
                if y.name[j, q] < 0 or (taken_y >> q) & 1 or grade(x.name[i, p], y.name[j, q], memo, signs, words) != wanted:
                    continue
                taken_x |= 1 << p
                taken_y |= 1 << q
                agreed += 1
                if not np.isnan(x.age[i, p]) and not np.isnan(y.age[j, q]):
                    aged += 1 if abs(x.age[i, p] + drift - y.age[j, q]) <= AGE_GAP else -1
                break
    if agreed >= 2:
        return 0
    if agreed == 0:
        return 4
    return 1 if aged > 0 else 3 if aged < 0 else 2


@nb.njit(cache=True, nogil=True, parallel=True)
def sibling_levels(a: Any, b: Any, left: Any, right: Any, recorded_left: Any, recorded_right: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Level of each pair (index into `SIBLING_LEVELS`, -1 where a side names none). `recorded_…`: years when ages were true."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        if left.name[i, 0] >= 0 and right.name[j, 0] >= 0:
            drift = recorded_right[j] - recorded_left[i]
            out[k] = _siblings(left, right, i, j, 0.0 if np.isnan(drift) else drift, memo, signs, words)
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def named_levels(a: Any, b: Any, left: Any, right: Any, given_left: Any, given_right: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Level of each pair (index into `NAMED_LEVELS`): whether one is named among the other's brothers and sisters and is not called
    the same as the other; -1 where neither names any."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        x, y = given_left[i, 0], given_right[j, 0]
        if x < 0 or y < 0 or (left.name[i, 0] < 0 and right.name[j, 0] < 0):
            continue
        out[k] = 1
        if grade(x, y, memo, signs, words) >= CLOSELY:
            continue
        for p in range(MOST):
            if grade(left.name[i, p], y, memo, signs, words) >= STRONGLY or grade(right.name[j, p], x, memo, signs, words) >= STRONGLY:
                out[k] = 0
                break
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def relative_levels(a: Any, b: Any, left: Any, right: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Level of each pair (index into `RELATIVE_LEVELS`, -1 where no role is known on both sides)."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        for p in range(MOST):
            for q in range(MOST):
                if left.name[i, p] >= 0 and right.name[j, q] >= 0 and left.role[i, p] == right.role[j, q]:
                    same = grade(left.name[i, p], right.name[j, q], memo, signs, words) >= CLOSELY
                    out[k] = 0 if same or out[k] == 0 else 1
    return out
