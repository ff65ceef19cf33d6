"""How would a Hebrew word be written in Latin letters in a register?

Vowel letters are read by their place: ו is v at the start and doubled, o after a consonant; י is y at the start, i inside; final ה is a.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "h", "ט": "t", "י": "y", "כ": "k",
    "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "'", "פ": "p", "ף": "f", "צ": "ts",
    "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_VOWEL_LETTERS: Final = frozenset("אהויע")


def hebrew_letters(token: str) -> list[str]:
    """Each letter of a Hebrew word in Latin letters."""
    out: list[str] = []
    text = token.replace("וו", "ו\0").replace("יי", "י\0")
    last = len(text) - 1
    for at, char in enumerate(text):
        before, after = text[at - 1] if at else "", text[at + 1] if at < last else ""
        if char == "\0":
            continue
        if char == "ו" and at and after != "\0" and before not in _VOWEL_LETTERS and after not in ("א", "ה", "י"):
            out.append("o")
        elif char == "י" and at and (after == "" or after not in _VOWEL_LETTERS):
            out.append("i")
        elif char == "ה" and at == last and at > 1:
            out.append("a")
        elif char == "ב" and at == last and at > 1:
            out.append("v")
        elif char == "פ" and at and before not in "אוי" and after != "":
            out.append("p")
        elif char == "פ" and at:
            out.append("f")
        else:
            out.append(LETTERS.get(char, ""))
    return out
