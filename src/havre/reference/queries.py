"""Which places lie in, above or under a place, and which does a reader mean by a few letters?"""

from collections.abc import Sequence

from django.db.models import QuerySet

from havre.reference.models import Place
from havre.reference.order import bare
from havre.reference.places import LOWEST_LEVEL


def place(pcode: str) -> Place | None:
    """The place with this P-code, retired ones included, or None."""
    return Place.objects.filter(pcode=pcode).first()


def countries_with_places() -> QuerySet[Place]:
    """The roots of the tree: the countries whose places are known."""
    return Place.objects.filter(level=0, retired=False).order_by("name")


def children(pcode: str) -> QuerySet[Place]:
    """The places directly in this one, in order of their names; retired ones left out."""
    return Place.objects.filter(parent__pcode=pcode, retired=False).order_by("name", "pcode")


def ancestors(pcode: str) -> tuple[Place, ...]:
    """From the country down to the place itself; empty when the P-code is not known. One query."""
    above = "__".join(["parent"] * LOWEST_LEVEL)
    here = Place.objects.select_related(above).filter(pcode=pcode).first()
    chain: list[Place] = []
    while here is not None:
        chain.append(here)
        here = here.parent
    return tuple(reversed(chain))


def within(pcode: str) -> QuerySet[Place]:
    """The place and everything under it, retired ones included, for filters."""
    found = Place.objects.none()
    lookup = "pcode"
    for _ in range(LOWEST_LEVEL + 1):
        found = found | Place.objects.filter(**{lookup: pcode})
        lookup = f"parent__{lookup}"
    return found


def search(words: str, *, country: str | None = None, limit: int = 20) -> Sequence[Place]:
    """Places whose names in any script, or P-code, hold every word; larger places first, at most `limit`."""
    wanted = [word for word in bare(words).split() if word]
    if not wanted:
        return []
    found = Place.objects.filter(retired=False)
    if country:
        found = found.filter(country=country)
    for word in wanted:
        found = found.filter(search_text__contains=word)
    return list(found.order_by("level", "name", "pcode")[:limit])


def path_label(pcode: str, lang: str) -> str:
    """The place and those above it, nearest first ("Wad Nuri, Sudan"); "" for an unknown P-code."""
    return ", ".join(each.label(lang) for each in reversed(ancestors(pcode)))
