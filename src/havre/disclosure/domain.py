"""By which public codebooks are children counted? Closed lists of codes, with the levels that group them; never learnt from data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isnan, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.problems import BadCodebook, EmptyDomain, MissingAttribute, UnknownCode

Component = tuple[tuple[str, int], ...]
"""(attribute, level) pairs in the order of the domain; an attribute at level 0 is left out; () is the total."""
Spec = Component
"""A table by these attributes at these levels; written the same as its highest component."""
Item = str | tuple[str, int]
"""How a caller names an attribute: "age", "place@region" or ("place", 1)."""

OTHER, NOT_KNOWN = "other", "not known"


@dataclass(frozen=True)
class Level:
    """One level of an attribute. `parents[i]` is the place, in the level above, of the group that code i belongs to."""

    name: str
    codes: tuple[str, ...]
    parents: tuple[int, ...]

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """The codes sorted so that siblings stand together."""
        return np.argsort(np.asarray(self.parents), kind="stable")

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where each sibling group begins in `order`."""
        ordered = np.asarray(self.parents)[self.order]
        return np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """For each code, how many siblings its group has, itself included."""
        counts: NDArray[np.int64] = np.bincount(self.parents).astype(np.int64)
        sizes: NDArray[np.int64] = counts[np.asarray(self.parents)]
        return sizes

    @property
    def alone(self) -> bool:
        """Whether no code has a sibling, so that this level says nothing that the one above does not."""
        return int(self.sizes.max()) == 1


@dataclass(frozen=True, init=False)
class Attribute:
    """One thing children are counted by.

    `codes` is the closed list at the finest level; `other` and `missing` are appended where they are not in it (None: no such
    code, and a value outside the list or an empty one is refused). `parents` lists coarser levels from the nearest up: a name
    and, for each code of the level below, its group; what is not mapped goes to the group of the same name (so "other" stays
    "other"). Level 1 is the coarsest, `depth` the finest, and level 0 stands for everything together.
    """

    name: str
    other: str | None
    missing: str | None
    levels: tuple[Level, ...] = field(repr=False)

    def __init__(self, name: str, codes: Iterable[str], parents: Mapping[str, Mapping[str, str]] | None = None, *,
                 other: str | None = OTHER, missing: str | None = NOT_KNOWN, finest: str = "") -> None:
        listed = list(codes)
        listed += [code for code in (other, missing) if code is not None and code not in listed]
        rungs = _rungs(name, finest or name, tuple(listed), parents or {})
        for key, value in (("name", name), ("other", other), ("missing", missing), ("levels", rungs)):
            object.__setattr__(self, key, value)

    @classmethod
    def of_levels(cls, name: str, levels: Sequence[tuple[str, Sequence[str], Sequence[int]]], other: str | None, missing: str | None) -> Attribute:
        """The attribute of these levels from the coarsest down: (name, codes, places of their groups in the level above)."""
        below = reversed(levels)
        parents = {above[0]: {code: above[1][at] for code, at in zip(level[1], level[2], strict=True)}
                   for above, level in zip(levels[-2::-1], below, strict=False)}
        made = cls(name, levels[-1][1], parents, other=other, missing=missing, finest=levels[-1][0])
        if [(rung.name, list(rung.codes), list(rung.parents)) for rung in made.levels] != [(n, list(c), list(p)) for n, c, p in levels]:
            raise BadCodebook(attribute=name, hint="its levels do not fit together")
        return made

    @property
    def depth(self) -> int:
        """How many levels there are."""
        return len(self.levels)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the finest level."""
        return self.levels[-1].codes

    def level(self, at: int) -> Level:
        """Level 1 (coarsest) to `depth` (finest)."""
        return self.levels[at - 1]

    def ancestors(self, fine: int, coarse: int) -> NDArray[np.intp]:
        """For each code of level `fine`, the place of its group in level `coarse` (all 0 for level 0)."""
        if (fine, coarse) not in self._ancestors:
            at = np.arange(len(self.level(fine).codes), dtype=np.intp) if fine else np.zeros(1, dtype=np.intp)
            for rung in range(fine, coarse, -1):
                at = np.asarray(self.level(rung).parents, dtype=np.intp)[at]
            at.setflags(write=False)
            self._ancestors[fine, coarse] = at
        return self._ancestors[fine, coarse]

    def shares(self, fine: int, at: int) -> NDArray[np.float64]:
        """For each code of level `fine`, the share it takes of its group at level `at` where siblings share alike: 1 over each group size between."""
        if (fine, at) not in self._shares:
            share = np.ones(len(self.level(fine).codes))
            for rung in range(fine, at, -1):
                share = share / self.level(rung).sizes[self.ancestors(fine, rung)]
            share.setflags(write=False)
            self._shares[fine, at] = share
        return self._shares[fine, at]

    @cached_property
    def _shares(self) -> dict[tuple[int, int], NDArray[np.float64]]:
        """What `shares` has found."""
        return {}

    @cached_property
    def _ancestors(self) -> dict[tuple[int, int], NDArray[np.intp]]:
        """What `ancestors` has found."""
        return {}

    def places(self, values: Sequence[Any]) -> NDArray[np.int32]:
        """The place of each value in `codes`; None, "" and NaN are `missing`, what is not listed is `other`. UnknownCode otherwise."""
        known = {code: i for i, code in enumerate(self.codes)}
        other = known[self.other] if self.other is not None else -1
        known[""] = known[self.missing] if self.missing is not None else -1
        found = np.fromiter((known.get(v if isinstance(v, str) else _text(v), other) for v in values), dtype=np.int32, count=len(values))
        if (wrong := int((found < 0).sum())):
            raise UnknownCode(attribute=self.name, count=wrong)
        return found


def _text(value: object) -> str:
    """A value as the text that SQL makes of it."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    return str(value).lower() if isinstance(value, bool | np.bool_) else str(value)


def _rungs(name: str, finest: str, codes: tuple[str, ...], parents: Mapping[str, Mapping[str, str]]) -> tuple[Level, ...]:
    if not codes:
        raise EmptyDomain(what=name)
    if len(set(codes)) != len(codes) or "" in codes or any(not isinstance(code, str) for code in codes):
        raise BadCodebook(attribute=name, hint="codes must be text, not empty, and each stand once")
    names = [finest, *parents]
    if len(set(names)) != len(names):
        raise BadCodebook(attribute=name, hint="two levels have one name")
    if "@" in name:
        raise BadCodebook(attribute=name, hint="@ stands before the name of a level")
    rungs: list[Level] = []
    below = codes
    for label, above in zip(names, parents.values(), strict=False):
        groups = [above.get(code, code) for code in below]
        coarse = tuple(dict.fromkeys(groups))
        at = {code: i for i, code in enumerate(coarse)}
        rungs.append(Level(label, below, tuple(at[group] for group in groups)))
        below = coarse
    return (Level(names[-1], below, (0,) * len(below)), *reversed(rungs))


@dataclass(frozen=True)
class Rows:
    """Rows as places in the finest codes: one int array of length n per attribute of the domain."""

    domain: Domain
    codes: Mapping[str, NDArray[np.int32]]

    def __len__(self) -> int:
        return len(next(iter(self.codes.values())))

    def labels(self, name: str) -> list[str]:
        """The codes of one attribute, as text."""
        codes = self.domain.attribute(name).codes
        return [codes[i] for i in self.codes[name]]


@dataclass(frozen=True)
class Domain:
    """The attributes, in the order in which components and tables name them."""

    attributes: tuple[Attribute, ...]

    def __post_init__(self) -> None:
        if not self.attributes:
            raise EmptyDomain(what="The list of attributes")
        if len(set(self.names)) != len(self.names):
            raise BadCodebook(attribute=", ".join(self.names), hint="two attributes have one name")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the attributes."""
        return tuple(a.name for a in self.attributes)

    @cached_property
    def _by_name(self) -> dict[str, Attribute]:
        return {a.name: a for a in self.attributes}

    def attribute(self, name: str) -> Attribute:
        """The attribute of this name, or MissingAttribute."""
        try:
            return self._by_name[name]
        except KeyError:
            raise MissingAttribute(attribute=name) from None

    def spec(self, *items: Item) -> Spec:
        """The table by these attributes: "age" (finest level), "place@region" or ("place", 1), in the order of the domain."""
        asked: dict[str, int] = {}
        for item in items:
            name, at = _named(self, item)
            if name in asked:
                raise BadCodebook(attribute=name, hint="a table names it twice")
            if at:
                asked[name] = at
        return tuple((name, asked[name]) for name in self.names if name in asked)

    def shape(self, spec: Spec) -> tuple[int, ...]:
        """How many codes each axis of this table has."""
        return tuple(len(self.attribute(name).level(at).codes) for name, at in spec)

    def size(self, spec: Spec) -> int:
        """How many cells this table has."""
        return prod(self.shape(spec))

    def codes(self, spec: Spec) -> tuple[tuple[str, ...], ...]:
        """The codes along each axis of this table."""
        return tuple(self.attribute(name).level(at).codes for name, at in spec)

    def title(self, spec: Spec) -> str:
        """How a table is named in a sentence: "age × place@region"; "everyone" for the total."""
        return " × ".join(self.label(name, at) for name, at in spec) or "everyone"

    def label(self, name: str, at: int) -> str:
        """An attribute at a level as `spec` reads it."""
        attribute = self.attribute(name)
        return name if at == attribute.depth else f"{name}@{attribute.level(at).name}"

    def encode(self, columns: Mapping[str, Sequence[Any]]) -> Rows:
        """Columns of values (all of one length) as Rows; refuses a missing column, and values outside a codebook without "other"."""
        found = {}
        for attribute in self.attributes:
            if attribute.name not in columns:
                raise MissingAttribute(attribute=attribute.name)
            found[attribute.name] = attribute.places(columns[attribute.name])
        if len({len(c) for c in found.values()}) != 1:
            raise BadCodebook(attribute=", ".join(self.names), hint="the columns have different lengths")
        return Rows(self, found)


def _named(domain: Domain, item: Item) -> tuple[str, int]:
    if isinstance(item, str):
        name, _, level = item.partition("@")
        attribute = domain.attribute(name)
        if not level:
            return name, attribute.depth
        for at, rung in enumerate(attribute.levels, start=1):
            if rung.name == level:
                return name, at
        raise MissingAttribute(attribute=item)
    name, at = item
    if not 0 <= at <= domain.attribute(name).depth:
        raise MissingAttribute(attribute=f"{name}@{at}")
    return name, at
