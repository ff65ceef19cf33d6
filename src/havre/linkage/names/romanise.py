"""How would this token be written in Latin letters?

Plain rules per script; the similarity tolerates what rules cannot know (vowels that are not written).
Sources: the orthographies themselves; romanisation practice of Arabic, Amharic, Tigrinya, Russian, Ukrainian, Hebrew, Greek, Hindi,
Nepali, Bengali and Burmese names in registers (no table was copied).
"""

from __future__ import annotations

import re
from functools import lru_cache

from havre.linkage.names.burmese import romanise_burmese
from havre.linkage.names.greek import romanise_greek
from havre.linkage.names.hebrew import hebrew_letters
from havre.linkage.names.indic import romanise_indic
from havre.linkage.names.scripts import Script, script_of

_ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "'", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g",
    "څ": "ts", "ځ": "z", "ښ": "sh", "ږ": "g",
}  # fmt: skip

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i",
    "ї": "yi", "є": "ye", "ў": "w", "ј": "y", "љ": "l", "њ": "n", "ћ": "c", "ђ": "dj", "џ": "dj", "қ": "k", "ғ": "gh",
    "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ә": "a", "ӣ": "i", "ҷ": "j", "ҳ": "h", "ӯ": "u",
}  # fmt: skip

# Consonant of each Ethiopic row of eight (U+1200 onwards), by row start.
_ETHIOPIC_ROWS = {
    0x1200: "h", 0x1208: "l", 0x1210: "h", 0x1218: "m", 0x1220: "s", 0x1228: "r", 0x1230: "s", 0x1238: "sh",
    0x1240: "k", 0x1248: "kw", 0x1250: "k", 0x1258: "kw", 0x1260: "b", 0x1268: "v", 0x1270: "t", 0x1278: "ch",
    0x1280: "h", 0x1288: "hw", 0x1290: "n", 0x1298: "gn", 0x12A0: "'", 0x12A8: "k", 0x12B0: "kw", 0x12B8: "h",
    0x12C0: "hw", 0x12C8: "w", 0x12D0: "'", 0x12D8: "z", 0x12E0: "zh", 0x12E8: "y", 0x12F0: "d", 0x12F8: "d",
    0x1300: "j", 0x1308: "g", 0x1310: "gw", 0x1318: "ng", 0x1320: "t", 0x1328: "ch", 0x1330: "p", 0x1338: "ts",
    0x1340: "ts", 0x1348: "f", 0x1350: "p",
}  # fmt: skip
_ETHIOPIC_VOWELS = ("e", "u", "i", "a", "e", "", "o", "wa")
_LARYNGEAL = (0x1200, 0x1210, 0x1280, 0x12A0, 0x12D0)


_DIGRAPHS = frozenset(["th", "sh", "kh", "gh", "dh", "ts", "tz", "ph", "ch", "zh", "dj", "ck"])


def _spell(parts: list[str]) -> str:
    """Join romanised letters; a full stop keeps apart two letters that would read as one sound (ت + س is not ts)."""
    out = ""
    for part in parts:
        out += "." + part if out and part and out[-1] + part[0] in _DIGRAPHS else part
    return out.replace("'", "")


def _arabic(token: str) -> str:
    """Consonants and long vowels; و and ي are vowels between consonants, ه after a consonant ends a name in -a."""
    if token.endswith("الله"):
        return _arabic(token[:-4]) + "allah"
    token = token.replace("تش", "چ")
    out: list[str] = []
    last = len(token) - 1
    for i, char in enumerate(token):
        before = token[i - 1] if i else ""
        after = token[i + 1] if i < last else ""
        if char == "و" and i and before not in "اوي" and after not in ("ا", "ي", "و"):
            out.append("u")
        elif char == "ي" and i and before not in "او" and after not in ("ا", "و"):
            out.append("i")
        elif char == "ه" and i == last and i > 1 and before != "ا":
            out.append("a")
        else:
            out.append(_ARABIC.get(char, ""))
    return _spell(out)


def _ethiopic(token: str) -> str:
    out: list[str] = []
    for char in token:
        code = ord(char)
        row, order = code & ~7, code & 7
        consonant = _ETHIOPIC_ROWS.get(row)
        if consonant is None:
            continue
        vowel = "a" if row in _LARYNGEAL and order == 0 else _ETHIOPIC_VOWELS[order]
        if row in (0x12A0, 0x12D0) and order == 5:
            vowel = "e" if len(out) == 0 else ""  # እ opens a name as e-, and is silent inside it
        out.append(consonant + vowel)
    return _spell(out)


def _cyrillic(token: str) -> str:
    text = re.sub("(?<=[аеёиоуыэюяіїє])е|^е", "ye", token).replace("дз", "z").replace("дж", "j")
    return "".join(_CYRILLIC.get(char, char if char.isascii() else "") for char in text)


@lru_cache(maxsize=262144)
def romanise(token: str) -> str:
    """`token` (one folded word) in Latin letters a–z, with full stops where two letters must not read as one sound."""
    match script_of(token):
        case Script.ARABIC:
            return _arabic(token)
        case Script.ETHIOPIC:
            return _ethiopic(token)
        case Script.CYRILLIC:
            return _cyrillic(token)
        case Script.BURMESE:
            return romanise_burmese(token)
        case Script.HEBREW:
            return _spell(hebrew_letters(token))
        case Script.GREEK:
            return romanise_greek(token)
        case Script.DEVANAGARI | Script.BENGALI as script:
            return romanise_indic(token, script)
        case _ if token.isascii():
            return token
        case _:
            from anyascii import anyascii

            return re.sub("[^a-z]", "", anyascii(token).lower())
