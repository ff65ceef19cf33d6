"""Which code lists does Havre know, what do they hold, and where do they come from?

One CSV file for each list: `code,en,fr` and, where a list needs them, `parent` (a code of the same list),
`level` (of the vulnerability model) and `retired` (any text: the code stays readable, nobody can choose it).
`lists.csv` names every list and its source. Codes are stable: they are retired, never removed or reused.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from havre.core.codes import Code, CodeList

LANGUAGES = ("en", "fr")
SOURCES = ("interagency", "unhcr", "htcds", "domv", "havre")


@dataclass(frozen=True, slots=True)
class ListTitle:
    """What a list is about, in words, and who the values come from (one of SOURCES)."""

    list: str
    titles: Mapping[str, str]
    source: str


def load(list_name: str) -> CodeList:
    """The code list, read once. KeyError when there is no such list."""
    if list_name not in titles():
        raise KeyError(f"no code list is called {list_name!r}")
    return _load(list_name)


def all_lists() -> tuple[str, ...]:
    """The names of every list, in alphabetical order."""
    return tuple(titles())


@cache
def titles() -> Mapping[str, ListTitle]:
    """The title and source of every list, by its name."""
    rows = _rows("lists")
    named = (ListTitle(row["list"], _words(row), row["source"]) for row in rows)
    return MappingProxyType({title.list: title for title in sorted(named, key=lambda each: each.list)})


@cache
def levels(list_name: str) -> Mapping[str, str]:
    """The level of each code, for the lists that have levels (risk_factor, protective_factor); else empty."""
    load(list_name)
    return MappingProxyType({row["code"]: row["level"] for row in _rows(list_name) if row.get("level")})


def label(list_name: str, code: str, lang: str) -> str:
    """The words for a code in `lang`; an unknown code shows itself. KeyError when there is no such list."""
    return load(list_name).label(code, lang)


def choices(list_name: str, lang: str) -> tuple[tuple[str, str], ...]:
    """The codes that can be chosen with their words in `lang`, in list order. KeyError as `load`."""
    chosen = load(list_name)
    return tuple((code, chosen.label(code, lang)) for code in chosen.codes())


@cache
def _load(list_name: str) -> CodeList:
    return CodeList(list_name, [_code(list_name, row) for row in _rows(list_name)])


def _code(list_name: str, row: Mapping[str, str]) -> Code:
    return Code(
        list=list_name,
        code=row["code"],
        labels=_words(row),
        parent=row.get("parent") or None,
        retired=bool(row.get("retired")),
    )


def _words(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({lang: row[lang] for lang in LANGUAGES})


def _rows(name: str) -> list[dict[str, str]]:
    text = files("havre.reference.codes").joinpath(f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
