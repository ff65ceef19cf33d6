"""How probable is this Latin spelling, given a token in another script?

A character transducer: every native letter writes 0 to 3 Latin letters, with probabilities that depend on the letter after it or
before it (the edge of the word counts as a letter), learned by `havre.linkage.train` from public name pairs. log P(latin | native)
sums over all segmentations; less log P(latin) (`latin.usual`) it says how much likelier the spelling is for this name than for any.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from havre.linkage.names import kernel
from havre.linkage.names.latin import usual
from havre.linkage.names.scripts import Script

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_CHUNK: Final = 3
CODES: Final = sum(26**size for size in range(LONGEST_CHUNK + 1))
FLOOR: Final = math.exp(-9.0)  # probability of one letter, or of none, where training never saw it
FILES: Final = {Script.ARABIC: "arabic", Script.CYRILLIC: "cyrillic", Script.BURMESE: "burmese", Script.HEBREW: "hebrew"}
FEATURES: Final = ("bias", "rules", "sure_rules", "ratio")  # what `kernel` weighs, in its order


def symbols(native: Sequence[str], known: Mapping[str, object]) -> list[str]:
    """Each letter of a token with the one after it (`م<ح`), else the one before it (`ع>م`), else alone: the first that is known."""
    around = ["^", *native, "$"]
    out = []
    for before, letter, after in zip(around, native, around[2:], strict=False):
        choices = (f"{letter}<{after}", f"{before}>{letter}")
        out.append(next((choice for choice in choices if choice in known), letter))
    return out


def letter_of(symbol: str) -> str:
    """The letter a symbol stands for."""
    return symbol[0] if symbol[1:2] == "<" else symbol[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Transducer:
    """Probabilities of chunks by symbol, and the weights of `FEATURES` that turn them into a likeness.

    What the chunks of a symbol lack of 1 is shared among the other chunks of its letter.
    """

    table: Mapping[str, Mapping[str, float]]
    weights: tuple[float, ...] = (0.0,) * len(FEATURES)

    def log_probability(self, native: str, latin: str) -> float:
        """log P(latin | native); latin in a–z, at most three times as long as native."""
        packed = _packed(self)
        return float(kernel.log_probability(packed.rows(0, native), letters_of(latin), packed.table, packed.columns))

    def ratio(self, native: str, latin: str) -> float:
        """How much likelier the spelling is for this name than for any, as a natural logarithm."""
        return self.log_probability(native, latin) - usual(latin)


def letters_of(latin: str) -> NDArray[np.int32]:
    """A token of letters a–z as numbers 0–25."""
    return np.frombuffer(latin.encode("ascii"), np.uint8).astype(np.int32) - 97


class Packed(NamedTuple):
    """Transducers as arrays for `kernel`: a row for each symbol of each, the first for letters never seen.

    `columns[code]` is the column of a chunk (0: never seen for any letter, probability 0); `weights` those of each transducer.
    Shapes: (rows, columns), (CODES,), (transducers, features).
    """

    table: NDArray[np.float32]
    columns: NDArray[np.int16]
    weights: NDArray[np.float64]
    numbers: tuple[dict[str, int], ...]

    def rows(self, which: int, native: str) -> NDArray[np.int32]:
        """The rows of a token's letters in transducer `which`."""
        return np.array(self.numbers_of(which, native), np.int32)

    def numbers_of(self, which: int, native: str) -> list[int]:
        """The same as a list."""
        index, around, out = self.numbers[which], f"^{native}$", []
        for at, letter in enumerate(native, start=1):
            found = index.get(f"{letter}<{around[at + 1]}")
            if found is None:
                found = index.get(f"{around[at - 1]}>{letter}")
            out.append(index.get(letter, 0) if found is None else found)
        return out


def pack(transducers: Sequence[Transducer]) -> Packed:
    """Transducers as arrays."""
    seen = {chunk for t in transducers for chunks in t.table.values() for chunk in chunks}
    chunks = sorted(seen | {"", *map(chr, range(97, 123))}, key=lambda chunk: (len(chunk), chunk))
    column = {chunk: at for at, chunk in enumerate(chunks, start=1)}
    columns = np.zeros(CODES, np.int16)
    for chunk, at in column.items():
        columns[chunk_code(chunk)] = at
    table = np.zeros((1 + sum(len(t.table) for t in transducers), len(chunks) + 1), np.float32)
    numbers: list[dict[str, int]] = []
    row = 1
    for transducer in transducers:
        index = {symbol: at for at, symbol in enumerate(sorted(transducer.table, key=lambda s: (len(s), s)), start=row)}
        for symbol, at in index.items():  # letters alone come first, so that a symbol finds what its letter has
            found = transducer.table[symbol]
            if len(symbol) > 1:
                table[at] = table[index[letter_of(symbol)]] if letter_of(symbol) in index else 0.0
                own = [column[chunk] for chunk in found]
                table[at, own] = 0.0
                table[at] *= max(0.0, 1.0 - sum(found.values())) / max(float(table[at].sum()), 1e-9)
            for chunk, value in found.items():
                table[at, column[chunk]] = value
        row += len(index)
        numbers.append(index)
    table[:, 1:28] = np.maximum(table[:, 1:28], FLOOR)
    return Packed(table, columns, np.array([t.weights for t in transducers]), tuple(numbers))


@lru_cache(maxsize=4)
def _packed(transducer: Transducer) -> Packed:
    return pack([transducer])


@cache
def shipped() -> Packed:
    """The shipped transducers, in the order of `FILES`."""
    return pack([load(script) or Transducer({}) for script in FILES])


def chunk_code(chunk: str) -> int:
    """The dense index of a chunk of 0–3 letters a–z."""
    offsets = (0, 1, 27, 703)
    value = 0
    for char in chunk:
        value = value * 26 + ord(char) - 97
    return offsets[len(chunk)] + value


def parse(lines: Sequence[str]) -> Transducer:
    """Read a table: lines `symbol<TAB>chunk:per mille …`, weights on lines that start with `#= `."""
    table: dict[str, dict[str, float]] = {}
    settings: dict[str, float] = {}
    for line in lines:
        if line.startswith("#= "):
            name, _, value = line[3:].partition("=")
            settings[name.strip()] = float(value)
        elif line and not line.startswith("#"):
            symbol, _, rest = line.rstrip("\n").partition("\t")
            table[symbol] = {c: float(p) / 1000 for c, _, p in (item.partition(":") for item in rest.split(" "))}
    return Transducer(table, tuple(settings[name] for name in FEATURES))


def write(transducer: Transducer, path: Path, note: str) -> None:
    """Write one table as text: weights, then a line a symbol, its chunks from the most to the least probable."""
    lines = [f"# {note}", *(f"#= {name}={value}" for name, value in zip(FEATURES, transducer.weights, strict=True))]
    for symbol, chunks in sorted(transducer.table.items()):
        ordered = sorted(chunks.items(), key=lambda item: (-item[1], item[0]))
        lines.append(symbol + "\t" + " ".join(f"{chunk}:{1000 * value:.{0 if len(symbol) > 1 else 1}f}" for chunk, value in ordered))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
