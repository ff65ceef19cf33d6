"""What is audited? Anything that turns rows into numbers by combination of codes; its inside is not looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

Person = Mapping[str, str]
"""Attribute to code; "" or absent where nothing is known."""
People = Sequence[Person]
Combination = tuple[tuple[str, str], ...]
"""(attribute, code) pairs, sorted by attribute; () is everybody."""
Cells = Mapping[Combination, float]
"""What was told: a number for each combination that the output names."""
Release = Callable[[int], Cells]
"""One output for each seed; a mechanism with its own source of chance takes no notice of the seed."""
Mechanism = Callable[[People], Release]
"""Takes rows in once; every call of what it gives back is an independent release of them."""


def releasing(release: Callable[[People, int], Cells]) -> Mechanism:
    """The mechanism of a plain function of rows and seed."""
    return lambda people: lambda seed: release(people, seed)


def combination(pairs: Iterable[tuple[str, str]]) -> Combination:
    """These pairs in the agreed order."""
    return tuple(sorted(pairs))


def held_by(person: Person, order: int) -> list[Combination]:
    """All combinations of up to `order` of what is known of one person."""
    known = sorted((name, code) for name, code in person.items() if code)
    return [combo for k in range(order + 1) for combo in combinations(known, k)]


def counted(people: People, order: int) -> dict[Combination, float]:
    """Exact counts of all combinations of up to `order` (rows told as they are, or synthetic rows turned into numbers)."""
    cells: dict[Combination, float] = {}
    for person in people:
        for combo in held_by(person, order):
            cells[combo] = cells.get(combo, 0.0) + 1
    return cells
