"""What does a cell say? Codes, dates, ages, names, places and answers as people write them. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import pycountry

from havre.core.partialdates import parse_typed_date
from havre.core.words import N_
from havre.reference import codes, countries, languages

BAD_DATE = N_("This is not a date that can be read. Write it as 2016-05-03, 3/5/2016, 2016-05 or 2016.")
BAD_AGE = N_("Write the age in whole years, for example 9 or 8-10.")
BAD_CODE = N_("This is none of the known answers. Known are: %(known)s.")
BAD_YES = N_("Write yes or no.")
BAD_LANGUAGE = N_("This language is not known. Write its English or French name, or its three-letter code.")
BAD_COUNTRY = N_("This country is not known. Write its English or French name, or its two-letter code.")
NEEDS_VALUE = N_("This must be filled in.")

_SYNONYMS: Final[Mapping[str, Mapping[str, str]]] = {
    "sex": {"f": "female", "girl": "female", "woman": "female", "fille": "female", "femme": "female", "feminin": "female", "بنت": "female",
            "m": "male", "boy": "male", "man": "male", "garcon": "male", "homme": "male", "masculin": "male", "ولد": "male",
            "h": "male", "other": "intersex", "autre": "intersex", "inconnu": "unknown", "u": "unknown"},
    "uasc_status": {"unaccompanied child": "unaccompanied", "unaccompanied minor": "unaccompanied", "uac": "unaccompanied", "uam": "unaccompanied",
                    "non accompagne": "unaccompanied", "separated child": "separated", "sc": "separated", "separe": "separated",
                    "accompanied": "accompanied", "accompagne": "accompanied", "with family": "accompanied", "orphelin": "orphan"},
    "risk_level": {"high": "high", "eleve": "high", "haut": "high", "medium": "medium", "moyen": "medium", "low": "low", "faible": "low",
                   "no risk": "none", "aucun": "none"},
    "relationship_type": {"mum": "mother", "mom": "mother", "dad": "father", "parent": "other_family", "relative": "other_family", "mere": "mother",
                          "pere": "father", "soeur": "sister", "frere": "brother", "grand mere": "grandmother", "grand pere": "grandfather",
                          "tante": "aunt", "oncle": "uncle", "son": "child_of", "daughter": "child_of", "guardian": "legal_guardian",
                          "caregiver": "other_family", "tuteur": "legal_guardian", "tutrice": "legal_guardian"},
}
_YES: Final = frozenset({"yes", "y", "oui", "o", "true", "1", "x", "agreed", "given", "نعم", "si", "sim"})
_NO: Final = frozenset({"no", "n", "non", "false", "0", "refused", "لا", "nao"})
_AGE = re.compile(r"^\D{0,12}?(\d{1,3})(?:\s*(?:-|–|to|à|a|/)\s*(\d{1,3}))?\D{0,12}$")


@dataclass(slots=True)
class Reader:
    """One row under its mapping: gives values by field and gathers what could not be read."""

    row: Mapping[str, str]
    headers: Mapping[str, str]
    issues: list[dict[str, Any]] = field(default_factory=list)

    def text(self, code: str) -> str:
        """The cell as it is, "" when empty or not mapped."""
        return " ".join(self.row.get(code, "").split()) if code != "note" else self.row.get(code, "").strip()

    def refuse(self, code: str, sentence: str, **params: str | int) -> None:
        """Note what to do about a cell."""
        self.issues.append({"field": code, "column": self.headers.get(code, ""), "sentence": sentence, "params": params})

    def needed(self, code: str) -> None:
        """Refuse an empty cell."""
        if not self.text(code):
            self.refuse(code, NEEDS_VALUE)

    def coded(self, code: str, list_name: str, default: str = "") -> str:
        """A code of a reference list, from its code, a label in English or French, or a usual synonym."""
        said = self.text(code)
        if not said:
            return default
        found = code_for(list_name, said)
        if found is None:
            self.refuse(code, BAD_CODE, known=", ".join(list(codes.load(list_name).codes())[:12]))
            return default
        return found

    def many(self, code: str, list_name: str) -> list[str]:
        """Several codes, separated by ; or ,."""
        out: list[str] = []
        for part in parts(self.text(code)):
            found = code_for(list_name, part)
            if found is None:
                self.refuse(code, BAD_CODE, known=", ".join(list(codes.load(list_name).codes())[:12]))
            elif found not in out:
                out.append(found)
        return out

    def date(self, code: str) -> str | None:
        """A date in ISO form, perhaps partial."""
        said = self.text(code)
        if not said:
            return None
        try:
            return str(parse_typed_date(said.split("T")[0].split(" 00:00")[0]))
        except ValueError:
            self.refuse(code, BAD_DATE)
            return None

    def ages(self, code: str, high: str = "") -> tuple[int | None, int | None]:
        """Youngest and oldest age from "9", "8-10", "about 9" or two columns."""
        said, top = self.text(code), self.text(high) if high else ""
        found, upper = _AGE.match(said) if said else None, _AGE.match(top) if top else None
        if said and (found is None or int(found[1]) > 120):
            self.refuse(code, BAD_AGE)
            return None, None
        if top and upper is None:
            self.refuse(high, BAD_AGE)
            return None, None
        low = int(found[1]) if found else None
        last = int(upper[1]) if upper else int(found[2]) if found and found[2] else low
        return (min(low, last), max(low, last)) if low is not None and last is not None else (low, last)

    def yes(self, code: str) -> bool | None:
        """Yes or no; None when empty."""
        said = plain(self.text(code))
        if not said:
            return None
        if said in _YES or said in _NO:
            return said in _YES
        self.refuse(code, BAD_YES)
        return None

    def languages(self, code: str) -> list[str]:
        """ISO 639-3 codes."""
        return self._each(code, language_for, BAD_LANGUAGE)

    def countries(self, code: str) -> list[str]:
        """ISO 3166-1 alpha-2 codes."""
        return self._each(code, country_for, BAD_COUNTRY)

    def _each(self, code: str, find: Any, sentence: str) -> list[str]:
        out: list[str] = []
        for part in parts(self.text(code)):
            found = find(part)
            if found is None:
                self.refuse(code, sentence)
            elif found not in out:
                out.append(found)
        return out

    def places(self, code: str, *narrower: str) -> list[str]:
        """Places from broad to narrow: one cell with > between them, or one column each."""
        whole = [p.strip() for p in re.split(r"[>|]", self.text(code)) if p.strip()]
        return whole or [self.text(n) for n in narrower if self.text(n)]


def plain(text: str) -> str:
    """Text without case, accents and punctuation, for comparing what people write."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(c for c in spread if not unicodedata.combining(c))).split())


def parts(text: str) -> list[str]:
    """The parts of a cell that holds several things."""
    return [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]


@cache
def _known(list_name: str) -> dict[str, str]:
    book = codes.load(list_name)
    found = {plain(label): entry.code for entry in book for label in (*entry.labels.values(), entry.code) if not entry.retired}
    return {**found, **_SYNONYMS.get(list_name, {})}


def code_for(list_name: str, said: str) -> str | None:
    """The code that a cell means, or None."""
    known = _known(list_name)
    wanted = plain(said)
    return known.get(wanted) or known.get(plain(said.split(":", maxsplit=1)[0].split("(", maxsplit=1)[0]))


@cache
def _languages() -> dict[str, str]:
    out: dict[str, str] = {}
    for lang in ("fr", "en"):
        for each in reversed(languages.languages(lang)):
            out[plain(each.name)] = each.code
    return out


def language_for(said: str) -> str | None:
    """The ISO 639-3 code of a language by name or code."""
    wanted = said.strip().lower()
    if languages.is_language(wanted):
        return wanted
    short = pycountry.languages.get(alpha_2=wanted) if len(wanted) == 2 else None
    if short is not None:
        return str(short.alpha_3)
    return _languages().get(plain(said))


@cache
def _countries() -> dict[str, str]:
    return {plain(each.name): each.code for lang in ("fr", "en") for each in countries.countries(lang)}


def country_for(said: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by name or code."""
    wanted = said.strip().upper()
    if len(wanted) == 2 and countries.is_country(wanted):
        return wanted
    found: Iterable[str] = (code for code in _countries().values() if len(wanted) == 3 and countries.alpha3(code) == wanted)
    return _countries().get(plain(said)) or next(iter(found), None)
