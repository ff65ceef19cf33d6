"""A lexicon that also knows the letters of its words and how usual their consonants are: what compiled rules need besides how words sound."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from havre.linkage.evidence.compiled.room import roomier
from havre.linkage.evidence.compiled.words import MEMORY, Words
from havre.linkage.model.parameters import Model
from havre.linkage.names.frequency import share_of_skeleton
from havre.linkage.names.lexicon import Lexicon, rules
from havre.linkage.names.sounds import skeleton

LINE: Final = "\n"  # after each word; no word holds it


class Spelled(Lexicon):
    """Distinct words by number, with letters and consonants. One thread at a time, unlike `Lexicon`."""

    def __init__(self, tokens: Iterable[str] = ()) -> None:
        self.text, self.text_at = np.zeros(4096, np.uint8), np.zeros(256, np.int64)
        self.skeletons: list[str] = []
        self.skeleton_of = np.zeros(256, np.int32)
        self._skeleton_numbers: dict[str, int] = {}
        self._shares, self._shipped = np.zeros(256), np.zeros(256)
        self._shared = 0
        self._model: Model | None = None
        self._pairs, self._likes = np.full(MEMORY, -1, np.int64), np.zeros(MEMORY)
        super().__init__(tokens)

    def _added(self, token: str) -> int:
        number, key, letters = super()._added(token), skeleton(token), np.frombuffer((token + LINE).encode("utf-8", "surrogatepass"), np.uint8)
        if key not in self._skeleton_numbers:
            self._skeleton_numbers[key] = len(self.skeletons)
            self.skeletons.append(key)
        self.skeleton_of, self.text_at = roomier(self.skeleton_of, number + 1), roomier(self.text_at, number + 2)
        start = int(self.text_at[number])
        end = start + len(letters)
        self.text = roomier(self.text, end)
        self.text[start:end], self.text_at[number + 1], self.skeleton_of[number] = letters, end, self._skeleton_numbers[key]
        return number

    def take_letters(self) -> None:
        """Take over the letters of `tokens`, all at once."""
        self.text = np.frombuffer("".join([token + LINE for token in self.tokens]).encode("utf-8", "surrogatepass"), np.uint8).copy()
        self.text_at = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(self.text == ord(LINE)) + 1])

    def known_words(self, model: Model, lasting: int) -> Words:
        """What compiled rules read; valid until a word is added. The first `lasting` skeletons keep their numbers from call to call."""
        if self._model is not model or self._shared > lasting:
            self._model, self._shared = model, 0
        count = len(self.skeletons)
        self._shares, self._shipped = roomier(self._shares, count), roomier(self._shipped, count)
        for number in range(self._shared, count):
            key = self.skeletons[number]
            self._shipped[number] = share_of_skeleton(key)
            self._shares[number] = model.shares.get(key) or self._shipped[number]
        self._shared = lasting
        self._pairs.fill(-1)
        return Words(self.data, self.at, self.text, self.text_at, self.skeleton_of, self._shares, self._shipped, self._pairs, self._likes, *rules())
