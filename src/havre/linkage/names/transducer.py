"""How probable is this Latin spelling, given a token in another script?

A position-aware character transducer: every native letter (apart at the start, inside and at the end of a word)
writes 0 to 3 Latin letters, with probabilities learned by `havre.linkage.train` from public name pairs.
log P(latin | native) sums over all segmentations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from havre.linkage.names import kernel
from havre.linkage.names.kernel import FLOOR, LOW
from havre.linkage.names.scripts import Script

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_CHUNK: Final = 3
UNSEEN_VOWEL: Final = -3.2  # log probability of a vowel after a chunk that training never showed there
FILES: Final = {Script.ARABIC: "arabic", Script.CYRILLIC: "cyrillic", Script.BURMESE: "burmese"}


def positioned(native: str) -> list[str]:
    """The letters of a token marked `^` when first, `$` when last, bare inside."""
    last = len(native) - 1
    return [("^" if i == 0 else "$" if i == last else "") + char for i, char in enumerate(native)]


@dataclass(frozen=True, slots=True, eq=False)
class Transducer:
    """Chunk log-probabilities by positioned letter, with a floor for what was never seen."""

    table: Mapping[str, Mapping[str, float]]
    middle: float = -1.0  # per-letter log-probability at which a pair is as likely true as false
    slope: float = 3.0
    letters: frozenset[str] = field(default_factory=frozenset)

    def log_probability(self, native: str, latin: str) -> float:
        """log P(latin | native); latin in a–z. Never -inf: unseen chunks cost `FLOOR` a letter."""
        packed = _packed(self)
        return float(kernel.log_probability(packed.rows(0, native), letters_of(latin), packed.table, packed.columns))

    def likeness(self, native: str, latin: str) -> float:
        """Likeness in [0, 1]: one half where true and false pairs are equally frequent in training."""
        if not native or not latin:
            return 0.0
        return 1.0 / (1.0 + math.exp(-self.slope * (self.per_letter(native, latin) - self.middle)))

    def per_letter(self, native: str, latin: str) -> float:
        """How far log P(latin | native) lies below the best the letters allow, by letter; at least -8."""
        packed = _packed(self)
        shortfall = self.log_probability(native, latin) - float(packed.table[packed.rows(0, native), -1].sum(dtype=float))
        return max(-8.0, shortfall / max(len(native), len(latin) / 1.6, 2.0))


def letters_of(latin: str) -> NDArray[np.int32]:
    """A token of letters a–z as numbers 0–25."""
    return np.frombuffer(latin.encode("ascii"), np.uint8).astype(np.int32) - 97


class Packed(NamedTuple):
    """Transducers as arrays for `kernel`: a row for each positioned letter of each, the first for letters never seen.

    Chunks of up to two letters stand in the columns of `chunk_code`, those of three in `columns[code]` (-1: never seen); the
    last column is the highest of the row. `fits`: slope and middle of each transducer. Shapes: (rows, chunks + 1), (26³,), (n, 2).
    """

    table: NDArray[np.float32]
    columns: NDArray[np.int16]
    fits: NDArray[np.float64]
    numbers: tuple[dict[str, int], ...]

    def rows(self, which: int, native: str) -> NDArray[np.int32]:
        """The rows of a token's letters in transducer `which`."""
        index = self.numbers[which]
        return np.array([index.get(s, index.get(s[-1], 0)) for s in positioned(native)], np.int32)


def pack(transducers: Sequence[Transducer]) -> Packed:
    """Transducers as arrays."""
    short = chunk_code("aaa")
    longer = sorted({chunk for t in transducers for chunks in t.table.values() for chunk in chunks if len(chunk) == LONGEST_CHUNK})
    columns = np.full(26**LONGEST_CHUNK, -1, np.int16)
    for at, chunk in enumerate(longer):
        columns[chunk_code(chunk) - short] = short + at
    table = np.full((1 + sum(len(t.table) for t in transducers), short + len(longer) + 1), LOW, np.float32)
    table[:, :27] = FLOOR
    index: list[dict[str, int]] = []
    row = 1
    for transducer in transducers:
        index.append({letter: row + i for i, letter in enumerate(transducer.table)})
        for letter, chunks in transducer.table.items():
            for chunk, value in chunks.items():
                code = chunk_code(chunk)
                table[index[-1][letter], code if code < short else columns[code - short]] = value
        row += len(transducer.table)
    table[:, -1] = table.max(axis=1)
    return Packed(table, columns, np.array([(t.slope, t.middle) for t in transducers]), tuple(index))


@lru_cache(maxsize=4)
def _packed(transducer: Transducer) -> Packed:
    return pack([transducer])


@cache
def shipped() -> Packed:
    """The shipped transducers, in the order of `FILES`."""
    return pack([load(script) or Transducer({}) for script in FILES])


def lean(table: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Let every chunk of up to two letters also be followed by an unwritten vowel it was never seen with."""
    out: dict[str, dict[str, float]] = {}
    for letter, chunks in table.items():
        wider = dict(chunks)
        for chunk, value in chunks.items():
            if 1 <= len(chunk) < LONGEST_CHUNK and chunk[-1] not in "aeiou":
                for vowel in "aeiou":
                    wider[chunk + vowel] = max(value + UNSEEN_VOWEL, wider.get(chunk + vowel, -99.0))
        out[letter] = wider
    return out


def chunk_code(chunk: str) -> int:
    """The dense index of a chunk of 0–3 letters a–z."""
    offsets = (0, 1, 27, 703)
    value = 0
    for char in chunk:
        value = value * 26 + ord(char) - 97
    return offsets[len(chunk)] + value


def parse(lines: Sequence[str]) -> Transducer:
    """Read a table: lines `letter<TAB>chunk:logp …`, settings on lines that start with `#= `."""
    table: dict[str, dict[str, float]] = {}
    settings: dict[str, float] = {}
    for line in lines:
        if line.startswith("#= "):
            name, _, value = line[3:].partition("=")
            settings[name.strip()] = float(value)
        elif line and not line.startswith("#"):
            letter, _, rest = line.rstrip("\n").partition("\t")
            table[letter] = {c: float(p) for c, _, p in (item.partition(":") for item in rest.split(" "))}
    return Transducer(lean(table), settings["middle"], settings["slope"], frozenset(k[-1] for k in table))


@cache
def load(script: Script) -> Transducer | None:
    """The shipped transducer of a script; None when the script has none."""
    name = FILES.get(script)
    if name is None:
        return None
    file = resources.files("havre.linkage") / "data" / f"transducer_{name}.tsv"
    if not file.is_file():
        return None
    return parse(file.read_text(encoding="utf-8").splitlines())
