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
from typing import TYPE_CHECKING, Final

from havre.linkage.names.scripts import Script

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_CHUNK: Final = 3
FLOOR: Final = -9.0  # log probability of a chunk never seen for a letter, per Latin letter or for silence
UNSEEN_VOWEL: Final = -3.2  # log probability of a vowel after a chunk that training never showed there
FILES: Final = {Script.ARABIC: "arabic", Script.CYRILLIC: "cyrillic", Script.BURMESE: "burmese"}


def positioned(native: str) -> list[str]:
    """The letters of a token marked `^` when first, `$` when last, bare inside."""
    last = len(native) - 1
    return [("^" if i == 0 else "$" if i == last else "") + char for i, char in enumerate(native)]


@dataclass(frozen=True, slots=True)
class Transducer:
    """Chunk log-probabilities by positioned letter, with a floor for what was never seen."""

    table: Mapping[str, Mapping[str, float]]
    middle: float = -1.0  # per-letter log-probability at which a pair is as likely true as false
    slope: float = 3.0
    letters: frozenset[str] = field(default_factory=frozenset)

    def log_probability(self, native: str, latin: str) -> float:
        """log P(latin | native); latin in a–z. Never -inf: unseen chunks cost `FLOOR` a letter."""
        size = len(latin)
        low = -1e9
        row = [0.0] + [low] * size
        for letter in positioned(native):
            chunks = self.table.get(letter) or self.table.get(letter[-1]) or {}
            fresh = [low] * (size + 1)
            for start in range(size + 1):
                base = row[start]
                if base <= low / 2:
                    continue
                for end in range(start, min(size, start + LONGEST_CHUNK) + 1):
                    step = chunks.get(latin[start:end])
                    if step is None:
                        if end - start > 1:
                            continue
                        step = FLOOR
                    value = base + step
                    old = fresh[end]
                    if old <= low / 2:
                        fresh[end] = value
                    elif value > old:
                        fresh[end] = value + math.log1p(math.exp(old - value))
                    else:
                        fresh[end] = old + math.log1p(math.exp(value - old))
            row = fresh
        return row[size]

    def likeness(self, native: str, latin: str) -> float:
        """Likeness in [0, 1]: one half where true and false pairs are equally frequent in training."""
        if not native or not latin:
            return 0.0
        return 1.0 / (1.0 + math.exp(-self.slope * (self.per_letter(native, latin) - self.middle)))

    def per_letter(self, native: str, latin: str) -> float:
        """How far log P(latin | native) lies below the best the letters allow, by letter; at least -8."""
        best = sum(max((self.table.get(s) or self.table.get(s[-1]) or {"": FLOOR}).values()) for s in positioned(native))
        shortfall = self.log_probability(native, latin) - best
        return max(-8.0, shortfall / max(len(native), len(latin) / 1.6, 2.0))

    def dense(self) -> tuple[dict[str, int], NDArray[np.float32]]:
        """The table as an array [letter, chunk code] for `train.score_many`."""
        import numpy as np

        index = {letter: i for i, letter in enumerate(self.table)}
        array = np.full((len(index) + 1, CHUNK_CODES), -1e9, dtype=np.float32)
        array[:, :27] = FLOOR
        for letter, chunks in self.table.items():
            for chunk, value in chunks.items():
                array[index[letter], chunk_code(chunk)] = value
        return index, array


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


CHUNK_CODES: Final = 1 + 26 + 26**2 + 26**3


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


@lru_cache(maxsize=262144)
def learned_likeness(script: Script, native: str, latin: str) -> float | None:
    """Likeness by the shipped transducer of `script`; None when there is none."""
    transducer = load(script)
    return None if transducer is None else transducer.likeness(native, latin)
