"""In which of three lists does a result belong: this child, this family, alike in name only?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Generic, NamedTuple, TypeVar

from havre.linkage.model.posterior import Result, Verdict

Item = TypeVar("Item")
KINDS: Final = (Verdict.MATCH, Verdict.FAMILY, Verdict.LOOKALIKE)


class Lists(NamedTuple, Generic[Item]):
    """Results by what they may mean, each list the most probable first; what nothing speaks for is in none."""

    this_child: list[tuple[Item, Result]]
    this_family: list[tuple[Item, Result]]
    lookalikes: list[tuple[Item, Result]]


def sorted_lists(results: Iterable[tuple[Item, Result]]) -> Lists[Item]:
    """Put results, each with whatever names its candidate (as `rank` gives them), in the three lists.

    A match is sorted by its probability, a relative by that of a family, a look-alike by that of a match; equals keep their order.
    """
    found = list(results)
    child, family, alike = ([one for one in found if one[1].verdict is kind] for kind in KINDS)
    by_match = sorted(child, key=lambda one: -one[1].probability), sorted(alike, key=lambda one: -one[1].probability)
    return Lists(by_match[0], sorted(family, key=lambda one: -one[1].family_probability), by_match[1])
