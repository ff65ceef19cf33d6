"""What of a person goes into the flat arrays?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from havre.linkage.evidence.birth import interval
from havre.linkage.evidence.contacts import TAIL
from havre.linkage.evidence.places import parts_of, plain
from havre.linkage.flat import layout
from havre.linkage.names.normalise import joined
from havre.linkage.prepared import Prepared, Tokens

_SEXES: Final = {"w": "f", "g": "f", "b": "m"}  # woman, girl, boy
LINKS: Final = {
    frozenset({"father"}): layout.FATHER, frozenset({"father", "family"}): layout.FIRST, frozenset({"grandfather"}): layout.GRANDFATHER,
    frozenset({"family"}): layout.FAMILY, frozenset({"grandfather", "family"}): layout.FURTHER,
}  # fmt: skip
MOST_ENTRIES: Final = 255  # of one person; what comes after is not searched by, only weighed


@dataclass(frozen=True, slots=True)
class Reading:
    """A person as the index reads one: tokens and codes by role, place paths, and the columns of time (`layout.Columns`)."""

    tokens: tuple[tuple[int, str], ...]
    codes: tuple[tuple[int, int], ...]
    paths: tuple[tuple[str, ...], ...]
    born: tuple[int, int]
    aged: int
    day: int
    lost: tuple[int, int]


def code(role: int, text: str) -> int:
    """The code of a value that is only ever compared for equality: 27 bits."""
    return int.from_bytes(blake2b(f"{role} {text}".encode(), digest_size=4).digest()) & layout.CODE_MASK


def read(person: Prepared) -> Reading:
    """What is looked at of a person before candidates are weighed exactly."""
    source = person.source
    birth, separated, span = person.birth, person.separated, interval(person, person)
    return Reading(
        tuple(dict.fromkeys(_tokens(person))), tuple(dict.fromkeys(_codes(person))),
        tuple([_path(getattr(source, name)) for name in layout.PLACES]),
        _units(span[0], span[1]) if span else (layout.UNKNOWN_TIME,) * 2,
        int(birth is None and person.recorded is None),
        birth.year * 10_000 + birth.month * 100 + birth.day if birth is not None and birth.month and birth.day else 0,
        _units(separated.start, separated.end) if separated else (layout.UNKNOWN_TIME,) * 2,
    )  # fmt: skip


def _words(name: Tokens) -> Iterator[str]:
    """A name as one word, and its first word where it has several."""
    yield "".join(name)
    if len(name) > 1:
        yield name[0]


def _tokens(person: Prepared) -> Iterator[tuple[int, str]]:
    for name in person.given:
        yield from [(layout.GIVEN, word) for word in _words(name)]
    for link in person.chain:
        yield from [(LINKS[link.roles], word) for word in link.spellings if word]
    for name in person.mother:
        yield from [(layout.MOTHER, word) for word in _words(name)]
    for kin in person.siblings:
        yield from [(layout.SIBLING, word) for name in kin.spellings for word in _words(name)]
    for _, kin in person.relatives:
        yield from [(layout.RELATIVE, word) for name in kin.spellings for word in _words(name)]


def _codes(person: Prepared) -> Iterator[tuple[int, int]]:
    sex = (person.source.sex or "").strip().lower()[:1]
    if sex and sex not in "un":
        yield layout.SEX, ord(_SEXES.get(sex, sex))
    yield from [(layout.LANGUAGE, code(layout.LANGUAGE, joined(v))) for v in person.source.languages if v]
    if person.source.ethnicity:
        yield layout.ETHNICITY, code(layout.ETHNICITY, joined(person.source.ethnicity))
    yield from _halves(layout.PHONE_HEAD, layout.PHONE_TAIL, [number[-TAIL:] for number in person.phones])
    yield from _halves(layout.PAPER_HEAD, layout.PAPER_TAIL, person.identifiers)
    if person.source.id:
        yield layout.KEY, code(layout.KEY, person.source.id)


def _halves(head: int, tail: int, values: Iterable[str]) -> Iterator[tuple[int, int]]:
    for value in values:
        half = len(value) // 2
        yield head, code(head, value[:half])
        yield tail, code(tail, value[half:])


def numbers(person: Prepared) -> dict[tuple[int, int], str]:
    """The numbers of telephones (by their last digits) and papers of a person, by the entries of their two halves."""
    out = {}
    for head, tail, values in ((layout.PHONE_HEAD, layout.PHONE_TAIL, [number[-TAIL:] for number in person.phones]),
                               (layout.PAPER_HEAD, layout.PAPER_TAIL, person.identifiers)):  # fmt: skip
        for value in values:
            first, second = [layout.entry(role, number) for role, number in _halves(head, tail, [value])]
            out[first, second] = value
    return out


def _path(places: tuple[str, ...]) -> tuple[str, ...]:
    parts = tuple([part for part in map(plain, parts_of(places)) if part])
    return parts if len(parts) <= layout.PARTS else (*parts[:2], *parts[-2:])


def _units(low: float, high: float) -> tuple[int, int]:
    first, last = (round((value - layout.TIME_ZERO) * layout.TIME_UNIT) for value in (low, high))
    return max(-32767, min(32767, first)), max(-32767, min(32767, last))
