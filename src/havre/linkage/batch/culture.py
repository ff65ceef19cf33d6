"""Do two rows share a language or an ethnic group, or at least related ones? The rules of `evidence.culture`, on arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch import lists
from havre.linkage.batch.grades import STRONGLY, grade
from havre.linkage.batch.texts import Encoded, Texts
from havre.linkage.evidence.culture import called, related_groups
from havre.linkage.names.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

LANGUAGE_LEVELS: Final = ("shared", "related", "none_shared")
PEOPLE_LEVELS: Final = ("same", "related", "different")
_MOST_GROUPS: Final = 64


class Spoken(NamedTuple):
    """By row: its languages as numbers of texts (shape (rows, lists.MOST)), and one bit for each group of related ones they are in."""

    languages: NDArray[np.int32]
    groups: NDArray[np.uint64]


class Peoples:
    """The ethnic groups of what is compared with one another: as tokens, and by the groups of related ones they are in."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, int]] = {}
        self._flat: tuple[NDArray[np.int32], NDArray[np.uint64]] | None = None

    def add(self, number: int, word: str, lexicon: Lexicon) -> None:
        """Learn of the group that is text `number`."""
        if number not in self._known:
            self._known[number] = lexicon.number(word), _bits("people", [word])
            self._flat = None

    def flat(self) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
        """Token and bits of each, by the number of its text."""
        if self._flat is None:
            size = max(self._known, default=-1) + 1
            self._flat = np.full(size, -1, np.int32), np.zeros(size, np.uint64)
            for number, (token, bits) in self._known.items():
                self._flat[0][number], self._flat[1][number] = token, bits
        return self._flat


_numbers: dict[str, int] = {}


def _bits(kind: str, names: list[str]) -> int:
    """One bit for each group of related ones that any of the names is in. Raises ValueError when the table holds too many groups."""
    found = {_numbers.setdefault(group, len(_numbers)) for name in names for group in related_groups(kind, name)}
    if max(found, default=0) >= _MOST_GROUPS:
        raise ValueError(f"data/related.tsv holds more than {_MOST_GROUPS} groups of related ones.")
    return sum(1 << number for number in found)


def _languages(text: str) -> list[str]:
    return [called("language", part) for part in lists.parts(text)]


def read_languages(column: Encoded, texts: Texts) -> Spoken:
    """The languages of each row, under whichever name."""
    groups = np.array([_bits("language", _languages(text)) for text in column.values], np.uint64)
    return Spoken(lists.read(column, texts, _languages), column.take(groups, np.uint64(0)))


def read_people(column: Encoded, texts: Texts, lexicon: Lexicon, peoples: Peoples) -> NDArray[np.int32]:
    """The ethnic group of each row, under whichever name, as a number of `texts` that `peoples` knows; -1 where unknown."""
    def number(text: str) -> int:
        word = called("people", text)
        if not word:
            return -1
        found = texts.number(word)
        peoples.add(found, word, lexicon)
        return found

    return column.map(number)


@nb.njit(cache=True, nogil=True, parallel=True)
def _language_levels(a: Any, b: Any, count: Any, left: Any, right: Any) -> Any:
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        if count[k] >= 0:
            out[k] = 0 if count[k] > 0 else 1 if left[a[k]] & right[b[k]] else 2
    return out


def language_levels(a: NDArray[np.int32], b: NDArray[np.int32], left: Spoken, right: Spoken) -> NDArray[np.int8]:
    """Level of each pair of rows (index into `LANGUAGE_LEVELS`, -1 unknown). Shape: (len(a),)."""
    count = lists.shared(a, b, left.languages, right.languages)
    found: NDArray[np.int8] = _language_levels(a, b, count, left.groups, right.groups)
    return found


@nb.njit(cache=True, nogil=True, parallel=True)
def people_levels(a: Any, b: Any, left: Any, right: Any, tokens: Any, groups: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Level of each pair of rows (index into `PEOPLE_LEVELS`, -1 unknown); `tokens`, `groups`: `Peoples.flat`."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = left[a[k]], right[b[k]]
        if i < 0 or j < 0:
            continue
        if i == j or grade(tokens[i], tokens[j], memo, signs, words) >= STRONGLY:
            out[k] = 0
        else:
            out[k] = 1 if groups[i] & groups[j] else 2
    return out
