"""What does the data answer to a plan? The one place where exact counts become a sheet; nothing else touches them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.budget import FINENESS
from havre.disclosure.counting import Counts, count
from havre.disclosure.domain import Component, Domain, Rows, Spec
from havre.disclosure.noise import with_noise
from havre.disclosure.plan import Plan
from havre.disclosure.problems import BadCodebook, NotPlanned, TooLarge
from havre.disclosure.residual import aggregate, centre, centre_whole, multiples
from havre.disclosure.sheet import Sheet

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
LARGEST = 2**62


def measure(plan: Plan, data: Rows | Counts) -> Sheet:
    """The sheet of these rows, or of the exact counts of the plan's widest tables; costs `plan.spent`.

    No child may stand in more than `plan.rows_per_child` rows: see `contributions`. Each component is made whole by its sibling
    groups' sizes, given discrete Gaussian noise in every cell, divided again and centred; what remains of the noise is sigma^2 times
    the projector, as if drawn in the residual space itself.
    """
    if isinstance(data, Rows) and data.domain != plan.domain:
        raise BadCodebook(attribute=", ".join(data.domain.names), hint="the rows were coded by other codebooks than the plan's")
    counts = count(data, plan.workload.widest()) if isinstance(data, Rows) else data
    answers = {}
    for component in plan.sigma:
        source = _narrowest(plan.domain, counts, component)
        exact = aggregate(counts[source], source, component, plan.domain)
        answers[component] = _answer(plan, component, exact)
    return Sheet(plan, answers)


def _narrowest(domain: Domain, counts: Counts, component: Component) -> Spec:
    levels = dict(component)
    fitting = [spec for spec in counts if all(dict(spec).get(name, 0) >= at for name, at in levels.items())]
    if not fitting:
        raise NotPlanned(table=domain.title(component), planned="; ".join(map(domain.title, counts)))
    return min(fitting, key=domain.size)


def _answer(plan: Plan, component: Component, exact: Whole) -> Floats:
    domain, sigma = plan.domain, plan.sigma[component]
    grid = multiples(component, domain)
    if int(exact.sum()) * int(grid.max()) * 2 ** len(component) * FINENESS >= LARGEST * max(1, int(sigma * int(grid.max()))):
        raise TooLarge(table=domain.title(component))
    whole = centre_whole(exact, component, domain)
    answer = np.zeros(exact.shape)
    for size in np.unique(grid):
        here = (grid == size) & _has_siblings(component, domain)
        finer = max(1, -int(-FINENESS // (sigma * int(size))))
        noisy = with_noise(whole[here] * finer, sigma * int(size) * finer)
        answer[here] = noisy / float(int(size) * finer)
    return centre(answer, component, domain) + 0.0


def _has_siblings(component: Component, domain: Domain) -> NDArray[np.bool_]:
    """Where every axis has a sibling; elsewhere the component is nothing, whatever the data, and no noise is needed."""
    out: NDArray[np.bool_] = np.ones((), dtype=bool)
    for name, at in component:
        out = np.logical_and.outer(out, domain.attribute(name).level(at).sizes > 1)
    return out
