"""How would a Devanagari or Bengali word be written in Latin letters in a register?

Both scripts write a vowel with every consonant unless a sign says otherwise; Hindi, Nepali and Bengali leave that vowel out at the
end of a name, and between two syllables with vowels of their own (राजकुमार Rajkumar). Spelling of passports: no signs for length.
"""

from __future__ import annotations

from functools import cache
from typing import Final

_CONSONANTS: Final = "k kh g gh n ch chh j jh n t th d dh n t th d dh n _ p ph b bh m y r _ l _ _ v sh sh s h".split()
_VOWELS: Final = "a a i i u u ri _ e e e ai o o o au".split()  # from the letter a on, as in both blocks
_SIGNS: Final = "a i i u u ri _ e e e ai o o o au".split()  # from the sign of long a on
_START: Final = {"devanagari": 0x0900, "bengali": 0x0980}
_BENGALI: Final = {"য": "j", "য়": "y", "ড়": "r", "ঢ়": "r", "ৎ": "t", "ব": "b", "ং": "ng", "ঙ": "ng"}
_NASAL: Final = "n"


@cache
def _tables(start: int) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Consonants, vowels that stand alone and vowel signs of one block."""
    consonants = {chr(start + 0x15 + i): text for i, text in enumerate(_CONSONANTS) if text != "_"}
    vowels = {chr(start + 0x05 + i): text for i, text in enumerate(_VOWELS) if text != "_"}
    signs = {chr(start + 0x3E + i): text for i, text in enumerate(_SIGNS) if text != "_"}
    return consonants, vowels, signs


def romanise_indic(token: str, script: str) -> str:
    """A Devanagari or Bengali word in Latin letters."""
    start = _START[script]
    consonants, vowels, signs = _tables(start)
    virama, nasals, dotted = chr(start + 0x4D), chr(start + 0x01) + chr(start + 0x02), chr(start + 0x3C)
    parts: list[tuple[str, str, bool]] = []  # consonant, vowel, whether the vowel is the unwritten one
    for at, char in enumerate(token):
        letter = char + dotted if token[at + 1 : at + 2] == dotted else char
        own = _BENGALI.get(letter) if script == "bengali" else None
        if own is not None or char in consonants:
            parts.append((own or consonants[char], "" if own == "ng" or char == "ৎ" else "a", True))
        elif char in vowels:
            parts.append(("", vowels[char], False))
        elif char in signs and parts:
            parts[-1] = (parts[-1][0], signs[char], False)
        elif char == virama and parts:
            parts[-1] = (parts[-1][0], "", False)
        elif char in nasals:
            parts.append((_NASAL, "", False))
    for at in range(len(parts) - 1, 0, -1):
        consonant, vowel, unwritten = parts[at]
        last = at == len(parts) - 1
        between = not last and parts[at - 1][1] != "" and parts[at + 1][1] != "" and not parts[at + 1][2] and parts[at + 1][0] != ""
        if unwritten and vowel and ((last and parts[at - 1][1] != "") or between):
            parts[at] = (consonant, "", False)
    return "".join(consonant + vowel for consonant, vowel, _ in parts)
