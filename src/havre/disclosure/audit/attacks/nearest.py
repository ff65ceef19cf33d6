"""Which released rows look most like a target, by the attributes that the attacker knows?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.audit.attacks.gate import Codes

BLOCK: Final = 1 << 24  # comparisons held at once


def distances(targets: Codes, released: Codes, known: Sequence[int]) -> Iterator[tuple[slice, NDArray[np.int16]]]:
    """A block of targets after the other: how many known attributes differ, (targets of the block, released rows)."""
    step = max(1, BLOCK // max(1, len(released)))
    for start in range(0, len(targets), step):
        block = slice(start, min(start + step, len(targets)))
        apart = np.zeros((block.stop - start, len(released)), np.int16)
        for column in known:
            apart += targets[block, column, None] != released[:, column]
        yield block, apart


def nearest(targets: Codes, released: Codes, known: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each target the first of the nearest released rows, and its distance."""
    places, apart = np.empty(len(targets), np.int64), np.empty(len(targets), np.int64)
    for block, found in distances(targets, released, known):
        places[block] = found.argmin(axis=1)
        apart[block] = found.min(axis=1)
    return places, apart
