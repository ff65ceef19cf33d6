"""How alike are two numbered tokens, in steps, each pair worked out once?

Pairs of rows ask for the same two tokens again and again. A grade is kept in a table of fixed size, one 64-bit word an entry
(56 bits for the two numbers, 8 for the grade), overwritten by whoever comes next: memory stays bounded, and threads need
no lock because a word is written whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.texts import mix
from havre.linkage.evidence.places import ALIKE
from havre.linkage.names import kernel
from havre.linkage.names.kernel import GROUPS, HEAD, HOPELESS_BELOW, HOPELESS_BURMESE, LENGTHS, NICKNAMES, SKELETON, similar
from havre.linkage.names.lexicon import Lexicon, rules
from havre.linkage.names.similarity import CLOSE, STRONG, WEAK

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIFFERENT, FAINTLY, WEAKLY, CLOSELY, PLACELY, STRONGLY, SAME = range(7)
FAINT: Final = 0.5  # likeness that one person's names have about as often below `WEAK` as strangers' names
_CLASSES: Final = np.array([1 + "BTKHSJFMNLRAC".find(chr(c)) for c in range(128)])  # of `names.sounds.skeleton`, from 1; 0: none
LONGEST: Final = 10  # consonants of a token that are kept in one number
SIZE, BURMESE = np.uint64(52), np.uint64(1 << 61)  # above the bits of consonants
HELD, ORDER, PLACES, KNOWN = 0, 1, 2, 6  # columns of `signs_of`
MEMORY: Final = 1 << 23  # pairs of tokens remembered
MOST_TOKENS: Final = 1 << 28


@nb.njit(cache=True, nogil=True)
def signs_of(data: Any, at: Any) -> Any:
    """What `apart` reads of each token, in one line of the processor's cache. Shape: (tokens, 8).

    `HELD`: its consonants in whatever order, four bits for each class, as many set as it holds, above them how many there are and whether
    it is `BURMESE`; `ORDER`: its consonants in their order, four bits each; `PLACES` and the next three: where each class stands, sixteen
    bits for each class; `KNOWN`: a bit or two for the names of the table that it may stand for. `HELD` is 0 for tokens without consonants,
    with more than `LONGEST` or with one of them more than four times, which are always compared in full.
    """
    out = np.zeros((len(at) - 1, 8), np.uint64)
    for i in range(len(out)):
        token = data[at[i]:at[i + 1]]
        start, size, held = HEAD + token[LENGTHS], token[LENGTHS + SKELETON], np.uint64(0)
        for k in range(size if size <= LONGEST else 0):
            letter = _CLASSES[token[start + k]]
            out[i, ORDER] |= np.uint64(letter) << np.uint64(4 * k)
            out[i, PLACES + letter // 4] |= np.uint64(1) << np.uint64(16 * (letter % 4) + k)
            shift = np.uint64(4 * (letter - 1))
            bits = (held >> shift) & np.uint64(15)
            if bits == 15:
                size = 0
            held |= ((bits << np.uint64(1)) & np.uint64(15) | np.uint64(1)) << shift
        if 0 < size <= LONGEST:
            out[i, HELD] = held | np.uint64(size) << SIZE | (BURMESE if token[kernel.SCRIPT] == kernel.BURMESE else np.uint64(0))
        for part in (GROUPS, NICKNAMES):
            for group in kernel._part(token, part):
                out[i, KNOWN] |= np.uint64(1) << (mix(group) & np.uint64(63))
    return out


@nb.njit(cache=True, nogil=True)
def _ones(bits: Any) -> Any:
    found = 0
    while bits:
        bits &= bits - np.uint64(1)
        found += 1
    return found


@nb.njit(cache=True, nogil=True)
def _far(i: Any, j: Any, signs: Any) -> Any:
    """Whether two tokens share so few consonants, in their order, that `similar` would not look at them any further but for the
    table of known names. Bit-parallel longest common subsequence (Crochemore et al. 2001)."""
    x, y = signs[i, HELD], signs[j, HELD]
    if x == 0 or y == 0:
        return False
    least = HOPELESS_BURMESE if (x ^ y) & BURMESE else HOPELESS_BELOW
    least *= np.float64(((x >> SIZE) & np.uint64(15)) + ((y >> SIZE) & np.uint64(15)))
    if 2.0 * _ones(x & y & np.uint64((1 << 52) - 1)) < least:  # in whatever order: the cheaper bound
        return True
    letters, free = signs[j, ORDER], np.uint64(0xFFFF)
    for k in range(LONGEST):  # where there is no letter, none is held
        letter = (letters >> np.uint64(4 * k)) & np.uint64(15)
        at = (signs[i, PLACES + np.int64(letter >> np.uint64(2))] >> (np.uint64(16) * (letter & np.uint64(3)))) & np.uint64(0xFFFF)
        free = (free + (free & at)) | (free & ~at)
    return 2.0 * _ones(~free & np.uint64(0xFFFF)) < least


@nb.njit(cache=True, nogil=True)
def apart(i: Any, j: Any, signs: Any) -> Any:
    """Whether two tokens, both known, are so far apart by their consonants that their grade is `DIFFERENT` for sure; symmetric.
    `signs` is `signs_of(lexicon)`."""
    return i != j and signs[i, KNOWN] & signs[j, KNOWN] == 0 and _far(i, j, signs)


@nb.njit(cache=True, nogil=True)
def _known(i: Any, j: Any, words: Any) -> Any:
    """Whether the table of known names holds two tokens as spellings or nicknames of one name."""
    data, at = words[0], words[1]
    a, b = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
    names_a, names_b = kernel._part(a, GROUPS), kernel._part(b, GROUPS)
    return kernel._meet(names_a, names_b) or kernel._meet(kernel._part(a, NICKNAMES), names_b) or kernel._meet(kernel._part(b, NICKNAMES), names_a)


@nb.njit(cache=True, nogil=True)
def _worked_out(low: Any, high: Any, words: Any) -> Any:
    data, at, costs, table, columns, fits = words
    likeness = np.float32(similar(low, high, data, at, costs, table, columns, fits))
    if likeness >= np.float32(STRONG):
        return STRONGLY
    if likeness >= np.float32(ALIKE):
        return PLACELY
    if likeness >= np.float32(CLOSE):
        return CLOSELY
    if likeness >= np.float32(WEAK):
        return WEAKLY
    return FAINTLY if likeness >= np.float32(FAINT) else DIFFERENT


@nb.njit(cache=True, nogil=True)
def grade(i: Any, j: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Grade of tokens i and j of a lexicon, -1 when either is unknown (negative); symmetric. `signs` and `words` are
    `words_of(lexicon)`."""
    if i < 0 or j < 0:
        return -1
    if i == j:
        return SAME
    low, high = min(i, j), max(i, j)
    if _far(low, high, signs) and (signs[low, KNOWN] & signs[high, KNOWN] == 0 or not _known(low, high, words)):
        return DIFFERENT
    key = (np.uint64(low) << np.uint64(28)) | np.uint64(high)
    slot = mix(key) & np.uint64(len(memo) - 1)
    entry = memo[slot]
    if entry >> np.uint64(8) == key:
        return np.int64(entry & np.uint64(255))
    found = _worked_out(low, high, words)
    memo[slot] = (key << np.uint64(8)) | np.uint64(found)
    return found


def memory() -> NDArray[np.uint64]:
    """An empty table of grades."""
    return np.zeros(MEMORY, np.uint64)


def words_of(lexicon: Lexicon) -> tuple[NDArray[np.uint64], tuple[NDArray[Any], ...]]:
    """What `grade` reads: signs of the tokens; the tokens and the rules of comparison. Raises ValueError beyond `MOST_TOKENS` tokens."""
    if len(lexicon) > MOST_TOKENS:
        raise ValueError("These files hold more than 268 million different words. Link them in parts.")
    return signs_of(lexicon.data, lexicon.at[:len(lexicon) + 1]), (lexicon.data, lexicon.at, *rules())
