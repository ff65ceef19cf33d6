"""What was said of each person, word for word, by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from havre.linkage.evidence.compiled.room import roomier

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Texts:
    """Texts of bytes by row. `flat` may be a file mapped into memory; what came since stands in `later`."""

    def __init__(self, flat: NDArray[np.uint8] | None = None, at: NDArray[np.int64] | None = None) -> None:
        self.flat = np.zeros(0, np.uint8) if flat is None else flat
        self.at = np.zeros(1, np.int64) if at is None else at
        self.count = len(self.at) - 1
        self.later = bytearray()

    def append(self, text: bytes) -> None:
        """Add the text of the next row."""
        self.at = roomier(self.at, self.count + 2)
        self.at[self.count + 1] = self.at[self.count] + len(text)
        self.later += text
        self.count += 1

    def get(self, row: int) -> bytes:
        """The text of a row."""
        start, end, border = int(self.at[row]), int(self.at[row + 1]), len(self.flat)
        return self.flat[start:end].tobytes() if end <= border else bytes(self.later[start - border:end - border])

    def wipe(self, row: int) -> None:
        """Overwrite the text of a row."""
        start, end, border = int(self.at[row]), int(self.at[row + 1]), len(self.flat)
        if end <= border:
            self.flat[start:end] = 0
        else:
            self.later[start - border:end - border] = bytes(end - start)

    def only(self, rows: NDArray[np.int64]) -> Texts:
        """The texts of these rows (ascending), in this order, in one flat part."""
        size = self.at[rows + 1] - self.at[rows]
        at = np.concatenate([np.zeros(1, np.int64), np.cumsum(size)])
        flat, border = np.empty(int(at[-1]), np.uint8), len(self.flat)
        later = np.frombuffer(self.later, np.uint8)
        gaps = np.flatnonzero(np.diff(rows) != 1) + 1  # whole runs of rows are copied at once
        for run in np.split(rows, gaps):
            if len(run):
                self._copy(run, flat, at, rows, border, later)
        return Texts(flat, at)

    def _copy(self, run: NDArray[np.int64], flat: NDArray[np.uint8], at: NDArray[np.int64], rows: NDArray[np.int64], border: int,
              later: NDArray[np.uint8]) -> None:  # fmt: skip
        start, end = int(self.at[run[0]]), int(self.at[run[-1] + 1])
        to = int(at[np.searchsorted(rows, run[0])])
        middle = min(max(border, start), end)
        flat[to:to + middle - start] = self.flat[start:middle]
        flat[to + middle - start:to + end - start] = later[middle - border:end - border] if end > border else later[:0]
