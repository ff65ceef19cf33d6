"""What each field makes of two accounts: the level it gives, in both directions, and what it says."""

from __future__ import annotations

import pytest

from havre.linkage import Description, Evidence, Name, Relative, Sibling, load_model, prepare, score, shares_of


def _evidence(field: str, left: Description, right: Description) -> Evidence:
    one, two = (next(e for e in score(*pair).evidence if e.field == field) for pair in ((left, right), (right, left)))
    assert (one.level, one.llr, one.family_llr, one.params) == (two.level, two.llr, two.family_llr, two.params)
    return one


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (("Myanmar", "Rakhine", "Sittwe"), ("Burma", "Arakan", "Akyab"), "place"),
        (("Україна", "Дніпро"), ("Ukraine", "Dnipropetrovsk"), "place"),
        (("ET", "Oromia", "Adama"), ("Ethiopia", "Oromia", "Nazret"), "place"),
        (("SDN", "Kassala"), ("Sudan", "كسلا"), "place"),
        (("ET", "ET0101"), ("ET", "ET0102"), "country"),
        (("Kinshasa",), ("Kisangani",), "different"),
    ],
)
def test_places_agree_under_old_names_and_codes(a: tuple[str, ...], b: tuple[str, ...], level: str) -> None:
    assert _evidence("origin", Description(origin=a), Description(origin=b)).level == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (("ti",), ("Tigrinya",), "shared"),
        (("tir", "ar"), ("am", "ti"), "shared"),
        (("ti",), ("am",), "related"),
        (("prs",), ("Farsi",), "related"),
        (("fr",), ("my",), "none_shared"),
        ((), ("my",), "missing"),
    ],
)
def test_languages_agree_by_code_and_by_name(a: tuple[str, ...], b: tuple[str, ...], level: str) -> None:
    assert _evidence("language", Description(languages=a), Description(languages=b)).level == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Peul", "Fulani", "same"), ("Rohingya", "Rohingia", "same"), ("Dinka", "Nuer", "related"), ("Beja", "Nuer", "different"),
        ("Nuer", None, "missing"),
    ],
)  # fmt: skip
def test_peoples_agree_in_any_of_their_names(a: str, b: str | None, level: str) -> None:
    assert _evidence("ethnicity", Description(ethnicity=a), Description(ethnicity=b)).level == level


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("+249 912 345 678", "0912-345-678", "same"), ("0912345678", "0912345687", "one_apart"), ("0912345678", "345678", "partial"),
        ("0912345678", "0987654321", "different"), ("0912345678", "12", "missing"),
    ],
)  # fmt: skip
def test_telephone_numbers_agree_in_part_and_with_a_slip(a: str, b: str, level: str) -> None:
    assert _evidence("phone", Description(phones=(a,)), Description(phones=(b,))).level == level


def test_a_number_that_many_people_give_says_little() -> None:
    office = Description(names=(Name("Selam"),), phones=("0912345678",))
    people = [prepare(Description(names=(Name(f"{n}a"),), phones=("+249912345678",) if i % 3 else ())) for i, n in enumerate("bcdfghjklmnp")]
    shared = load_model().with_shares(shares_of(people))
    alone, known = (next(e for e in score(office, office, m).evidence if e.field == "phone").llr for m in (load_model(), shared))
    assert alone > 8
    assert known < 0, "two thirds of the people here give it: one person agrees on it no more often than two strangers"


def test_a_brother_named_as_the_seekers_son_is_a_brother() -> None:
    child = Description(names=(Name("Selam Tesfay"),), siblings=(Sibling(("Dawit",)), Sibling(("Sara",))))
    sought = Description(names=(Name("ሰላም"),), relatives=(Relative("son", ("ዳዊት",)), Relative("daughter", ("ሳራ",))))
    assert _evidence("siblings", child, sought).level == "several"
    brother = Description(names=(Name("Dawit Tesfay"),))
    assert _evidence("sibling_named", brother, sought).level == "named"


def test_relatives_in_exchanged_roles_are_seen_and_say_less() -> None:
    uncle = Description(relatives=(Relative("uncle", ("Zerayakob",)), Relative("aunt", ("Mersa",))))
    cases = {
        "several": Description(relatives=(Relative("uncle", ("ዘርአያዕቆብ", "Zerayakob")), Relative("aunt", ("Mersa",)))),
        "same": Description(relatives=(Relative("uncle", ("Zerayakob",)), Relative("grandmother", ("Letebrhan",)))),
        "other_role": Description(names=(Name("Zerayakob", "father"),)),
        "different": Description(relatives=(Relative("uncle", ("Yonas",)),)),
        "missing": Description(relatives=(Relative("cousin", ("Yonas",)),)),
    }
    weights = []
    for level, other in cases.items():
        evidence = _evidence("relatives", uncle, other)
        assert evidence.level == level
        weights.append(evidence.llr)
    assert weights[0] > weights[1] > weights[2] > 0 > weights[3]
    assert weights[4] == 0


def test_a_relative_in_another_role_is_recognised_by_mother_and_grandfather_too() -> None:
    for kind in ("mother", "grandfather"):
        other = Description(names=(Name("Zerayakob", kind),))
        assert _evidence("relatives", Description(relatives=(Relative("grandmother", ("Zerayakob",)),)), other).params["role"] in (
            "grandmother", kind)  # fmt: skip


def test_companions_are_looked_for_among_everybody_the_other_side_names() -> None:
    told = Description(companions=("Mariam Haile", "Yonas"))
    assert _evidence("companions", told, Description(companions=("ማርያም", "Petros"))).level == "one"
    assert _evidence("companions", told, Description(siblings=(Sibling(("Yonas",)),), relatives=(Relative("aunt", ("Mariam",)),))).level == "several"
    assert _evidence("companions", told, Description(companions=("Petros",))).level == "none"
    assert _evidence("companions", told, Description(siblings=(Sibling(("Petros",)),))).missing


def test_the_cause_and_days_of_the_separation() -> None:
    told = Description(separation_cause="attack_on_village", separation_date="2015-05-05", languages=("am",))
    assert _evidence("separation_cause", told, Description(separation_cause="Attack")).level == "same"
    assert _evidence("separation_cause", told, Description(separation_cause="flood")).level == "different"
    assert _evidence("separation_date", told, Description(separation_date="2023-01-13")).level == "same_days", "5 Ter 2015, Ethiopian"
    assert _evidence("separation_date", told, Description(separation_date="2022-01-13")).level == "apart"


def test_marks_and_belongings_agree_by_telling_words() -> None:
    left = Description(features=("crescent scar above the eyebrow", "limps"), belongings=("red rucksack", "silver crucifix"))
    right = Description(features=("has a crescent-shaped scar on the eyebrows",), belongings=("a silver ring",))
    assert _evidence("features", left, right).level == "several"
    assert _evidence("belongings", left, right).level == "one"
    assert _evidence("features", Description(features=("scar on left hand",)), right).missing, "everybody has a scar"
    other = _evidence("features", left, Description(features=("tatouage sur l’épaule",)))
    assert other.level == "none"
    assert abs(other.llr) < 0.4, "another language shares no word"


def test_each_field_is_missing_where_both_sides_are_silent_and_weighs_nothing() -> None:
    for evidence in score(Description(), Description()).evidence:
        assert evidence.missing
        assert evidence.llr == evidence.family_llr == 0.0
