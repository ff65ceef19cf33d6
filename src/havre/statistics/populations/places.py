"""Where does a child come from, and where was the child last with the family? The country, and below it the region by its P-code.

The codebook is the public tree of places of the instance. Records keep a place as names from broad to narrow, sealed: they are opened
for the count, and what the tree does not know at this level counts as *elsewhere in* that country. Nothing finer is ever counted.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from havre.core.words import N_
from havre.infra.sealing import open_many
from havre.reference import countries
from havre.reference.models import Place
from havre.reference.order import search_text
from havre.registration.models import Person
from havre.statistics.populations.axes import ASIDE, LANGUAGES, OTHER, UNKNOWN, Axis, Level

ORIGIN: Final = "origin"
LAST_SEEN: Final = "last_seen"
AXES: Final = (ORIGIN, LAST_SEEN)
REGION: Final = 1
"""The level of the tree that is counted below the country."""
ELSEWHERE: Final = "elsewhere"
_TITLES: Final = {ORIGIN: (N_("Country of origin"), N_("Region of origin"), "#adm1+origin+code"),
                  LAST_SEEN: (N_("Country where last seen with the family"), N_("Region where last seen with the family"), "#adm1+separation+code")}


def places() -> tuple[Axis, ...]:
    """The two axes, from the tree of places as it stands."""
    regions = list(Place.objects.filter(level=REGION, retired=False).order_by("country", "pcode"))
    return tuple(_axis(name, regions) for name in AXES)


def _axis(name: str, regions: Sequence[Place]) -> Axis:
    country, region, hxl = _TITLES[name]
    coarse = {each.country: {lang: countries.country_name(each.country, lang) for lang in LANGUAGES} for each in regions} | dict(ASIDE)
    fine: dict[str, Mapping[str, str]] = {each.pcode: {lang: each.label(lang) for lang in LANGUAGES} for each in regions}
    above = {each.pcode: each.country for each in regions}
    for code, said in coarse.items():
        if code in ASIDE:
            fine[code], above[code] = said, code
        else:
            fine[f"{code}_{ELSEWHERE}"], above[f"{code}_{ELSEWHERE}"] = {"en": f"{said['en']}, elsewhere or not known", "fr": f"{said['fr']}, ailleurs ou non connu"}, code
    return Axis(name, region, hxl, (Level("country", country, tuple(coarse), coarse), Level("region", region, tuple(fine), fine)), (above,), sealed=True)


def placed(people: Sequence[UUID], wanted: frozenset[str]) -> dict[UUID, dict[str, str]]:
    """Person -> axis -> code, for those of whom a place is written; opened for this count, and the reading is audited."""
    fields = [name for name in AXES if name in wanted]
    if not fields:
        return {}
    known = {(place.country, said): place.pcode for place in Place.objects.filter(level=REGION, retired=False)
             for said in {search_text([place.name]), *(search_text([n]) for n in place.names.values())}}
    held_countries = {country for country, _ in known}
    held = list(Person.objects.filter(pk__in=people).only("file_id", "heads", *fields).order_by("pk"))
    return {person.pk: {name: _code(values[name], known, held_countries) for name in fields}
            for person, values in zip(held, open_many(held, *fields), strict=True)}


def _code(path: Any, known: Mapping[tuple[str, str], str], held: set[str]) -> str:
    """The code of a place from broad to narrow: the region where the tree knows it, else its country, else *other*."""
    parts = [str(part) for part in path or () if part]
    if not parts:
        return UNKNOWN
    country = parts[0]
    if country not in held:
        return OTHER
    return next((known[country, said] for part in parts[1:2] if (country, said := search_text([part])) in known), f"{country}_{ELSEWHERE}")
