"""Which tables will people want? The fewer are named, the less noise each carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from havre.disclosure.domain import Component, Domain, Item, Spec
from havre.disclosure.problems import BadBudget, EmptyDomain


@dataclass(frozen=True)
class Workload:
    """The planned tables, each with a weight: how much one squared error in one of its cells counts in the plan."""

    weights: Mapping[Spec, float]

    def __post_init__(self) -> None:
        if not self.weights:
            raise EmptyDomain(what="The list of tables")
        if not all(0 < w < float("inf") for w in self.weights.values()):
            raise BadBudget(hint="the weight of a table must be a positive number")

    @classmethod
    def of(cls, domain: Domain, tables: Iterable[Iterable[Item]] | Mapping[tuple[Item, ...], float]) -> Workload:
        """Tables named by their attributes: [("age", "sex"), ("place@region",)], or a mapping of such to weights."""
        weighted = tables.items() if isinstance(tables, Mapping) else ((tuple(table), 1.0) for table in tables)
        found: dict[Spec, float] = {}
        for items, weight in weighted:
            spec = domain.spec(*items)
            found[spec] = found.get(spec, 0.0) + float(weight)
        return cls(found)

    @classmethod
    def all_ways(cls, domain: Domain, ways: int, names: Iterable[str] | None = None) -> Workload:
        """Every table of 1 to `ways` of the attributes (or of `names`) at their finest level, all of weight 1."""
        chosen = list(names if names is not None else domain.names)
        return cls.of(domain, [c for k in range(1, ways + 1) for c in combinations(chosen, k)])

    @property
    def tables(self) -> tuple[Spec, ...]:
        """The planned tables in the order in which they were named."""
        return tuple(self.weights)

    def closure(self, domain: Domain) -> tuple[Component, ...]:
        """Every component that some planned table is made of: the total first, then by number of attributes and by the domain's order.

        Levels at which no code has a sibling say nothing new and are left out.
        """
        place = {name: i for i, name in enumerate(domain.names)}
        found = {component for table in self.weights for component in below(domain, table)}
        return tuple(sorted(found, key=lambda c: (len(c), [(place[name], at) for name, at in c])))

    def widest(self) -> tuple[Spec, ...]:
        """The planned tables that no other planned table holds: counting these is enough."""
        def held(one: Spec, other: Spec) -> bool:
            levels = dict(other)
            return one != other and all(at <= levels.get(name, 0) for name, at in one)
        return tuple(t for t in self.weights if not any(held(t, other) for other in self.weights))


def below(domain: Domain, spec: Spec) -> tuple[Component, ...]:
    """The components a table is made of: every choice of a level from 0 up to the table's own, for each of its attributes."""
    choices = [[(name, at) for at in range(level + 1) if at == 0 or not domain.attribute(name).level(at).alone] for name, level in spec]
    return tuple(tuple((name, at) for name, at in chosen if at) for chosen in product(*choices))
