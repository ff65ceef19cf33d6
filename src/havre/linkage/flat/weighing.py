"""What do the rows that may answer say exactly? Forms of the register weighed in compiled code, those too odd for it by the evidence itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from havre.linkage.evidence.compiled.form import MOST_PARTS, PLACE_FIELDS, form_of, place_of
from havre.linkage.evidence.compiled.weighing import UNASKED, Asked, weigh
from havre.linkage.evidence.compiled.worths import shares_of_numbers, worths
from havre.linkage.flat.arrays import Arrays
from havre.linkage.flat.forms import gathered
from havre.linkage.model.parameters import Model, prior_odds
from havre.linkage.model.posterior import chances
from havre.linkage.prepared import Prepared, read_json

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Weigher:
    """One question to one register, while its words are guests of the vocabulary."""

    def __init__(self, arrays: Arrays, sought: Prepared, model: Model, population: int | None) -> None:
        self._arrays, self._sought, self._model, self._population = arrays, sought, model, population
        vocabulary = arrays.vocabulary
        form = np.array(form_of(sought, vocabulary, bool), np.int64)
        places = np.full((len(PLACE_FIELDS), MOST_PARTS), -1, np.int32)
        for k, name in enumerate(PLACE_FIELDS if len(form) else ()):
            parts = place_of(getattr(sought.source, name))
            places[k, :len(parts)] = [vocabulary.number(part) for part in parts]
        met = np.full((len(PLACE_FIELDS), len(arrays.paths) + 1), UNASKED, np.uint8)
        self._asked = tuple(Asked(form, places, *shares_of_numbers(sought, model), np.array(prior_odds(model, population)), met))
        self._worths, self._words = tuple(worths(model)), tuple(vocabulary.spelled(model))

    def weighed(self, rows: Sequence[int]) -> NDArray[np.float64]:
        """Probability of a match and of a family for each row, as `score` has them. Shape: (len(rows), 2)."""
        numbers, ends = gathered([self._arrays.forms.get(row) for row in rows])
        out: NDArray[np.float64] = weigh(self._asked, numbers, ends, self._arrays.parts, self._worths, self._words)
        odd = np.flatnonzero(np.isnan(out[:, 0])).tolist()
        if odd:
            people = [read_json(self._arrays.texts.get(rows[k]).decode()) for k in odd]
            out[odd] = chances(self._sought, people, self._model, population=self._population, words=self._arrays.vocabulary)
        return out
