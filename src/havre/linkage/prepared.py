"""What does a description say, once names are split into roles and dates into intervals?

`prepare` does the costly reading of a description once; comparators work on its result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from havre.linkage.dates import PartialDate, parse_partial
from havre.linkage.names.tokens import tokens
from havre.linkage.record import Description, NameKind

Tokens = tuple[str, ...]
# Kinds as plain words: descriptions come from JSON, and a set of words is asked very often.
GIVEN_KINDS: Final = frozenset(map(str, (NameKind.GIVEN, NameKind.OTHER_SPELLING, NameKind.GIVEN_AFTER_SEPARATION, NameKind.NICKNAME)))
STATED: Final = frozenset(map(str, (NameKind.FATHER, NameKind.GRANDFATHER, NameKind.FAMILY)))
_OWN: Final = frozenset(map(str, (NameKind.GIVEN, NameKind.FULL)))
_SURE: Final = {role: frozenset({role}) for role in sorted(STATED)}


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


_FIRST: Final = frozenset({"father", "family"})
_FURTHER: Final = frozenset({"grandfather", "family"})


def _positions(count: int) -> list[frozenset[str]]:
    """Possible roles of the names after the given one, by position."""
    return [_FIRST, *[_FURTHER] * (count - 1)] if count else []


def _chain(description: Description, spelled: Mapping[str, list[Tokens]], fulls: list[Tokens]) -> tuple[Link, ...]:
    """Names after the given one: stated roles first; positions of full names where no role is stated."""
    stated = {role: ["".join(t) for t in names] for role, names in spelled.items() if role in STATED}
    for relative in description.relatives:
        if relative.role in ("father", "grandfather"):
            firsts = [t[0] for value in relative.names if (t := tokens(value))]
            stated.setdefault(relative.role, []).extend(firsts)
    if stated:
        return tuple([Link(_SURE[role], tuple(dict.fromkeys([s for s in spellings if s]))) for role, spellings in stated.items()])
    by_position: dict[int, list[str]] = {}
    for full in fulls:
        for i, token in enumerate(full[1:]):
            by_position.setdefault(i, []).append(token)
    roles = _positions(len(by_position))
    return tuple([Link(roles[i], tuple(dict.fromkeys(spellings))) for i, spellings in sorted(by_position.items())])


def _digits(values: tuple[str, ...]) -> Tokens:
    return tuple([d for d in ("".join([c for c in value if c.isdigit()]) for value in values) if len(d) >= 5])


def _letters(values: tuple[str, ...]) -> Tokens:
    return tuple([t for t in ("".join([c for c in value.upper() if c.isalnum()]) for value in values) if len(t) >= 4])


def _spelled(description: Description) -> tuple[dict[str, list[Tokens]], list[Tokens]]:
    """The written names as tokens by kind, and those of the given kinds in the order written; names without a letter are kept
    only where a role is stated."""
    out: dict[str, list[Tokens]] = {}
    given: list[Tokens] = []
    for name in description.names:
        read = tokens(name.value)
        if read or name.kind in STATED:
            out.setdefault(name.kind, []).append(read)
        if read and name.kind in GIVEN_KINDS:
            given.append(read)
    return out, given


@lru_cache(maxsize=16384)
def prepare(description: Description) -> Prepared:
    """Read a description once; equal descriptions give the same object back."""
    return read_through(description)


def read_through(description: Description) -> Prepared:
    """What `prepare` keeps, made anew: for descriptions that are compared once."""
    spelled, given = _spelled(description)
    fulls = spelled.get("full", [])
    written = next((n.value for n in description.names if n.kind in _OWN), "")
    if not any([n.kind == "given" for n in description.names]):
        several = [t for t in spelled.get("other_spelling", ()) if len(t) > 1]
        given = [t[:1] for t in fulls] + [t[:1] for t in several] + given
        fulls = fulls + several
    mother = spelled.get("mother", []) + [t for r in description.relatives if r.role == "mother" for v in r.names if (t := tokens(v))]
    return _assembled(description, given, mother, fulls, _chain(description, spelled, fulls), written)


def _assembled(source: Description, given: list[Tokens], mother: list[Tokens], fulls: list[Tokens], chain: tuple[Link, ...],
               written: str) -> Prepared:
    siblings = _kin([(s.names, s.age) for s in source.siblings])
    others = [r for r in source.relatives if r.role not in ("mother", "father", "grandfather")]
    relatives = tuple([(r.role, kin) for r in others for kin in _kin([(r.names, None)])])
    birth, separated = parse_partial(source.birth_date), parse_partial(source.separation_date)
    phones, identifiers = _digits(source.phones), _letters(source.identifiers)
    known = (
        ("given", given), ("father", chain), ("lineage", chain), ("mother", mother), ("sex", source.sex),
        ("birth", birth or source.age_min is not None or source.age_max is not None),
        ("siblings", siblings), ("relatives", relatives), ("origin", source.origin), ("birth_place", source.birth_place),
        ("last_seen", source.last_seen), ("separation_date", separated), ("separation_place", source.separation_place),
        ("language", source.languages), ("ethnicity", source.ethnicity), ("phone", phones), ("identifier", identifiers),
    )  # fmt: skip
    return Prepared(
        source, tuple(dict.fromkeys(given)), chain, tuple(dict.fromkeys(mother)),
        tuple(dict.fromkeys(["".join(t) for t in fulls])), siblings, relatives, birth, parse_partial(source.recorded_on), separated,
        phones, identifiers, written, frozenset([name for name, fact in known if fact]),
    )  # fmt: skip


def _kin(people: Iterable[tuple[tuple[str, ...], float | None]]) -> tuple[Kin, ...]:
    """Named relatives; those whose names hold no letter are left out."""
    read = [Kin(tuple([t for value in names if (t := tokens(value))]), age) for names, age in people]
    return tuple([kin for kin in read if kin.spellings])
