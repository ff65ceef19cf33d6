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
_PLACES: Final = np.array(["BTKHSJFMNLRAC".find(chr(c)) % 13 for c in range(128)])  # of each class of `names.sounds.skeleton`
SIZE, NAMED, BURMESE = np.uint64(52), np.uint64(1 << 60), np.uint64(1 << 61)  # above the bits of consonants
MEMORY: Final = 1 << 23  # pairs of tokens remembered
MOST_TOKENS: Final = 1 << 28


@nb.njit(cache=True, nogil=True)
def consonants_of(data: Any, at: Any) -> Any:
    """Four bits for each class of consonant that a token may hold, as many set as it holds, and above them the number of consonants
    and whether the token is `NAMED` or `BURMESE`; 0 for tokens that hold a class more often, which are always compared in full."""
    out = np.zeros(len(at) - 1, np.uint64)
    for i in range(len(out)):
        token = data[at[i]:at[i + 1]]
        start = HEAD + token[LENGTHS]
        bits, size = np.uint64(0), token[LENGTHS + SKELETON]
        for k in range(start, start + size):
            place = np.uint64(4 * _PLACES[token[k]])
            held = (bits >> place) & np.uint64(15)
            if held == 15:
                size = 16
            bits |= ((held << np.uint64(1)) | np.uint64(1)) << place
        if 0 < size < 16:
            out[i] = bits | (np.uint64(size) << SIZE)
            if token[LENGTHS + GROUPS] + token[LENGTHS + NICKNAMES] > 0:
                out[i] |= NAMED
            if token[kernel.SCRIPT] == kernel.BURMESE:
                out[i] |= BURMESE
    return out


@nb.njit(cache=True, nogil=True)
def _far(x: Any, y: Any) -> Any:
    """Whether two tokens share so few consonants, in whatever order, that `similar` would not look at them any further but for the
    table of known names."""
    if x == 0 or y == 0:
        return False
    both, shared = x & y & np.uint64((1 << 52) - 1), 0
    while both:
        both &= both - np.uint64(1)
        shared += 1
    least = HOPELESS_BURMESE if (x ^ y) & BURMESE else HOPELESS_BELOW
    return 2.0 * shared < least * np.float64(((x >> SIZE) & np.uint64(15)) + ((y >> SIZE) & np.uint64(15)))


@nb.njit(cache=True, nogil=True)
def _known(a: Any, b: Any) -> Any:
    """Whether the table of known names holds two tokens as spellings or nicknames of one name."""
    names_a, names_b = kernel._part(a, GROUPS), kernel._part(b, GROUPS)
    return kernel._meet(names_a, names_b) or kernel._meet(kernel._part(a, NICKNAMES), names_b) or kernel._meet(kernel._part(b, NICKNAMES), names_a)


@nb.njit(cache=True, nogil=True)
def grade(i: Any, j: Any, memo: Any, words: Any) -> Any:
    """Grade of tokens i and j of a lexicon, -1 when either is unknown (negative); symmetric. `words` is `words_of(lexicon)`."""
    if i < 0 or j < 0:
        return -1
    if i == j:
        return SAME
    low, high = min(i, j), max(i, j)
    data, at, costs, table, columns, fits, consonants = words
    x, y = consonants[low], consonants[high]
    if _far(x, y) and not (x & y & NAMED and _known(data[at[low]:at[low + 1]], data[at[high]:at[high + 1]])):
        return DIFFERENT
    key = (np.uint64(low) << np.uint64(28)) | np.uint64(high)
    slot = mix(key) & np.uint64(len(memo) - 1)
    entry = memo[slot]
    if entry >> np.uint64(8) == key:
        return np.int64(entry & np.uint64(255))
    likeness = np.float32(similar(low, high, data, at, costs, table, columns, fits))
    found = DIFFERENT
    if likeness >= np.float32(STRONG):
        found = STRONGLY
    elif likeness >= np.float32(ALIKE):
        found = PLACELY
    elif likeness >= np.float32(CLOSE):
        found = CLOSELY
    elif likeness >= np.float32(WEAK):
        found = WEAKLY
    elif likeness >= np.float32(FAINT):
        found = FAINTLY
    memo[slot] = (key << np.uint64(8)) | np.uint64(found)
    return found


def memory() -> NDArray[np.uint64]:
    """An empty table of grades."""
    return np.zeros(MEMORY, np.uint64)


def words_of(lexicon: Lexicon) -> tuple[NDArray[Any], ...]:
    """The arrays that `grade` reads: the tokens and the rules of comparison. Raises ValueError beyond `MOST_TOKENS` tokens."""
    if len(lexicon) > MOST_TOKENS:
        raise ValueError("These files hold more than 268 million different words. Link them in parts.")
    return lexicon.data, lexicon.at, *rules(), consonants_of(lexicon.data, lexicon.at[:len(lexicon) + 1])
