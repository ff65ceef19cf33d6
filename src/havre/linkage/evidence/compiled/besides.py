"""Compiled: do places, languages, peoples, numbers and free words of two forms agree? The rules of `evidence.places`, `culture`, `contacts`,
`separation` and `marks`, on numbers."""

from __future__ import annotations

from typing import Any

import numba as nb

from havre.linkage.evidence.compiled.form import LANGUAGE_GROUPS, LANGUAGES, MOST_PARTS, PEOPLE, PEOPLE_GROUPS, SEX
from havre.linkage.evidence.compiled.likeness import word
from havre.linkage.evidence.compiled.names import MISSING
from havre.linkage.evidence.compiled.words import similarity
from havre.linkage.evidence.contacts import LEAST_PART
from havre.linkage.evidence.culture import ALIKE as ALIKE_PEOPLES
from havre.linkage.evidence.places import ALIKE

DIFFERENT, COUNTRY, REGION, SAME_TEXT, PLACE = range(5)  # levels of places
NONE_SHARED, RELATED, SHARED = range(3)  # levels of languages and peoples
NUMBER_DIFFERENT, ONE_APART, PARTIAL, SAME_NUMBER = range(4)
SHORTEST = 3  # letters of a part of a place that may be spelled otherwise


@nb.njit(cache=True, nogil=True)
def _plain_word(a: int, w: Any) -> Any:
    """Whether a part of a place is a word that may be spelled otherwise: not very short, and without digits."""
    letters = 0
    for i in range(w.text_at[a], w.text_at[a + 1] - 1):
        byte = w.text[i]
        if 48 <= byte <= 57:
            return False
        letters += 1 if byte & 0xC0 != 0x80 else 0
    return letters >= SHORTEST


@nb.njit(cache=True, nogil=True)
def same_place(a: int, b: int, w: Any) -> Any:
    """Whether two parts of places mean one place (`places.same_place`)."""
    return a == b or (_plain_word(a, w) and _plain_word(b, w) and similarity(a, b, w) >= ALIKE)


@nb.njit(cache=True, nogil=True)
def place(masks: Any, count: int, asked: int) -> Any:
    """Level of two places (`places.place_level`): one of `asked` parts, and one of `count` parts of which the j-th is those of the first whose
    bits are set in `masks[j]`."""
    if asked > 1 and count > 1:
        for j in range(1, count):
            if masks[j] >> (asked - 1) & 1:
                return PLACE
        if masks[count - 1] >> 1:
            return PLACE
    if asked == 1 or count == 1:
        last, longest = -1, max(asked, count)
        for j in range(longest):
            if (masks[j] & 1) if asked == 1 else (masks[0] >> j & 1):
                last = j
        if last < 0:
            return DIFFERENT
        return SAME_TEXT if longest == 1 else PLACE if last == longest - 1 else COUNTRY if last == 0 else REGION
    depth = 0
    while depth < min(asked, count) and masks[depth] >> depth & 1:
        depth += 1
    return min(depth, REGION)


@nb.njit(cache=True, nogil=True)
def place_of_words(a: Any, b: Any, masks: Any, w: Any) -> Any:
    """The same of two rows of `MOST_PARTS` words, -1 after the last; `masks` is written on."""
    asked = count = 0
    for j in range(MOST_PARTS):
        asked += 1 if a[j] >= 0 else 0
        count += 1 if b[j] >= 0 else 0
        masks[j] = 0
        for i in range(MOST_PARTS):
            if a[i] >= 0 and b[j] >= 0 and same_place(a[i], b[j], w):
                masks[j] |= 1 << i
    return place(masks, count, asked)


@nb.njit(cache=True, nogil=True)
def meeting(f: Any, g: Any, section: int) -> Any:
    """How many numbers two sorted sections have in common; `MISSING` where one is empty."""
    i, j, count = f[section], g[section], 0
    if i == f[section + 1] or j == g[section + 1]:
        return MISSING
    while i < f[section + 1] and j < g[section + 1]:
        if f[i] == g[j]:
            count += 1
            i += 1
            j += 1
        elif f[i] < g[j]:
            i += 1
        else:
            j += 1
    return count


@nb.njit(cache=True, nogil=True)
def sex(f: Any, g: Any) -> Any:
    """0 for different, 1 for the same."""
    return meeting(f, g, SEX)


@nb.njit(cache=True, nogil=True)
def language(f: Any, g: Any) -> Any:
    """Whether a language, or one related to it, is shared."""
    shared = meeting(f, g, LANGUAGES)
    if shared <= 0:
        return MISSING if shared < 0 else RELATED if meeting(f, g, LANGUAGE_GROUPS) > 0 else NONE_SHARED
    return SHARED


@nb.njit(cache=True, nogil=True)
def people(f: Any, g: Any, t: Any) -> Any:
    """Whether the ethnic group is the same, or a related one."""
    if f[PEOPLE] == f[PEOPLE + 1] or g[PEOPLE] == g[PEOPLE + 1]:
        return MISSING
    if t.likes[word(f, f[PEOPLE]), word(g, g[PEOPLE])] >= ALIKE_PEOPLES:
        return SHARED
    return RELATED if meeting(f, g, PEOPLE_GROUPS) > 0 else NONE_SHARED


@nb.njit(cache=True, nogil=True)
def _alike(a: Any, b: Any) -> Any:
    """Level of two numbers."""
    if len(a) == len(b):
        wrong, at = 0, 0
        for k in range(len(a)):
            if a[k] != b[k]:
                wrong, at = wrong + 1, k
        if wrong == 0:
            return SAME_NUMBER
        turned = wrong == 2 and a[at - 1] == b[at] and a[at] == b[at - 1] and a[at - 1] != b[at - 1]
        return ONE_APART if wrong == 1 or turned else NUMBER_DIFFERENT
    if len(a) > len(b):
        a, b = b, a
    if len(a) < LEAST_PART:
        return NUMBER_DIFFERENT
    starts = ends = True
    for k in range(len(a)):
        starts = starts and a[k] == b[k]
        ends = ends and a[k] == b[len(b) - len(a) + k]
    return PARTIAL if starts or ends else NUMBER_DIFFERENT


@nb.njit(cache=True, nogil=True)
def numbers(f: Any, g: Any, section: int) -> Any:
    """Level of two sections of numbers, and which of the first is the one agreed on (the least of several), -1 for none."""
    i, count, best, which = f[section], 0, MISSING, -1
    while i < f[section + 1]:
        j = g[section]
        while j < g[section + 1]:
            level = _alike(f[i + 1:i + 1 + f[i]], g[j + 1:j + 1 + g[j]])
            if level > best:
                best, which = level, count
            j += 1 + g[j]
        i, count = i + 1 + f[i], count + 1
    return best, which if best == SAME_NUMBER else -1
