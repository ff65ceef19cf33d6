"""Which JSON does an endpoint take? Strict schemas made from the inputs of the actions, so that the two can never drift apart.

An unknown key is refused. `shape(Given)` gives a schema with the fields of the frozen dataclass `Given`; `.given()` gives
that dataclass back.
"""

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from ninja import Schema
from pydantic import ConfigDict, create_model


class Strict(Schema):
    """A schema that knows its keys: others are refused, and numbers, truth values and texts are not guessed from one another."""

    model_config = ConfigDict(extra="forbid")


class Shape(Strict):
    """A schema made from a dataclass."""

    def given(self) -> Any:
        """The dataclass that the JSON stands for."""
        of = type(self).__dict__["__given_type__"]
        return of(**{name: _back(getattr(self, name)) for name in type(self).model_fields})


def _back(value: Any) -> Any:
    if isinstance(value, Shape):
        return value.given()
    if isinstance(value, Strict):
        return value.model_dump(exclude_none=True)
    if isinstance(value, tuple | list):
        return type(value)(_back(one) for one in value)
    return value


@cache
def shape(of: type[Any], *, without: tuple[str, ...] = (), instead: tuple[tuple[str, Any], ...] = ()) -> type[Shape]:
    """The schema of a dataclass; `without` leaves fields out, `instead` gives (field, type) where JSON should be stricter."""
    hints, other = get_type_hints(of), dict(instead)
    made: dict[str, Any] = {}
    for field in fields(of):
        if field.name not in without:
            made[field.name] = (other.get(field.name) or _typed(hints[field.name], instead), _default(field))
    model = create_model(f"{of.__name__}Json", __base__=Shape, __doc__=of.__doc__, **made)
    model.__given_type__ = of  # type: ignore[attr-defined]
    return model


def _default(field: "Field[Any]") -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return ...


def _typed(hint: Any, instead: tuple[tuple[str, Any], ...]) -> Any:
    """The hint with dataclasses replaced by their schemas and abstract containers by those of JSON."""
    if isinstance(hint, type) and is_dataclass(hint):
        return shape(hint, instead=instead)
    origin, inner = get_origin(hint), tuple(_typed(one, instead) for one in get_args(hint) if one is not Ellipsis)
    if origin in (Union, types.UnionType):
        return Union[inner]  # noqa: UP007  (made from values)
    if origin is tuple:
        return tuple[inner[0], ...]  # type: ignore[valid-type]
    if origin in (Sequence, list):
        return list[inner[0]]  # type: ignore[valid-type]
    if origin in (Mapping, dict):
        return dict[inner[0], inner[1]]  # type: ignore[valid-type]
    return hint
