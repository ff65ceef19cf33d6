"""How much of what the prior does not explain is real? Empirical Bayes, component by component.

Around the prior's count g a cell of a component varies by t g (sampling: t = 1 where rows were drawn from the prior) or by (k g)^2
(the prior is wrong by a share k). Which of these KINDS holds for a component is learnt from its own noisy answer, with the mix of
kinds over all components of as many attributes as the first guess, itself learnt by maximum likelihood (Kiefer and Wolfowitz, 1956).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Component, Domain

Floats = NDArray[np.float64]

KINDS: tuple[tuple[float, float], ...] = ((0.0, 0.0), *((t, 0.0) for t in (0.25, 1.0, 4.0, 16.0, 64.0, 256.0)), *((0.0, k) for k in (0.03, 0.06, 0.12, 0.25, 0.5, 1.0)))
"""(t, k): a cell of prior count g has the prior variance t g + (k g)^2."""
OWN, SHARE = np.array([[t] for t, _ in KINDS]), np.array([[k * k] for _, k in KINDS])
ROUNDS = 50
NEVER = 1e-9  # kinds of no more chance than this are left out


@dataclass(frozen=True, eq=False)
class Residue:
    """One component after the answer is heard: the part of its residue to believe, cell by cell, and the chance of each kind."""

    believed: Floats
    kinds: Floats


def believe(prior: Mapping[Component, Floats], residues: Mapping[Component, Floats], sigma2: Mapping[Component, float], domain: Domain) -> dict[Component, Residue]:
    """What to add to the prior's components. `prior`: tables of counts by the components' attributes; `residues`: answers less the prior's components."""
    out: dict[Component, Residue] = {}
    for ways in sorted({len(c) for c in residues}):
        group = [c for c in residues if len(c) == ways]
        likely = np.array([_likelihood(prior[c], residues[c], sigma2[c], _freedom(c, domain)) for c in group])
        chances = _mixed(likely)
        for component, chance in zip(group, chances, strict=True):
            kept = np.zeros_like(prior[component])
            for p, kind in zip(chance, KINDS, strict=True):
                if p > NEVER:
                    varies = variance(prior[component], kind)
                    kept += p * varies / (varies + sigma2[component])
            out[component] = Residue(kept * residues[component], chance)
    return out


def variance(counts: Floats, kind: tuple[float, float]) -> Floats:
    """The prior variance of cells of these counts."""
    varies: Floats = kind[0] * counts + (kind[1] * counts) ** 2
    return varies


def _freedom(component: Component, domain: Domain) -> float:
    """The share of a component's cells that are free."""
    levels = (domain.attribute(name).level(at) for name, at in component)
    return float(prod(1 - len(level.starts) / len(level.codes) for level in levels))


def _likelihood(prior: Floats, residue: Floats, sigma2: float, freedom: float) -> Floats:
    """The logarithm of the likelihood of each kind."""
    square, counts = residue.ravel() ** 2 / max(freedom, 1e-9), prior.ravel()
    spread = OWN @ counts[None, :] + SHARE @ (counts * counts)[None, :] + sigma2
    return -0.5 * freedom * np.asarray(np.log(spread).sum(1) + (square / spread).sum(1))


def _mixed(likely: Floats) -> Floats:
    """The chance of each kind for each component, with the mix that makes all answers most likely. Shape: components x kinds."""
    scaled: Floats = np.exp(likely - likely.max(1, keepdims=True))
    chances, mix = scaled, np.full(likely.shape[1], 1 / likely.shape[1])
    for _ in range(ROUNDS):
        chances = scaled * mix
        chances /= chances.sum(1, keepdims=True)
        mix = chances.mean(0)
    return chances
