"""Weighing many in compiled code gives, for each pair, what the evidence in Python gives: all fields, missing ones, calendars, every level."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from havre.linkage import Description, Model, Name, Relative, Sibling, load_model, prepare, read_through, score
from havre.linkage.evidence.compiled.portable import portable
from havre.linkage.evidence.compiled.scales import Scales
from havre.linkage.evidence.compiled.worths import FIELDS

WORDS = (
    "Mohammed محمد Мохаммед Mohamed Ahmed احمد Haile ሀይሌ Hayle Abebe Abebba አበባ Olena Олена Fatima فاطمة Hussein Husein حسن Selam ሰላም Jean John "
    "Hassan Hossein Samir Amira Kidana Dawid Yosefa Aung အောင် Tesfay Tesfai تسفاي Kidane ኪዳነ Dawit ዳዊት داويت Abdulrahman عبدالرحمن Alrashid Elrashid Yusuf يوسف Zeinab Zainab Oksana Оксана Bint"
).split()
KINDS = ("full", "full", "given", "given", "father", "father", "grandfather", "family", "mother", "nickname", "other_spelling")
PLACES = ("SD", "Sudan", "Ethiopia", "Tigray", "Kassala", "Kasala", "كسلا", "ET01", "Adi Beles", "Adi Belles")
DATES = ("2010", "2012-05", "2012-05-03", "2012-03-05", "2013-05-03", "2012-05-08", "2012-06-03", "2016-11-20", "1391-02-14", "2004-08-25", "1433-06-12",
         "2012-01-01", "2012-07-01", "nonsense")  # fmt: skip
ROLES = ("mother", "father", "grandfather", "aunt", "aunt", "uncle", "son", "neighbour")
PHONES = ("0911234567", "+251 911 234 567", "0911234576", "0911234569", "234567", "0700000001")
PAPERS = ("AB-12345", "ab12354", "AB-123456", "UN 777777", "UN 777778")
TEXTS = ("crescent burn", "burn on the wrist", "crescent wrist", "silver ring", "ring of silver and amber", "amber bead")


def _some(rng: Random, values: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(rng.choices(values, k=rng.randint(0, most)))


def _written(rng: Random, most: int) -> tuple[str, ...]:
    return tuple(" ".join(rng.choices(WORDS, k=rng.choice((1, 1, 1, 2, 3)))) for _ in range(rng.randint(0, most)))


def _person(rng: Random) -> Description:
    ages = rng.choice(((None, None), (6.0, 8.0), (9.0, None), (15.0, 16.0), (10.0, 10.0), (3.5, 3.5)))
    return Description(
        names=tuple(Name(value, rng.choice(KINDS)) for value in _written(rng, 5)),
        sex=rng.choice((None, "female", "male", "unknown", "F", "x")), birth_date=rng.choice((None, *DATES)), age_min=ages[0], age_max=ages[1],
        recorded_on=rng.choice((None, "2024-01-01", "2026-06-01", "2026-05")), origin=_some(rng, PLACES, 4), last_seen=_some(rng, PLACES, 3),
        birth_place=_some(rng, PLACES, 3), separation_place=_some(rng, PLACES, 4), languages=_some(rng, ("ti", "am", "Tigrinya", "ar", "uk", ""), 2),
        ethnicity=rng.choice((None, "Beja", "beja", "Beeja", "Nuer", "Dinka")), phones=_some(rng, PHONES, 2), identifiers=_some(rng, PAPERS, 2),
        siblings=tuple(Sibling((n,), rng.choice((None, 4.0, 6.0, 9.5))) for n in _written(rng, 3)),
        relatives=tuple(Relative(rng.choice(ROLES), (n,)) for n in _written(rng, 4)),
        separation_date=rng.choice((None, *DATES)), separation_cause=rng.choice((None, "attack", "an attack", "flood")),
        companions=_written(rng, 3), features=_some(rng, TEXTS, 2), belongings=_some(rng, TEXTS, 2),
    )  # fmt: skip


def _close(rng: Random, person: Description) -> Description:
    """The same person, some parts told otherwise."""
    other = _person(rng)
    return replace(person, **{name: getattr(other, name) for name in rng.sample(sorted(Description.__dataclass_fields__), 12)})


def _model() -> Model:
    """The shipped model with shares that move worths both ways, of a number that many give as well."""
    return load_model().with_shares({"MHMT": 0.03, "FTM": 0.0001, "#11234567": 0.3})


def test_thousands_of_random_pairs_have_the_numbers_of_score_and_every_level_is_among_them() -> None:
    rng, model, scales, seen, told = Random(21), _model(), Scales(), set(), 0
    for _ in range(150):
        asked = _person(rng)
        people = [read_through(_close(rng, asked) if k % 2 else _person(rng)) for k in range(20)]
        found = scales.weighed(prepare(asked), list(map(portable, people)), model, 5_000)
        for person, (match, family) in zip(people, found.tolist(), strict=True):
            result = score(asked, person, model, population=5_000)
            if not np.isnan(match):
                told += 1
                seen |= {(e.field, e.level) for e in result.evidence if not e.missing}
                assert (match, family) == pytest.approx((result.probability, result.family_probability), rel=1e-9, abs=1e-12)
    assert told > 2_600
    assert {(field, level) for field, levels in FIELDS.items() for level in levels} <= seen


def test_every_level_of_the_model_has_its_number() -> None:
    assert {field: set(known.levels) for field, known in load_model().fields.items()} == {field: set(levels) for field, levels in FIELDS.items()}


def test_a_level_or_a_field_that_a_model_lacks_says_nothing() -> None:
    model = load_model()
    known = model.fields["given"]
    less = replace(model, fields={"given": replace(known, levels={k: v for k, v in known.levels.items() if k != "exact"}), "sex": model.fields["sex"]}, _worths={})
    asked, other = (Description(names=(Name("Selam Haile"),), sex="female", birth_date=date) for date in ("2012", "2013"))
    result = score(asked, other, less)
    found = Scales().weighed(prepare(asked), [portable(read_through(other))], less, None)
    assert found.tolist() == [pytest.approx([result.probability, result.family_probability])]


ODD = (
    Description(names=(Name("Ana Maria del Carmen Sofia Lucia Rosa Pilar", "given"),)),
    Description(names=(Name("Selam"),), age_min=7.3),
    Description(names=(Name("Selam"),), origin=("SD", "North", "East", "Hill", "Well")),
    Description(names=(Name("Selam"),), siblings=tuple(Sibling((word,)) for word in WORDS[:20])),
)


@pytest.mark.parametrize("person", ODD)
def test_what_is_too_odd_for_numbers_is_left_to_the_evidence(person: Description) -> None:
    usual = prepare(Description(names=(Name("Selam"),)))
    assert portable(prepare(person)) == b""
    assert np.isnan(Scales().weighed(prepare(person), [portable(usual)], load_model(), None)).all()
    assert np.isnan(Scales().weighed(usual, [portable(prepare(person)), portable(usual)], load_model(), None)).tolist() == [[True] * 2, [False] * 2]


def test_names_that_differ_by_where_words_end_are_left_to_the_evidence() -> None:
    one, two = (prepare(Description(names=(Name(text),))) for text in ("Gebre Mariamawit Tesfaye", "Gebremariamawi Tesfaye"))
    assert np.isnan(Scales().weighed(one, [portable(two)], load_model(), None)).all()
