"""What is one piece of evidence, and what did a comparator see?"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Final, NamedTuple, TypeAlias

Level: TypeAlias = tuple[str, float | None, str | None]
"""A level of agreement with what its weight depends on: the level, the share of the agreed value, the name agreed on."""


class Seen(NamedTuple):
    """What a comparator saw: a level of agreement, not yet weighed.

    `token` is the name agreed on, whose share among people the model looks up; `share` is how usual the agreed value
    is among unrelated people where it is no name. Both None where the level alone decides.
    """

    field: str
    level: str
    left: str = ""
    right: str = ""
    share: float | None = None
    token: str | None = None
    params: tuple[tuple[str, str | int | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One weighed piece of evidence.

    `llr` is the natural logarithm of how much more usual this is for one and the same person than for unrelated
    people; `family_llr` the same for close relatives. Both are 0 when `missing`. `reason` is a code of
    `havre.linkage.explain.REASONS`, to be worded with `params`.
    """

    field: str
    level: str
    llr: float
    reason: str
    params: dict[str, str | int | float] = attribute(default_factory=dict)
    missing: bool = False
    left: str = ""
    right: str = ""
    family_llr: float = 0.0


MISSING = "missing"
NOTHING: Final[Level] = (MISSING, None, None)


def seen(name: str, level: Level, left: str = "", right: str = "", params: tuple[tuple[str, str | int | float], ...] = ()) -> Seen:
    """A level with what it was read from."""
    return Seen(name, level[0], left, right, level[1], level[2], params)
