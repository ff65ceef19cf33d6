"""A checkpoint is believed only from its own log, unchanged, signed by its key."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from havre.core import crypto, merkle
from havre.core.checkpoints import Checkpoint

ORIGIN = "havre.example/log"
NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
PRIVATE, PUBLIC = crypto.new_signing_keys()
ROOT = merkle.root([b"one", b"two"])
TEXT = merkle.checkpoint(ORIGIN, 2, ROOT, NOON)
NOTE = merkle.sign_checkpoint(PRIVATE, TEXT)


def signed(text: str) -> str:
    """A note over any text, signed under the log's name."""
    key_hash = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + PUBLIC).digest()[:4]
    line = base64.b64encode(key_hash + crypto.sign(PRIVATE, text.encode())).decode()
    return f"{text}\n— {ORIGIN} {line}\n"


def test_the_text_has_origin_size_root_and_time() -> None:
    assert f"{ORIGIN}\n2\n{base64.b64encode(ROOT).decode()}\n2026-11-17T12:00:00Z\n" == TEXT


def test_the_note_follows_the_signed_note_format() -> None:
    assert signed(TEXT) == NOTE


def test_a_signed_checkpoint_reads_back() -> None:
    assert merkle.verify_checkpoint(PUBLIC, NOTE, ORIGIN) == Checkpoint(ORIGIN, 2, ROOT, NOON)


def test_the_time_is_written_in_utc() -> None:
    summer = NOON.astimezone(timezone(timedelta(hours=2)))
    assert merkle.checkpoint(ORIGIN, 2, ROOT, summer) == TEXT


def test_signatures_of_witnesses_are_passed_over() -> None:
    witness = "— witness.example/w " + base64.b64encode(bytes(76)).decode() + "\n"
    assert merkle.verify_checkpoint(PUBLIC, NOTE + witness, ORIGIN).size == 2


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("\n2\n", "\n3\n"),
        TEXT,
        NOTE.rstrip("\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("— havre", "— other"),
        TEXT + "\n— " + ORIGIN + " A\n",
        "",
    ],
)
def test_a_changed_or_unsigned_note_is_not_believed(note: str) -> None:
    with pytest.raises(crypto.Tampered):
        merkle.verify_checkpoint(PUBLIC, note, ORIGIN)


def test_another_key_or_another_log_is_not_believed() -> None:
    _, other = crypto.new_signing_keys()
    with pytest.raises(crypto.Tampered):
        merkle.verify_checkpoint(other, NOTE, ORIGIN)
    with pytest.raises(crypto.Tampered):
        merkle.verify_checkpoint(PUBLIC, NOTE, "havre.example/other")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n2\n", "\n02\n"),
        TEXT.replace("\n2\n", "\n-2\n"),
        TEXT.replace(ORIGIN, "other"),
        TEXT + "more\n",
        TEXT.replace(base64.b64encode(ROOT).decode(), "AAAA"),
        TEXT.replace(base64.b64encode(ROOT).decode(), "?"),
        TEXT.replace("2026-11-17T12:00:00Z", "noon"),
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(crypto.Tampered):
        merkle.verify_checkpoint(PUBLIC, signed(text), ORIGIN)


@pytest.mark.parametrize(
    ("origin", "size", "root", "at"),
    [
        ("", 0, ROOT, NOON),
        ("two words", 0, ROOT, NOON),
        ("a+b", 0, ROOT, NOON),
        (ORIGIN, -1, ROOT, NOON),
        (ORIGIN, 0, b"short", NOON),
        (ORIGIN, 0, ROOT, NOON.replace(tzinfo=None)),
    ],
)
def test_an_impossible_checkpoint_is_not_written(origin: str, size: int, root: bytes, at: datetime) -> None:
    with pytest.raises(ValueError):
        merkle.checkpoint(origin, size, root, at)


def test_the_verifier_key_names_log_hash_and_key() -> None:
    name, key_hash, key = merkle.verifier_key(ORIGIN, PUBLIC).split("+", 2)
    assert name == ORIGIN and base64.b64decode(key) == b"\x01" + PUBLIC
    assert bytes.fromhex(key_hash) == hashlib.sha256(ORIGIN.encode() + b"\n\x01" + PUBLIC).digest()[:4]
