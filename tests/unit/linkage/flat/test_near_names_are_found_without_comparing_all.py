"""The vocabulary finds the tokens that comparing with each of them would find."""

from __future__ import annotations

from random import Random

import numpy as np

from havre.linkage.flat.postings import Postings
from havre.linkage.flat.vocabulary import Vocabulary
from havre.linkage.names import kernel
from havre.linkage.names.tokens import tokens
from tests.unit.linkage.flat.town import SPELLINGS, _slip


def _words(seed: int) -> list[str]:
    rng = Random(seed)
    written = [spelling for name in SPELLINGS for spelling in name]
    slipped = [_slip(rng.choice(written), rng) for _ in range(1_500)]
    return sorted({token for word in written + slipped for token in tokens(word)})


def test_nearly_all_close_tokens_are_found_and_with_their_likeness() -> None:
    vocabulary = Vocabulary(_words(1))
    vocabulary.settle()
    known, wanted, met = len(vocabulary), 0, 0
    every = np.arange(known)
    for token in _words(2)[::9]:
        found, likes, _ = vocabulary.near(token)
        number = vocabulary.number(token)
        alike = vocabulary.similarities(np.full(known, number), every)
        assert np.array_equal(likes, alike[found])
        close = set(np.flatnonzero(alike >= 0.8).tolist())
        wanted, met = wanted + len(close), met + len(close & set(found.tolist()))
        vocabulary.forget_guests()
    assert len(vocabulary) == known
    assert met >= 0.97 * wanted


def test_a_nickname_is_near_its_name_however_it_sounds() -> None:
    vocabulary = Vocabulary(["aleksandr", "sasha", "olena", "yusuf", "joseph"])
    vocabulary.settle()
    names = [vocabulary.tokens[i] for i in vocabulary.near("sasha")[0]]
    assert "aleksandr" in names
    assert "olena" not in names


def test_tokens_added_one_by_one_are_found_as_those_added_at_once() -> None:
    words = _words(3)
    at_once, one_by_one = Vocabulary(words), Vocabulary(words[:600])
    at_once.settle()
    for word in words[600:]:
        one_by_one.settle()
        one_by_one.number(word)
    one_by_one.settle()
    for word in words[::50]:
        assert sorted(at_once.near(word)[0]) == sorted(one_by_one.near(word)[0])


def test_tokens_read_by_other_rules_are_read_again() -> None:
    words = _words(4)[:400]
    fresh = Vocabulary(words)
    old = fresh.only(np.arange(len(words)))
    old.data[old.at[:len(words)] + kernel.HEAD] += 1  # as if every first sound had been another letter
    old.read_again()
    assert old.tokens == words
    for vocabulary in (fresh, old):
        vocabulary.settle()
    for word in words[::20]:
        assert np.array_equal(fresh.near(word)[1], old.near(word)[1])


def test_lists_hold_what_was_built_and_what_came_since() -> None:
    postings = Postings.built(np.array([2, 0, 2, 1]), np.array([5, 6, 7, 8], np.int32), 3)
    postings.add(2, 9)
    postings.add(4000, 10)
    assert [postings.on(k) for k in (0, 1, 2, 3, 4000)] == [[6], [8], [5, 7, 9], [], [10]]


def test_like_tokens_found_ahead_are_those_found_now_also_among_tokens_that_came_since() -> None:
    words = _words(5)
    ahead, now = Vocabulary(words[:400]), Vocabulary(words[:400])
    ahead.look_ahead(np.arange(0, 400, 2, dtype=np.int32))
    for more in (words[:400], words):
        for vocabulary in (ahead, now):
            for word in more[400:]:
                vocabulary.number(word)
            vocabulary.settle()
        for word in words[:400:20]:
            kept, fresh = ahead.near(word), now.near(word)
            assert sorted(zip(*(part.tolist() for part in kept), strict=True)) == sorted(zip(*(part.tolist() for part in fresh), strict=True))
