"""A form that travelled as bytes says what it said where it was made; how forms are made has a fingerprint."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from havre.linkage import Description, Name, prepare, read_through
from havre.linkage.evidence.compiled import portable as module
from havre.linkage.evidence.compiled import scales
from havre.linkage.evidence.compiled.form import form_of
from havre.linkage.evidence.compiled.portable import gathered, made_as, portable
from havre.linkage.evidence.compiled.scales import Paths, Scales
from havre.linkage.evidence.compiled.spelled import Spelled
from havre.linkage.model.parameters import load_model
from havre.linkage.warming import INVENTED
from tests.unit.linkage.evidence.test_compiled_rules_are_those_of_the_evidence import ODD, _person


def test_many_forms_have_the_numbers_they_would_have_had_without_travelling() -> None:
    rng, words = Random(5), Spelled()
    paths = Paths(words)
    people = [read_through(_person(rng)) for _ in range(300)] + [prepare(ODD[0]), prepare(Description()), prepare(Description(names=(Name("Selam"),)))]
    numbers, ends = gathered([portable(person) for person in people], words.number, paths)
    starts = [0, *ends[:-1].tolist()]
    assert [numbers[a:b].tolist() for a, b in zip(starts, ends, strict=True)] == [form_of(person, words, paths) for person in people]
    assert sum(not form_of(person, words, paths) for person in people) == 1


def test_nobody_is_weighed_where_nobody_is() -> None:
    assert Scales().weighed(prepare(INVENTED[0]), [], load_model(), None).shape == (0, 2)
    assert np.isnan(Scales().weighed(prepare(INVENTED[0]), [b"", b""], load_model(), None)).all()


def test_letters_that_no_text_file_holds_travel_too() -> None:
    person = prepare(Description(names=(Name("Sel\udc00am Haile"),), origin=("SD", "Kas\udc00sala")))
    assert np.isfinite(Scales().weighed(person, [portable(person)], load_model(), None)).all()


def test_words_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, asked, other = Scales(), prepare(INVENTED[0]), portable(prepare(INVENTED[5]))
    first = kept.weighed(asked, [other], load_model(), None)
    monkeypatch.setattr(scales, "MOST_WORDS", 1)
    assert kept.weighed(asked, [other], load_model(), None).tolist() == first.tolist()
    monkeypatch.undo()
    before = len(kept._words)
    assert kept.weighed(asked, [other, portable(prepare(Description(names=(Name("Zzyzx"),))))], load_model(), None)[0].tolist() == first[0].tolist()
    assert len(kept._words) == before + 1


def test_the_fingerprint_changes_with_what_forms_say(monkeypatch: pytest.MonkeyPatch) -> None:
    told = made_as(INVENTED)
    assert len(told) == 8 and made_as.__wrapped__(INVENTED) == told
    assert made_as.__wrapped__(INVENTED[:-1]) != told
    for name, value in (("LAYOUT", module.LAYOUT + 1), ("HELD", ("places.tsv",))):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            assert made_as.__wrapped__(INVENTED) != told
    monkeypatch.setattr(module, "portable", lambda person: b"otherwise")
    assert made_as.__wrapped__(INVENTED) != told
