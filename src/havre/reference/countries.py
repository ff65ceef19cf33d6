"""What is a country called in the reader's language, and which countries can be chosen?

Codes are ISO 3166-1 alpha-2 (pycountry); names come from the Unicode CLDR (babel).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pycountry

from havre.reference.order import reading_order
from havre.reference.scripts import locale


@dataclass(frozen=True, slots=True)
class Country:
    """A country as a choice: `code` is ISO 3166-1 alpha-2, `name` is in the language asked for."""

    code: str
    name: str


def is_country(alpha2: str) -> bool:
    """Whether this is a current ISO 3166-1 alpha-2 code, in capitals."""
    return alpha2 in _codes()


def country_name(alpha2: str, lang: str) -> str:
    """The name in `lang`, in English where the language has none. KeyError for an unknown code."""
    entry = _entry(alpha2)
    return str(locale(lang).territories.get(alpha2) or entry.name)


@lru_cache(maxsize=16)
def countries(lang: str) -> tuple[Country, ...]:
    """Every country, in the reading order of its name in `lang`."""
    named = (Country(code, country_name(code, lang)) for code in _codes())
    return tuple(sorted(named, key=lambda country: reading_order(country.name)))


def alpha3(alpha2: str) -> str:
    """The ISO 3166-1 alpha-3 code, for exchange with others. KeyError for an unknown code."""
    return str(_entry(alpha2).alpha_3)


def _entry(alpha2: str) -> Any:
    found = pycountry.countries.get(alpha_2=alpha2) if is_country(alpha2) else None
    if found is None:
        raise KeyError(f"no country has the code {alpha2!r}")
    return found


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)
