"""Nothing opens but what was sealed, where it was sealed; one object has one canonical form."""

import json
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from havre.core import crypto
from havre.core.canonical import canonical

KEYS = st.binary(min_size=32, max_size=32)
PLACES = st.tuples(st.text(max_size=8), st.uuids(), st.text(max_size=8), st.integers(0, 2**31))
WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)


@given(KEYS, st.binary(max_size=200), PLACES, st.integers(0, 2**32 - 1))
def test_every_value_opens_at_its_place(
    key: bytes, value: bytes, place: tuple[str, UUID, str, int], version: int
) -> None:
    bound = crypto.aad(*place)
    blob = crypto.seal(key, value, aad=bound, key_version=version)
    assert crypto.unseal(key, blob, aad=bound) == value and crypto.key_version(blob) == version


@given(KEYS, st.binary(max_size=50), PLACES, PLACES)
def test_no_two_places_are_the_same_and_none_opens_another(
    key: bytes, value: bytes, one: tuple[str, UUID, str, int], other: tuple[str, UUID, str, int]
) -> None:
    assume(one != other)
    assert crypto.aad(*one) != crypto.aad(*other)
    with pytest.raises(crypto.Tampered):
        crypto.unseal(key, crypto.seal(key, value, aad=crypto.aad(*one)), aad=crypto.aad(*other))


@given(KEYS, st.binary(max_size=50), st.data())
def test_any_other_bytes_do_not_open(key: bytes, value: bytes, data: st.DataObject) -> None:
    blob = bytearray(crypto.seal(key, value, aad=b"place"))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(crypto.Tampered):
        crypto.unseal(key, bytes(blob), aad=b"place")
    cut = bytes(blob)[: data.draw(st.integers(0, len(blob) - 1))]
    with pytest.raises(crypto.Tampered):
        crypto.unseal(key, cut, aad=b"place")


@given(st.binary(max_size=80))
def test_arbitrary_bytes_never_open_and_never_crash(blob: bytes) -> None:
    private, _ = crypto.new_person_keys()
    with pytest.raises(crypto.Tampered):
        crypto.unseal(bytes(32), blob, aad=b"")
    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(private, blob, b"")


@given(st.binary(max_size=200), st.binary(max_size=20), st.binary(max_size=20))
def test_what_is_sealed_to_a_person_is_bound_to_its_place(value: bytes, one: bytes, other: bytes) -> None:
    private, public = crypto.new_person_keys()
    blob = crypto.seal_to(public, value, one)
    assert crypto.open_sealed(private, blob, one) == value
    if one != other:
        with pytest.raises(crypto.Tampered):
            crypto.open_sealed(private, blob, other)


@given(WRITTEN)
def test_canonical_json_reads_back_and_is_stable(value: object) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), st.integers(0, 9)), st.randoms())
def test_the_order_of_keys_changes_nothing(value: dict[str, int], chance) -> None:  # type: ignore[no-untyped-def]
    items = list(value.items())
    chance.shuffle(items)
    assert canonical(dict(items)) == canonical(value)
