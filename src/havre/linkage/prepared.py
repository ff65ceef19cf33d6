"""What does a description say, once names are split into roles and dates into intervals?

`prepare` does the costly reading of a description once; comparators work on its result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from havre.linkage.dates import PartialDate, parse_partial
from havre.linkage.names.tokens import tokens
from havre.linkage.record import Description, NameKind

Tokens = tuple[str, ...]
GIVEN_KINDS: Final = (NameKind.GIVEN, NameKind.OTHER_SPELLING, NameKind.GIVEN_AFTER_SEPARATION, NameKind.NICKNAME)


@dataclass(frozen=True, slots=True)
class Link:
    """One name after the given name: the roles it may have and its spellings."""

    roles: frozenset[str]
    spellings: Tokens

    @property
    def sure(self) -> bool:
        """Whether the role was stated rather than guessed from the position."""
        return len(self.roles) == 1


@dataclass(frozen=True, slots=True)
class Kin:
    """A named relative: spellings, and age in years where known."""

    spellings: tuple[Tokens, ...]
    age: float | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A description ready to compare."""

    source: Description
    given: tuple[Tokens, ...]
    chain: tuple[Link, ...]
    mother: tuple[Tokens, ...]
    wholes: Tokens
    siblings: tuple[Kin, ...]
    relatives: tuple[tuple[str, Kin], ...]
    birth: PartialDate | None
    recorded: PartialDate | None
    separated: PartialDate | None
    phones: Tokens
    identifiers: Tokens
    given_text: str
    known: frozenset[str]


def _positions(count: int) -> list[frozenset[str]]:
    """Possible roles of the names after the given one, by position."""
    if count == 0:
        return []
    out = [frozenset({"father", "family"})]
    out += [frozenset({"grandfather", "family"}) for _ in range(count - 1)]
    return out


def _chain(description: Description, fulls: list[Tokens], given: list[Tokens]) -> tuple[Link, ...]:
    """Names after the given one: stated roles first; positions of full names where no role is stated."""
    stated: dict[str, list[str]] = {}
    for name in description.names:
        if name.kind in (NameKind.FATHER, NameKind.GRANDFATHER, NameKind.FAMILY):
            stated.setdefault(str(name.kind), []).append("".join(tokens(name.value)))
    for relative in description.relatives:
        if relative.role in ("father", "grandfather"):
            firsts = [t[0] for value in relative.names if (t := tokens(value))]
            stated.setdefault(relative.role, []).extend(firsts)
    if stated:
        return tuple(Link(frozenset({role}), tuple(dict.fromkeys(s for s in spellings if s))) for role, spellings in stated.items())
    by_position: dict[int, list[str]] = {}
    for full in fulls:
        for i, token in enumerate(full[1:]):
            by_position.setdefault(i, []).append(token)
    roles = _positions(len(by_position))
    return tuple(Link(roles[i], tuple(dict.fromkeys(spellings))) for i, spellings in sorted(by_position.items()))


def _digits(values: tuple[str, ...]) -> Tokens:
    return tuple(d for d in ("".join(c for c in value if c.isdigit()) for value in values) if len(d) >= 5)


def _letters(values: tuple[str, ...]) -> Tokens:
    return tuple(t for t in ("".join(c for c in value.upper() if c.isalnum()) for value in values) if len(t) >= 4)


@lru_cache(maxsize=16384)
def prepare(description: Description) -> Prepared:
    """Read a description once; equal descriptions give the same object back."""
    fulls = [t for n in description.names if n.kind == NameKind.FULL and (t := tokens(n.value))]
    given = [t for n in description.names if n.kind in GIVEN_KINDS and (t := tokens(n.value))]
    spelled_out = [t for n in description.names if n.kind == NameKind.OTHER_SPELLING and len(t := tokens(n.value)) > 1]
    if not any(n.kind == NameKind.GIVEN for n in description.names):
        given = [t[:1] for t in fulls] + [t[:1] for t in spelled_out] + given
        fulls = fulls + spelled_out
    mother = [t for n in description.names if n.kind == NameKind.MOTHER and (t := tokens(n.value))]
    mother += [t for r in description.relatives if r.role == "mother" for v in r.names if (t := tokens(v))]
    chain = _chain(description, fulls, given)
    first = next((n.value for n in description.names if n.kind in (NameKind.GIVEN, NameKind.FULL)), "")
    prepared = Prepared(
        source=description,
        given=tuple(dict.fromkeys(given)),
        chain=chain,
        mother=tuple(dict.fromkeys(mother)),
        wholes=tuple(dict.fromkeys("".join(t) for t in fulls)),
        siblings=_kin((s.names, s.age) for s in description.siblings),
        relatives=tuple(
            (r.role, kin)
            for r in description.relatives
            if r.role not in ("mother", "father", "grandfather")
            for kin in _kin([(r.names, None)])
        ),
        birth=parse_partial(description.birth_date),
        recorded=parse_partial(description.recorded_on),
        separated=parse_partial(description.separation_date),
        phones=_digits(description.phones),
        identifiers=_letters(description.identifiers),
        given_text=first,
        known=frozenset(),
    )
    return replace(prepared, known=_known(prepared))


def _kin(people: Iterable[tuple[tuple[str, ...], float | None]]) -> tuple[Kin, ...]:
    """Named relatives; those whose names hold no letter are left out."""
    read = (Kin(tuple(t for value in names if (t := tokens(value))), age) for names, age in people)
    return tuple(kin for kin in read if kin.spellings)


def _known(person: Prepared) -> frozenset[str]:
    """The fields about which the description says anything."""
    source = person.source
    facts = {
        "given": person.given,
        "father": person.chain,
        "lineage": person.chain,
        "mother": person.mother,
        "sex": source.sex,
        "birth": person.birth or source.age_min is not None or source.age_max is not None,
        "siblings": person.siblings,
        "relatives": person.relatives,
        "origin": source.origin,
        "birth_place": source.birth_place,
        "last_seen": source.last_seen,
        "separation_date": person.separated,
        "separation_place": source.separation_place,
        "language": source.languages,
        "ethnicity": source.ethnicity,
        "phone": person.phones,
        "identifier": person.identifiers,
    }
    return frozenset(name for name, value in facts.items() if value)
