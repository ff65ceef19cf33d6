"""The invented population that is attacked: dependent answers, half of the children in the data, all from one seed."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from havre.disclosure import Attribute, Budget, Domain, Plan, Rows, Sheet, Workload, measure, plan
from havre.disclosure.shrinkage.estimates import estimate

SIZES = (6, 5, 8, 7, 6, 5, 9, 4, 2)
SECRET = len(SIZES) - 1
CHILDREN = 4000
CERTAIN = 1 - 1e-5  # of the intervals: chance in a test may fail it less than once in 10,000 runs
Codes = np.ndarray[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True)
class World:
    """As many members (the data) as non-members; a reference the attacker has; rows that have nothing to do with either."""

    members: Codes
    non_members: Codes
    reference: Codes
    unrelated: Codes


@cache
def world() -> World:
    """Six kinds of journey decide what is likely of each answer."""
    rng = np.random.default_rng(20)
    kinds = [rng.dirichlet(np.full(size, 0.8), size=6) for size in SIZES]

    def draw(number: int) -> Codes:
        kind = rng.choice(6, size=number, p=[0.3, 0.25, 0.2, 0.15, 0.07, 0.03])
        return np.column_stack([(rng.random(number)[:, None] > weights[kind].cumsum(axis=1)).sum(axis=1).clip(max=size - 1)
                                for weights, size in zip(kinds, SIZES, strict=True)]).astype(np.int64)
    return World(*(draw(CHILDREN) for _ in range(4)))


def tables(rows: Codes, order: int = 2) -> dict[tuple[int, ...], np.ndarray]:
    """Exact tables of every so many columns."""
    found = {}
    for columns in combinations(range(len(SIZES)), order):
        shape = tuple(SIZES[c] for c in columns)
        packed = np.ravel_multi_index(rows[:, list(columns)].T, shape)
        found[columns] = np.bincount(packed, minlength=int(np.prod(shape))).reshape(shape).astype(float)
    return found


@cache
def domain() -> Domain:
    """The public codebooks."""
    return Domain(tuple(Attribute(f"q{i}", [f"code {c}" for c in range(size)], other=None, missing=None) for i, size in enumerate(SIZES)))


def coded(rows: Codes) -> Rows:
    """Rows as the library takes them."""
    return Rows(domain(), {f"q{i}": rows[:, i].astype(np.int32) for i in range(len(SIZES))})


@cache
def planned(order: int = 2) -> Plan:
    """All tables of so many columns at epsilon 1."""
    return plan(domain(), Workload.all_ways(domain(), order), Budget.of(1))


def sheet_of(rows: Codes, order: int = 2) -> Sheet:
    """Measured once."""
    return measure(planned(order), coded(rows))


@cache
def sheet(order: int = 2) -> Sheet:
    """The one release of the members."""
    return sheet_of(world().members, order)


def tables_of(measured: Sheet, order: int = 2) -> dict[tuple[int, ...], np.ndarray]:
    """What a sheet says, by columns."""
    return {columns: measured.table(*(f"q{c}" for c in columns)).value for columns in combinations(range(len(SIZES)), order)}


@cache
def invented() -> Codes:
    """Synthetic rows from the release of the members alone."""
    rows = estimate(sheet()).microdata(n=CHILDREN)
    return np.column_stack([rows.codes[f"q{c}"] for c in range(len(SIZES))]).astype(np.int64)
