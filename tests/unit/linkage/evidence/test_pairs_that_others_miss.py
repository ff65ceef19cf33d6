"""Pairs that a search by Metaphone tokens, the way of Primero, misses or confuses (comparison of 2026: DoubleMetaphone has no
Arabic, no Ethiopic and no hamza; word limits and order count; a slip in a number counts as another number)."""

from __future__ import annotations

import pytest

from havre.linkage import Description, Name, Verdict, rank, score
from havre.linkage.names.similarity import STRONG, name_similarity

MISSED = [
    ("Abdulrahman", "Abdul Rahman"), ("Al-Rashid", "Al Rashid"), ("Khadija", "Hadija"), ("Ibrahim", "Brahim"), ("Yusuf", "Joseph"),
    ("محمد", "Mohammed"), ("أحمد", "احمد"), ("فاطمة", "فاطمه"), ("علي", "على"), ("ሀይሌ", "ኃይሌ"), ("ሰላም", "ሠላም"),
]  # fmt: skip
FOUND_BY_BOTH = [
    ("Mohammed", "Muhammad"), ("Fatima", "Fatma"), ("Hussein", "Husayn"), ("Usama", "Osama"), ("Qasim", "Kassem"), ("Zeinab", "Zaynab"),
]  # fmt: skip
CONFUSED = [("Abebe", "Abeba"), ("Jean", "John"), ("Gebre", "Gebru"), ("Ahmed", "Hamid")]


def _child(name: str, father: str = "Tesfay", **more: object) -> Description:
    return Description(names=(Name(f"{name} {father}"),), birth_date="2016", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("a", "b"), MISSED + FOUND_BY_BOTH)
def test_one_name_in_two_spellings_is_one_name(a: str, b: str) -> None:
    given = score(Description(names=(Name(a, "given"),)), Description(names=(Name(b, "given"),))).evidence[0]
    assert given.level in ("exact", "strong", "close"), name_similarity(a, b)
    assert given.llr > 2


@pytest.mark.parametrize(("a", "b"), CONFUSED)
def test_two_names_that_sound_alike_are_two_names(a: str, b: str) -> None:
    assert name_similarity(a, b) < STRONG
    same, other = score(_child(a), _child(a)), score(_child(a), _child(b))
    assert other.probability < same.probability / 4


def test_a_mere_equal_sex_makes_no_candidate() -> None:
    assert score(Description(sex="female"), Description(sex="female")).verdict is Verdict.UNRELATED


def test_the_best_of_bad_candidates_is_not_sure_and_two_good_ones_both_are() -> None:
    """A score relative to the best of the list would call the first sure, and both of the second merely possible."""
    bad = [_child("Oksana", "Petrenko", sex="female"), _child("Halyna", "Shevchenko", sex="female")]
    assert all(result.probability < 0.05 for _, result in rank(_child("ሰላም", "ተስፋይ", sex="female"), bad))
    twice = [_child("Selam", sex="female", origin=("Ethiopia", "Tigray", "Adi Beles"), phones=("0911234567",))] * 2
    sought = _child("ሰላም", "ተስፋይ", sex="female", origin=("Ethiopia", "Tigray", "Adi Beles"), phones=("0911234576",))
    assert all(result.probability > 0.9 for _, result in rank(sought, twice))


def test_ages_are_compared_as_ages_and_order_of_names_is_no_hindrance() -> None:
    early = Description(names=(Name("Yonas Tekle Haile"),), age_min=6.0, age_max=6.0, recorded_on="2023-02-01")
    late = Description(names=(Name("Tekle Yonas Haile"),), birth_date="2016-08")
    levels = {e.field: e.level for e in score(early, late).evidence}
    assert levels["birth"] == "within"
    assert levels["given"] == "swapped"


def test_an_empty_value_is_no_match() -> None:
    assert all(e.missing for e in score(_child("Selam", ethnicity=""), _child("Selam", ethnicity="")).evidence if e.field == "ethnicity")


@pytest.mark.parametrize(("patronymic", "father"), [("Pylypivna", "Пилип"), ("Русланович", "Руслан"), ("Дмитрівна", "Dmytro"), ("Maksymovych", "Максим")])
def test_a_patronymic_in_the_fathers_place_is_the_fathers_name(patronymic: str, father: str) -> None:
    a, b = (Description(names=(Name("Олена", "given"), Name(text, "father"))) for text in (patronymic, father))
    assert {e.field: e.level for e in score(a, b).evidence}["father"] in ("exact", "strong")


def test_exchanged_names_are_seen_when_one_has_several_words_or_a_slip() -> None:
    for given, father, father_again, given_again in (
        ("Axmednuur Mohamed", "Hassan", "Hasan", "Axmednuur Maxamed"), ("حکمتگل", "کبیر", "کبیر", "حکمتگب"),
    ):  # fmt: skip
        a = Description(names=(Name(given, "given"), Name(father, "father")))
        b = Description(names=(Name(father_again, "given"), Name(given_again, "father")))
        assert score(a, b).evidence[0].level == "swapped"
