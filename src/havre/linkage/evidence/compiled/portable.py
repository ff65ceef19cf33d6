"""How does a form travel without the lexicon that numbered it? As bytes that bring its words and places along.

Two lengths, the words and the places in UTF-8, then the numbers packed (`flat.forms`). Words and places are numbered as they come in the
form alone; `gathered` gives them the numbers of a lexicon again, for many forms at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from struct import Struct
from typing import TYPE_CHECKING, Final

import numpy as np

from havre.linkage.evidence.compiled.form import HEADER, PLACE_FIELDS, PLACES, SECTIONS, TOKENS, form_of
from havre.linkage.flat import forms
from havre.linkage.prepared import Prepared, prepare
from havre.linkage.record import Description

if TYPE_CHECKING:
    from numpy.typing import NDArray

LENGTHS: Final = Struct(">II")
LAYOUT: Final = 1  # to be raised when these bytes, or what a form says, change for what no invented person shows
HELD: Final = ("related.tsv", "places.tsv")  # of `linkage/data`: what forms hold of them as it stands there
END, BETWEEN = "\n", "\t"  # after each word and each place; between the parts of a place


class _Own:
    """Words from 0 and places from 1 in the order in which a form names them."""

    def __init__(self) -> None:
        self.words, self.paths = dict[str, int](), dict[str, int]()

    def number(self, token: str) -> int:
        return self.words.setdefault(token, len(self.words))

    def path(self, parts: tuple[str, ...]) -> int:
        return self.paths.setdefault(BETWEEN.join(parts), len(self.paths) + 1) if parts else 0


def portable(person: Prepared) -> bytes:
    """The form of a description with its words and places; empty for one that is too odd for numbers."""
    own = _Own()
    numbers = form_of(person, own, own.path)
    words, places = ("".join([one + END for one in named]) for named in (own.words, own.paths))
    if not numbers or words.count(END) != len(own.words) or places.count(END) != len(own.paths):
        return b""
    text = words.encode("utf-8", "surrogatepass"), places.encode("utf-8", "surrogatepass")
    return b"".join((LENGTHS.pack(len(text[0]), len(text[1])), *text, forms.packed(numbers)))


def gathered(people: Sequence[bytes], word: Callable[[str], int], path: Callable[[tuple[str, ...]], int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of some forms one after the other, and where each ends (an empty one where it starts). `word` and `path` number what they name."""
    words, places, packed = [], [], []
    for one in people:
        if one:
            first, second = LENGTHS.unpack_from(one)
            second += (first := first + LENGTHS.size)
            words.append(one[LENGTHS.size:first])
            places.append(one[first:second])
            packed.append(one[second:])
        else:
            packed.append(b"")
    numbers, ends = forms.gathered(packed)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
    starts = starts[ends > starts]
    count = numbers[starts + TOKENS + 1] - numbers[starts + TOKENS]
    numbers[_each(starts + HEADER, count)] = [word(one) for one in _parts(words)]
    at = (starts + numbers[starts + PLACES])[:, None] + np.arange(len(PLACE_FIELDS))
    local = numbers[at]
    known = np.array([0, *[path(tuple(one.split(BETWEEN))) for one in _parts(places)]], np.int64)
    most = local.max(axis=1, initial=0)
    numbers[at] = known[np.where(local > 0, local + (np.cumsum(most) - most)[:, None], 0)]
    return numbers, ends


def _each(starts: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places from each start on, as many as it counts."""
    return np.repeat(starts - (np.cumsum(count) - count), count) + np.arange(int(count.sum()))


def _parts(texts: list[bytes]) -> list[str]:
    return b"".join(texts).decode("utf-8", "surrogatepass").split(END)[:-1]


@cache
def made_as(people: tuple[Description, ...]) -> bytes:
    """A fingerprint of how forms are made here, by those of some invented people and the tables that forms hold parts of: 8 bytes."""
    data = resources.files("havre.linkage") / "data"
    tables = [(data / name).read_bytes() for name in HELD]
    return sha256(repr((LAYOUT, SECTIONS, [portable(prepare(person)) for person in people], tables)).encode()).digest()[:8]
