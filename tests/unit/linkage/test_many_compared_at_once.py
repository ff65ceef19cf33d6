"""Comparing one person with very many gives, for each of them, the very numbers of comparing two."""

from __future__ import annotations

from random import Random

from havre.linkage import Description, Name, Relative, Sibling, chances, load_model, prepare, rank, score
from havre.linkage.prepared import read_through

WORDS = (
    "Mohammed محمد Мохаммед Ahmed احمد Haile ሀይሌ Abebe አበባ Olena Олена Fatima فاطمة Hussein حسن Selam ሰላም Jean John Aung အောင် "
    "Tesfay Tesfai تسفاي Kidane ኪዳነ Dawit ዳዊት داويت Abdulrahman عبدالرحمن Alrashid Elrashid Yusuf يوسف Zeinab Zainab Oksana Оксана"
).split()
KINDS = ("full", "full", "given", "father", "grandfather", "family", "mother", "nickname", "other_spelling")
PLACES = ("Sudan", "Ethiopia", "Tigray", "Kassala", "كسلا", "ET01", "", "Adi Beles")
DATES = (None, "2010", "2012-05", "2012-05-03", "2012-03-05", "2013-05-03", "1391-02-14", "2012-01-01", "nonsense")


def _some(rng: Random, most: int) -> tuple[str, ...]:
    return tuple(" ".join(rng.choices(WORDS, k=rng.randint(1, 3))) for _ in range(rng.randint(0, most)))


def _person(rng: Random) -> Description:
    ages = rng.choice(((None, None), (6.0, 8.0), (9.0, None), (15.0, 16.0)))
    return Description(
        names=tuple(Name(value, rng.choice(KINDS)) for value in _some(rng, 5)),
        sex=rng.choice((None, "female", "male", "unknown", "F")), birth_date=rng.choice(DATES), age_min=ages[0], age_max=ages[1],
        recorded_on=rng.choice((None, "2024-01-01", "2026-06-01")), origin=tuple(rng.choices(PLACES, k=rng.randint(0, 3))),
        last_seen=tuple(rng.choices(PLACES, k=rng.randint(0, 2))), birth_place=tuple(rng.choices(PLACES, k=rng.randint(0, 2))),
        languages=tuple(rng.choices(("ti", "ar", "uk", ""), k=rng.randint(0, 2))), ethnicity=rng.choice((None, "Beja", "beja", "Nuer")),
        phones=rng.choice(((), ("0911234567",), ("+251 911 234 576", "12"))), identifiers=rng.choice(((), ("AB-12345",), ("ab12354",))),
        siblings=tuple(Sibling((n,), rng.choice((None, 4.0, 9.0))) for n in _some(rng, 3)),
        relatives=tuple(Relative(rng.choice(("mother", "father", "grandfather", "aunt", "uncle", "son")), (n,)) for n in _some(rng, 3)),
        separation_date=rng.choice(DATES), separation_place=tuple(rng.choices(PLACES, k=rng.randint(0, 2))),
        separation_cause=rng.choice((None, "attack", "flood")), companions=_some(rng, 2), features=rng.choice(((), ("crescent burn",), ("burn",))),
        belongings=rng.choice(((), ("silver ring",))),
    )  # fmt: skip


def test_two_thousand_pairs_get_the_very_chances_that_score_gives() -> None:
    rng, model = Random(11), load_model()
    for _ in range(100):
        asked, people = _person(rng), [read_through(_person(rng)) for _ in range(20)]
        results = [score(asked, person, model) for person in people]
        assert chances(asked, people, model) == [(r.probability, r.family_probability) for r in results]


def test_the_number_searched_counts_in_both() -> None:
    rng = Random(12)
    asked, person = _person(rng), read_through(_person(rng))
    result = score(asked, person, population=1_000)
    assert chances(asked, [person], population=1_000) == [(result.probability, result.family_probability)]


def test_ranked_results_are_those_of_score() -> None:
    rng = Random(13)
    asked, people = _person(rng), [_person(rng) for _ in range(60)]
    assert all(result == score(asked, people[i]) for i, result in rank(asked, people))


def test_reading_through_anew_gives_what_is_kept() -> None:
    rng = Random(14)
    for _ in range(200):
        person = _person(rng)
        assert read_through(person) == prepare(person)
