"""What does a romanised token sound like, whichever spelling habit wrote it?

`fold` rewrites Latin letters to one letter a sound (kh, ch, sh, ou, ee, dj …), so that English, French, German
and Slavic habits of writing the same name come close; `skeleton` keeps the consonant classes alone, the form
that agrees across scripts and serves as a blocking key (never as a score).
"""

from __future__ import annotations

import re
from functools import lru_cache

from havre.linkage.names.orthography import respelt
from havre.linkage.names.romanise import romanise

_ALLAH = re.compile("^abd[aeou]*l+[ae]+h?(?:ye|i)?$")
_ABD = re.compile("^a?bd(?:[aeiou]{0,2}l(?=[^aeiou])|[aeiou]{0,2}(?=([rsntdz])\\1)|[aeou]{1,2}(?=[rsntdzjgbhkqfwm])|ur(?=r)|i(?=[a-z]{3}))")
_DIN = re.compile("(?:[aeou]{0,2}[dl]|e)?d+[ei]+n$")
# Pattern, what stands for it, and letters of which each match holds some: what has none of them is not searched.
_RULES: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), into, tuple(held.split()))
    for pattern, into, held in (
        ("tsch|tch|tsh|shch|sch(?=t)", "C", "tch tsh sch shch"),
        ("sch|ssh|sh", "S", "sh sch"),
        ("dzh|dj|dsh|zh", "j", "dj dsh zh"),
        ("dz", "z", "dz"),
        ("(?<=[aeiou])j$", "y", "j"),
        ("(?<=r)ich$", "iX", "rich"),
        ("chr", "kr", "chr"),
        ("ch", "C", "ch"),
        ("kh", "X", "kh"),
        ("gh", "G", "gh"),
        ("ph", "f", "ph"),
        ("(b|j)h(?=[aeiou]|$)", r"\1", "bh jh"),
        ("th|ht", "t", "th ht"),
        ("dh", "d", "dh"),
        ("ts|tz", "Z", "ts tz"),
        ("x", "ks", "x"),
        ("ck|q", "k", "ck q"),
        ("c(?=[eiy])", "s", "c"),
        ("c", "k", "c"),
        ("([aeo])h(?=[lmnr])(?![lmnr][aeiouy])", r"\1", "ah eh oh"),
        ("ou|oo", "u", "ou oo"),
        ("ee|ii|ie(?!$)|iy|yi", "i", "ee ii ie iy yi"),
        ("ya(?=$)|iya(?=$)|ia(?=$)", "ia", "ya ia"),
        ("(?<=[aeiou])y(?=[aeiou])", "Y", "y"),
        ("^y(?=[aeiou])", "Y", "y"),
        ("a[iy]|e[iy]", "E", "ai ay ei ey"),
        ("aw(?![aeiou])|au|awu", "O", "aw au"),
        ("y", "i", "y"),
        ("Y", "y", "Y"),
        (r"(.)\1+", r"\1", ""),
        ("(?<=[aeiouEO])h$", "", "h"),
        (r"\.", "", "."),
    )
)
_CLASSES = {
    "b": "B", "p": "B", "t": "T", "d": "T", "k": "K", "g": "K", "X": "H", "h": "H", "G": "K", "C": "S", "S": "S",
    "s": "S", "z": "S", "Z": "S", "j": "J", "f": "F", "v": "F", "m": "M", "n": "N", "l": "L", "r": "R",
}  # fmt: skip


def _canonical_abd(text: str) -> str:
    """Abd al-Rahman, Abdulrahman, Abderrahmane, Abdirahman, عبدالرحمن: one spelling `abdrahman`."""
    if _ALLAH.match(text):
        return "abdalah"
    return _ABD.sub("abd", text, count=1)


@lru_cache(maxsize=262144)
def fold(latin: str) -> str:
    """One letter a sound: lower case letters plus C (ch), S (sh), X (kh), G (gh), Z (ts), E (ay), O (aw)."""
    text = respelt(latin.lower())
    if "bd" in text[:3]:
        text = _canonical_abd(text)
    if len(text) > 5 and text[-1] == "n":
        text = _DIN.sub("din", text)
    for pattern, into, held in _RULES:
        for letters in held:
            if letters in text:
                text = pattern.sub(into, text)
                break
        else:
            if not held:
                text = pattern.sub(into, text)
    return text


@lru_cache(maxsize=262144)
def sound(token: str) -> str:
    """The folded Latin form of one normalised token in any script."""
    return fold(romanise(token))


@lru_cache(maxsize=262144)
def skeleton(token: str) -> str:
    """Consonant classes of a normalised token: محمد, Mohammed and Мохаммед all give `MHMT`.

    H is kept inside and at the start of a name (Hassan is not Assan in most registers) and dropped at its end.
    Tokens with fewer than two consonants keep the class of their first vowel, so that Ali is not Lee.
    """
    letters = sound(token)
    out: list[str] = []
    for i, char in enumerate(letters):
        code = _CLASSES.get(char)
        if code is None or (code == "H" and i == len(letters) - 1):
            continue
        if not out or out[-1] != code or letters[i - 1] not in _CLASSES:
            out.append(code)
    if len(out) < 2 and letters:
        first = "A" if letters[0] in "aeiouEOy" else "C"
        return first + "".join(out)
    return "".join(out)


_NEIGHBOURS: tuple[tuple[str, str], ...] = (
    ("H", ""), ("J", "K"), ("K", "J"), ("S", "T"), ("T", "S"), ("J", "S"), ("H", "K"), ("K", "H"), ("MB", "B"), ("F", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def near_skeletons(key: str, limit: int = 6) -> tuple[str, ...]:
    """Skeletons one usual spelling difference away (h dropped, j for g, s for th), `key` itself first."""
    out = [key]
    for old, new in _NEIGHBOURS:
        start = key.find(old)
        while start != -1 and len(out) <= limit:
            other = key[:start] + new + key[start + len(old) :]
            if len(other) >= 2 and other not in out:
                out.append(other)
            start = key.find(old, start + 1)
    return tuple(out[: limit + 1])
