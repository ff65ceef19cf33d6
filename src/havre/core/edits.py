"""What is the value of a field when people wrote at the same time, and has anything been lost?

An edit is immutable and names in `bases` the edits its author had before their eyes. For each field that it
sets, it replaces those of its bases that set the field too. What nobody replaced is a head: one head is the
value, several that differ are a dispute for a person to settle. The order of arrival changes nothing.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import TypeAlias
from uuid import UUID

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
Protective: TypeAlias = Callable[[JSON, JSON], JSON]


@dataclass(frozen=True, slots=True)
class Edit:
    """Values that one person wrote at once, over the edits in `bases`; `order` is its place of arrival."""

    id: UUID
    record: UUID
    at: datetime
    author: UUID
    values: Mapping[str, JSON]
    bases: frozenset[UUID] = frozenset()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Projection:
    """A record as it shows now.

    `heads` are all unreplaced edits, equal ones too: an edit that names them settles everything it sets.
    `disputed` are the fields whose heads differ, in alphabetical order. `shown` names for each field the head
    that carries the value shown (the newest head when a protective function made up the value).
    """

    values: Mapping[str, JSON]
    heads: frozenset[UUID]
    disputed: tuple[str, ...]
    shown: Mapping[str, UUID]


class EditForged(ValueError):
    """Two edits carry one id and different content: an alarm, not a conflict."""


def heads(edits: Iterable[Edit]) -> dict[str, tuple[Edit, ...]]:
    """For each field its differing heads, newest first; of equal values the newest edit stands for all."""
    shown: dict[str, tuple[Edit, ...]] = {}
    for name, found in _unreplaced(edits).items():
        by_value: dict[str, Edit] = {}
        for edit in found:
            by_value.setdefault(_canonical(edit.values[name]), edit)
        shown[name] = tuple(by_value.values())
    return shown


def project(edits: Iterable[Edit], protective: Mapping[str, Protective] | None = None) -> Projection:
    """The record to show: of a disputed field the newest head, of a safety field the more protective value.

    `protective` maps a field to a function that returns the safer of two values; it is folded over the heads
    from the newest to the oldest.
    """
    known = list(edits)
    guard = protective or {}
    fields = heads(known)
    values: dict[str, JSON] = {}
    shown: dict[str, UUID] = {}
    for name, found in sorted(fields.items()):
        candidates = {_canonical(edit.values[name]): edit for edit in found}
        values[name] = found[0].values[name]
        if name in guard:
            values[name] = reduce(guard[name], (edit.values[name] for edit in found))
        shown[name] = candidates.get(_canonical(values[name]), found[0]).id
    disputed = tuple(sorted(name for name, found in fields.items() if len(found) > 1))
    return Projection(values, resolve_bases(known, fields), disputed, shown)


def resolve_bases(edits: Iterable[Edit], fields: Collection[str]) -> frozenset[UUID]:
    """The bases that an edit of these fields must name so that each has one head: its own."""
    unreplaced = _unreplaced(edits)
    return frozenset(edit.id for name in fields for edit in unreplaced.get(name, ()))


def _unreplaced(edits: Iterable[Edit]) -> dict[str, tuple[Edit, ...]]:
    """Per field, every edit that no other edit of the field names, newest first, by (at, id)."""
    setting: dict[str, dict[UUID, Edit]] = {}
    for edit in _distinct(edits):
        for name in edit.values:
            setting.setdefault(name, {})[edit.id] = edit
    return {name: tuple(sorted(_tips(found), key=_age, reverse=True)) for name, found in setting.items()}


def _tips(found: Mapping[UUID, Edit]) -> list[Edit]:
    """Edits named by no other; edits that name one another in a ring are all kept, so none is lost."""
    replaced = {base for edit in found.values() for base in edit.bases if base != edit.id}
    tips = [edit for edit in found.values() if edit.id not in replaced]
    covered = {edit.id for edit in tips}
    todo = list(tips)
    while todo:
        for base in todo.pop().bases & found.keys() - covered:
            covered.add(base)
            todo.append(found[base])
    return tips + [edit for edit in found.values() if edit.id not in covered]


def _distinct(edits: Iterable[Edit]) -> list[Edit]:
    seen: dict[UUID, Edit] = {}
    for edit in edits:
        former = seen.setdefault(edit.id, edit)
        if former is not edit and replace(former, order=0) != replace(edit, order=0):
            raise EditForged(f"two different edits are named {edit.id}")
    return list(seen.values())


def _age(edit: Edit) -> tuple[datetime, UUID]:
    return edit.at, edit.id


def _canonical(value: JSON) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
