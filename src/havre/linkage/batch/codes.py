"""What does each row say in codes, numbers, lists and free text, and how well do two values agree?

Sex, languages, ethnic group, telephone and document numbers follow the rules of `evidence`; further columns of a file are compared
by likeness (text) or letter by letter (code, number).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.texts import Encoded, Texts, mix, padded
from havre.linkage.dates import parse_partial
from havre.linkage.evidence.contacts import TAIL
from havre.linkage.names.normalise import joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXT_LEVELS: Final = ("exact", "strong", "close", "different")
CODE_LEVELS: Final = ("same", "one_apart", "same_start", "different")
NUMBER_LEVELS: Final = ("same", "one_apart", "different")
EQUAL_LEVELS: Final = ("same", "different")
SPOKEN_LEVELS: Final = ("shared", "none_shared")
CONTACT_LEVELS: Final = ("same", "one_apart", "different")
SEPARATION_LEVELS: Final = ("same_days", "same_month", "same_year", "apart")
TEXT_STRONG, TEXT_CLOSE = 0.92, 0.84
MOST: Final = 4  # values read of one list
_SEXES: Final = {"f": "female", "m": "male", "woman": "female", "girl": "female", "man": "male", "boy": "male"}
_NO_SEX: Final = frozenset({"", "unknown", "not_stated", "u"})


class Spans(NamedTuple):
    """By row: start and end of a date, in years; NaN where unknown."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]


def read_sex(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The recorded sex of each row as a number of `texts`, -1 where unknown."""
    codes = (_SEXES.get(v.strip().lower(), v.strip().lower()) for v in column.values)
    numbers = [-1 if code in _NO_SEX else texts.number(code) for code in codes]
    found: NDArray[np.int32] = column.take(np.array(numbers, np.int32), -1)
    return found


def read_plain(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """Each row's text in small letters, blanks made single, as a number of `texts`."""
    return column.map(lambda v: texts.number(" ".join(v.casefold().split())))


def read_equal(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """Each row's text without marks and spaces, as a number of `texts`."""
    return column.map(lambda v: texts.number(joined(v)) if joined(v) else -1)


def _list(column: Encoded, texts: Texts, clean: Any) -> NDArray[np.int32]:
    rows = [[texts.number(p) for p in dict.fromkeys(clean(part) for part in v.split(";")) if p] for v in column.values]
    found: NDArray[np.int32] = column.take(padded(rows, MOST, -1, np.int32), -1)
    return found


def read_spoken(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The languages of each row. Shape: (rows, MOST)."""
    return _list(column, texts, joined)


def _subscriber(text: str) -> str:
    digits = "".join(c for c in text if c.isdigit())
    return digits[-TAIL:] if len(digits) >= 5 else ""


def _document(text: str) -> str:
    letters = "".join(c for c in text.upper() if c.isalnum())
    return letters if len(letters) >= 4 else ""


def read_phones(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The last digits of each row's telephone numbers. Shape: (rows, MOST)."""
    return _list(column, texts, _subscriber)


def read_identifiers(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The documents of each row, letters and digits alone. Shape: (rows, MOST)."""
    return _list(column, texts, _document)


def read_span(column: Encoded) -> Spans:
    """The date of each row as a span of years."""
    spans = np.full((len(column.values), 2), np.nan)
    for i, value in enumerate(column.values):
        date = parse_partial(value)
        if date is not None:
            spans[i] = date.start, date.end
    found = column.take(spans, np.nan)
    return Spans(found[:, 0].copy(), found[:, 1].copy())


@nb.njit(cache=True, nogil=True)
def _one_apart(x: Any, y: Any) -> Any:
    """Whether two stretches of characters are one step apart: one other, one more, or two neighbours exchanged."""
    n, m = len(x), len(y)
    if n > m:
        x, y, n, m = y, x, m, n
    if m - n > 1:
        return False
    start = 0
    while start < n and x[start] == y[start]:
        start += 1
    end = 0
    while end < n - start and x[n - 1 - end] == y[m - 1 - end]:
        end += 1
    left, right = n - start - end, m - start - end
    if left + right <= 1 or (left == 1 and right == 1):
        return True
    return left == 2 and right == 2 and x[start] == y[start + 1] and x[start + 1] == y[start]


@nb.njit(cache=True, nogil=True)
def _jaro_winkler(x: Any, y: Any) -> Any:
    """Likeness in [0, 1] of two stretches of characters (Jaro 1989, with Winkler's bonus for up to four equal first ones)."""
    n, m = len(x), len(y)
    if n == 0 or m == 0:
        return 0.0
    reach = max(max(n, m) // 2 - 1, 0)
    taken_x, taken_y = np.zeros(n, np.bool_), np.zeros(m, np.bool_)
    common = 0
    for i in range(n):
        for j in range(max(0, i - reach), min(m, i + reach + 1)):
            if not taken_y[j] and x[i] == y[j]:
                taken_x[i] = taken_y[j] = True
                common += 1
                break
    if common == 0:
        return 0.0
    turned, j = 0, 0
    for i in range(n):
        if taken_x[i]:
            while not taken_y[j]:
                j += 1
            if x[i] != y[j]:
                turned += 1
            j += 1
    jaro = (common / n + common / m + (common - turned / 2) / common) / 3
    first = 0
    while first < min(n, m, 4) and x[first] == y[first]:
        first += 1
    return jaro + first * 0.1 * (1 - jaro) if jaro > 0.7 else jaro


@nb.njit(cache=True, nogil=True)
def _held(x: Any, y: Any) -> Any:
    """Whether every word of the shorter text stands in the longer one (Devon in West Devon; Bristol in Bristol, City of)."""
    if len(x) > len(y):
        x, y = y, x
    start = 0
    while start < len(x):
        end = start
        while end < len(x) and x[end] != 32 and x[end] != 44:
            end += 1
        size, found = end - start, end == start
        for at in range(len(y) - size + 1):
            if found:
                break
            if (at == 0 or y[at - 1] == 32) and (at + size == len(y) or y[at + size] == 32 or y[at + size] == 44):
                found = size > 2 and bool((x[start:end] == y[at:at + size]).all())
        if not found:
            return False
        start = end + 1
    return len(x) > 2


@nb.njit(cache=True, nogil=True, parallel=True)
def text_levels(a: Any, b: Any, left: Any, right: Any, data: Any, at: Any, memo: Any) -> Any:
    """Level of each pair of texts (index into `TEXT_LEVELS`, -1 unknown)."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = left[a[k]], right[b[k]]
        if i < 0 or j < 0:
            continue
        if i == j:
            out[k] = 0
            continue
        key = (np.uint64(min(i, j)) << np.uint64(28)) | np.uint64(max(i, j))
        slot = mix(key) & np.uint64(len(memo) - 1)
        entry = memo[slot]
        if entry >> np.uint64(8) == key:
            out[k] = np.int8(entry & np.uint64(255))
            continue
        x, y = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
        alike = _jaro_winkler(x, y)
        found = 1 if alike >= TEXT_STRONG else 2 if alike >= TEXT_CLOSE or _held(x, y) else 3
        memo[slot] = (key << np.uint64(8)) | np.uint64(found)
        out[k] = found
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def code_levels(a: Any, b: Any, left: Any, right: Any, data: Any, at: Any, start: Any) -> Any:
    """Level of each pair of codes, -1 unknown: 0 same, 1 one character apart, then, where `start`, 2 the same first word (or half)
    of a code in letters and digits, and at last different."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = left[a[k]], right[b[k]]
        if i < 0 or j < 0:
            continue
        x, y = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
        if i == j:
            out[k] = 0
        elif min(len(x), len(y)) >= 3 and _one_apart(x, y):
            out[k] = 1
        else:
            out[k] = 2
            if start:
                half, same = max(3, (min(len(x), len(y)) + 1) // 2), min(len(x), len(y)) >= 5
                for c in range(half):
                    same = same and x[c] == y[c]
                out[k] = 2 if same else 3
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def contact_levels(a: Any, b: Any, left: Any, right: Any, data: Any, at: Any) -> Any:
    """Level of each pair of lists of numbers (index into `CONTACT_LEVELS`, -1 unknown)."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        for p in range(MOST):
            for q in range(MOST):
                i, j = left[a[k], p], right[b[k], q]
                if i < 0 or j < 0 or out[k] == 0:
                    continue
                x, y = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
                if i == j:
                    out[k] = 0
                elif len(x) == len(y) and _one_apart(x, y):
                    out[k] = 1
                elif out[k] < 0:
                    out[k] = 2
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def equal_levels(a: Any, b: Any, left: Any, right: Any) -> Any:
    """Level of each pair of numbers: 0 equal, 1 not, -1 unknown."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = left[a[k]], right[b[k]]
        if i >= 0 and j >= 0:
            out[k] = 0 if i == j else 1
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def spoken_levels(a: Any, b: Any, left: Any, right: Any) -> Any:
    """Level of each pair of lists (index into `SPOKEN_LEVELS`, -1 unknown)."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        if left[a[k], 0] >= 0 and right[b[k], 0] >= 0:
            out[k] = 1
            for p in range(MOST):
                for q in range(MOST):
                    if left[a[k], p] >= 0 and left[a[k], p] == right[b[k], q]:
                        out[k] = 0
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def separation_levels(a: Any, b: Any, left: Any, right: Any) -> Any:
    """Level of each pair of dates (index into `SEPARATION_LEVELS`, -1 unknown), by the rule of `evidence.separation`."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        if np.isnan(left.start[i]) or np.isnan(right.start[j]):
            continue
        gap = max(0.0, left.start[i] - right.end[j], right.start[j] - left.end[i])
        width = max(left.end[i] - left.start[i], right.end[j] - right.start[j])
        reach = max(gap, 0.0 if width < 0.02 else 0.05 if width < 0.1 else 0.5)
        out[k] = 0 if reach <= 4 / 365 else 1 if reach <= 0.09 else 2 if reach <= 1.0 else 3
    return out
