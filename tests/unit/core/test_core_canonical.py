"""One object has one sequence of bytes."""

import json
from enum import IntEnum, StrEnum

import pytest

from havre.core.canonical import canonical


class Level(StrEnum):
    HIGH = "high"


class Step(IntEnum):
    TWO = 2


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert canonical({"b": [1, True, None], "a": {"z": "é", "y": ()}}) == '{"a":{"y":[],"z":"é"},"b":[1,true,null]}'.encode()


def test_the_key_order_of_rfc_8785_is_by_utf_16_units() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    assert written == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_only_what_must_be_escaped_is() -> None:
    assert canonical("\u20ac$\u000f\u000a\b\t\f\r A'\u0042\"\\\u007f</") == '"€$\\u000f\\n\\b\\t\\f\\r A\'B\\"\\\\\u007f</"'.encode()


def test_codes_are_written_as_their_values() -> None:
    assert canonical({Level.HIGH: Level.HIGH, "n": Step.TWO}) == b'{"high":"high","n":2}'


def test_numbers_are_exact_or_refused() -> None:
    assert canonical([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"
    for number in (2**53, -(2**53)):
        with pytest.raises(ValueError, match="write it as text"):
            canonical(number)


@pytest.mark.parametrize("odd", [1.0, b"bytes", {1: 2}, {"a": {3}}, object()])
def test_what_has_no_canonical_form_is_refused(odd: object) -> None:
    with pytest.raises(TypeError):
        canonical(odd)


def test_a_broken_character_is_refused() -> None:
    with pytest.raises(ValueError):
        canonical("\ud800")
