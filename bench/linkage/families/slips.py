"""Slips of the hand: a neighbouring key, a letter lost, doubled or exchanged with its neighbour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.linkage.families.pools import Words

KEYBOARDS = (
    "qwertyuiop asdfghjkl zxcvbnm",
    "йцукенгшщзхъ фывапролджэ ячсмитьбю",
    "ضصثقفغعهخحجد شسيبلاتنمكط ئءؤرىةوزظ",
    "קראטוןםפ שדגכעיחלך זסבהנמצתץ",
)
NEIGHBOURS: dict[str, str] = {}
for _keys in KEYBOARDS:
    for _row in _keys.split():
        for _i, _c in enumerate(_row):
            NEIGHBOURS[_c] = _row[max(_i - 1, 0) : _i] + _row[_i + 1 : _i + 2]


def _other(letter: str, draw: int) -> str:
    """The letter of a key beside it; for syllabaries another order of the same consonant."""
    near = NEIGHBOURS.get(letter.lower())
    if near:
        return near[draw % len(near)]
    if "ሀ" <= letter <= "ፚ":
        return chr((ord(letter) & ~7) + (ord(letter) + 1 + draw % 6) % 8 % 7)
    return letter


def slip(text: str, place: float, kind: int, draw: int) -> str:
    """`text` with one slip at a letter after the first; texts of fewer than four letters stay."""
    if len(text) < 4:
        return text
    i = 1 + int(place * (len(text) - 1))
    if kind == 0:
        return text[:i] + text[i + 1 :]
    if kind == 1:
        return text[:i] + text[i] + text[i:]
    if kind == 2 and i + 1 < len(text):
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + _other(text[i], draw) + text[i + 1 :]


def slipped(words: Words, share: float, rng: np.random.Generator) -> Words:
    """The words with a slip in a share of them. Shape kept; None stays."""
    hit: NDArray[np.int64] = np.flatnonzero(rng.random(len(words)) < share)
    places, kinds, draws = rng.random(len(hit)), rng.integers(0, 4, len(hit)), rng.integers(0, 1 << 16, len(hit))
    out = words.copy()
    for row, place, kind, draw in zip(hit.tolist(), places.tolist(), kinds.tolist(), draws.tolist(), strict=True):
        if out[row] is not None:
            out[row] = slip(out[row], place, kind, draw)
    return out
