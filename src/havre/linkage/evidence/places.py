"""Are these the same places, from village to country, in any script, under an old or a new name?

Two names are one place when they are spelled alike or when `data/places.tsv` knows them as names of one place; an ISO code of
a country is the country. Other codes (with digits) must be equal.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.names.normalise import joined
from havre.linkage.names.similarity import token_similarity
from havre.linkage.prepared import Prepared

Path = tuple[str, ...]
ALIKE = 0.84


@cache
def _renamed() -> dict[str, str]:
    """A name of a place with several -> the first of them."""
    text = (resources.files("havre.linkage") / "data" / "places.tsv").read_text(encoding="utf-8")
    lines = [[joined(name) for name in line.split("\t")] for line in text.splitlines() if line and not line.startswith("#")]
    return {name: names[0] for names in lines for name in names}


@lru_cache(maxsize=4096)
def _country(code: str) -> str | None:
    """The name of a country by its ISO 3166 code of two or three capitals; None for anything else."""
    if not (code.isascii() and code.isupper() and len(code) in (2, 3)):
        return None
    import pycountry

    found = pycountry.countries.get(alpha_2=code) if len(code) == 2 else pycountry.countries.get(alpha_3=code)
    return str(getattr(found, "common_name", None) or found.name) if found else None


@lru_cache(maxsize=131072)
def plain(name: str) -> str:
    """A place name folded, under the first of its names."""
    plain = joined(_country(name) or name)
    return _renamed().get(plain, plain)


@lru_cache(maxsize=131072)
def same_place(a: str, b: str) -> bool:
    """Whether two place names or codes mean one place, spelling aside. Codes with digits must be equal."""
    x, y = plain(a), plain(b)
    if x == y:
        return bool(x)
    if len(x) <= 2 or len(y) <= 2 or (not (x.isalpha() and y.isalpha()) and any([c.isdigit() for c in x + y])):
        return False
    return token_similarity(x, y) >= ALIKE


@lru_cache(maxsize=131072)
def place_level(a: Path, b: Path) -> str:
    """`place` (narrowest named agrees), `region`, `country`, or `different`. Paths run from broad to narrow."""
    if len(a) > 1 and len(b) > 1:
        if same_place(a[-1], b[-1]):
            return "place"
        for narrow, path in ((a[-1], b), (b[-1], a)):
            for part in path[1:-1]:
                if same_place(narrow, part):
                    return "place"
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) == 1:
        places = [i for i, part in enumerate(long) if same_place(short[0], part)]
        if not places:
            return "different"
        if len(long) == 1 or places[-1] == len(long) - 1:
            return "place" if len(long) > 1 else "same_text"
        return "country" if places[-1] == 0 else "region"
    depth = 0
    for x, y in zip(a, b, strict=False):
        if not same_place(x, y):
            break
        depth += 1
    return ("different", "country")[depth] if depth < 2 else "region"


def parts_of(path: Path) -> Path:
    """The parts of a place that are named."""
    return path if all(path) else tuple([p for p in path if p])


def _level(a: Path, b: Path) -> Level:
    """Agreement of two places, unnamed parts left out; missing where one is not known."""
    a, b = parts_of(a), parts_of(b)
    return (place_level(a, b), None, None) if a and b else NOTHING


def _compare(name: str, a: Path, b: Path) -> Seen:
    return seen(name, _level(a, b), ", ".join(reversed(parts_of(a))), ", ".join(reversed(parts_of(b))))


def origin_level(left: Prepared, right: Prepared) -> Level:
    """Where the person comes from."""
    return _level(left.source.origin, right.source.origin)


def origin(left: Prepared, right: Prepared) -> Seen:
    """Where the person comes from, as written."""
    return _compare("origin", left.source.origin, right.source.origin)


def birth_place_level(left: Prepared, right: Prepared) -> Level:
    """Where the person was born."""
    return _level(left.source.birth_place, right.source.birth_place)


def birth_place(left: Prepared, right: Prepared) -> Seen:
    """Where the person was born, as written."""
    return _compare("birth_place", left.source.birth_place, right.source.birth_place)


def last_seen_level(left: Prepared, right: Prepared) -> Level:
    """Where the person was last seen."""
    return _level(left.source.last_seen, right.source.last_seen)


def last_seen(left: Prepared, right: Prepared) -> Seen:
    """Where the person was last seen, as written."""
    return _compare("last_seen", left.source.last_seen, right.source.last_seen)


def separation_place_level(left: Prepared, right: Prepared) -> Level:
    """Where the family lost each other."""
    return _level(left.source.separation_place, right.source.separation_place)


def separation_place(left: Prepared, right: Prepared) -> Seen:
    """Where the family lost each other, as written."""
    return _compare("separation_place", left.source.separation_place, right.source.separation_place)
