"""Havre's statistics as the bench asks for them, by the library's public names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from havre.disclosure import Attribute, Budget, Domain, Plan, Rows, Workload, for_estimates, plan

WAYS = 3
SINGLES, PAIRS, TRIPLES = 8, 8, 4  # of the named tables


def domain(attributes: Mapping[str, Sequence[str]]) -> Domain:
    """The codebook, with its own words for "other" and "not known" where it has them, and no further codes."""
    return Domain(tuple(Attribute(name, codes, other="other" if "other" in codes else None, missing="not known" if "not known" in codes else None)
                        for name, codes in attributes.items()))  # fmt: skip


def encoded(book: Domain, codes: NDArray[np.int16]) -> Rows:
    """Rows as the library takes them."""
    return Rows(book, {name: codes[:, j].astype(np.int32) for j, name in enumerate(book.names)})


def every_table(book: Domain, epsilon: str, delta: str) -> Plan:
    """All tables of up to three attributes, weighted for what is told of them."""
    return plan(book, for_estimates(book, Workload.all_ways(book, WAYS)), Budget.of(epsilon, delta))


def named_tables(book: Domain, tables: Sequence[Sequence[str]], epsilon: str, delta: str) -> Plan:
    """These tables alone."""
    return plan(book, Workload.of(book, tables), Budget.of(epsilon, delta))


def named(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Twenty tables of the first attributes, as a release would name them."""
    pairs, triples = list(combinations(names[:SINGLES], 2)), list(combinations(names[1 : 1 + SINGLES], 3))
    return [*((name,) for name in names[:SINGLES]), *pairs[:: len(pairs) // PAIRS][:PAIRS], *triples[:: len(triples) // TRIPLES][:TRIPLES]]
