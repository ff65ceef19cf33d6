"""Which script is this text written in?"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """Scripts with rules of their own; everything else is `other`."""

    LATIN = "latin"
    ARABIC = "arabic"
    ETHIOPIC = "ethiopic"
    CYRILLIC = "cyrillic"
    BURMESE = "burmese"
    HEBREW = "hebrew"
    GREEK = "greek"
    DEVANAGARI = "devanagari"
    BENGALI = "bengali"
    OTHER = "other"


_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, Script.LATIN),
    (0x0250, 0x02AF, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0590, 0x05FF, Script.HEBREW),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x08A0, 0x08FF, Script.ARABIC),
    (0x0900, 0x097F, Script.DEVANAGARI),
    (0x0980, 0x09FF, Script.BENGALI),
    (0x1000, 0x109F, Script.BURMESE),
    (0x1200, 0x139F, Script.ETHIOPIC),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x2D80, 0x2DDF, Script.ETHIOPIC),
    (0xA9E0, 0xA9FF, Script.BURMESE),
    (0xAA60, 0xAA7F, Script.BURMESE),
    (0xAB00, 0xAB2F, Script.ETHIOPIC),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFF, Script.ARABIC),
)


def script_of_char(char: str) -> Script | None:
    """The script of one character; None for marks, digits and punctuation."""
    if not char.isalpha():
        return None
    code = ord(char)
    for low, high, script in _RANGES:
        if low <= code <= high:
            return script
    return Script.OTHER


@lru_cache(maxsize=65536)
def script_of(text: str) -> Script:
    """The script of the first letter of `text`; `latin` when it has no letter."""
    if text[:1].isascii() and text[:1].isalpha():
        return Script.LATIN
    for char in unicodedata.normalize("NFKC", text):
        script = script_of_char(char)
        if script is not None:
            return script
    return Script.LATIN
