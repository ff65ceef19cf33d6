"""How is a person's name shown: as written first, then in the reader's script, then nothing more?

Pure: takes names as they are stored (`{"value", "kind", "script"}`), as `(text, lang)` pairs or as objects, and
gives what to show; the tag in `tags/people.py` writes the markup.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

_SCRIPT_OF_LANG: Final[dict[str, str]] = {
    **dict.fromkeys(("ar", "fa", "ps", "ur", "ckb", "sd", "ug"), "ARABIC"),
    **dict.fromkeys(("ti", "am", "tig", "byn"), "ETHIOPIC"),
    **dict.fromkeys(("uk", "ru", "be", "bg", "sr", "mk", "kk", "ky", "tg"), "CYRILLIC"),
    **dict.fromkeys(("my", "shn", "mnw"), "MYANMAR"),
    **dict.fromkeys(("hi", "ne", "mr"), "DEVANAGARI"),
    **dict.fromkeys(("bn", "as"), "BENGALI"),
    "el": "GREEK",
    "he": "HEBREW",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "ta": "TAMIL",
}
_USUAL_LANG: Final[dict[str, str]] = {
    "ARABIC": "ar",
    "ETHIOPIC": "ti",
    "CYRILLIC": "uk",
    "MYANMAR": "my",
    "DEVANAGARI": "ne",
    "BENGALI": "bn",
    "GREEK": "el",
    "HEBREW": "he",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "TAMIL": "ta",
}
_PARTS: Final = ("given", "father", "grandfather", "family")
_ARTICLES: Final = ("al-", "el-", "Al-", "El-")


@dataclass(frozen=True, slots=True)
class Shown:
    """One name to show, with the language for `lang` ("" leaves it to the page)."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    lang: str
    kind: str


def script_of(text: str) -> str:
    """Name the script of the first letter ("LATIN", "ARABIC", "ETHIOPIC"…), or "" when there is none."""
    for letter in text:
        if letter.isalpha():
            return unicodedata.name(letter, "").split(" ")[0]
    return ""


def lang_of(text: str, lang: str = "") -> str:
    """Give the language for `lang`: the one recorded, else a usual one of the script, else ""."""
    return lang or _USUAL_LANG.get(script_of(text), "")


def readings(names: object) -> tuple[Shown, ...]:
    """Give the names that can stand for the person, in the order written, one for each script and spelling.

    Full names come as they are; a script with parts only (given, father's, family name) has them put together.
    Another spelling stands for its script when that has nothing else; nicknames only when there is no other name.
    """
    read = [one for one in _read_all(names) if one.text]
    known = [Shown(one.text, one.lang) for one in read if one.kind == "full"]
    scripts = {script_of(one.text) for one in known}
    for script in dict.fromkeys(script_of(one.text) for one in read if one.kind in _PARTS):
        if script in scripts:
            continue
        parts = sorted(
            (one for one in read if one.kind in _PARTS and script_of(one.text) == script),
            key=lambda one: _PARTS.index(one.kind),
        )
        firsts = {one.kind: one for one in reversed(parts)}
        chosen = [firsts[kind] for kind in _PARTS if kind in firsts]
        known.append(Shown(" ".join(one.text for one in chosen), chosen[0].lang))
        scripts.add(script)
    if known:
        known += [Shown(one.text, one.lang) for one in read if one.kind == "other_spelling" and script_of(one.text) not in scripts]
    return tuple(dict.fromkeys(known)) or tuple(Shown(one.text, one.lang) for one in read[:2])


def _read_all(names: object) -> list[_Read]:
    if not names:
        return []
    if isinstance(names, str) or not isinstance(names, Iterable) or isinstance(names, Mapping):
        return [_read(names)]
    return [_read(item) for item in names]


def _read(item: object) -> _Read:
    if isinstance(item, str):
        return _Read(" ".join(item.split()), lang_of(item), "full")
    if isinstance(item, tuple | list):
        text = " ".join(str(item[0]).split())
        return _Read(text, lang_of(text, str(item[1] or "") if len(item) > 1 else ""), "full")
    get = item.get if isinstance(item, Mapping) else partial(_attribute, item)
    text = next((" ".join(str(get(key)).split()) for key in ("value", "text", "full") if get(key)), "")
    if not text:
        text = " ".join(str(get(key)).strip() for key in _PARTS if get(key))
    return _Read(text, lang_of(text, str(get("lang") or "")), str(get("kind") or "full"))


def _attribute(item: object, key: str) -> object:
    return getattr(item, key, None)


def pair(names: object, reader: str) -> tuple[Shown, ...]:
    """Give at most two names: as written first, then one in the reader's script when the first is not."""
    known = readings(names)
    if not known:
        return ()
    first = known[0]
    wanted = _SCRIPT_OF_LANG.get(reader.split("-", maxsplit=1)[0], "LATIN")
    if script_of(first.text) == wanted:
        return (first,)
    second = next((name for name in known[1:] if script_of(name.text) == wanted), None)
    return (first, second) if second else (first,)


def shortened(text: str) -> str:
    """Give the given name and the initial of the next: "Selam Tesfay" becomes "Selam T."."""
    parts = text.split()
    if len(parts) < 2:
        return text
    family = parts[1]
    for article in _ARTICLES:
        family = family.removeprefix(article) or family
    return f"{parts[0]} {family[0].upper()}."


def listed(names: object, reader: str) -> tuple[Shown, ...]:
    """Give the names for a list: the given name as written; for the reader, given name with initial."""
    both = pair(names, reader)
    if len(both) == 2:
        return (Shown(both[0].text.split()[0], both[0].lang), Shown(shortened(both[1].text), both[1].lang))
    return tuple(Shown(shortened(name.text), name.lang) for name in both)
