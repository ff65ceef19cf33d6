"""The compiled inner loops: how alike are two tokens of a lexicon?

Everything here works on the flat arrays of `lexicon` and on numbers alone, so that millions of pairs are compared without a
Python object. `similar` is the one place where rules, transducers and the table of known names are combined; the scalar and
the array functions of `Lexicon` both call it. Compiled on first use and kept on disk beside this file (or in the user's cache
folder where that is read-only).

A token is a stretch of numbers: `HEAD` of them (script, whether it leaves vowels out, letters of a joined article, its
transducer, how usual its Latin letters are, then the lengths of its parts), then its parts one after another: folded sound, consonants, rows of its letters in
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
SURE_RULES = 0.85  # likeness by rules from which each step says more
PLAIN_RULES = 0.95  # likeness by rules that stands, but for a little, unless the transducer finds the spelling less likely than any
PLAIN = 0.93
OBJECTION = 0.12  # how far the transducer may lower the likeness by rules: clerks spell in ways that public lists do not show
RULES_LEAST = 0.3  # likeness by rules under which the transducer is not asked
HOPELESS_BELOW = 0.45  # likeness of consonants under which two tokens are not compared further
HOPELESS_BURMESE = 0.2  # the same across to or from Burmese, whose final consonants are often not heard
TRANSPOSED = 0.1  # what the second of two exchanged neighbours costs
THOUSANDTHS = 0.001  # the logarithm in a token's head is kept as whole thousandths
LEAST = 1e-250  # probability of a spelling that no cutting gives
USUAL_SHARE = 0.85  # of log P(latin), taken off log P(latin | native): the letters of a name are less free than the chain says

LATIN, ARABIC, BURMESE, HEBREW = 0, 1, 2, 3  # scripts the rules below name; `lexicon` numbers the others from 4

SCRIPT, UNWRITTEN, ARTICLE, TRANSDUCER, USUAL, LENGTHS, HEAD = 0, 1, 2, 3, 4, 5, 11
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
    """Twice the longest common subsequence of two skeletons over their lengths together; 1 when both are empty. Bit-parallel
    (Crochemore et al. 2001); consonants after the sixtieth are left out of the comparison."""
    n, m = len(x), len(y)
    if n + m == 0:
        return 1.0
    free = np.uint64(0xFFFFFFFFFFFFFFFF)
    for j in range(m):
        held = np.uint64(0)
        for i in range(min(n, 60)):
            if x[i] == y[j]:
                held |= np.uint64(1) << np.uint64(i)
        free = (free + (free & held)) | (free & ~held)
    shared = 0
    for i in range(min(n, 60)):
        if (free >> np.uint64(i)) & np.uint64(1) == 0:
            shared += 1
    return 2.0 * shared / (n + m)


@nb.njit(cache=True, nogil=True)
def log_probability(native: Any, latin: Any, table: Any, columns: Any) -> Any:
    """log P(latin | native), over all ways to cut `latin` (0–25) into chunks of 0–3 letters, one for each native letter.

    `native` are rows of `table`; a chunk stands in column `columns[code]` (0: never seen for any letter).
    """
    n, m = len(native), len(latin)
    row = np.zeros(m + 1)
    row[0] = 1.0
    fresh = np.empty(m + 1)
    for i in range(n):
        chances = table[native[i]]
        fresh[:] = 0.0
        for start in range(max(0, m - 3 * (n - i)), min(3 * i, m) + 1):
            base = row[start]
            if base == 0.0:
                continue
            fresh[start] += base * chances[columns[0]]
            if start < m:
                code = latin[start]
                fresh[start + 1] += base * chances[columns[1 + code]]
                if start + 1 < m:
                    code = 26 * code + latin[start + 1]
                    fresh[start + 2] += base * chances[columns[27 + code]]
                    if start + 2 < m:
                        fresh[start + 3] += base * chances[columns[703 + 26 * code + latin[start + 2]]]
        row, fresh = fresh, row
    return np.log(max(row[m], LEAST))


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
def _ratio(native: Any, latin: Any, usual: int, table: Any, columns: Any) -> Any:
    """How much likelier a spelling is for this name than for any, as a natural logarithm."""
    return log_probability(native, latin, table, columns) - USUAL_SHARE * THOUSANDTHS * usual


@nb.njit(cache=True, nogil=True)
def _across(a: Any, b: Any, costs: Any, table: Any, columns: Any, fits: Any) -> Any:
    """Likeness of tokens in two scripts: rules, and the transducer that applies, each as far as it was found right."""
    rules = _rules(a, b, 1 if a[UNWRITTEN] != b[UNWRITTEN] else 0, costs)
    if a[SCRIPT] == LATIN:
        a, b = b, a
    native, latin = _part(a, NATIVE), _part(b, LETTERS)
    if len(native) == 0 or len(latin) == 0 or (rules < RULES_LEAST and a[SCRIPT] != BURMESE):
        return rules
    fit = fits[a[TRANSDUCER]]
    ratio = _ratio(native, latin, b[USUAL], table, columns)
    likeness = 1.0 / (1.0 + np.exp(-(fit[0] + fit[1] * rules + fit[2] * max(0.0, rules - SURE_RULES) + fit[3] * ratio)))
    if rules >= PLAIN_RULES and ratio > 0.0:
        likeness = max(likeness, PLAIN * rules)
    if a[SCRIPT] == BURMESE:  # trained on foreign names written in Burmese: it may help, not object
        return max(rules, likeness)
    if a[SCRIPT] == HEBREW:  # rules read vowels that are not written
        return likeness
    return max(rules - OBJECTION, likeness)


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
    burmese = (a[SCRIPT] == BURMESE) != (b[SCRIPT] == BURMESE)
    least = HOPELESS_BURMESE if burmese else HOPELESS_BELOW
    hopeless = consonants_alike(_part(a, SKELETON), _part(b, SKELETON)) < least
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
