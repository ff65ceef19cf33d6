"""Sealed values open with their key, at their place, unchanged, and in no other way."""

import hmac
import struct
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from argon2.low_level import Type, hash_secret_raw
from Cryptodome.Cipher import AES

from havre.core import crypto

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
CHILD, SIBLING = UUID(int=1), UUID(int=2)
PLACE = crypto.aad("person", CHILD, "names", 1)


def test_a_sealed_value_opens_again() -> None:
    for text in (b"", b"Selam", "ሰላም".encode(), bytes(100_000)):
        assert crypto.unseal(KEY, crypto.seal(KEY, text, aad=PLACE), aad=PLACE) == text


def test_the_layout_is_the_one_that_is_documented() -> None:
    blob = crypto.seal(KEY, b"Selam", aad=PLACE, key_version=7)
    assert struct.unpack(">BI", blob[:5]) == (1, 7)
    assert len(blob) == 1 + 4 + 12 + 5 + 16
    assert crypto.key_version(blob) == 7
    # Another implementation of AES-256-GCM reads it.
    cipher = AES.new(KEY, AES.MODE_GCM, nonce=blob[5:17])
    cipher.update(blob[:5] + PLACE)
    assert cipher.decrypt_and_verify(blob[17:-16], blob[-16:]) == b"Selam"


def test_sealing_twice_shows_nothing_in_common() -> None:
    first, second = (crypto.seal(KEY, b"same", aad=PLACE)[5:] for _ in range(2))
    assert first[:12] != second[:12] and first[12:] != second[12:]


def test_any_changed_byte_is_noticed() -> None:
    blob = crypto.seal(KEY, b"Selam", aad=PLACE)
    for at in range(len(blob)):
        changed = blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :]
        with pytest.raises(crypto.Tampered):
            crypto.unseal(KEY, changed, aad=PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        crypto.aad("person", SIBLING, "names", 1),
        crypto.aad("person", CHILD, "phone", 1),
        crypto.aad("person", CHILD, "names", 2),
        crypto.aad("family", CHILD, "names", 1),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: bytes) -> None:
    with pytest.raises(crypto.Tampered):
        crypto.unseal(KEY, crypto.seal(KEY, b"Selam", aad=PLACE), aad=elsewhere)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(crypto.Tampered):
        crypto.unseal(OTHER_KEY, crypto.seal(KEY, b"Selam", aad=PLACE), aad=PLACE)


def test_a_place_reads_in_one_way_only() -> None:
    assert crypto.aad("ab", CHILD, "c", 1) != crypto.aad("a", CHILD, "bc", 1)
    assert crypto.aad("t", CHILD, "f", 11) != crypto.aad("t", CHILD, "f1", 1)


@pytest.mark.parametrize("short", [b"", b"\x01", bytes(32)])
def test_a_value_too_short_is_tampered_with(short: bytes) -> None:
    with pytest.raises(crypto.Tampered, match="short"):
        crypto.key_version(short)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(crypto.Tampered, match="format"):
        crypto.key_version(b"\x02" + bytes(40))


def test_a_key_of_another_length_is_refused_before_anything_is_sealed() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        crypto.seal(bytes(16), b"Selam", aad=PLACE)


def test_tampered_says_nothing_of_the_content() -> None:
    with pytest.raises(crypto.Tampered) as refused:
        crypto.unseal(OTHER_KEY, crypto.seal(KEY, b"Selam", aad=PLACE), aad=PLACE)
    assert "Selam" not in str(refused.value) and refused.value.__suppress_context__


def test_a_wrapped_key_unwraps_and_names_its_wrapping_key() -> None:
    data_key = crypto.new_data_key()
    wrapped = crypto.wrap(KEY, data_key, PLACE, key_version=3)
    assert crypto.unwrap(KEY, wrapped, PLACE) == data_key
    assert crypto.key_version(wrapped) == 3


def test_a_wrapped_key_is_not_a_value_nor_a_value_a_wrapped_key() -> None:
    with pytest.raises(crypto.Tampered):
        crypto.unseal(KEY, crypto.wrap(KEY, OTHER_KEY, PLACE), aad=PLACE)
    with pytest.raises(crypto.Tampered):
        crypto.unwrap(KEY, crypto.seal(KEY, OTHER_KEY, aad=PLACE), PLACE)


def test_only_a_key_can_be_wrapped() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        crypto.wrap(KEY, b"short", PLACE)


def test_data_keys_are_fresh() -> None:
    keys = {crypto.new_data_key() for _ in range(100)}
    assert len(keys) == 100 and {len(key) for key in keys} == {32}


def test_what_is_sealed_to_a_person_opens_for_that_person_only() -> None:
    private, public = crypto.new_person_keys()
    stranger, _ = crypto.new_person_keys()
    blob = crypto.seal_to(public, b"only for you", PLACE)
    assert crypto.open_sealed(private, blob, PLACE) == b"only for you"
    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(stranger, blob, PLACE)
    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(private, blob, crypto.aad("person", SIBLING, "names", 1))
    with pytest.raises(crypto.Tampered):
        crypto.open_sealed(private, blob[:-1], PLACE)
    with pytest.raises(crypto.Tampered, match="format"):
        crypto.open_sealed(private, b"\x09" + blob[1:], PLACE)


def test_tokens_are_equal_for_equal_texts_and_keys_only() -> None:
    token = crypto.hmac_token(KEY, "slm|2017")
    assert token == hmac.new(KEY, b"slm|2017", "sha256").digest()[:8]
    assert crypto.hmac_token(OTHER_KEY, "slm|2017") != token != crypto.hmac_token(KEY, "slm|2018")
    assert len(crypto.hmac_token(KEY, "x", size=32)) == 32


@pytest.mark.parametrize("size", [0, 33])
def test_a_token_of_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="1 to 32"):
        crypto.hmac_token(KEY, "x", size)


def test_derived_keys_follow_rfc_5869() -> None:
    extracted = hmac.new(bytes(32), KEY, "sha256").digest()
    expanded = hmac.new(extracted, b"havre|audit\x01", "sha256").digest()
    assert crypto.derive(KEY, "audit") == expanded
    assert crypto.derive(KEY, "index") != expanded
    assert len(crypto.derive(KEY, "audit", 64)) == 64


def test_a_password_key_is_argon2id_with_64_mebibytes_and_three_passes() -> None:
    salt = bytes(range(16))
    expected = hash_secret_raw("caffè latte".encode(), salt, 3, 64 * 1024, 1, 32, Type.ID)
    assert crypto.password_key("caffè latte", salt) == expected
    # The same letters typed with a combining accent.
    assert crypto.password_key("caffe\u0300 latte", salt) == expected
    # And on a keyboard with wide letters.
    assert crypto.password_key("ｃａｆｆè latte", salt) == expected


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        crypto.password_key("password", b"salt")


def test_signatures_follow_rfc_8032() -> None:
    private = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert crypto.signing_public(private) == public
    assert crypto.sign(private, b"") == signature
    assert crypto.verify(public, b"", signature)


def test_a_signature_is_for_one_message_and_one_key() -> None:
    private, public = crypto.new_signing_keys()
    _, other = crypto.new_signing_keys()
    signature = crypto.sign(private, b"root")
    assert crypto.verify(public, b"root", signature)
    assert not crypto.verify(public, b"other root", signature)
    assert not crypto.verify(other, b"root", signature)
    assert not crypto.verify(public, b"root", signature[:-1])
    assert not crypto.verify(b"not a key", b"root", signature)


RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert crypto.totp_code(RFC_SECRET, at) == code
    assert crypto.totp_verify(RFC_SECRET, code, at) == seconds // 30


def test_a_code_is_accepted_one_step_early_or_late_and_names_its_step() -> None:
    at = datetime(2026, 11, 17, 9, 0, 15, tzinfo=UTC)
    code, step = crypto.totp_code(RFC_SECRET, at), int(at.timestamp()) // 30
    for seconds in (-30, 0, 30):
        assert crypto.totp_verify(RFC_SECRET, code, at + timedelta(seconds=seconds)) == step
    for seconds in (-60, 60):
        assert crypto.totp_verify(RFC_SECRET, code, at + timedelta(seconds=seconds)) is None
    assert crypto.totp_verify(RFC_SECRET, code, at + timedelta(seconds=30), window=0) is None


def test_a_code_may_be_typed_with_spaces_and_other_digits() -> None:
    at = datetime.fromtimestamp(59, UTC)
    assert crypto.totp_verify(RFC_SECRET, " 287 082", at) == 1
    assert crypto.totp_verify(RFC_SECRET, "２８７０８２", at) == 1
    assert crypto.totp_verify(RFC_SECRET, "ሰላም", at) is None


def test_a_new_secret_works_and_has_160_bits() -> None:
    secret = crypto.new_totp_secret()
    at = datetime(2026, 11, 17, tzinfo=UTC)
    assert len(secret) == 32 and crypto.totp_verify(secret, crypto.totp_code(secret, at), at) is not None


def test_codes_need_an_aware_time_and_a_sound_secret() -> None:
    with pytest.raises(ValueError, match="zone"):
        crypto.totp_code(RFC_SECRET, datetime(2026, 11, 17))
    with pytest.raises(ValueError, match="base 32"):
        crypto.totp_code("0189", datetime(2026, 11, 17, tzinfo=UTC))
