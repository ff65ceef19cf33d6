"""How much is known of a pair, what is best asked next, and in which list it stands."""

from __future__ import annotations

from havre.linkage import Description, Name, Sibling, Verdict, load_model, rank, score, sorted_lists
from havre.linkage.model.asking import expected_bits, usual_bits
from havre.linkage.model.parameters import FieldModel

SELAM = Description(names=(Name("Selam Tesfay"), Name("Letebrhan", "mother")), sex="female", birth_date="2016-05-03",
                    origin=("Ethiopia", "Tigray", "Adi Beles"), siblings=(Sibling(("Dawit",)),))  # fmt: skip
DAWIT = Description(names=(Name("Dawit Tesfay"), Name("Letebrhan", "mother")), sex="male", birth_date="2012-09-21",
                    origin=("Ethiopia", "Tigray", "Adi Beles"), siblings=(Sibling(("Selam",)),))  # fmt: skip
NAMESAKE = Description(names=(Name("Selam Haile"), Name("Rahel", "mother")), sex="female", birth_date="2010-02-11", origin=("Eritrea", "Asmara"))
STRANGER = Description(names=(Name("Oleksandr Shevchenko"),), sex="male")


def test_a_field_that_tells_the_kinds_apart_is_worth_asking_for() -> None:
    useless, telling = FieldModel({"same": (0.5, 0.5, 0.5), "different": (0.5, 0.5, 0.5)}), FieldModel({"a": (0.98, 0.01, 0.01), "b": (0.02, 0.99, 0.99)})
    assert expected_bits(useless, (0.4, 0.3, 0.3)) == 0.0
    assert 0.5 < expected_bits(telling, (0.5, 0.25, 0.25)) <= 1.5
    assert expected_bits(telling, (1.0, 0.0, 0.0)) == 0.0, "nothing is left to learn"


def test_the_more_is_known_the_larger_its_share() -> None:
    little = Description(names=SELAM.names[:1])
    shares = [score(a, b).known for a, b in ((Description(), Description()), (little, little), (SELAM, little), (SELAM, SELAM))]
    assert shares[0] == 0.0
    assert shares[0] < shares[1] == shares[2] < shares[3] < 1.0


def test_what_is_asked_is_missing_and_says_who_knows_it() -> None:
    result = score(SELAM, Description(names=SELAM.names[:1], sex="female"))
    missing = {e.field for e in result.evidence if e.missing}
    assert {ask.field for ask in result.ask} <= missing
    assert [ask.bits for ask in result.ask] == sorted((ask.bits for ask in result.ask), reverse=True)
    by_field = {ask.field: ask for ask in result.ask}
    assert by_field["mother"].left_known
    assert not by_field["mother"].right_known
    assert "sibling_named" not in by_field


def test_a_name_is_asked_for_before_the_cause_of_the_separation() -> None:
    bits = usual_bits(load_model())
    assert bits["given"] > bits["mother"] > bits["language"] > bits["separation_cause"]


def test_nothing_is_asked_when_nothing_is_open() -> None:
    assert not score(DAWIT, STRANGER).ask
    assert score(SELAM, SELAM).probability > 0.999
    assert not score(SELAM, SELAM).ask


def test_three_lists() -> None:
    people = [STRANGER, NAMESAKE, DAWIT, SELAM, Description(names=(Name("ሰላም ተስፋይ"),), sex="female", birth_date="2016")]
    lists = sorted_lists(rank(SELAM, people))
    assert [i for i, _ in lists.this_child] == [3, 4]
    assert [i for i, _ in lists.this_family] == [2]
    assert [i for i, _ in lists.lookalikes] == [1]
    assert all(result.verdict is Verdict.MATCH for _, result in lists.this_child)
