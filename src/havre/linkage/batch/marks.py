"""Do the marks of the body, the things carried and the cause of a separation agree, as told in free words?

The rules of `evidence.marks` and `evidence.separation`, on arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch import lists
from havre.linkage.batch.texts import Encoded, Texts
from havre.linkage.evidence.marks import telling
from havre.linkage.names.normalise import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS: Final = ("several", "one", "none")
CAUSE_LEVELS: Final = ("same", "different")
MOST: Final = 24  # telling words read of one text
MOST_OF_A_CAUSE: Final = 8
_BY_COUNT: Final = np.array([2, 1, 0], np.int8)


def read(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The telling words of each row, in alphabetical order. Shape: (rows, MOST)."""
    return lists.read(column, texts, lambda text: sorted(telling(tuple(lists.parts(text)))), MOST)


def read_cause(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The words of each row's cause, or its code. Shape: (rows, MOST_OF_A_CAUSE)."""
    return lists.read(column, texts, words, MOST_OF_A_CAUSE)


def levels(a: NDArray[np.int32], b: NDArray[np.int32], left: Any, right: Any) -> NDArray[np.int8]:
    """Level of each pair of rows (index into `LEVELS`, -1 where a side tells nothing). Shape: (len(a),)."""
    count = lists.shared(a, b, left, right)
    found: NDArray[np.int8] = np.where(count < 0, -1, _BY_COUNT[np.clip(count, 0, 2)]).astype(np.int8)
    return found


def cause_levels(a: NDArray[np.int32], b: NDArray[np.int32], left: Any, right: Any) -> NDArray[np.int8]:
    """Level of each pair of rows (index into `CAUSE_LEVELS`, -1 unknown): a word in common. Shape: (len(a),)."""
    count = lists.shared(a, b, left, right)
    found: NDArray[np.int8] = np.where(count < 0, -1, np.where(count > 0, 0, 1)).astype(np.int8)
    return found
