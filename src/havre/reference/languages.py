"""Which languages do children and families speak, what are they called, and how are they written?

Codes are ISO 639-3 (pycountry). A short list of languages frequent in migration has its own names, endonym
and script (`data/languages.csv`); other names come from the Unicode CLDR (babel), else from ISO in English.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import pycountry
from babel.core import get_global

from havre.reference.order import reading_order
from havre.reference.scripts import direction, locale


@dataclass(frozen=True, slots=True)
class Language:
    """A language as a choice; `endonym` is its own name ("" when not known), `tag` goes into `lang`."""

    code: str
    name: str
    endonym: str
    script: str
    direction: str
    tag: str


def is_language(iso639_3: str) -> bool:
    """Whether this is an ISO 639-3 code, or one of the short list."""
    return iso639_3 in _short_list() or pycountry.languages.get(alpha_3=iso639_3) is not None


def language_name(iso639_3: str, lang: str) -> str:
    """The name in `lang`, else in English. KeyError for an unknown code."""
    if not is_language(iso639_3):
        raise KeyError(f"no language has the code {iso639_3!r}")
    ours = _short_list().get(iso639_3, {})
    reader = locale(lang)
    if reader.language in ours:
        return ours[reader.language]
    named = reader.languages.get(language_tag(iso639_3)) or reader.languages.get(iso639_3)
    if not named and not ours:
        named = getattr(pycountry.languages.get(alpha_3=iso639_3), "name", iso639_3)
    return str(named or ours["en"])


def language_tag(iso639_3: str) -> str:
    """The shortest BCP 47 tag, for the `lang` attribute: "tir" gives "ti". KeyError for an unknown code."""
    if not is_language(iso639_3):
        raise KeyError(f"no language has the code {iso639_3!r}")
    found = pycountry.languages.get(alpha_3=iso639_3)
    return str(getattr(found, "alpha_2", None) or iso639_3)


def language_script(iso639_3: str) -> str:
    """The ISO 15924 script this language is usually written in; "Zyyy" (undetermined) when nobody says."""
    ours = _short_list().get(iso639_3)
    if ours:
        return ours["script"]
    likely = str(get_global("likely_subtags").get(language_tag(iso639_3), ""))
    return next((part for part in likely.split("_") if len(part) == 4), "Zyyy")


def language(iso639_3: str, lang: str) -> Language:
    """One language with its name in `lang`. KeyError for an unknown code."""
    script = language_script(iso639_3)
    endonym = _short_list().get(iso639_3, {}).get("endonym", "")
    name = language_name(iso639_3, lang)
    return Language(iso639_3, name, endonym, script, direction(script), language_tag(iso639_3))


@lru_cache(maxsize=16)
def languages(lang: str) -> tuple[Language, ...]:
    """The languages of migration first, then every other living language that has a name in `lang`.

    The second part is in reading order. A language without a name can still be recorded by its code.
    """
    first = [language(code, lang) for code in _short_list()]
    names = locale(lang).languages
    others = [
        language(found.alpha_3, lang)
        for found in pycountry.languages
        if found.alpha_3 not in _short_list()
        and found.type == "L"
        and (getattr(found, "alpha_2", found.alpha_3) in names)
    ]
    return tuple(first + sorted(others, key=lambda each: reading_order(each.name)))


def frequent_languages() -> tuple[str, ...]:
    """The codes of the short list, most frequent first."""
    return tuple(_short_list())


@lru_cache(maxsize=1)
def _short_list() -> dict[str, dict[str, str]]:
    text = files("havre.reference").joinpath("data/languages.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}
