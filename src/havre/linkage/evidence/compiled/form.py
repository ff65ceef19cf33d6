"""What is a description as numbers alone, so that many are compared in compiled code?

A form is a list of whole numbers: whether dates may be Ethiopian, a number that `words` writes, where each section of `SECTIONS` starts and the last
one ends, then the sections. Words stand as places in the first section, which holds their numbers in a lexicon in the order of their
letters; places as numbers of paths. Where those numbers change, these two sections alone change. What is only compared for equality
stands as a number of 48 bits.

A name is its number of words, itself written as one word, and, of several, each word. A group of names is how many, then the names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from hashlib import blake2b
from operator import or_
from typing import Final, Protocol

from havre.linkage.dates import DAYS, PartialDate
from havre.linkage.evidence.birth import known_part
from havre.linkage.evidence.contacts import TAIL
from havre.linkage.evidence.culture import called, related_groups, spoken
from havre.linkage.evidence.marks import telling
from havre.linkage.evidence.places import parts_of, plain
from havre.linkage.evidence.separation import cause_of
from havre.linkage.evidence.sex import sex_of
from havre.linkage.names.similarity import MOST_ARRANGED
from havre.linkage.prepared import Kin, Prepared, Tokens

SECTIONS: Final = (
    "tokens", "roles_of_words", "places", "given", "wholes", "chain", "mother", "siblings", "relatives", "companions", "birth", "ages", "recorded", "separated", "sex",
    "languages", "language_groups", "people", "people_groups", "cause", "features", "belongings", "phones", "identifiers",
)  # fmt: skip
(TOKENS, ROLES_OF_WORDS, PLACES, GIVEN, WHOLES, CHAIN, MOTHER, SIBLINGS, RELATIVES, COMPANIONS, BIRTH, AGES, RECORDED, SEPARATED, SEX,
 LANGUAGES, LANGUAGE_GROUPS, PEOPLE, PEOPLE_GROUPS, CAUSE, FEATURES, BELONGINGS, PHONES, IDENTIFIERS) = range(2, len(SECTIONS) + 2)  # fmt: skip
ETHIOPIAN, BASE, HEADER = 0, 1, len(SECTIONS) + 3  # then the places where sections start
FATHER, GRANDFATHER, FAMILY = 1, 2, 4  # bits of the roles of a further name
ROLES: Final = {"father": FATHER, "grandfather": GRANDFATHER, "family": FAMILY}
MOTHER_ROLE: Final = 3
RELATED: Final = ROLES | {"mother": MOTHER_ROLE}  # relatives in other roles: a code from `FURTHER_ROLES` on
FURTHER_ROLES: Final = 8
PLACE_FIELDS: Final = ("origin", "birth_place", "last_seen", "separation_place")
MOST_PARTS: Final = 4  # of a place
MOST_KIN: Final = 12
AGE_UNIT: Final = 1024  # an age in years is kept as whole parts of this
OLDEST: Final = 1000.0
MOST_WORDS: Final = 128  # of two forms side by side
# Bits of the roles of words, and by such bits those of the roles they are compared with.
AS_GIVEN, AS_FURTHER, AS_MOTHER, AS_SIBLING, AS_RELATIVE, AS_COMPANION, AS_PEOPLE = (1 << k for k in range(7))
_MEETS: Final = {
    AS_GIVEN: AS_GIVEN | AS_FURTHER | AS_SIBLING, AS_FURTHER: AS_FURTHER | AS_GIVEN | AS_RELATIVE, AS_MOTHER: AS_MOTHER | AS_RELATIVE,
    AS_SIBLING: AS_SIBLING | AS_GIVEN | AS_COMPANION, AS_RELATIVE: AS_RELATIVE | AS_FURTHER | AS_MOTHER | AS_COMPANION,
    AS_COMPANION: AS_COMPANION | AS_SIBLING | AS_RELATIVE, AS_PEOPLE: AS_PEOPLE,
}  # fmt: skip
MEETS: Final = tuple(reduce(or_, [meets for role, meets in _MEETS.items() if roles & role], 0) for roles in range(1 << 7))
Form = list[int]


class Numbering(Protocol):
    """What numbers words, as a `Lexicon` does."""

    def number(self, token: str) -> int: ...


class Odd(Exception):
    """A description that is not put in numbers: it is compared as it stands."""


def code_of(text: str) -> int:
    """A number of 48 bits for a text that is only compared for equality."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest())


class _Words:
    """The distinct words of one form in the order of letters, each with the roles in which it stands."""

    def __init__(self, named: Iterable[tuple[int, Iterable[Tokens]]]) -> None:
        roles: dict[str, int] = {}
        for role, names in named:
            for name in names:
                for word in name if len(name) == 1 else (*name, "".join(name)):
                    roles[word] = roles.get(word, 0) | role
        self.words = sorted(roles)
        self.roles = [roles[word] for word in self.words]
        self.place = {word: k for k, word in enumerate(self.words)}

    def group(self, names: Iterable[Tokens]) -> Form:
        out, count, place = [0], 0, self.place
        for name in names:
            if len(name) == 1:
                out += (1, place[name[0]])
            else:
                if not 0 < len(name) <= MOST_ARRANGED:
                    raise Odd
                out += (len(name), place["".join(name)], *[place[word] for word in name])
            count += 1
        out[0] = count
        return out


def form_of(person: Prepared, lexicon: Numbering, path: Callable[[tuple[str, ...]], int]) -> Form:
    """The form of a description; empty for one that is too odd for numbers (very long names, more than `MOST_KIN` brothers and sisters).

    `path` gives the number of a place, from 1, by its parts from broad to narrow as `places.plain` writes them.
    """
    try:
        return _form(person, lexicon, path)
    except Odd:
        return []


def _form(person: Prepared, lexicon: Numbering, path: Callable[[tuple[str, ...]], int]) -> Form:
    source = person.source
    languages, people = spoken(source.languages), called("people", source.ethnicity or "")
    words = _Words((
        (AS_GIVEN, person.given), (AS_FURTHER, [(s,) for link in person.chain for s in link.spellings]), (AS_MOTHER, person.mother),
        (AS_SIBLING, [name for kin in person.siblings for name in kin.spellings]), (AS_RELATIVE, [name for _, kin in person.relatives for name in kin.spellings]),
        (AS_COMPANION, [name for kin in person.companions for name in kin.spellings]), (AS_PEOPLE, [(people,)] if people else []),
    ))  # fmt: skip
    if len(words.words) > MOST_WORDS // 2:
        raise Odd
    sections = (
        list(map(lexicon.number, words.words)), words.roles,
        [path(place_of(getattr(source, name))) if getattr(source, name) else 0 for name in PLACE_FIELDS],
        words.group(person.given), [n for whole, outline in zip(person.wholes, person.outlines, strict=True) for n in (len(whole), len(outline), *map(ord, outline))],
        [n for link in person.chain for n in (sum(map(ROLES.__getitem__, link.roles)), *words.group([(s,) for s in link.spellings]))],
        words.group(person.mother), _kin(person.siblings, words), _relatives(person, words), _kin(person.companions, words),
        _date(person.birth), [_age(source.age_min), _age(source.age_max)] if source.age_min is not None or source.age_max is not None else [],
        [_day(person.recorded.start)] if person.recorded else [], _date(person.separated),
        [code_of(sex) for sex in (sex_of(source),) if sex], sorted(map(code_of, languages)), _related("language", languages),
        [words.place[people]] if people else [], _related("people", [people]) if people else [],
        sorted(map(code_of, cause_of(source))), sorted(map(code_of, telling(source.features))), sorted(map(code_of, telling(source.belongings))),
        _characters(n[-TAIL:] for n in person.phones), _characters(person.identifiers),
    )  # fmt: skip
    out, at = [int(person.ethiopian), 0], HEADER
    for section in sections:
        out.append(at)
        at += len(section)
    out.append(at)
    for section in sections:
        out += section
    return out


def place_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """A place as its parts are compared. Raises Odd where a part has no letter, or there are more than `MOST_PARTS`."""
    parts = tuple(map(plain, parts_of(path)))
    if len(parts) > MOST_PARTS or not all(parts) or any([c.isdigit() and not c.isascii() for part in parts for c in part]):
        raise Odd
    return parts


def _kin(people: tuple[Kin, ...], words: _Words) -> Form:
    if len(people) > MOST_KIN:
        raise Odd
    return [n for kin in people for n in (_age(kin.age), *words.group(kin.spellings))]


def _relatives(person: Prepared, words: _Words) -> Form:
    if len(person.relatives) > MOST_KIN:
        raise Odd
    return [n for role, kin in person.relatives for n in (RELATED.get(role) or code_of(role) + FURTHER_ROLES, *words.group(kin.spellings))]


def _age(age: float | None) -> int:
    """0 when not known, otherwise the age in parts of `AGE_UNIT` and one."""
    if age is None:
        return 0
    if not 0.0 <= age <= OLDEST or age * AGE_UNIT != int(age * AGE_UNIT):
        raise Odd
    return int(age * AGE_UNIT) + 1


def _date(date: PartialDate | None) -> Form:
    """Year, month, day (0 when not known), first day and the day after the last, the same of what it is taken to say (`known_part`), then the
    days of other readings."""
    if date is None:
        return []
    known = known_part(date)
    times = [date.start, date.end, known.start, known.end, *[time for span in date.others(True) for time in span]]
    return [date.year, date.month or 0, date.day or 0, *map(_day, times)]


def _day(time: float) -> int:
    """The day on which a time in years (`dates`) falls."""
    return round(time * DAYS)


def _related(kind: str, words: Iterable[str]) -> Form:
    return sorted({int(group) for word in words for group in related_groups(kind, word)})


def _characters(texts: Iterable[str]) -> Form:
    return [n for text in sorted(set(texts)) for n in (len(text), *map(ord, text))]
