"""Compiled: which tokens of a vocabulary are like this one, without comparing it with all?

Tokens stand on lists under keys: their consonants, the consonants with one left out (four and more), the consonants without
what is often left out or exchanged (h; j for k), their sound and their sound with one letter left out, and the known names they are or abbreviate.
Two tokens one slip apart share a key whatever the slip is (deletion neighbourhood). What shares a key is first told apart
by a signature of 64 bits, the likest are compared by `names.kernel.similar`.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from havre.linkage.names import kernel

SOFT = (ord("H"), ord("F"), ord("A"))  # consonants that are often left out, or stand for vowels (ו); A: none stood there
MOST_KEYS = 64
MOST_MET = 16_384  # tokens under the keys of one token that are looked at
MOST_COMPARED = 448  # of which this many, by signature, are compared
LONG, END = 6, 4  # from how many consonants on the first and the last few are keys of their own
FARTHEST = 2  # consonants (counted by kind, up to two of each) by which the signatures of like tokens may differ; twice that in long ones
VOWEL_CODES = np.array([0, 4, 8, 14, 20, 31, 32], np.int32)  # a e i o u E O in `edit.LETTERS`
CONSONANTS = np.uint64((1 << 52) - 1)
SOFT_BITS = np.uint64(sum(3 << 2 * (ord(letter) - 65) for letter in "HFAC"))
VOWELS = np.uint64(((1 << 10) - 1) << 52)
NO_VOWELS = np.uint64(1 << 62)  # set in the signature of a script that leaves vowels out
OPEN = np.uint64(1 << 63)  # set where a token begins with a vowel


@nb.njit(cache=True, nogil=True)
def _hash(kind: int, part: Any, skipped: int) -> Any:
    """A number for a stretch without its letter at `skipped` (-1: whole)."""
    value = np.uint64(1469598103934665603) ^ np.uint64(kind)
    for i in range(len(part)):
        if i != skipped:
            value = (value ^ np.uint64(part[i] + 1)) * np.uint64(1099511628211)
    return (value ^ (value >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(20)


@nb.njit(cache=True, nogil=True)
def keys_of(number: int, data: Any, at: Any, out: Any) -> Any:
    """Write the keys of a token into `out` (uint64, at least `MOST_KEYS`); returns how many."""
    token = data[at[number]:at[number + 1]]
    bones, sound = kernel._part(token, kernel.SKELETON), kernel._part(token, kernel.SOUND)
    names, nicks = kernel._part(token, kernel.GROUPS), kernel._part(token, kernel.NICKNAMES)
    out[0] = _hash(1, bones, -1)
    count = 1
    if len(bones) >= 4:
        for i in range(min(len(bones), 14)):
            out[count] = _hash(1, bones, i)
            count += 1
    coarse = np.empty(len(bones), np.int32)
    kept = 0
    for letter in bones:
        if letter not in SOFT:
            coarse[kept] = ord("K") if letter == ord("J") else ord("S") if letter == ord("T") else letter
            kept += 1
    if kept > 0:
        out[count] = _hash(2, coarse[:kept], -1)
        count += 1
    if kept >= LONG:  # two slips, as in a name of two words, leave one end whole
        out[count], out[count + 1] = _hash(5, coarse[:END], -1), _hash(6, coarse[kept - END:kept], -1)
        count += 2
    if len(sound) > 0:
        out[count] = _hash(3, sound, -1)
        count += 1
    if len(sound) >= 3:
        for i in range(min(len(sound), 24)):
            if i == 0 or sound[i] != sound[i - 1]:
                out[count] = _hash(3, sound, i)
                count += 1
    for k in range(min(len(names), 8)):
        out[count] = _hash(4, names[k:k + 1], -1)
        count += 1
    for k in range(min(len(nicks), 8)):
        out[count] = _hash(4, nicks[k:k + 1], -1)
        count += 1
    return count


@nb.njit(cache=True, nogil=True)
def sign_of(number: int, data: Any, at: Any) -> Any:
    """The signature of a token: consonants by kind (26 times two bits), then vowels by kind (five times two bits), then
    `NO_VOWELS` and `OPEN`."""
    token = data[at[number]:at[number + 1]]
    sign = NO_VOWELS if token[kernel.UNWRITTEN] else np.uint64(0)
    for letter in kernel._part(token, kernel.SKELETON):
        place = np.uint64(2 * ((letter - 65) % 26))
        sign |= np.uint64(1) << place if (sign >> place) & np.uint64(1) == 0 else np.uint64(2) << place
    sound = kernel._part(token, kernel.SOUND)
    for v in range(len(VOWEL_CODES)):
        if len(sound) > 0 and sound[0] == VOWEL_CODES[v]:
            sign |= OPEN
    for letter in sound:
        for v in range(len(VOWEL_CODES)):
            if letter == VOWEL_CODES[v]:
                place = np.uint64(52 + 2 * (1 if v == 5 else 3 if v == 6 else v))
                sign |= np.uint64(1) << place if (sign >> place) & np.uint64(1) == 0 else np.uint64(2) << place
    return sign


@nb.njit(cache=True, nogil=True)
def read_tokens(first: int, last: int, data: Any, at: Any, buckets: int, signs: Any) -> Any:
    """Signatures of tokens first … last − 1 into `signs`, and their keys as pairs (list below `buckets`, token)."""
    lists = np.empty(max(16, (last - first) * 16), np.int64)
    tokens = np.empty(len(lists), np.int32)
    keys = np.empty(MOST_KEYS, np.uint64)
    used = 0
    for number in range(first, last):
        signs[number] = sign_of(number, data, at)
        count = keys_of(number, data, at, keys)
        if used + count > len(lists):
            more, further = np.empty(2 * len(lists) + count, np.int64), np.empty(2 * len(lists) + count, np.int32)
            more[:used] = lists[:used]
            further[:used] = tokens[:used]
            lists, tokens = more, further
        for k in range(count):
            lists[used] = np.int64(keys[k] % np.uint64(buckets))
            tokens[used] = number
            used += 1
    return lists[:used], tokens[:used]


@nb.njit(cache=True, nogil=True)
def bits(value: Any) -> Any:
    """How many bits are set."""
    v = value - ((value >> np.uint64(1)) & np.uint64(0x5555555555555555))
    v = (v & np.uint64(0x3333333333333333)) + ((v >> np.uint64(2)) & np.uint64(0x3333333333333333))
    v = (v + (v >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((v * np.uint64(0x0101010101010101)) >> np.uint64(56))


@nb.njit(cache=True, nogil=True)
def _named_alike(a: Any, b: Any) -> Any:
    """Whether a table of names joins the two, however they sound."""
    names_a, names_b = kernel._part(a, kernel.GROUPS), kernel._part(b, kernel.GROUPS)
    return (kernel._meet(names_a, names_b) or kernel._meet(kernel._part(a, kernel.NICKNAMES), names_b)
            or kernel._meet(kernel._part(b, kernel.NICKNAMES), names_a))


@nb.njit(cache=True, nogil=True)
def _met(number: int, first: int, known: int, stored: Any, buckets: int, signs: Any, seen: Any, data: Any, at: Any, met: Any, far: Any) -> Any:
    """Write into `met` the tokens from `first` to below `known` that share a key with a token, and into `far` how unlike their signatures
    are (0–63); returns how many."""
    lists_at, rows, head, following, later = stored
    keys = np.empty(MOST_KEYS, np.uint64)
    count = keys_of(number, data, at, keys)
    own, token = sign_of(number, data, at), data[at[number]:at[number + 1]]
    named = token[kernel.LENGTHS + kernel.GROUPS] + token[kernel.LENGTHS + kernel.NICKNAMES] > 0
    farthest = FARTHEST if token[kernel.LENGTHS + kernel.SKELETON] < LONG else 2 * FARTHEST
    used = 0
    for k in range(count):
        bucket = np.int64(keys[k] % np.uint64(buckets))
        start, end = (lists_at[bucket], lists_at[bucket + 1]) if bucket + 1 < len(lists_at) else (0, 0)
        chain = head[bucket] if bucket < len(head) else -1
        while used < len(met):
            if start < end:
                other = rows[start]
                start += 1
            elif chain >= 0:
                other = later[chain]
                chain = following[chain]
            else:
                break
            if other < first or other >= known or seen[other] or other == number:
                continue
            apart = own ^ signs[other]
            hard, soft = bits(apart & CONSONANTS & ~SOFT_BITS), bits(apart & SOFT_BITS)
            distance = min(63, 10 * hard + 4 * soft + (3 if apart & OPEN else 0) + (0 if apart & NO_VOWELS else bits(apart & VOWELS)))
            if named and _named_alike(token, data[at[other]:at[other + 1]]):
                distance = 0
            elif hard + soft > farthest:
                continue
            seen[other] = True
            met[used], far[used] = other, distance
            used += 1
    for k in range(used):
        seen[met[k]] = False
    return used


@nb.njit(cache=True, nogil=True)
def near(number: int, first: int, known: int, stored: Any, buckets: int, signs: Any, seen: Any, least: float, data: Any, at: Any,
         costs: Any, table: Any, columns: Any, fits: Any) -> Any:
    """The tokens from `first` to below `known` that are like a token (similarity at least `least`), and how like; the token itself first
    when it is among them. `stored`: the arrays of `Lists`; `seen` is all false before and after. Shapes: (found,), (found,)."""
    met, far, tally = np.empty(MOST_MET, np.int32), np.empty(MOST_MET, np.int32), np.zeros(65, np.int64)
    used = _met(number, first, known, stored, buckets, signs, seen, data, at, met, far)
    for k in range(used):
        tally[far[k]] += 1
    limit, most = 0, tally[0]
    while limit < 63 and most + tally[limit + 1] <= MOST_COMPARED:
        limit += 1
        most += tally[limit]
    spare = MOST_COMPARED - most  # of the next distance as many as there is room for, the longest known (and so the commoner) first
    tokens, likes = np.empty(MOST_COMPARED + 2, np.int32), np.empty(MOST_COMPARED + 2, np.float32)
    found = 0
    if first <= number < known:
        tokens[0], likes[0] = number, 1.0
        found = 1
    for k in range(used):
        if far[k] == limit + 1 and spare > 0:
            spare -= 1
        elif far[k] > limit or found > MOST_COMPARED:
            continue
        like = kernel.similar(number, met[k], data, at, costs, table, columns, fits)
        if like >= least:
            tokens[found], likes[found] = met[k], like
            found += 1
    return tokens[:found], likes[:found]


@nb.njit(cache=True, nogil=True)
def near_each(numbers: Any, known: int, stored: Any, buckets: int, signs: Any, seen: Any, least: float, data: Any, at: Any,
              costs: Any, table: Any, columns: Any, fits: Any) -> Any:
    """`near` for each of some tokens below `known`: where each one's list ends in the other two arrays, the like tokens, and how like."""
    ends = np.empty(len(numbers), np.int64)
    tokens, likes = np.empty(max(1024, 32 * len(numbers)), np.int32), np.empty(max(1024, 32 * len(numbers)), np.float32)
    used = 0
    for k in range(len(numbers)):
        found, like = near(numbers[k], 0, known, stored, buckets, signs, seen, least, data, at, costs, table, columns, fits)
        if used + len(found) > len(tokens):
            more, further = np.empty(2 * len(tokens), np.int32), np.empty(2 * len(tokens), np.float32)
            more[:used] = tokens[:used]
            further[:used] = likes[:used]
            tokens, likes = more, further
        tokens[used:used + len(found)] = found
        likes[used:used + len(found)] = like
        used += len(found)
        ends[k] = used
    return ends, tokens[:used].copy(), likes[:used].copy()
