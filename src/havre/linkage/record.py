"""What is known of a person, in the form in which linkage compares people?

A `Description` holds only what linkage reads. It is plain data: the application stores it sealed as compact JSON,
files become descriptions row by row. `id` and `agency` travel along and never influence a result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final


class NameKind(StrEnum):
    """What a written name is."""

    FULL = "full"
    GIVEN = "given"
    FATHER = "father"
    GRANDFATHER = "grandfather"
    MOTHER = "mother"
    FAMILY = "family"
    NICKNAME = "nickname"
    OTHER_SPELLING = "other_spelling"
    GIVEN_AFTER_SEPARATION = "given_after_separation"


@dataclass(frozen=True, slots=True)
class Name:
    """One written name. `script` is a note for readers; linkage looks at the letters themselves."""

    value: str
    kind: str = NameKind.FULL
    script: str | None = None


@dataclass(frozen=True, slots=True)
class Sibling:
    """A brother or sister: any spellings of the given name, and the age in years at `Description.recorded_on`."""

    names: tuple[str, ...]
    age: float | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Another relative by role (`mother`, `father`, `grandmother`, `uncle`, …) with any spellings of the name."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of one person. Everything may be missing; missing is neutral.

    Dates are ISO and may be partial (`2016`, `2016-05`, `2016-05-03`). Ages are years at `recorded_on`. Places are
    tuples of names or codes from broad to narrow. `sex` is `female`, `male` or another code. `companions` are names of
    people who were with the person after the separation, `separation_cause` a code or a few words; `features` (of the
    body) and `belongings` are free text. `other` holds further named texts (for files with columns of their own); the
    shipped model does not weigh them.
    """

    names: tuple[Name, ...] = ()
    sex: str | None = None
    birth_date: str | None = None
    age_min: float | None = None
    age_max: float | None = None
    recorded_on: str | None = None
    origin: tuple[str, ...] = ()
    last_seen: tuple[str, ...] = ()
    birth_place: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ethnicity: str | None = None
    phones: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    relatives: tuple[Relative, ...] = ()
    separation_date: str | None = None
    separation_place: tuple[str, ...] = ()
    separation_cause: str | None = None
    companions: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    belongings: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    agency: str | None = None
    id: str | None = None

    def to_json(self) -> str:
        """Compact JSON without empty fields; `from_json` gives an equal description back."""
        out: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value in (None, ()):
                continue
            if field.name == "names":
                value = [[n.value, str(n.kind), n.script] if n.script else [n.value, str(n.kind)] for n in self.names]
            elif field.name == "siblings":
                value = [[list(s.names), s.age, s.sex] for s in self.siblings]
            elif field.name == "relatives":
                value = [[r.role, list(r.names)] for r in self.relatives]
            out[field.name] = value
        return json.dumps(out, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Description:
        """Read what `to_json` wrote. Unknown keys are ignored, so that older code reads newer records.

        Raises ValueError when the text is not a JSON object of the right shape.
        """
        try:
            data = json.loads(text)
            return cls.from_mapping(data)
        except (TypeError, KeyError, IndexError, AttributeError) as error:
            raise ValueError(f"Not a person description: {error}") from error

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Description:
        """Build from plain JSON values."""
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key in _PLAIN:
                values[key] = tuple(value) if type(value) is list else value
            elif key in _NESTED:
                values[key] = _NESTED[key](value)
        return cls(**values)


_NESTED: Final[Mapping[str, Callable[[Any], tuple[Any, ...]]]] = {
    "names": lambda value: tuple([Name(*n[:3]) for n in value]),
    "siblings": lambda value: tuple([Sibling(tuple(s[0]), *s[1:3]) for s in value]),
    "relatives": lambda value: tuple([Relative(r[0], tuple(r[1])) for r in value]),
    "other": lambda value: tuple([(str(k), str(v)) for k, v in value]),
}
_PLAIN: Final = frozenset(field.name for field in fields(Description)) - frozenset(_NESTED)
