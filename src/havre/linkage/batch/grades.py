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
from havre.linkage.names.kernel import similar
from havre.linkage.names.lexicon import Lexicon, rules
from havre.linkage.names.similarity import CLOSE, STRONG, WEAK

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIFFERENT, WEAKLY, CLOSELY, PLACELY, STRONGLY, SAME = 0, 1, 2, 3, 4, 5
MEMORY: Final = 1 << 21  # pairs of tokens remembered
MOST_TOKENS: Final = 1 << 28


@nb.njit(cache=True, nogil=True)
def grade(i: Any, j: Any, memo: Any, words: Any) -> Any:
    """Grade of tokens i and j of a lexicon, -1 when either is unknown (negative); symmetric. `words` is `words_of(lexicon)`."""
    if i < 0 or j < 0:
        return -1
    if i == j:
        return SAME
    low, high = min(i, j), max(i, j)
    key = (np.uint64(low) << np.uint64(28)) | np.uint64(high)
    slot = mix(key) & np.uint64(len(memo) - 1)
    entry = memo[slot]
    if entry >> np.uint64(8) == key:
        return np.int64(entry & np.uint64(255))
    data, at, costs, table, columns, fits = words
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
    memo[slot] = (key << np.uint64(8)) | np.uint64(found)
    return found


def memory() -> NDArray[np.uint64]:
    """An empty table of grades."""
    return np.zeros(MEMORY, np.uint64)


def words_of(lexicon: Lexicon) -> tuple[NDArray[Any], ...]:
    """The arrays that `grade` reads: the tokens and the rules of comparison. Raises ValueError beyond `MOST_TOKENS` tokens."""
    if len(lexicon) > MOST_TOKENS:
        raise ValueError("These files hold more than 268 million different words. Link them in parts.")
    return lexicon.data, lexicon.at, *rules()
