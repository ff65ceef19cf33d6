"""What the index finds is what comparing with everyone finds, and it says of each person what `score` says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from havre.linkage import Description, Index, Name, Relative, Sibling, load_model, rank, read_through, score, shares_of
from tests.unit.linkage.flat.town import sought, town

LIKELY = 0.6


@pytest.fixture(scope="module")
def people() -> list[Description]:
    return town(2_000)


@pytest.fixture(scope="module")
def index(people: list[Description]) -> Index:
    return Index(people)


def test_whoever_is_likely_when_all_are_compared_is_found_with_the_same_result(people: list[Description], index: Index) -> None:
    prepared = [read_through(p) for p in people]
    likely = 0
    for seed in range(20):
        question = sought(people[97 * seed], seed)
        found = {f.id: f.result for f in index.find(question, 20, population=2_000)}
        for number, result in rank(question, prepared, limit=20, population=2_000):
            if max(result.probability, result.family_probability) >= LIKELY:
                likely += 1
                assert found[str(number)] == result
    assert likely > 40


def test_the_children_sought_are_found(people: list[Description], index: Index) -> None:
    model = load_model().with_shares(index.shares())
    questions = [(i, sought(people[i], i)) for i in range(3, 2_000, 13)]
    first = [str(i) in [f.id for f in index.find(q, 10, population=2_000, model=model)] for i, q in questions]
    assert sum(first) >= 0.98 * len(first)


def test_results_come_best_first_and_are_those_of_score(people: list[Description], index: Index) -> None:
    question = sought(people[41], 5)
    found = index.find(question, 10, population=2_000)
    assert len(found) == 10
    values = [f.probability + 0.1 * f.family_probability for f in found]
    assert values == sorted(values, reverse=True)
    for f in found:
        assert f.id is not None
        result = score(question, people[int(f.id)], population=2_000)
        assert f.result == result
        assert (f.probability, f.family_probability) == (result.probability, result.family_probability)


def test_shares_are_those_of_the_library(people: list[Description], index: Index) -> None:
    assert index.shares() == pytest.approx(shares_of(map(read_through, people)))


def test_a_number_that_many_give_is_among_the_shares() -> None:
    office = [Description(names=(Name(name),), phones=("0912345678",), identifiers=(f"UN-{name}",)) for name in ("Abel", "Selam", "Petro", "Olena")]
    everyone = [*town(100), *office]
    shares = Index(everyone).shares()
    assert shares["#12345678"] == 4 / 104
    assert shares == pytest.approx(shares_of(map(read_through, everyone)))


def test_the_telephone_of_an_office_does_not_hide_the_child() -> None:
    office = [replace(p, phones=("0911111111",)) for p in town(300)]
    index = Index(office)
    model = load_model().with_shares(index.shares())
    child = office[120]
    assert child.id in [f.id for f in index.find(replace(sought(child, 4), phones=("0911111111",)), 5, population=300, model=model)]


def test_searching_leaves_no_name_behind(index: Index) -> None:
    before = len(index._arrays.vocabulary), len(index._arrays.vocabulary.skeletons)
    index.find(Description(names=(Name("Zbigniew Wojciechowski"),)))
    assert (len(index._arrays.vocabulary), len(index._arrays.vocabulary.skeletons)) == before


WRONG = (Name("Bartholomew", "given"), Name("Cuthbert", "father"))


def _one(index: Index, question: Description) -> str | None:
    return index.find(question, 5)[0].id


def test_a_telephone_finds_a_child_whose_name_is_wrong(people: list[Description], index: Index) -> None:
    child = next(p for p in people if p.phones)
    assert _one(index, Description(names=WRONG, phones=("+249 " + child.phones[0][1:],))) == child.id


def test_a_telephone_with_one_wrong_digit_still_finds_the_child() -> None:
    index = Index([*town(300), Description(names=(Name("Abel"),), phones=("0912345678",), id="x")])
    assert _one(index, Description(names=WRONG, phones=("0912345679",))) == "x"


def test_a_document_finds_a_child_whose_name_is_wrong() -> None:
    index = Index([*town(300), Description(names=(Name("Abel"),), identifiers=("UN-445-009182",), id="x")])
    assert _one(index, Description(names=WRONG, identifiers=("UN445 009182",))) == "x"
    assert _one(index, Description(names=WRONG, identifiers=("UN445 009183",))) == "x"


def test_brothers_and_sisters_find_a_child_whose_name_is_wrong() -> None:
    siblings = (Sibling(("Thaddeus",), 4.0), Sibling(("Philippa",), 9.0))
    index = Index([*town(300), Description(names=(Name("Abel"),), siblings=siblings, recorded_on="2026-01-01", id="x")])
    assert _one(index, Description(names=WRONG, siblings=(Sibling(("Philipa",), 9.0), Sibling(("Thadeus",), 4.0)), recorded_on="2026-01-01")) == "x"


def test_a_mother_and_a_village_find_a_child_whose_name_is_wrong() -> None:
    origin = ("Sudan", "Kassala", "Shagarab")
    index = Index([*town(300), Description(names=(Name("Abel"), Name("Wilhelmina", "mother")), origin=origin, id="x")])
    question = Description(names=(*WRONG, Name("Vilhelmina", "mother")), origin=("Sudan", "Kassala", "Shagarrab"))
    assert _one(index, question) == "x"


def test_another_relative_finds_the_child() -> None:
    index = Index([*town(300), Description(names=(Name("Abel"),), relatives=(Relative("aunt", ("Ottoline",)),), id="x")])
    assert _one(index, Description(relatives=(Relative("aunt", ("Otoline",)),))) == "x"


def test_names_in_exchanged_places_are_found() -> None:
    index = Index([*town(300), Description(names=(Name("Thaddeus", "given"), Name("Abelard", "father")), id="x")])
    assert _one(index, Description(names=(Name("Abelard", "given"), Name("Thaddeus", "father")))) == "x"


def test_an_empty_register_and_an_empty_question_have_no_answer(index: Index) -> None:
    assert Index().find(Description(names=(Name("Abel"),))) == []
    assert index.find(Description()) == []


def test_who_sought_counts_for_nothing(people: list[Description], index: Index) -> None:
    question = sought(people[55], 1)
    plain = [(f.id, f.probability) for f in index.find(question)]
    assert [(f.id, f.probability) for f in index.find(replace(question, id="q", agency="other"))] == plain
