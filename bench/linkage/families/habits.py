"""How do clerks write a name in other letters, or in the same letters otherwise? Habits of orthography, language by language."""

from __future__ import annotations

import unicodedata
from itertools import product

from bench.linkage.families.pools import falling

# Cyrillic: habits of English maps, of passports, of French, of German and of quick typing. Letters not named follow BASE.
BASE = dict(zip("абвгдезийклмнопрстуфхцчшщъыьэюяіїєґёʼ'", (
    "a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch",
    "", "y", "", "e", "yu", "ya", "i", "yi", "ye", "g", "e", "", ""), strict=True)) | {"ж": "zh"}  # fmt: skip
HABITS: tuple[dict[str, str], ...] = (
    {},
    {"й": "i", "ю": "iu", "я": "ia", "ї": "i", "є": "ie", "ъ": "ie", "ё": "e"},
    {"ё": "yo", "х": "h", "ц": "c", "щ": "sch", "э": "e"},
    {"у": "ou", "ж": "j", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia", "й": "ï", "г": "gu"},
    {"в": "w", "ж": "sch", "ч": "tsch", "ш": "sch", "щ": "schtsch", "х": "ch", "ц": "z", "ю": "ju", "я": "ja", "й": "j", "з": "s"},
)
UKRAINIAN = {"г": "h", "и": "y"}
CYRILLIC_SHARES = (0.45, 0.25, 0.14, 0.08, 0.08)


def _cyrillic(word: str, table: dict[str, str]) -> str:
    out = "".join(table.get(c, c) for c in word.lower())
    for tail, short in (("iy", "y"), ("yy", "y")):
        if out.endswith(tail) and table["й"] == "y":
            out = out[: -len(tail)] + short
    return " ".join(part[:1].upper() + part[1:] for part in out.split(" "))


def from_cyrillic(word: str, *, ukrainian: bool = False) -> dict[str, float]:
    """Latin spellings of a Cyrillic name."""
    out: dict[str, float] = {}
    for habit, share in zip(HABITS, CYRILLIC_SHARES, strict=True):
        latin = _cyrillic(word, BASE | (UKRAINIAN if ukrainian else {}) | habit)
        out[latin] = out.get(latin, 0.0) + share
    return out


def in_cyrillic(word: str, other: str | None) -> dict[str, float]:
    """A Cyrillic name as written: with or without ё, and (for Ukrainian) in its Russian form where an office writes Russian."""
    out = {word: 1.0}
    if "ё" in word.lower():
        out[word.replace("ё", "е").replace("Ё", "Е")] = 0.8
    if other and other != word:
        out[other] = 0.35
    return out


def patronymic(father: str, *, male: bool, ukrainian: bool) -> str:
    """A Slavic patronymic by the rules of grammars: by the last letter of the father's name."""
    stem, last = father[:-1], father[-1]
    if ukrainian:
        if last == "й":
            return stem + ("йович" if male else "ївна")
        keeps = last not in "аяо" and (male or last != "ь")
        return (father if keeps else stem) + ("ович" if male else "івна")
    if last in "ая":
        return stem + ("ич" if male else "ична")
    if father.endswith("ий"):
        stem = father[:-2] + ("и" if father in ("Дмитрий", "Георгий") else "ь")
    return (stem + "ев" if last in "йь" else (stem if last == "о" else father) + "ов") + ("ич" if male else "на")


def feminine(family: str, *, ukrainian: bool) -> str:
    """The form of a Slavic surname that a woman bears; the same for surnames that do not change."""
    if family.endswith(("ий", "ый", "ой")):
        return family[:-2] + ("а" if ukrainian else "ая")
    return family + "а" if family.endswith(("ов", "ев", "ёв", "ин", "ын", "єв", "їв")) else family


# Ge'ez: scholarly transcription (ä ə č š ṭ ʷ) as it is written in registers.
GEEZ_HABITS: tuple[dict[str, str], ...] = (
    {"ä": "e", "é": "e", "č": "ch", "š": "sh", "ñ": "gn", "ž": "zh", "ʷ": "w", "q": "k"},
    {"ä": "a", "é": "ie", "č": "ch", "š": "sh", "ñ": "ny", "ž": "zh", "ʷ": "u", "q": "q"},
    {"ä": "e", "é": "ie", "č": "tch", "š": "sh", "ñ": "gn", "ž": "j", "ʷ": "w", "q": "k", "y": "i"},
    {"ä": "e", "é": "e", "č": "ch", "š": "sh", "ñ": "n", "ž": "j", "ʷ": "o", "q": "k", "e": "i"},
)
HOMOPHONES = ("ሀሁሂሃሄህሆ", "ሐሑሒሓሔሕሖ", "ኀኁኂኃኄኅኆ"), ("ሰሱሲሳሴስሶ", "ሠሡሢሣሤሥሦ"), ("አኡኢኣኤእኦ", "ዐዑዒዓዔዕዖ"), ("ጸጹጺጻጼጽጾ", "ፀፁፂፃፄፅፆ")  # fmt: skip


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if "a" <= c.lower() <= "z" or c == " ")


def from_geez(transcription: str, register: str | None) -> dict[str, float]:
    """Latin spellings of a Ge'ez name from its transcription, and from the spelling registers use where that is known."""
    out: dict[str, float] = {register: 1.2} if register else {}
    for habit, share in zip(GEEZ_HABITS, (0.4, 0.2, 0.15, 0.15), strict=True):
        text = unicodedata.normalize("NFC", transcription.lower()).replace("ch̩", "č")
        single = "".join(c for i, c in enumerate(text) if i == 0 or c != text[i - 1])
        doubled = "".join(c for i, c in enumerate(text) if i == 0 or c != text[i - 1] or len(habit.get(c, c)) < 2)
        for form, part in ((single, 0.7), (doubled, 0.3)):
            latin = _bare("".join(habit.get(c, c) for c in form))
            word = latin[:1].upper() + latin[1:]
            if len(word) > 1:
                out[word] = out.get(word, 0.0) + share * part
    return out


def in_geez(word: str) -> dict[str, float]:
    """A Ge'ez name with one homophone letter exchanged, as spelling is not fixed."""
    out = {word: 1.0}
    for i, letter in enumerate(word):
        for series in HOMOPHONES:
            for row in series:
                if letter in row:
                    for other in series:
                        if other is not row:
                            out.setdefault(word[:i] + other[row.index(letter)] + word[i + 1 :], 0.08)
    return out


def in_arabic(word: str) -> dict[str, float]:
    """An Arabic name with and without its hamza, dots of ta marbuta and ya, as offices write it."""
    out = {word: 1.0}
    for old, new, share in (("أ", "ا", 0.6), ("إ", "ا", 0.6), ("آ", "ا", 0.5), ("ة", "ه", 0.5), ("ؤ", "و", 0.2), ("ئ", "ي", 0.2)):
        if old in word:
            out[word.replace(old, new)] = share
    if word.endswith("ى"):
        out[word[:-1] + "ا"] = 0.3
        out[word[:-1] + "ي"] = 0.3
    if word.endswith("ي"):
        out[word[:-1] + "ى"] = 0.15
    if word.startswith("عبدال"):
        out["عبد " + word[3:]] = 0.7
    return out


def in_hebrew(word: str) -> dict[str, float]:
    """A Hebrew name in full and in short spelling."""
    out = {word: 1.0}
    for letter in "יו":
        inner = word.find(letter, 1)
        if 0 < inner < len(word) - 1 and len(word) > 4:
            out[word[:inner] + word[inner + 1 :]] = 0.12
            out[word[:inner] + letter + word[inner:]] = 0.08
    return out


HEBREW = dict(zip("אבגדהוזחטיכלמנסעפצקרשתךםןףץ", (
    "a", "v", "g", "d", "h", "o", "z", "h", "t", "i", "k", "l", "m", "n", "s", "a", "f", "tz", "k", "r", "sh", "t", "kh", "m", "n", "f", "tz"),
    strict=True))  # fmt: skip


def from_hebrew(word: str) -> dict[str, float]:
    """Latin letters for a Hebrew name that no public pair attests: letter by letter, with an `a` between consonants."""
    out = ""
    for c in word:
        letter = HEBREW.get(c, c)
        out += ("a" if out and out[-1] not in "aeio " and letter and letter[0] not in "aeio " else "") + letter
    return falling([out.title(), out.replace("kh", "ch").replace("tz", "ts").title()])


def joined(heads: dict[str, float], tails: dict[str, float], glue: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Spellings of a compound name: each of its parts' spellings, joined in each of the usual ways (`^` lowers the second part)."""
    out: dict[str, float] = {}
    for (head, a), (tail, b), (between, c) in product(heads.items(), tails.items(), glue):
        word = head + tail.lower() if between == "^" else head + between + tail
        out[word] = out.get(word, 0.0) + a * b * c
    return out
