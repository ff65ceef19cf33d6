"""How does a clerk who does not know a name write it, by ear, in the script of the place?

Plain letter rules, made for this world and sharing nothing with the matcher: from Latin letters to
Arabic, Ethiopic or Cyrillic. Choices a clerk makes freely (whether to write a short vowel, which of two
letters for a sound) are drawn.
"""

from collections.abc import Mapping
from random import Random

from havre.demo.world.model import Script

ETHIOPIC = {
    "sh": 0x1238,
    "ch": 0x1278,
    "kh": 0x12B8,
    "gn": 0x1290,
    "ts": 0x1338,
    "th": 0x1270,
    "ph": 0x1348,
    "gh": 0x1308,
    "dh": 0x12F0,
    "h": 0x1200,
    "l": 0x1208,
    "m": 0x1218,
    "r": 0x1228,
    "s": 0x1230,
    "q": 0x1240,
    "b": 0x1260,
    "v": 0x1268,
    "t": 0x1270,
    "n": 0x1290,
    "k": 0x12A8,
    "c": 0x12A8,
    "w": 0x12C8,
    "z": 0x12D8,
    "y": 0x12E8,
    "d": 0x12F0,
    "j": 0x1300,
    "g": 0x1308,
    "f": 0x1348,
    "p": 0x1350,
    "x": 0x1200,
}
ETHIOPIC_VOWEL = {"u": 1, "oo": 1, "ou": 1, "i": 2, "ee": 2, "a": 3, "aa": 3, "e": 0, "o": 6, "ie": 4}
ARABIC = {
    "sh": "ش",
    "ch": "تش",
    "kh": "خ",
    "th": "ث",
    "gh": "غ",
    "dh": "ذ",
    "ts": "تس",
    "ph": "ف",
    "zh": "ج",
    "b": "ب",
    "p": "ب",
    "t": "ت",
    "j": "ج",
    "d": "د",
    "r": "ر",
    "z": "ز",
    "s": "س",
    "f": "ف",
    "v": "ف",
    "q": "ق",
    "k": "ك",
    "c": "ك",
    "g": "ق",
    "l": "ل",
    "m": "م",
    "n": "ن",
    "h": "ه",
    "w": "و",
    "y": "ي",
    "x": "كس",
}
CYRILLIC = {
    "shch": "щ",
    "kh": "х",
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "ts": "ц",
    "ya": "я",
    "yu": "ю",
    "ye": "е",
    "yo": "ё",
    "ee": "и",
    "oo": "у",
    "ou": "у",
    "th": "т",
    "ph": "ф",
    "gh": "г",
    "a": "а",
    "b": "б",
    "c": "к",
    "d": "д",
    "e": "е",
    "f": "ф",
    "g": "г",
    "h": "х",
    "i": "и",
    "j": "дж",
    "k": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "q": "к",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "v": "в",
    "w": "в",
    "x": "кс",
    "y": "й",
    "z": "з",
}
VOWELS = "aeiou"


def transcribe(rng: Random, latin: str, script: Script) -> str | None:
    """The name by ear in `script`; None where no clerk of this world writes that script."""
    words = [_plain(word) for word in latin.replace("-", " ").split()]
    if script is not Script.CYRILLIC:
        words = [_glided(word) for word in words]
    write = {Script.ARABIC: _arabic, Script.ETHIOPIC: _ethiopic, Script.CYRILLIC: _cyrillic}.get(script)
    if script is Script.LATIN:
        return latin
    if write is None:
        return None
    return " ".join(write(rng, word) for word in words if word)


def _plain(word: str) -> str:
    letters = word.lower().translate(str.maketrans("éèêëïîöôüûàâáíóúñç", "eeeeiioouuaaaiounc"))
    return "".join(
        c
        for i, c in enumerate(letters)
        if (c.isascii() and c.isalpha() and letters[i - 1 : i] != c) or c in VOWELS
    )


def _glided(word: str) -> str:
    for pair, glide in (
        ("ai", "ay"),
        ("ei", "ey"),
        ("oi", "oy"),
        ("ia", "iya"),
        ("io", "iyo"),
        ("ua", "uwa"),
        ("oa", "owa"),
    ):
        word = word.replace(pair, glide)
    return word


def _take(word: str, at: int, table: Mapping[str, object]) -> str:
    for length in (4, 3, 2, 1):
        piece = word[at : at + length]
        if len(piece) == length and piece in table:
            return piece
    return ""


def _ethiopic(rng: Random, word: str) -> str:
    out, at = "", 0
    while at < len(word):
        consonant = _take(word, at, ETHIOPIC)
        if not consonant:
            vowel = _take(word, at, ETHIOPIC_VOWEL) or word[at]
            out += chr(0x12A0 + (4 if vowel == "e" else 0 if vowel == "a" else ETHIOPIC_VOWEL.get(vowel, 5)))
            at += max(1, len(vowel))
            continue
        at += len(consonant)
        vowel = _take(word, at, ETHIOPIC_VOWEL)
        order = ETHIOPIC_VOWEL.get(vowel, 5)
        if vowel == "e" and at + 1 == len(word) and rng.random() < 0.4:
            order = 4
        at += len(vowel)
        out += chr(ETHIOPIC[consonant] + order)
    return out


def _arabic(rng: Random, word: str) -> str:
    out, at = "", 0
    while at < len(word):
        piece = _take(word, at, ARABIC)
        if piece:
            out += "غ" if piece == "g" and rng.random() < 0.4 else ARABIC[piece]
            at += len(piece)
            continue
        run = at
        while run < len(word) and word[run] in VOWELS:
            run += 1
        out += _arabic_vowel(
            rng, word[at:run], first=at == 0, last=run == len(word), before_y=word[run : run + 1] == "y"
        )
        at = max(run, at + 1)
    return out


def _arabic_vowel(rng: Random, vowel: str, *, first: bool, last: bool, before_y: bool) -> str:
    letter = vowel[:1]
    long = len(vowel) > 1
    if first:
        return {"a": "أ", "e": "إ", "i": "إ", "o": "أو", "u": "أو"}[letter]
    if last:
        return {"a": "ا", "e": "ي" if long else "ه", "i": "ي", "o": "و", "u": "و"}[letter]
    if letter == "a":
        return "ا" if long or before_y or rng.random() < 0.6 else ""
    if letter == "e":
        return "ي" if long or rng.random() < 0.25 else ""
    if letter == "i":
        return "ي" if long or rng.random() < 0.6 else ""
    return "و" if long or rng.random() < 0.8 else ""


def _cyrillic(rng: Random, word: str) -> str:
    out, at = "", 0
    while at < len(word):
        piece = _take(word, at, CYRILLIC) or word[at]
        letter = CYRILLIC.get(piece, "")
        if piece == "h" and rng.random() < 0.4:
            letter = "г"
        if piece == "e" and at == 0:
            letter = "э" if rng.random() < 0.5 else "е"
        out += letter
        at += len(piece)
    return out.title()
