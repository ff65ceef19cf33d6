"""Which spellings of a name are the same letters written differently?

Each script has its own foldings: they remove what writers leave out or exchange freely (vowel marks,
tatweel, hamza seats, Ge'ez homophones, accents, apostrophes) and nothing that tells two names apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from havre.linkage.names.scripts import Script, script_of

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
_APOSTROPHES = re.compile("['`´\u02b9-\u02bf\u2018\u2019\u201b\u2032\u05f3\u0559\uff07]")
_DASHES = re.compile("[-\u2010-\u2015\u2212\u05be\u30fb\u0640]")
# Letters, digits and the signs that belong to letters: accents, Hebrew points, Arabic vowels, Indic and Burmese vowel signs.
_SEPARATORS = re.compile(
    r"[^\w\u0300-\u036f\u05b0-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
    r"\u09d7\u102b-\u103e]+|_"
)

_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي",
        "ؤ": "و", "ۇ": "و", "ۋ": "و", "ء": "", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۂ": "ه", "ۃ": "ه",
        "ک": "ك", "ګ": "گ", "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ړ": "ر", "ڑ": "ر", "ڼ": "ن", "ں": "ن",
        "ڤ": "ف", "ڨ": "ق", "ڪ": "ك", "ۓ": "ي", "ݢ": "گ", "ڭ": "گ", "ٸ": "ي", "ٶ": "و",
    }
)  # fmt: skip

# Ge'ez letters that Amharic and Tigrinya writers exchange: one representative row for each sound.
_ETHIOPIC_ROWS = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338, 0x12B8: 0x1200}
_LARYNGEAL_ROWS = (0x1200, 0x12A0)

_CYRILLIC = str.maketrans({"ё": "е", "ґ": "г", "ъ": "", "ѐ": "е", "ѝ": "и"})


def _ethiopic(text: str) -> str:
    out: list[str] = []
    for char in text:
        code = ord(char)
        row, order = code & ~7, code & 7
        if 0x1200 <= code <= 0x137F:
            row = _ETHIOPIC_ROWS.get(row, row)
            if row in _LARYNGEAL_ROWS and order == 3:
                order = 0  # ሃ sounds as ሀ, ኣ as አ
            out.append(chr(row + order))
        else:
            out.append(char)
    return "".join(out)


# Letters of Latin alphabets that hold no accent to take off: Hausa, Turkish, Polish, Vietnamese, Scandinavian, West African, Azeri.
_LATIN = str.maketrans(
    {
        "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th",
        "ə": "a", "ŋ": "ng", "ɲ": "ny", "ɛ": "e", "ɔ": "o", "ħ": "h", "ŧ": "t", "ʻ": "", "ʼ": "",
    }
)  # fmt: skip


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def fold_letters(text: str, script: Script) -> str:
    """`text` with the free spelling choices of its script removed."""
    match script:
        case Script.ARABIC:
            return _ARABIC_MARKS.sub("", text).translate(_ARABIC)
        case Script.ETHIOPIC:
            return _ethiopic(text)
        case Script.CYRILLIC:
            return text.translate(_CYRILLIC)
        case Script.LATIN:
            return _plain(text).translate(_LATIN)
        case Script.GREEK:
            return _plain(text).replace("ς", "σ")
        case Script.DEVANAGARI:
            return text.replace("\u093c", "").replace("\u0901", "\u0902")
        case Script.BENGALI:
            return text.replace("\u0981", "")
        case Script.HEBREW:
            return "".join(c for c in text if not unicodedata.combining(c))
        case _:
            return text


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a written name, letters folded, marks and joints removed, in the order written.

    Dashes and Ethiopic word marks separate; apostrophes and invisible characters vanish.
    """
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(text.lower().split())  # nothing to fold in plain letters
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _INVISIBLE.sub("", plain)
    plain = _APOSTROPHES.sub("", plain).replace("\u0640", "")
    plain = _DASHES.sub(" ", plain)
    out: list[str] = []
    for word in _SEPARATORS.split(plain):
        if not word:
            continue
        folded = fold_letters(word, script_of(word))
        if folded:
            out.append(folded)
    return tuple(out)


def joined(text: str) -> str:
    """All letters of a written name without spaces, folded."""
    return "".join(words(text))
