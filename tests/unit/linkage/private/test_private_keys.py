"""Which keys does a child have towards another instance, and do two accounts of one child share one?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from havre.linkage import Description, Name, Sibling, read_through
from havre.linkage.private import LEAST_BITS, MOST_KEYS, bits_for, private_keys
from havre.linkage.private.keys import ANCHORS, compound_keys

SECRET, OTHER = b"a" * 32, b"b" * 32
REGISTERED = Description(
    names=(Name("Samira", "given"), Name("Abdulrahman", "father"), Name("Qasim", "grandfather"), Name("Huda", "mother")),
    sex="female", age_min=9, age_max=9, recorded_on="2026-02-01", origin=("SY", "SY08", "Ras al-Ayn"), phones=("+963 944 123 456",),
    siblings=(Sibling(("Yusuf",), 6),),
)  # fmt: skip
SOUGHT = Description(
    names=(Name("سميرة عبد الرحمن قاسم"),), sex="female", age_min=8, age_max=8, recorded_on="2026-03-01", origin=("SY", "SY08"),
)  # fmt: skip
BITS = 20.0


def test_a_child_sought_in_other_letters_with_an_age_one_year_off_shares_a_key() -> None:
    assert private_keys(REGISTERED, SECRET, "index", BITS) & private_keys(SOUGHT, SECRET, "query", BITS)


def test_keys_under_two_secrets_have_nothing_in_common() -> None:
    mine, theirs = (private_keys(REGISTERED, secret, "index", BITS) for secret in (SECRET, OTHER))
    assert mine and theirs and not mine & theirs


@pytest.mark.parametrize("side", ["index", "query"])
def test_every_key_is_rare_enough_and_no_longer_so_without_one_of_its_elements(side: str) -> None:
    made = compound_keys(read_through(REGISTERED), side, BITS)  # type: ignore[arg-type]
    assert made
    for elements in made:
        bits = [element.bits for element in elements]
        assert sum(bits) >= BITS > sum(bits) - min(bits)
        assert len(elements) >= 2


def test_every_key_holds_the_name_of_the_child_or_a_number() -> None:
    for elements in compound_keys(read_through(REGISTERED), "index", BITS):
        assert ANCHORS & {element.role for element in elements}


def test_a_brother_shares_no_key() -> None:
    brother = replace(SOUGHT, names=(Name("يوسف عبد الرحمن قاسم"),), sex="male")
    assert not private_keys(REGISTERED, SECRET, "index", BITS) & private_keys(brother, SECRET, "query", BITS)


def test_who_is_known_by_a_name_alone_cannot_be_asked_for() -> None:
    assert private_keys(Description(names=(Name("Samira"),)), SECRET, "query", BITS) == frozenset()
    assert private_keys(Description(names=(Name("Samira Abdulrahman"),), sex="female"), SECRET, "query", BITS) == frozenset()


def test_a_telephone_number_alone_is_no_key() -> None:
    assert private_keys(Description(phones=("+963 944 123 456",)), SECRET, "query", BITS) == frozenset()


def test_no_child_has_more_keys_than_a_question_holds() -> None:
    many = replace(REGISTERED, names=(*REGISTERED.names, Name("Samirah", "other_spelling"), Name("Haddad", "family")),
                   siblings=tuple(Sibling((name,), 5) for name in ("Omar", "Layla", "Tariq", "Nour")))  # fmt: skip
    assert 0 < len(private_keys(many, SECRET, "query", LEAST_BITS)) <= MOST_KEYS


def test_a_larger_register_asks_for_rarer_keys() -> None:
    assert bits_for(10) == LEAST_BITS < bits_for(100_000) < bits_for(1_000_000)
    assert bits_for(2_000_000) - bits_for(1_000_000) == pytest.approx(1.0, abs=0.11)


def test_less_rare_keys_than_the_least_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 18 bits"):
        private_keys(REGISTERED, SECRET, "index", LEAST_BITS - 1)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        private_keys(REGISTERED, b"short", "index", BITS)
