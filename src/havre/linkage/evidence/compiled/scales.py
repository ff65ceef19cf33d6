"""How probably is each of many the person, or of the family? Forms that brought their words along, weighed in compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np

from havre.linkage.evidence.compiled.form import MOST_PARTS, PLACE_FIELDS, PLACES, form_of
from havre.linkage.evidence.compiled.portable import gathered
from havre.linkage.evidence.compiled.spelled import Spelled
from havre.linkage.evidence.compiled.weighing import UNASKED, Asked, weigh
from havre.linkage.evidence.compiled.worths import shares_of_numbers, worths
from havre.linkage.model.parameters import Model, prior_odds
from havre.linkage.prepared import Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_WORDS: Final = 200_000  # kept from call to call
MOST_PATHS: Final = 100_000


class Paths:
    """Distinct places by number, from 1: the words of their parts."""

    def __init__(self, words: Spelled) -> None:
        self._words, self._numbers = words, dict[tuple[str, ...], int]()
        self.parts = np.full((64, MOST_PARTS), -1, np.int32)

    def __call__(self, path: tuple[str, ...]) -> int:
        """The number of a place; 0 for none."""
        if not path:
            return 0
        number = self._numbers.setdefault(path, len(self._numbers) + 1)
        if number == len(self._numbers):
            if number > len(self.parts):
                self.parts = np.concatenate([self.parts, np.full_like(self.parts, -1)])
            self.parts[number - 1, :len(path)] = [self._words.number(part) for part in path]
        return number

    def __len__(self) -> int:
        return len(self._numbers)


class Scales:
    """Weighs people in the bytes of `portable`; words and places met are kept from call to call, apart from those who bear them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        self._words = Spelled()
        self._paths = Paths(self._words)

    def weighed(self, asked: Prepared, people: Sequence[bytes], model: Model, population: int | None) -> NDArray[np.float64]:
        """Probability of a match and of a family for each, as `score` has them; NaN where the evidence itself has to be asked.
        Shape: (len(people), 2)."""
        with self._lock:
            if len(self._words) > MOST_WORDS or len(self._paths) > MOST_PATHS:
                self._begin()
            words, paths = self._words, self._paths
            form = np.array(form_of(asked, words, paths), np.int64)
            numbers, ends = gathered(people, words.number, paths)
            places = np.full((len(PLACE_FIELDS), MOST_PARTS), -1, np.int32)
            for k in range(len(PLACE_FIELDS) if len(form) else 0):
                if number := form[form[PLACES] + k]:
                    places[k] = paths.parts[number - 1]
            met = np.full((len(PLACE_FIELDS), len(paths) + 1), UNASKED, np.uint8)
            question = Asked(form, places, *shares_of_numbers(asked, model), np.array(prior_odds(model, population)), met)
            known = words.known_words(model, len(words.skeletons))
            result: NDArray[np.float64] = weigh(tuple(question), numbers, ends, paths.parts, tuple(worths(model)), tuple(known))
            return result
