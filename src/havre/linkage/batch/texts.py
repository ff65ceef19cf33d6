"""Which distinct values does a column hold, and which number stands for a text?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_START: Final = np.uint64(0xCBF29CE484222325)  # FNV-1a, 64 bits (Fowler, Noll, Vo)
_PRIME: Final = np.uint64(0x100000001B3)


@nb.njit(cache=True, nogil=True)
def mix(value: Any) -> Any:
    """Spread the bits of a 64-bit number (the finaliser of SplitMix64, Steele et al. 2014)."""
    value = np.uint64(value) + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@nb.njit(cache=True, nogil=True)
def _hashes(data: Any, offsets: Any) -> Any:
    out = np.zeros(len(offsets) - 1, np.uint64)
    for i in range(len(out)):
        value = _START
        for k in range(offsets[i], offsets[i + 1]):
            value = (value ^ np.uint64(data[k])) * _PRIME
        out[i] = max(mix(value), np.uint64(1))
    return out


def hashes_of(texts: Any) -> NDArray[np.uint64]:
    """A 64-bit number for each text of an Arrow array (or list), 0 for a null; the same on every machine. Shape: (len(texts),)."""
    import pyarrow as pa

    array = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
    array = pa.concat_arrays([array.cast(pa.large_string())])
    offsets = np.frombuffer(array.buffers()[1], np.int64)[array.offset:array.offset + len(array) + 1] if len(array) else np.zeros(1, np.int64)
    data = array.buffers()[2]
    out: NDArray[np.uint64] = _hashes(np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8), offsets)
    if array.null_count:
        out[np.asarray(array.is_null().to_numpy(zero_copy_only=False))] = 0
    return out


class Encoded(NamedTuple):
    """A column by its distinct values: `codes` names one of `values` for each row, -1 where the row is empty."""

    codes: NDArray[np.int32]
    values: list[str]

    def map(self, read: Callable[[str], int]) -> NDArray[np.int32]:
        """What `read` makes of each row's value, each distinct value read once; -1 where empty."""
        found: NDArray[np.int32] = self.take(np.fromiter((read(v) for v in self.values), np.int32, count=len(self.values)), -1)
        return found

    def take(self, by_value: NDArray[Any], missing: Any) -> Any:
        """`by_value[code]` for each row, `missing` where empty. `by_value` may have further dimensions."""
        if not len(by_value):
            return np.full((len(self.codes), *by_value.shape[1:]), missing, by_value.dtype)
        out = by_value[self.codes]
        out[self.codes < 0] = missing
        return out


def encode(column: Any) -> Encoded:
    """The distinct values of an Arrow array of strings."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    found = column.dictionary_encode()
    codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Encoded(codes, found.dictionary.to_pylist())


def nothing(rows: int) -> Encoded:
    """A column that is empty in every row."""
    return Encoded(np.full(rows, -1, np.int32), [])


class Texts:
    """Distinct texts by number, their characters in flat arrays: `data[at[i]:at[i + 1]]` are the code points of text i."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._flat: tuple[NDArray[np.int32], NDArray[np.int64]] | None = None

    def number(self, text: str) -> int:
        """The number of a text, given now when it is new."""
        found = self._numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
            self._flat = None
        return found

    def flat(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Characters of every text, and where each begins."""
        if self._flat is None:
            at = np.zeros(len(self.texts) + 1, np.int64)
            np.cumsum([len(t) for t in self.texts], out=at[1:])
            data = np.frombuffer("".join(self.texts).encode("utf-32-le"), np.int32) if self.texts else np.zeros(0, np.int32)
            self._flat = data, at
        return self._flat


def padded(rows: Iterable[list[Any]], width: int, missing: Any, kind: Any) -> NDArray[Any]:
    """Lists of at most `width` numbers as one array, filled up with `missing`. Shape: (lists, width)."""
    listed = list(rows)
    out = np.full((len(listed), width), missing, kind)
    for i, row in enumerate(listed):
        out[i, :min(len(row), width)] = row[:width]
    return out
