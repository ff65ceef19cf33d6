"""How are things named so that a name neither reveals nor is mistaken?"""

import uuid
from datetime import datetime
from uuid import UUID

# 29 characters: no 0 O 1 I L U, and no S beside 5. As 29 is prime, one check character
# catches every single wrong character and every swap of two.
ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
_BASE = len(ALPHABET)
_WEIGHTS = (7, 6, 5, 4, 3, 2, 1)
_IGNORED = {ord(c): None for c in " -\u00a0\u2009\u202f\u2010\u2011\u2012\u2013\u2014\t\n\r"}


def new_id() -> UUID:
    """A random id (UUID version 4) that reveals neither time nor place."""
    return uuid.uuid4()


def edit_id(at: datetime, random: bytes) -> UUID:
    """An id that sorts by time (UUID version 7, RFC 9562): `at` aware, `random` at least 10 bytes."""
    if at.utcoffset() is None:
        raise ValueError("edit_id needs a time with its zone")
    if len(random) < 10:
        raise ValueError("edit_id needs at least 10 random bytes")
    milliseconds = int(at.timestamp() * 1000)
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError("edit_id needs a time after 1970")
    chance = int.from_bytes(random[:10], "big")
    first, rest = (chance >> 62) & 0xFFF, chance & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | first << 64 | 0b10 << 62 | rest)


def new_code(random: bytes) -> str:
    """A public code `XXXX-XXX`: six random characters and a check character; `random` at least 10 bytes.

    It tells nothing of agency, place or order. The check catches every single wrong character and every swap
    of two.
    """
    if len(random) < 10:
        raise ValueError("new_code needs at least 10 random bytes")
    number = int.from_bytes(random, "big")
    digits = []
    for _ in range(6):
        number, digit = divmod(number, _BASE)
        digits.append(digit)
    digits.append(-_sum(digits) % _BASE)
    return _written(digits)


def check_code(text: str) -> str | None:
    """The code as it is written, from what a person typed in any case and spacing; None if it cannot be."""
    typed = text.upper().translate(_IGNORED)
    if len(typed) != 7 or any(c not in ALPHABET for c in typed):
        return None
    digits = [ALPHABET.index(c) for c in typed]
    return _written(digits) if _sum(digits) % _BASE == 0 else None


def _sum(digits: list[int]) -> int:
    return sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False))


def _written(digits: list[int]) -> str:
    text = "".join(ALPHABET[d] for d in digits)
    return f"{text[:4]}-{text[4:]}"
