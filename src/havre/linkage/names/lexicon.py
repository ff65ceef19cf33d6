"""Name tokens read once, so that any two of them are compared in compiled code.

A `Lexicon` numbers distinct normalised tokens and keeps what the comparison needs of each (folded sound, consonants, letters
of the transducers, groups of known names) in flat arrays. `shared()` is the one behind `similarity.token_similarity`; files
and indexes keep a lexicon of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from havre.linkage.names import edit, kernel
from havre.linkage.names.latin import usual
from havre.linkage.names.romanise import romanise
from havre.linkage.names.scripts import Script, script_of
from havre.linkage.names.sounds import fold, skeleton
from havre.linkage.names.transducer import FILES, shipped
from havre.linkage.names.variants import groups, nickname_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMBERS: Final = {Script.LATIN: kernel.LATIN, Script.ARABIC: kernel.ARABIC, Script.BURMESE: kernel.BURMESE, Script.HEBREW: kernel.HEBREW}
SCRIPTS: Final = {**NUMBERS, **{s: i for i, s in enumerate((s for s in Script if s not in NUMBERS), start=len(NUMBERS))}}
UNWRITTEN: Final = frozenset({Script.ARABIC, Script.HEBREW})  # scripts that leave short vowels out
NOT_LEARNED: Final = frozenset("پچژگڤڅځښږ")  # letters the Arabic transducer hardly met: Persian, Urdu and Pashto ones


class Rules(NamedTuple):
    """How tokens are compared, as arrays: costs of letters, the shipped transducers and how far to believe them."""

    costs: NDArray[np.float64]
    table: NDArray[np.float32]
    columns: NDArray[np.int16]
    fits: NDArray[np.float64]


@cache
def rules() -> Rules:
    """The rules of comparison and the shipped transducers."""
    return Rules(edit.costs(), shipped().table, shipped().columns, shipped().weights)


@cache
def _group_number(name: str) -> int:
    return _GROUPS.setdefault(name, len(_GROUPS))


_GROUPS: dict[str, int] = {}
_TRANSDUCERS: Final = {script: i for i, script in enumerate(FILES)}


def _article(folded: str) -> int:
    """How many letters a joined article takes at the start of a folded token (Alrashid, Elsayed)."""
    return 2 if len(folded) > 5 and folded[:2] in ("al", "el") and folded[2] not in "aeiouEO" else 0


class Lexicon:
    """Distinct tokens by number. Grows only; safe to read while another thread adds.

    `tokens[i]` is token i; `number(token)` gives its number, adding it when new; `data[at[i]:at[i + 1]]` is what `kernel`
    reads of it.
    """

    def __init__(self, tokens: Iterable[str] = ()) -> None:
        self.tokens: list[str] = []
        self.data = np.zeros(4096, np.int32)
        self.at = np.zeros(256, np.int64)
        self._numbers: dict[str, int] = {}
        self._lock = Lock()
        for token in tokens:
            self.number(token)

    def __len__(self) -> int:
        return len(self.tokens)

    def number(self, token: str) -> int:
        """The number of a normalised token, read now when it is new."""
        found = self._numbers.get(token)
        if found is not None:
            return found
        with self._lock:
            return self._numbers[token] if token in self._numbers else self._added(token)

    def _added(self, token: str) -> int:
        number, numbers = len(self.tokens), read(token)
        start, end = int(self.at[number]), int(self.at[number]) + len(numbers)
        if end > len(self.data):
            self.data = np.concatenate([self.data, np.zeros(max(end, len(self.data)), np.int32)])
        if number + 2 > len(self.at):
            self.at = np.concatenate([self.at, np.zeros(len(self.at), np.int64)])
        self.data[start:end] = numbers
        self.at[number + 1] = end
        self.tokens.append(token)
        self._numbers[token] = number  # last: who finds it finds it whole
        return number

    def similarity(self, a: int, b: int) -> float:
        """Similarity in [0, 1] of two tokens by number; symmetric."""
        return float(kernel.similar(a, b, self.data, self.at, *rules()))

    def similarities(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
        """Similarity of each pair of numbers, on all cores; 0 where a number is negative. Shape: that of `a`."""
        result: NDArray[np.float32] = kernel.similar_pairs(a, b, self.data, self.at, *rules())
        return result


def read(token: str) -> NDArray[np.int32]:
    """One token as `kernel` reads it."""
    script, latin = script_of(token), romanise(token)
    folded, plain = fold(latin), latin.replace(".", "")
    which = _TRANSDUCERS.get(script, -1)
    native = shipped().numbers_of(which, token) if which >= 0 and NOT_LEARNED.isdisjoint(token) else []
    written = plain if script is Script.LATIN and plain.isascii() and plain.isalpha() else ""
    parts = (
        [edit.code(c) for c in folded], [ord(c) for c in skeleton(token)], native, [ord(c) - 97 for c in written],
        sorted(map(_group_number, groups(token))), sorted(map(_group_number, nickname_of(token))),
    )  # fmt: skip
    numbers = [SCRIPTS[script], int(script in UNWRITTEN), _article(folded), which, round(usual(written) / kernel.THOUSANDTHS), *map(len, parts)]
    for part in parts:
        numbers += part
    return np.array(numbers, np.int32)


MOST_SHARED: Final = 400_000  # tokens after which the shared lexicon begins anew
_shared: list[Lexicon] = []


def shared() -> Lexicon:
    """The lexicon of single comparisons in this process; begun anew when it has grown very large."""
    if not _shared or len(_shared[0]) > MOST_SHARED:
        _shared[:] = [Lexicon()]
    return _shared[0]
