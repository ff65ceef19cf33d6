"""The key ring rotates without losing what it sealed, and shows none of its keys."""

import json
from datetime import UTC, datetime

import pytest

from havre.core import crypto
from havre.core.keyring import KeyRing, RingKey
from havre.core.problems import KeyMissing

NOW, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


def test_rotation_adds_a_key_and_keeps_the_former_one() -> None:
    ring = KeyRing.generate(NOW)
    turned = ring.rotated(LATER)
    assert (ring.current.id, turned.current.id) == (1, 2)
    assert turned.kek(1) == ring.kek(1) != turned.kek(2)
    assert turned.keys[0].retired == LATER and turned.current.retired is None


def test_what_the_former_key_wrapped_still_unwraps() -> None:
    ring = KeyRing.generate(NOW)
    data_key = crypto.new_data_key()
    wrapped = crypto.wrap(ring.current.key, data_key, b"file", key_version=ring.current.id)
    turned = ring.rotated(LATER)
    assert crypto.unwrap(turned.kek(crypto.key_version(wrapped)), wrapped, b"file") == data_key


def test_rotation_leaves_tokens_signatures_and_passwords_as_they_were() -> None:
    ring = KeyRing.generate(NOW)
    turned = ring.rotated(LATER)
    assert turned.index_key == ring.index_key
    assert turned.signing == ring.signing and turned.signing_public == ring.signing_public
    assert turned.derive_password("havre_app") == ring.derive_password("havre_app")
    assert turned.derive_key("session") == ring.derive_key("session")


def test_what_is_derived_for_one_purpose_tells_nothing_of_another() -> None:
    ring = KeyRing.generate(NOW)
    derived = {ring.index_key, ring.signing, ring.derive_key("a"), ring.derive_key("b"), ring.root}
    assert len(derived) == 5
    assert ring.derive_password("havre_app") != ring.derive_password("havre_owner")
    assert len(ring.derive_password("havre_app")) == 43
    assert KeyRing.generate(NOW).index_key != ring.index_key


def test_the_signing_key_signs_for_its_public_half() -> None:
    ring = KeyRing.generate(NOW)
    assert crypto.verify(ring.signing_public, b"root", crypto.sign(ring.signing, b"root"))


def test_a_missing_key_is_a_problem_with_its_number() -> None:
    with pytest.raises(KeyMissing) as missing:
        KeyRing.generate(NOW).kek(9)
    assert missing.value.params == {"key": 9}
    gap = KeyRing((RingKey(1, bytes(32), NOW, LATER), RingKey(3, bytes(32), LATER)), bytes(32))
    with pytest.raises(KeyMissing):
        gap.kek(2)


def test_the_text_reads_back() -> None:
    ring = KeyRing.generate(NOW).rotated(LATER)
    assert KeyRing.from_json(ring.to_json()) == ring


def test_no_key_shows_when_a_ring_is_printed() -> None:
    ring = KeyRing((RingKey(1, b"K" * 32, NOW),), b"R" * 32)
    assert "KKK" not in repr(ring) and "RRR" not in repr(ring)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"keys": []},
        {"root": "c2hvcnQ="},
        {"root": "not base 64!"},
        {"keys": [{"id": 1}]},
        {"keys": 3},
    ],
)
def test_another_text_is_refused_without_quoting_it(change: dict[str, object]) -> None:
    good = KeyRing.generate(NOW).to_json()
    with pytest.raises(ValueError, match="not a key ring") as refused:
        KeyRing.from_json(json.dumps(json.loads(good) | change))
    assert json.loads(good)["keys"][0]["key"] not in str(refused.value)


def test_text_that_is_not_json_is_refused() -> None:
    with pytest.raises(ValueError, match="not a key ring"):
        KeyRing.from_json("nothing")


def test_keys_are_numbered_upwards_and_only_the_newest_is_in_use() -> None:
    one, two = RingKey(1, bytes(32), NOW, LATER), RingKey(2, bytes(32), LATER)
    for keys in ((), (two, one), (RingKey(0, bytes(32), NOW),), (two, two)):
        with pytest.raises(ValueError, match="rising numbers"):
            KeyRing(keys, bytes(32))
    for keys in ((one,), (RingKey(1, bytes(32), NOW), two)):
        with pytest.raises(ValueError, match="newest"):
            KeyRing(keys, bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        KeyRing((RingKey(1, b"short", NOW),), bytes(32))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        KeyRing.generate(datetime(2026, 1, 1))
