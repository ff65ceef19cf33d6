"""The compiled inner loops: how alike are two tokens of a lexicon?

Everything here works on the flat arrays of `lexicon` and on numbers alone, so that millions of pairs are compared without a
Python object. `similar` is the one place where rules, transducers and the table of known names are combined; the scalar and
the array functions of `Lexicon` both call it. Compiled on first use and kept on disk beside this file (or in the user's cache
folder where that is read-only).

A token is a stretch of numbers: `HEAD` of them (script, whether it leaves vowels out, letters of a joined article, its
transducer, then the lengths of its parts), then its parts one after another: folded sound, consonants, rows of its letters in
the transducer's table, Latin letters, groups of known names, groups of nicknames.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

KNOWN_SAME = 0.97
NICKNAME = 0.86
KNOWN_DIFFERENT = 0.6
HOPELESS = 0.3
HOPELESS_BELOW = 0.45  # likeness of consonants under which two tokens are not compared further
TRANSPOSED = 0.1  # what the second of two exchanged neighbours costs
FLOOR = -9.0  # log-probability of a chunk never seen for a letter, per Latin letter or for silence
LOW = -1e9

LATIN, ARABIC, BURMESE = 0, 1, 2  # scripts the rules below name; `lexicon` numbers the others from 3

SCRIPT, UNWRITTEN, ARTICLE, TRANSDUCER, LENGTHS, HEAD = 0, 1, 2, 3, 4, 10
SOUND, SKELETON, NATIVE, LETTERS, GROUPS, NICKNAMES = 0, 1, 2, 3, 4, 5
DROP, LAST_DROP, WEIGHT, VOWEL = 34, 35, 36, 37  # rows of `costs` after those of letter for letter


@nb.njit(cache=True, nogil=True)
def edit_likeness(x: Any, y: Any, unwritten: int, costs: Any) -> Any:
    """Likeness in [0, 1] of two folded tokens (codes into `edit.LETTERS`).

    `costs[u, a, b]`: cost of letter a for b; its last rows: of a letter that only one side has, inside and at the end, how much
    a letter weighs, whether it is a vowel; `unwritten` (u): 1 where one side's script leaves short vowels out.
    """
    n, m = len(x), len(y)
    if n == m:
        same = True
        for k in range(n):
            if x[k] != y[k]:
                same = False
                break
        if same:
            return 1.0
    if n == 0 or m == 0:
        return 0.0
    for k in range(min(n, m) + 1):  # one order for both, so that the very same sum comes out
        if k == m or (k < n and y[k] < x[k]):
            x, y, n, m = y, x, m, n
            break
        if k == n or x[k] < y[k]:
            break
    c = costs[unwritten]
    row = np.empty(m + 1)
    row[0] = 0.0
    for j in range(m):
        row[j + 1] = row[j] + c[LAST_DROP if j == m - 1 else DROP, y[j]]
    before = -1
    for i in range(n):
        cx = x[i]
        drop_x = c[LAST_DROP if i == n - 1 else DROP, cx]
        diagonal = row[0]
        left = diagonal + drop_x
        row[0] = left
        previous = -1
        for j in range(m):
            cy = y[j]
            cost = c[cx, cy]
            if cost > 0.0:
                if previous == cx and before == cy:
                    cost = min(cost, TRANSPOSED)
                if i == n - 1 and j == m - 1 and unwritten == 0 and c[VOWEL, cx] > 0.0 and c[VOWEL, cy] > 0.0:
                    cost = 1.0
            best = diagonal + cost
            diagonal = row[j + 1]
            best = min(best, diagonal + drop_x, left + c[LAST_DROP if j == m - 1 else DROP, cy])
            left = best
            row[j + 1] = best
            previous = cy
        before = cx
    wx = wy = 0.0
    for k in range(n):
        wx += c[WEIGHT, x[k]]
    for k in range(m):
        wy += c[WEIGHT, y[k]]
    return max(0.0, 1.0 - row[m] / max(wx, wy, 1.5))


@nb.njit(cache=True, nogil=True)
def consonants_alike(x: Any, y: Any) -> Any:
    """Twice the longest common subsequence of two skeletons over their lengths together; 1 when both are empty."""
    n, m = len(x), len(y)
    if n + m == 0:
        return 1.0
    row = np.zeros(m + 1, np.int64)
    for i in range(n):
        diagonal = 0
        for j in range(m):
            kept = row[j + 1]
            if x[i] == y[j]:
                row[j + 1] = diagonal + 1
            elif row[j] > kept:
                row[j + 1] = row[j]
            diagonal = kept
    return 2.0 * row[m] / (n + m)


@nb.njit(cache=True, nogil=True)
def _add(a: float, b: float) -> Any:
    if a < LOW / 2:
        return b
    if b < LOW / 2:
        return a
    return a + np.log1p(np.exp(b - a)) if a > b else b + np.log1p(np.exp(a - b))


@nb.njit(cache=True, nogil=True)
def log_probability(native: Any, latin: Any, table: Any, columns: Any) -> Any:
    """log P(latin | native), over all ways to cut `latin` (0–25) into chunks of 0–3 letters, one for each native letter.

    `native` are rows of `table`; a chunk of three letters stands in column `columns[code]` (-1: never seen for any letter).
    """
    m = len(latin)
    row = np.full(m + 1, LOW)
    row[0] = 0.0
    fresh = np.empty(m + 1)
    for letter in native:
        fresh[:] = LOW
        for start in range(m + 1):
            base = row[start]
            if base <= LOW / 2:
                continue
            code = 0
            for size in range(min(3, m - start) + 1):
                if size > 0:
                    code = code * 26 + latin[start + size - 1]
                if size == 0:
                    step = table[letter, 0]
                elif size == 1:
                    step = table[letter, 1 + code]
                elif size == 2:
                    step = table[letter, 27 + code]
                else:
                    column = columns[code]
                    step = table[letter, column] if column >= 0 else LOW
                if step > LOW / 2:
                    fresh[start + size] = _add(fresh[start + size], base + step)
        row, fresh = fresh, row
    return row[m]


@nb.njit(cache=True, nogil=True)
def _part(token: Any, which: int) -> Any:
    """One part of a token."""
    start = HEAD
    for k in range(which):
        start += token[LENGTHS + k]
    return token[start:start + token[LENGTHS + which]]


@nb.njit(cache=True, nogil=True)
def _meet(a: Any, b: Any) -> Any:
    """Whether two sorted stretches have a number in common."""
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            return True
        if a[i] < b[j]:
            i += 1
        else:
            j += 1
    return False


@nb.njit(cache=True, nogil=True)
def _rules(a: Any, b: Any, unwritten: int, costs: Any) -> Any:
    """Likeness by folded sound; a joined article (Alrashid) on one side costs little."""
    x, y = _part(a, SOUND), _part(b, SOUND)
    best = edit_likeness(x, y, unwritten, costs)
    if best < 0.95 and (a[ARTICLE] > 0 or b[ARTICLE] > 0):
        best = max(best, 0.96 * edit_likeness(x[a[ARTICLE]:], y[b[ARTICLE]:], unwritten, costs))
    return best


@nb.njit(cache=True, nogil=True)
def _opinion(a: Any, b: Any, table: Any, columns: Any, fits: Any) -> Any:
    """What the transducer of token a's script says of the Latin letters of token b, in [0, 1]; -1 when it has no say."""
    native, latin = _part(a, NATIVE), _part(b, LETTERS)
    if len(native) == 0 or len(latin) == 0:
        return -1.0
    shortfall = log_probability(native, latin, table, columns)
    for letter in native:
        shortfall -= table[letter, -1]
    per_letter = max(-8.0, shortfall / max(len(native), len(latin) / 1.6, 2.0))
    slope, middle = fits[a[TRANSDUCER]]
    return 1.0 / (1.0 + np.exp(-slope * (per_letter - middle)))


@nb.njit(cache=True, nogil=True)
def _across(a: Any, b: Any, costs: Any, table: Any, columns: Any, fits: Any) -> Any:
    """Likeness of tokens in two scripts: rules, corrected by the transducer that applies."""
    rules = _rules(a, b, 1 if a[UNWRITTEN] != b[UNWRITTEN] else 0, costs)
    if rules < 0.6 or (a[SCRIPT] != LATIN and b[SCRIPT] != LATIN):
        return rules
    opinion = _opinion(b, a, table, columns, fits) if a[SCRIPT] == LATIN else _opinion(a, b, table, columns, fits)
    if opinion < 0.0:
        return rules
    if a[SCRIPT] == BURMESE or b[SCRIPT] == BURMESE:  # trained on foreign names written in Burmese: it may help, not object
        return max(rules, 0.92 * opinion)
    blended = rules * (0.72 + 0.28 * min(1.0, opinion / 0.7))
    return max(blended, 0.92 * opinion if opinion > 0.85 else 0.0)


@nb.njit(cache=True, nogil=True)
def similar(i: int, j: int, data: Any, at: Any, costs: Any, table: Any, columns: Any, fits: Any) -> Any:
    """Similarity in [0, 1] of tokens i and j of a lexicon (`data[at[i]:at[i + 1]]`); symmetric.

    `costs`, `table`, `columns` and `fits` are `lexicon.Rules`.
    """
    if i == j:
        return 1.0
    a, b = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
    names_a, names_b, nicks_a, nicks_b = _part(a, GROUPS), _part(b, GROUPS), _part(a, NICKNAMES), _part(b, NICKNAMES)
    if _meet(names_a, names_b):
        return max(KNOWN_SAME, edit_likeness(_part(a, SOUND), _part(b, SOUND), 0, costs))
    nickname = _meet(nicks_a, names_b) or _meet(nicks_b, names_a)
    hopeless = consonants_alike(_part(a, SKELETON), _part(b, SKELETON)) < HOPELESS_BELOW
    named = len(names_a) > 0 and len(names_b) > 0
    known = (len(names_a) + len(nicks_a)) > 0 and (len(names_b) + len(nicks_b)) > 0
    if not nickname and (named or (known and not _meet(nicks_a, nicks_b))):  # two names of the table
        return HOPELESS if hopeless else min(KNOWN_DIFFERENT, _rules(a, b, 0, costs))
    value = HOPELESS
    if not hopeless:
        if a[SCRIPT] != b[SCRIPT]:
            value = _across(a, b, costs, table, columns, fits)
        elif a[SCRIPT] == ARABIC:
            value = min(_rules(a, b, 0, costs) * 0.98, 0.95)
        else:
            value = _rules(a, b, 0, costs) * 0.99
    return max(value, NICKNAME) if nickname else value


@nb.njit(cache=True, nogil=True, parallel=True)
def similar_pairs(a: Any, b: Any, data: Any, at: Any, costs: Any, table: Any, columns: Any, fits: Any) -> Any:
    """`similar` of each pair (a[k], b[k]); a token below 0 gives 0."""
    out = np.zeros(len(a), np.float32)
    for k in nb.prange(len(a)):
        if a[k] >= 0 and b[k] >= 0:
            out[k] = similar(a[k], b[k], data, at, costs, table, columns, fits)
    return out


@nb.njit(cache=True, nogil=True)
def similar_each(a: Any, b: Any, data: Any, at: Any, costs: Any, table: Any, columns: Any, fits: Any) -> Any:
    """`similar` of each pair (a[k], b[k]) on the calling thread alone, to the last digit as one by one."""
    out = np.zeros(len(a), np.float64)
    for k in range(len(a)):
        out[k] = similar(a[k], b[k], data, at, costs, table, columns, fits)
    return out


@nb.njit(cache=True, nogil=True)
def likely_spellings(native: Any, latin: Any, starts: Any, table: Any, columns: Any) -> Any:
    """log P(latin | native) for every Latin token of a flat array. Shape: (len(starts) - 1,)."""
    out = np.empty(len(starts) - 1, np.float32)
    for k in range(len(starts) - 1):
        out[k] = log_probability(native, latin[starts[k]:starts[k + 1]], table, columns)
    return out
