"""By which keys is a person found again without reading every person?

Each key joins at least two elements (given and father's name, given name and year of birth and sex, a sibling pair,
a telephone number …), because some names are borne by one or two people in a hundred. A single name is a key only
when it is rare. The first character of a key is its kind; `rank_hint` gives its weight. Keys hold consonant
skeletons, so that they agree across scripts; they are only candidates, `score` decides.

The index side stays small; the query side asks for the usual spelling differences as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Final, Literal

from havre.linkage.evidence.birth import interval
from havre.linkage.names.frequency import COMMON, UNKNOWN, share_of_skeleton
from havre.linkage.names.normalise import joined
from havre.linkage.names.sounds import near_skeletons, skeleton
from havre.linkage.prepared import Prepared, Tokens, prepare
from havre.linkage.record import Description

Side = Literal["index", "query"]

INDEX_LIMIT: Final = 20
QUERY_LIMIT: Final = 60
BAND: Final = 2.0  # years in one band of birth
# Kind of key -> weight, about twice the natural logarithm of how much a shared key says.
WEIGHTS: Final[dict[str, int]] = {
    "i": 20,  # identifier
    "p": 16,  # telephone
    "t": 14,  # given + father + third name
    "s": 12,  # two siblings by name
    "a": 10,  # given + one further name
    "m": 10,  # given + mother
    "o": 9,  # given + place of origin
    "f": 8,  # father + grandfather (finds brothers and sisters)
    "n": 8,  # father + mother (finds brothers and sisters)
    "w": 8,  # given + place of separation
    "r": 7,  # a rare name alone
    "b": 6,  # given + band of birth + sex + broad place
    "q": 6,  # given + band of birth + sex, rarer names only
    "k": 6,  # father + place of origin
    "v": 6,  # mother + place of origin
}
FREQUENT_PAIR: Final = 5e-4  # expected share of people above which a pair of names is too common to ask alone


def rank_hint(key: str) -> int:
    """Weight of a key by its kind, for ordering candidates by the sum over shared keys; 1–20."""
    return WEIGHTS[key[0]]


def _skeletons(names: Iterable[Tokens], wide: bool) -> list[str]:
    """Distinct skeletons of names, most certain spelling first; with their neighbours when `wide`."""
    exact = list(dict.fromkeys(k for t in names if (k := skeleton("".join(t)))))
    if not wide:
        return exact[:3]
    near = [other for key in exact for other in near_skeletons(key, 3)[1:]]
    return list(dict.fromkeys(exact + near))[:6]


def _place(path: tuple[str, ...], narrow: bool) -> str | None:
    """Skeleton (or code) of the narrowest or second broadest place; None when only a country is known."""
    parts = [p for p in path if p]
    if not parts or (len(parts) < 2 and not narrow):
        return None
    return _word(parts[-1] if narrow else parts[1])


def _word(place: str) -> str:
    word = joined(place)
    return word if any(c.isdigit() for c in word) else skeleton(word)


def _around(path: tuple[str, ...]) -> list[str]:
    """The narrowest place, and the one around it below the second broadest: one account may be told less exactly."""
    parts = [p for p in path if p]
    return list(dict.fromkeys(_word(p) for p in reversed([*parts[2:][-2:], *parts[-1:]])))


def _country(path: tuple[str, ...]) -> str | None:
    return joined(path[0]) if path and path[0] else None


def _bands(person: Prepared, wide: bool) -> list[int]:
    """Bands of birth: the middle one for the index; every one its range touches, and a neighbour, for a query."""
    span = interval(person, person)
    if span is None:
        return []
    middle = sum(span) / 2
    if not wide:
        return [int(middle // BAND)]
    low, high = max(span[0] - 1.5, middle - 5), min(span[1] + 1.5, middle + 5)
    return sorted(range(int(low // BAND), int(high // BAND) + 1), key=lambda band: abs((band + 0.5) * BAND - middle))[:5]


def _close(names: list[str], others: list[str]) -> Iterable[tuple[str, str]]:
    """Pairs of names, the first of each first; at most one of the two in another spelling."""
    return sorted(((a, b) for a, b in product(names, others) if a == names[0] or b == others[0]), key=lambda p: p != (names[0], others[0]))


def _pair(a: str, b: str) -> str:
    return f"{min(a, b)}|{max(a, b)}"


class _Maker:
    """Collects keys of one description, the most telling kinds first, up to the side's limit."""

    def __init__(self, person: Prepared, side: Side) -> None:
        self.person, self.wide = person, side == "query"
        self.limit = QUERY_LIMIT if self.wide else INDEX_LIMIT
        self.given = _skeletons(person.given, self.wide)
        self.certain = len({skeleton("".join(t)) for t in person.given})
        self.fathers = self._links("father")
        self.rest = self._links("grandfather", "family")
        self.mothers = _skeletons((t[:1] for t in person.mother), self.wide)
        self.keys: dict[str, None] = {}

    def _links(self, *roles: str) -> list[str]:
        """Skeletons of the names in a role; a name of uncertain role counts as the father's."""
        links = (link for link in self.person.chain if any(role in link.roles for role in roles))
        certain = (link for link in links if "father" in roles or "father" not in link.roles)
        return _skeletons(((s,) for link in certain for s in link.spellings), self.wide)

    def add(self, kind: str, *parts: str) -> None:
        if len(self.keys) < self.limit:
            self.keys.setdefault(kind + ":" + "|".join(parts))

    def _pairs(self, others: list[str], few: int) -> list[tuple[str, str]]:
        """Given name with another one; at most one of the two in a neighbouring spelling."""
        sure = set(self.given[: self.certain]) | set(others[:1])
        return [(g, o) for g, o in product(self.given[:few], others[:few]) if g in sure or o in sure]

    def contacts(self) -> None:
        for number in self.person.identifiers[:2]:
            self.add("i", number)
        for number in self.person.phones[:3]:
            self.add("p", number[-8:])

    def siblings(self) -> None:
        """Every pair among the person and the siblings named: finds the person, and each sibling, from any of them. A query asks
        for the siblings themselves as well, by their father's name."""
        named = [_skeletons(kin.spellings, False)[:1] for kin in self.person.siblings]
        names = self.given[:1] + [k for keys in named for k in keys]
        pairs = [_pair(x, y) for i, x in enumerate(names) for y in names[i + 1 :] if x != y]
        for pair in pairs[: 12 if self.wide else 6]:
            self.add("s", pair)
        for sibling, father in product(named if self.wide else (), self.fathers[:2]):
            for name in sibling:
                self.add("a", _pair(name, father))

    def chain(self) -> None:
        """Given name with father's and further names, and the names brothers and sisters share."""
        few = 3 if self.wide else 2
        for g, f in self._pairs(self.fathers, few):
            for x in self.rest[:1]:
                self.add("t", g, f, x)
        for g, f in self._pairs(self.fathers, few + 1):
            common = share_of_skeleton(g) * share_of_skeleton(f) > FREQUENT_PAIR
            if not (self.wide and common and self.rest):
                self.add("a", _pair(g, f))
        for g, m in self._pairs(self.mothers, few):
            self.add("m", g, m)
        for g, x in self._pairs(self.rest, few):
            self.add("a", _pair(g, x))
        for kind, others in (("f", self.rest), ("n", self.mothers)):
            for f, other in _close(self.fathers[:few], others[: few - 1]):
                self.add(kind, f, other)

    def places(self) -> None:
        few = 3 if self.wide else 1
        place = _place(self.person.source.origin, narrow=True)
        lost = _place(self.person.source.separation_place, narrow=True)
        for g in self.given[:few]:
            if place:
                self.add("o", g, place)
            if lost:
                self.add("w", g, lost)
        for place in _around(self.person.source.origin):
            for f in self.fathers[:few]:
                self.add("k", f, place)
            for m in self.mothers[:few]:
                self.add("v", m, place)

    def ages(self) -> None:
        """Given name, band of birth, sex and broad place; without the place only for names that are not common."""
        sex = (self.person.source.sex or "")[:1].lower()
        broad = _place(self.person.source.origin, narrow=False) or _country(self.person.source.origin)
        for g, band in product(self.given[: 2 if self.wide else 1], _bands(self.person, self.wide)):
            if not sex:
                continue
            if broad:
                self.add("b", g, str(band), sex, broad)
            if share_of_skeleton(g) < COMMON and not (self.wide and broad):
                self.add("q", g, str(band), sex)

    def rare(self) -> None:
        names = self.given[:3] + self.fathers[:1] if self.wide else self.given[:2] + self.fathers[:1]
        for key in names:
            if len(key) >= 5 and share_of_skeleton(key) <= UNKNOWN:
                self.add("r", key)


def keys(description: Description | Prepared, side: Side) -> frozenset[str]:
    """Search keys of a person: at most 20 for the `index` side, at most 60 for the `query` side.

    Two descriptions of one person share keys through any two things known on both sides. Keys are plain text about
    a child: hash them with a secret before they are stored.
    """
    person = description if isinstance(description, Prepared) else prepare(description)
    maker = _Maker(person, side)
    for step in (maker.contacts, maker.chain, maker.siblings, maker.places, maker.ages, maker.rare):
        step()
    return frozenset(maker.keys)
