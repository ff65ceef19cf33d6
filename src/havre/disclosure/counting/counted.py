"""What comes out of counting, whoever counted."""

from __future__ import annotations

from dataclasses import dataclass

from havre.disclosure.counting.arrays import Counts
from havre.disclosure.domain import Domain
from havre.disclosure.problems import ChildNotNamed, EmptyPopulation, TooManyRows, UnknownCode


@dataclass(frozen=True)
class Counted:
    """Exact tables, how many rows they hold, and how many were left out because their child had more than its share. All of it is
    exact: only `measure` may see it."""

    counts: Counts
    rows: int
    dropped: int


def check_codes(domain: Domain, rows: int, refused: list[int]) -> None:
    """EmptyPopulation without rows; UnknownCode for the first attribute with values outside its list."""
    if not rows:
        raise EmptyPopulation
    for attribute, count in zip(domain.attributes, refused, strict=True):
        if count:
            raise UnknownCode(attribute=attribute.name, count=count)


def check_children(nameless: int, largest: int, most: int, *, drop: bool) -> None:
    """ChildNotNamed for rows without a child; TooManyRows when one has more than `most` and none may be left out."""
    if nameless:
        raise ChildNotNamed(count=nameless)
    if largest > most and not drop:
        raise TooManyRows(most=largest, cap=most)
