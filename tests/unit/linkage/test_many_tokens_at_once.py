"""Tokens compared by the million get the very similarity of tokens compared one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from havre.linkage.names.lexicon import Lexicon
from havre.linkage.names.scripts import Script
from havre.linkage.names.similarity import token_similarity
from havre.linkage.names.transducer import chunk_code, load, pack, symbols

WORDS = (
    "mohammed محمد мохаммед ahmed احمد haile ሀይሌ abebe abeba አበባ olena олена fatima فاطمه selam ሰላም jean john aung အောင် alrashid "
    "elrashid rashid zeinab zainab оксана oksana ø 李 שלמה shlomo ali لي پرویز parviz x"
).split()


def test_pairs_at_once_and_one_by_one_agree_whatever_their_order() -> None:
    words = Lexicon(WORDS)
    pairs = list(product(range(len(WORDS)), repeat=2))
    at_once = words.similarities(*(np.array(side) for side in zip(*pairs, strict=True)))
    for (i, j), found in zip(pairs, at_once.tolist(), strict=True):
        assert token_similarity(WORDS[i], WORDS[j]) == pytest.approx(found, abs=1e-6)
        assert words.similarity(i, j) == words.similarity(j, i)


def test_what_is_not_known_is_not_alike() -> None:
    words = Lexicon(["selam", "haile"])
    assert words.similarities(np.array([0, -1]), np.array([-1, 1])).tolist() == [0.0, 0.0]


def test_a_lexicon_that_grows_keeps_what_it_has_read() -> None:
    words = Lexicon(["selam"])
    before = words.similarity(0, words.number("salam"))
    for k in range(3_000):
        words.number(f"name{chr(97 + k % 26)}{k}")
    assert words.number("salam") == 1
    assert words.similarity(0, 1) == before
    assert len(words) == len(words.tokens) == 3_002


def test_a_transducer_gives_the_sum_over_all_ways_to_cut() -> None:
    """Checked against every segmentation written out, for a word of three letters."""
    transducer = load(Script.ARABIC)
    assert transducer is not None
    native, latin = "علي", "ali"
    assert symbols(native, transducer.table) == ["ع<ل", "ل<ي", "ي<$"]
    packed = pack([transducer])
    table = packed.table[packed.rows(0, native)].astype(float)
    total = 0.0
    for i in range(len(latin) + 1):
        for j in range(i, len(latin) + 1):
            chunks = (latin[:i], latin[i:j], latin[j:])
            total += np.prod([row[packed.columns[chunk_code(c)]] for row, c in zip(table, chunks, strict=True)])
    assert transducer.log_probability(native, latin) == pytest.approx(np.log(total), abs=1e-4)
