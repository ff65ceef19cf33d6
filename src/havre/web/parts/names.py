"""How is a person's name shown: as written first, then in the reader's script, then nothing more?

Pure: takes names as (text, lang) and gives what to show; the tag in `tags/people.py` writes the markup.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
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
    "th": "THAI",
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
    "THAI": "th",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One name to show, with the language for `lang` (empty: leave it to the page)."""

    text: str
    lang: str


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
    """Read names given as text, (text, lang) pairs, mappings or objects with `text`/`full` and `lang`."""
    if not names:
        return ()
    if isinstance(names, str):
        return (Shown(names, lang_of(names)),)
    items = names if isinstance(names, Iterable) and not isinstance(names, Mapping) else [names]
    return tuple(shown for shown in (_reading(item) for item in items) if shown.text)


def _reading(item: object) -> Shown:
    if isinstance(item, str):
        return Shown(item.strip(), lang_of(item))
    if isinstance(item, Mapping):
        get = item.get
    elif isinstance(item, Sequence):
        return Shown(str(item[0]).strip(), lang_of(str(item[0]), str(item[1] or "") if len(item) > 1 else ""))
    else:
        get = partial(_attribute, item)
    text = str(get("text", "") or get("full", "") or "")
    if not text:
        text = " ".join(str(get(key, "") or "") for key in ("given", "father", "family"))
    text = " ".join(text.split())
    return Shown(text, lang_of(text, str(get("lang", "") or "")))


def _attribute(item: object, key: str, default: str = "") -> object:
    return getattr(item, key, default)


def pair(names: object, reader: str) -> tuple[Shown, ...]:
    """Give at most two names: as written first, then one in the reader's script when the first is not."""
    known = readings(names)
    if not known:
        return ()
    first = known[0]
    wanted = _SCRIPT_OF_LANG.get(reader.split("-")[0], "LATIN")
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
    for article in ("al-", "el-", "Al-", "El-"):
        family = family.removeprefix(article) or family
    return f"{parts[0]} {family[0].upper()}."


def listed(names: object, reader: str) -> tuple[Shown, ...]:
    """Give the names for a list: given name alone as written, and given name with initial for the reader."""
    both = pair(names, reader)
    if len(both) == 2:
        return (Shown(both[0].text.split()[0], both[0].lang), Shown(shortened(both[1].text), both[1].lang))
    return tuple(Shown(shortened(name.text), name.lang) for name in both)
