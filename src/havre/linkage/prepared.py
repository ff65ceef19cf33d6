"""What does a description say, once names are split into roles and dates into intervals?

`prepare` does the costly reading of a description once; comparators work on its result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from havre.linkage.dates import PartialDate, parse_partial
from havre.linkage.names.patronymics import father_of
from havre.linkage.names.sounds import skeleton
from havre.linkage.names.tokens import tokens
from havre.linkage.record import Description, NameKind

Tokens = tuple[str, ...]
# Kinds as plain words: descriptions come from JSON, and a set of words is asked very often.
GIVEN_KINDS: Final = frozenset(map(str, (NameKind.GIVEN, NameKind.OTHER_SPELLING, NameKind.GIVEN_AFTER_SEPARATION, NameKind.NICKNAME)))
STATED: Final = frozenset(map(str, (NameKind.FATHER, NameKind.GRANDFATHER, NameKind.FAMILY)))
CHILDREN: Final = frozenset({"child", "child_of", "son", "daughter"})  # whose parent seeks: brothers and sisters of the child sought
PARENTS: Final = frozenset({"mother", "father", "grandfather"})  # relatives that are read as names of their own field
# Languages and countries in which the Ethiopian calendar is in daily use.
ETHIOPIAN: Final = frozenset({"am", "amh", "ti", "tir", "om", "orm", "ET", "ETH", "ER", "ERI", "Ethiopia", "Eritrea", "ኢትዮጵያ", "ኤርትራ"})
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
    """A description ready to compare.

    `fathers` are the links of `chain` that may be the father's name. `siblings` holds those children of the seeker too who
    are named as relatives. `outlines` are the consonants of each of `wholes`, token by token. `ethiopian`: by letters,
    language or country, dates may be of the Ethiopian calendar.
    """

    source: Description
    given: tuple[Tokens, ...]
    chain: tuple[Link, ...]
    fathers: tuple[Link, ...]
    mother: tuple[Tokens, ...]
    wholes: Tokens
    outlines: Tokens
    siblings: tuple[Kin, ...]
    relatives: tuple[tuple[str, Kin], ...]
    companions: tuple[Kin, ...]
    birth: PartialDate | None
    recorded: PartialDate | None
    separated: PartialDate | None
    phones: Tokens
    identifiers: Tokens
    given_text: str
    ethiopian: bool
    known: frozenset[str]


_FIRST: Final = frozenset({"father", "family"})
_FURTHER: Final = frozenset({"grandfather", "family"})


def _chain(description: Description, spelled: Mapping[str, list[Tokens]], fulls: list[Tokens]) -> tuple[Link, ...]:
    """Names after the given one: stated roles first; positions of full names where no role is stated. A patronymic in the father's place
    is the father's name."""
    stated = {role: ["".join(t) for t in names] for role, names in spelled.items() if role in STATED}
    if "father" in stated:
        stated["father"] = ["".join([named[0] if (named := father_of(part)) else part for part in t]) for t in spelled["father"]]
    for relative in description.relatives:
        if relative.role in ("father", "grandfather"):
            firsts = [t[0] for value in relative.names if (t := tokens(value))]
            stated.setdefault(relative.role, []).extend(firsts)
    if stated:
        return tuple([Link(_SURE[role], tuple(dict.fromkeys([s for s in spellings if s]))) for role, spellings in stated.items()])
    if len(fulls) == 1:
        return tuple([Link(_FURTHER if i else _FIRST, (token,)) for i, token in enumerate(fulls[0][1:])])
    by_position: dict[int, list[str]] = {}
    for full in fulls:
        for i, token in enumerate(full[1:]):
            by_position.setdefault(i, []).append(token)
    return tuple([Link(_FURTHER if i else _FIRST, tuple(dict.fromkeys(spellings))) for i, spellings in sorted(by_position.items())])


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


def read_json(text: str) -> Prepared:
    """Read a stored description (`Description.to_json`) straight through. Raises ValueError when it is none."""
    try:
        return read_through(Description.from_json(text))
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError(f"Not a person description: {type(error).__name__}") from error


def read_through(description: Description) -> Prepared:
    """What `prepare` keeps, made anew: for descriptions that are compared once."""
    spelled, given = _spelled(description)
    fulls = spelled.get("full", [])
    written = next((n.value for n in description.names if n.kind in _OWN), "")
    if "given" not in spelled and not any([n.kind == "given" for n in description.names]):
        several = [t for t in spelled["other_spelling"] if len(t) > 1] if "other_spelling" in spelled else []
        given = [t[:1] for t in fulls] + [t[:1] for t in several] + given
        fulls = fulls + several
    mother = spelled.get("mother", [])
    if description.relatives:
        mother = mother + [t for r in description.relatives if r.role == "mother" for v in r.names if (t := tokens(v))]
    return _assembled(description, given, mother, fulls, _chain(description, spelled, fulls), written)


def _assembled(source: Description, given: list[Tokens], mother: list[Tokens], fulls: list[Tokens], chain: tuple[Link, ...],
               written: str) -> Prepared:
    siblings = _kin([(s.names, s.age) for s in source.siblings]) if source.siblings else ()
    relatives: tuple[tuple[str, Kin], ...] = ()
    if source.relatives:
        siblings += _kin([(r.names, None) for r in source.relatives if r.role in CHILDREN])
        others = [r for r in source.relatives if r.role not in PARENTS]
        relatives = tuple([(r.role, kin) for r in others for kin in _kin([(r.names, None)])])
    birth = parse_partial(source.birth_date) if source.birth_date else None
    separated = parse_partial(source.separation_date) if source.separation_date else None
    phones = _digits(source.phones) if source.phones else ()
    identifiers = _letters(source.identifiers) if source.identifiers else ()
    companions = _kin([((name,), None) for name in source.companions]) if source.companions else ()
    known = _said(source)
    for name, fact in (("given", given), ("mother", mother), ("siblings", siblings), ("relatives", relatives), ("companions", companions),
                       ("separation_date", separated), ("phone", phones), ("identifier", identifiers)):  # fmt: skip
        if fact:
            known.append(name)
    if chain:
        known += ("father", "lineage")
    if birth or source.age_min is not None or source.age_max is not None:
        known.append("birth")
    if len(given) > 1:
        given = list(dict.fromkeys(given))
    wholes = {"".join(t): "".join([skeleton(part) for part in t]) for t in fulls}
    return Prepared(
        source, tuple(given), chain, tuple([link for link in chain if "father" in link.roles]),
        tuple(mother) if len(mother) < 2 else tuple(dict.fromkeys(mother)), tuple(wholes), tuple(wholes.values()), siblings, relatives,
        companions, birth, parse_partial(source.recorded_on) if source.recorded_on else None, separated, phones, identifiers, written,
        _ethiopian(source, given), frozenset(known),
    )  # fmt: skip


# Field -> attribute of a description that fills it as it stands.
_STANDING: Final = tuple(
    (name, "languages" if name == "language" else name)
    for name in ("sex", "origin", "birth_place", "last_seen", "language", "ethnicity", "separation_place", "separation_cause", "features", "belongings")
)  # fmt: skip


def _said(source: Description) -> list[str]:
    """The fields of which a description says something as it stands."""
    return [name for name, attribute in _STANDING if getattr(source, attribute)]


def _ethiopian(source: Description, given: list[Tokens]) -> bool:
    return (bool(given) and "ሀ" <= given[0][0][0] <= "፿") or not (
        ETHIOPIAN.isdisjoint(source.languages) and ETHIOPIAN.isdisjoint(source.origin) and ETHIOPIAN.isdisjoint(source.birth_place))


def _kin(people: Iterable[tuple[tuple[str, ...], float | None]]) -> tuple[Kin, ...]:
    """Named relatives; those whose names hold no letter are left out."""
    out = []
    for names, age in people:
        read = (tokens(names[0]),) if len(names) == 1 else tuple([tokens(value) for value in names])
        spellings = read if all(read) else tuple([t for t in read if t])
        if spellings:
            out.append(Kin(spellings, age))
    return tuple(out)
