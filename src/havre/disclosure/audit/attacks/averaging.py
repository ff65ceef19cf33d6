"""Does asking the same question again and again wear the noise off?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Averaged:
    """Share of cells whose exact count is read off, from one answer and from the mean of all; `distinct`: how many answers differ."""

    first: float
    mean: float
    distinct: int


def averaged(ask: Callable[[], NDArray[np.float64]], exact: NDArray[np.int64], times: int) -> Averaged:
    """Ask so many times and round the mean."""
    answers = [ask() for _ in range(times)]
    right = [float((np.rint(guess) == exact).mean()) for guess in (answers[0], np.mean(answers, axis=0))]
    return Averaged(right[0], right[1], len({answer.tobytes() for answer in answers}))
