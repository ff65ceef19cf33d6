"""How is a table split into parts that do not overlap, and put together again?

The residual basis of ResidualPlanner (Xiao, He, Zhang, Kifer: An Optimal and Scalable Matrix Mechanism for Noisy Marginals,
NeurIPS 2023), extended to levels: the part of an attribute at level l is the counts at level l, centred within each group of
siblings. Parts and tables determine each other one to one, so that no part can be guessed from the others and a table is the sum of
the parts below it. Parts of attributes without levels, or whose groups are of one size, are orthogonal as well, which makes the
plan optimal among all linear ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Attribute, Component, Domain, Level, Spec
from havre.disclosure.workload import below

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.float64)


def sensitivity2(domain: Domain, component: Component) -> Fraction:
    """The largest squared L2 norm that one row adds to the component: the product over attributes of 1 - 1/m, m the largest
    group of siblings."""
    return prod((1 - Fraction(1, int(domain.attribute(name).level(at).sizes.max())) for name, at in component), start=Fraction(1))


def aggregate(counts: Whole, spec: Spec, target: Spec, domain: Domain) -> Whole:
    """The table `spec` of counts summed to the coarser table `target` (axes in the domain's order)."""
    levels = dict(target)
    for axis in range(len(spec) - 1, -1, -1):
        name, fine = spec[axis]
        coarse = levels.get(name, 0)
        if coarse == 0:
            counts = np.asarray(counts.sum(axis=axis))
        elif coarse < fine:
            attribute = domain.attribute(name)
            for at in range(fine, coarse, -1):
                counts = _sums(counts, axis, attribute.level(at))
    return counts


def _sums(values: NDArray[Number], axis: int, level: Level) -> NDArray[Number]:
    """Sums over each group of siblings, in the order of the level above."""
    if len(level.starts) == 1:
        return cast("NDArray[Number]", values.sum(axis=axis, keepdims=True))
    return cast("NDArray[Number]", np.add.reduceat(np.take(values, level.order, axis=axis), level.starts, axis=axis))


def centre(values: Floats, component: Component, domain: Domain) -> Floats:
    """The values less the mean of their siblings, along every axis of the component."""
    for axis, (name, at) in enumerate(component):
        level = domain.attribute(name).level(at)
        means = _sums(values, axis, level) / _along(level.sizes[level.order][level.starts].astype(float), axis, values.ndim)
        values = values - np.take(means, level.parents, axis=axis)
    return values


def centre_whole(counts: Whole, component: Component, domain: Domain) -> Whole:
    """Exactly `multiples` times the centred counts, in whole numbers: m x - sum of siblings, along every axis."""
    for axis, (name, at) in enumerate(component):
        level = domain.attribute(name).level(at)
        counts = counts * _along(level.sizes, axis, counts.ndim) - np.take(_sums(counts, axis, level), level.parents, axis=axis)
    return counts


def multiples(component: Component, domain: Domain) -> Whole:
    """For each cell of the component, the product of its sibling groups' sizes: what makes the centred counts whole."""
    out: Whole = np.ones((), dtype=np.int64)
    for name, at in component:
        out = np.multiply.outer(out, domain.attribute(name).level(at).sizes)
    return out


def reconstruct(parts: Mapping[Component, Floats], spec: Spec, domain: Domain) -> Floats:
    """The table of the given parts. Along each attribute: value at level l = part at l + value at l - 1 / size of the sibling group."""
    total: Floats = np.zeros(domain.shape(spec))
    for component in below(domain, spec):
        total += spread(parts[component], component, spec, domain)
    return total


def spread(part: Floats, component: Component, spec: Spec, domain: Domain) -> Floats:
    """What one part adds to each cell of a table that holds it; broadcasts to the table's shape."""
    levels = dict(component)
    for axis, (name, fine) in enumerate(spec):
        attribute, at = domain.attribute(name), levels.get(name, 0)
        if at == 0:
            part = part[(slice(None),) * axis + (None,)]
        if at == fine:
            continue
        if at:
            part = np.take(part, attribute.ancestors(fine, at), axis=axis)
        part = part * _along(attribute.shares(fine, at), axis, part.ndim)
    return part


def variance(sigma2: Mapping[Component, Fraction], spec: Spec, domain: Domain) -> Floats:
    """The exact variance of each cell of the table: sum over parts of sigma^2 (1 - 1/m) at the part's level, times the square of
    the share that each cell takes of it."""
    total: Floats = np.zeros(domain.shape(spec))
    for component in below(domain, spec):
        total += float(sigma2[component]) * loading(component, spec, domain)
    return total


def loading(component: Component, spec: Spec, domain: Domain) -> Floats:
    """The variance that one unit of sigma^2 of the component gives to each cell of the table."""
    levels = dict(component)
    out: Floats = np.ones(())
    for name, fine in spec:
        out = np.multiply.outer(out, _gain(domain.attribute(name), fine, levels.get(name, 0)))
    return out


def mean_loading(component: Component, spec: Spec, domain: Domain) -> float:
    """The mean of `loading` over the cells of the table."""
    levels = dict(component)
    return prod(float(_gain(domain.attribute(name), fine, levels.get(name, 0)).mean()) for name, fine in spec)


def _gain(attribute: Attribute, fine: int, at: int) -> Floats:
    kept = np.ones(1) if at == 0 else 1 - 1 / attribute.level(at).sizes
    return kept[attribute.ancestors(fine, at)] * attribute.shares(fine, at) ** 2


def _along(values: NDArray[Number], axis: int, ndim: int) -> NDArray[Number]:
    return values.reshape([-1 if i == axis else 1 for i in range(ndim)])
