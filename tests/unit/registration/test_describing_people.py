"""How a person of the register reads to the matcher, and which tokens stand for them."""

from datetime import date

import pytest

from havre.core.problems import InputRefused
from havre.registration.index.describing import description_of, inverse
from havre.registration.index.tokens import MANY, plan, tokens, weighted
from havre.registration.inputs import clean_names, clean_person, script_of

KEY = bytes(range(32))


def test_relatives_and_siblings_read_by_their_names() -> None:
    kin = [("mother", {"names": [{"value": "Letebrhan", "kind": "given"}]}),
           ("brother", {"names": [{"value": "Dawit Tesfay", "kind": "full"}, {"value": "Dawit", "kind": "given"}], "age_min": 4, "age_max": 6,
                        "sex": "male"}),
           ("aunt", {"names": []})]
    found = description_of({"names": [{"value": "Selam"}], "recorded_on": date(2026, 11, 1)}, kin)
    assert [(r.role, r.names) for r in found.relatives] == [("mother", ("Letebrhan",))]
    assert [(s.names, s.age, s.sex) for s in found.siblings] == [(("Dawit",), 5.0, "male")]


def test_a_birth_date_known_only_about_becomes_the_ages_it_allows() -> None:
    found = description_of({"birth_date": "~2016", "recorded_on": "2026-11-01"})
    assert (found.birth_date, found.age_min, found.age_max) == (None, 8, 11)
    assert description_of({"birth_date": "2016-03", "recorded_on": "2026-11-01"}).birth_date == "2016-03"


def test_unknown_things_are_left_out() -> None:
    found = description_of({"sex": "unknown", "separation": {"date": "nonsense", "place": []}, "identifiers": [{"type": "other"}]})
    assert (found.sex, found.separation_date, found.separation_place, found.identifiers) == (None, None, (), ())


def test_a_relation_reads_from_its_other_end() -> None:
    assert (inverse("mother"), inverse("brother"), inverse("uncle")) == ("child_of", "sibling", "relative")


def test_tokens_are_signed_64_bit_numbers_that_depend_on_the_key() -> None:
    found = tokens(KEY, ["a:one", "a:two", "a:one"])
    assert len(found) == 2 and all(-(1 << 63) <= t < 1 << 63 for t in found)
    assert not set(found) & set(tokens(bytes(32), ["a:one", "a:two"]))


def test_the_weightiest_key_is_looked_up_first() -> None:
    assert list(weighted(KEY, ["k:1", "i:2"], lambda key: {"k": 1, "i": 9}[key[0]]).values()) == [9.0, 1.0]


def test_what_everybody_shares_is_looked_up_together_with_something_else() -> None:
    wanted, holders = {1: 5.0, 2: 4.0, 3: 3.0}, {1: MANY + 1, 2: MANY + 1, 3: MANY}
    looked = plan(wanted, holders)
    assert list(zip(looked.firsts, looked.seconds, strict=True)) == [(3, 3), (1, 2)] and looked.weights == [3.0, 9.0]
    widely = plan(wanted, holders, widely=True)
    assert list(zip(widely.firsts, widely.seconds, strict=True)) == [(1, 1), (2, 2), (3, 3), (1, 2)]


def test_names_are_cleaned_and_their_script_is_noted() -> None:
    assert clean_names([{"value": "  ሰላም   ተስፋይ "}, {"value": ""}, {"value": "ሰላም ተስፋይ"}]) == [
        {"value": "ሰላም ተስፋይ", "kind": "full", "script": "Ethi"}]
    assert [script_of(t) for t in ("محمد", "Олена", "မောင်", "Ana", "12")] == ["Arab", "Cyrl", "Mymr", "Latn", None]
    with pytest.raises(InputRefused):
        clean_names([{"value": "x", "kind": "alias"}])


@pytest.mark.parametrize(("values", "field"), [
    ({"age_min": 200}, "age"), ({"birth_date": "2031", "recorded_on": date(2026, 1, 1)}, "birth_date"),
    ({"birth_date": "yesterday"}, "birth_date"), ({"sex": "x"}, "sex"), ({"role": "king"}, "role")])
def test_what_cannot_be_is_refused_at_its_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(InputRefused) as caught:
        clean_person(values)
    assert field in caught.value.errors


def test_ages_typed_the_wrong_way_round_are_put_in_order() -> None:
    assert clean_person({"age_min": 9, "age_max": 7}) == {"age_min": 7, "age_max": 9}
