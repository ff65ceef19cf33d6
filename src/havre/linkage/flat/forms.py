"""How are forms (`evidence.compiled.form`) kept in a register? Packed: each number in groups of seven bits, the lowest first, the last below 128."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba as nb
import numpy as np

from havre.linkage.evidence.compiled.form import PLACES, TOKENS, Form

if TYPE_CHECKING:
    from numpy.typing import NDArray


def packed(form: Form) -> bytes:
    """A form in few bytes."""
    return bytes(_packed(np.array(form, np.int64)).tobytes())


@nb.njit(cache=True, nogil=True)
def _packed(numbers: Any) -> Any:
    out, used = np.empty(10 * len(numbers), np.uint8), 0
    for number in numbers:
        rest = number
        while rest > 127:
            out[used] = rest & 127 | 128
            used += 1
            rest >>= 7
        out[used] = rest
        used += 1
    return out[:used]


@nb.njit(cache=True, nogil=True)
def unpacked(flat: Any, ends: Any) -> Any:
    """The numbers of packed forms, one after the other, each up to its end in `flat`; and where each ends. Shapes: (numbers,), (len(ends),)."""
    out, new, used, at, number, shift = np.empty(len(flat), np.int64), np.empty(len(ends), np.int64), 0, 0, np.int64(0), 0
    for k in range(len(ends)):
        while at < ends[k]:
            byte = np.int64(flat[at])
            at += 1
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                out[used] = number
                used += 1
                number, shift = np.int64(0), 0
        new[k] = used
    return out[:used], new


@nb.njit(cache=True, nogil=True)
def mark_used(numbers: Any, ends: Any, used: Any) -> None:
    """Set `used[word]` for each word that stands in a form."""
    start = 0
    for end in ends:
        if end > start:
            for k in range(start + numbers[start + TOKENS], start + numbers[start + TOKENS + 1]):
                used[numbers[k]] = True
        start = end


@nb.njit(cache=True, nogil=True)
def renumber(numbers: Any, ends: Any, words: Any, paths: Any) -> None:
    """Give words and places of forms their new numbers: `words[old]`, `paths[old]`."""
    start = 0
    for end in ends:
        if end > start:
            for k in range(start + numbers[start + TOKENS], start + numbers[start + TOKENS + 1]):
                numbers[k] = words[numbers[k]]
            for k in range(start + numbers[start + PLACES], start + numbers[start + PLACES + 1]):
                numbers[k] = paths[numbers[k]]
        start = end


@nb.njit(cache=True, nogil=True)
def repacked(numbers: Any, ends: Any) -> Any:
    """Forms packed again, one after the other, and where each starts and the last ends. Shapes: (bytes,), (len(ends) + 1,)."""
    flat, at, used, start = np.empty(10 * len(numbers), np.uint8), np.zeros(len(ends) + 1, np.int64), 0, 0
    for k in range(len(ends)):
        part = _packed(numbers[start:ends[k]])
        flat[used:used + len(part)] = part
        used, start = used + len(part), ends[k]
        at[k + 1] = used
    return flat[:used].copy(), at


def gathered(parts: list[bytes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of some packed forms, one after the other, and where each ends."""
    numbers, ends = unpacked(np.frombuffer(b"".join(parts), np.uint8), np.cumsum([len(part) for part in parts]))
    return numbers, ends
