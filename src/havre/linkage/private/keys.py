"""By which compound keys may two registers find out that both hold one child, and tell each other nothing else?

An element is one thing known of a child in a form that agrees across spellings and scripts: a name by its consonants, the
sex, a band of two years of birth, region and place of origin, a telephone or document number. A key is a set of elements
that holds the child's own name or a number, together as rare as agreed, and no longer so without any one of them. Nothing
shorter is ever asked or published: common names cannot be tried one by one.

How rare is counted low on purpose: a name that the table of shares does not know may be common in the register at hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from havre.core.crypto import hmac_token
from havre.linkage.blocking import BAND, Side
from havre.linkage.evidence.birth import interval
from havre.linkage.names.frequency import share_of_skeleton
from havre.linkage.names.normalise import joined
from havre.linkage.names.sounds import near_skeletons, skeleton
from havre.linkage.names.tokens import tokens
from havre.linkage.prepared import Prepared, Tokens, prepare
from havre.linkage.record import Description

MOST_KEYS: Final = 64  # of one question, and of one registered child
KEY_BYTES: Final = 16
MOST_ELEMENTS: Final = 6
MARGIN_BITS: Final = 7.0  # one guess in 2^7 finds a child if elements are as rare as they are counted
LEAST_BITS: Final = 18.0  # also in a small register
NAME_BITS: Final = 8.0  # no name counts for more, however rare
SEX_BITS: Final = 1.0
BAND_BITS: Final = 3.0  # eight bands of two years among children
REGION_BITS: Final = 3.0
PLACE_BITS: Final = 3.0  # a place within its region; together one in 64 even where a few camps hold most
NUMBER_BITS: Final = 16.0  # far fewer numbers are in use than can be written

# How often two accounts of one child agree on what both tell; orders the keys of a question, the likeliest first.
AGREES: Final = {
    "given": 0.9, "father": 0.85, "third": 0.85, "mother": 0.85, "sibling": 0.7, "sex": 0.99, "band": 0.8, "region": 0.95, "place": 0.5,
    "number": 0.8,
}  # fmt: skip
OTHER_SPELLING: Final = 0.1  # how often the name is found under one usual other spelling instead
NEIGHBOURS: Final = (1.0, 1 / 3, 1 / 5)  # the band of birth itself, the nearer and the farther neighbour
ANCHORS: Final = frozenset({"given", "number"})  # one of them is in every key: what a family shares is not enough


FATHER: Final = frozenset({"father"})
THIRD: Final = (frozenset({"grandfather"}), frozenset({"family"}))  # one may be told as the other


@dataclass(frozen=True, slots=True)
class Element:
    """One thing known: its role, its form, its rarity in bits and how often two accounts of one child agree on it."""

    role: str
    form: str
    bits: float
    agrees: float


def bits_for(registered: int) -> float:
    """Least rarity of a key, in bits, for a register of this many children: log2 of them and a margin, never below 18."""
    return max(LEAST_BITS, round(math.log2(max(registered, 1)) + MARGIN_BITS, 1))


def _name_bits(form: str) -> float:
    """Rarity of a name, rounded down to eighths, so that sums are the same in any order."""
    return math.floor(8 * min(NAME_BITS, -math.log2(share_of_skeleton(form)))) / 8


def _named(role: str, names: Iterable[Tokens], side: Side, most: int) -> list[Element]:
    """The names of one role by their consonants, the written ones first, then first words of longer ones; usual other spellings of
    the first only in a question."""
    read = [t for t in names if t]
    written = [skeleton("".join(t)) for t in read] + [skeleton(t[0]) for t in read if len(t) > 1]
    written = list(dict.fromkeys(form for form in written if form))[:most]
    near = [form for form in near_skeletons(written[0], 3)[1:] if form not in written] if written and side == "query" else []
    likely = [(form, AGREES[role]) for form in written] + [(form, AGREES[role] * OTHER_SPELLING) for form in near]
    return [Element(role, form, _name_bits(form), agrees) for form, agrees in likely]


def _further(person: Prepared, roles: frozenset[str]) -> list[Tokens]:
    """Names after the given one in some roles, as read by position or as stated."""
    stated = [tokens(name.value) for name in person.source.names if name.kind in roles]
    return stated or [(spelling,) for link in person.chain if link.roles & roles and ("father" in roles or "father" not in link.roles)
                      for spelling in link.spellings]  # fmt: skip


def _bands(person: Prepared, side: Side) -> list[Element]:
    """The band of birth; in a question also its neighbours, since ages are often wrong by a year or two."""
    span = interval(person, person)
    if span is None:
        return []
    middle = sum(span) / 2
    own = int(middle // BAND)
    nearer = own - 1 if middle - own * BAND < BAND / 2 else own + 1
    bands = (own, nearer, 2 * own - nearer) if side == "query" else (own,)
    return [Element("band", str(band), BAND_BITS, AGREES["band"] * likely) for band, likely in zip(bands, NEIGHBOURS, strict=False)]


def _place(role: str, name: str, bits: float) -> list[Element]:
    """A place by its code, or by its consonants."""
    word = joined(name)
    form = word if any(c.isdigit() for c in word) else skeleton(word)
    return [Element(role, form, bits, AGREES[role])] if form else []


def _elements(person: Prepared, side: Side) -> list[list[Element]]:
    """What is known, thing by thing; of each thing the forms it may have, of which a key takes one."""
    source = person.source
    places = [part for part in source.origin if part][1:]  # below the country
    third = [_named("third", _further(person, roles), side, 2) for roles in THIRD]
    numbers = (*(phone[-8:] for phone in person.phones[:2]), *person.identifiers[:2])
    found = [
        _named("given", person.given, side, 3),
        _named("father", _further(person, FATHER), side, 2),
        *(third if third[0] != third[1] else third[:1]),
        _named("mother", [t[:1] for t in person.mother], side, 1),
        *(_named("sibling", kin.spellings, "index", 1) for kin in person.siblings[:3]),
        *([Element("number", number, NUMBER_BITS, AGREES["number"])] for number in numbers),
        [Element("sex", source.sex[0].lower(), SEX_BITS, AGREES["sex"])] if source.sex else [],
        _bands(person, side),
        _place("region", places[0], REGION_BITS) if places else [],
        _place("place", places[-1], PLACE_BITS) if len(places) > 1 else [],
    ]
    return [forms for forms in found if forms]


def compound_keys(person: Prepared, side: Side, least_bits: float) -> list[tuple[Element, ...]]:
    """Every key of a person: elements from the rarest to the most common, the last of which is needed to reach `least_bits`."""
    known = sorted(_elements(person, side), key=lambda forms: -max(e.bits for e in forms))
    flat = sorted(((e, i) for i, forms in enumerate(known) for e in forms), key=lambda pair: -pair[0].bits)
    out: list[tuple[Element, ...]] = []

    def extend(chosen: tuple[Element, ...], used: frozenset[int], bits: float, start: int) -> None:
        for at in range(start, len(flat)):
            element, thing = flat[at]
            if thing in used:
                continue
            longer, sum_bits = (*chosen, element), bits + element.bits
            if sum_bits >= least_bits:
                if any(e.role in ANCHORS for e in longer):
                    out.append(longer)
            elif len(longer) < MOST_ELEMENTS:
                extend(longer, used | {thing}, sum_bits, at + 1)

    extend((), frozenset(), 0.0, 0)
    return out


def private_keys(description: Description | Prepared, secret: bytes, side: Side, least_bits: float) -> frozenset[bytes]:
    """The compound keys of a child, each 16 bytes: HMAC-SHA256 under the secret of the two instances; at most 64.

    `side` is `index` for a registered child and `query` for a sought one (which also asks for usual other spellings and
    neighbouring years of birth). `least_bits` must be the same on both sides: `least_bits_of` reads it from the offer. A
    child of whom too little is known has no key and cannot be asked for. Keys are about a child: they leave the
    instance only inside the messages of `intersection`. Raises ValueError when the secret has not 32 bytes or `least_bits`
    is below 18.
    """
    if least_bits < LEAST_BITS:
        raise ValueError(f"Keys must have at least {LEAST_BITS:g} bits of rarity.")
    person = description if isinstance(description, Prepared) else prepare(description)
    likely: dict[str, float] = {}
    for elements in compound_keys(person, side, least_bits):
        text = "|".join(sorted(f"{e.role}:{e.form}" for e in elements))
        likely[text] = max(likely.get(text, 0.0), math.prod(e.agrees for e in elements))
    best = sorted(likely, key=lambda text: (-likely[text], text))[:MOST_KEYS]
    return frozenset(hmac_token(secret, text, KEY_BYTES) for text in best)
