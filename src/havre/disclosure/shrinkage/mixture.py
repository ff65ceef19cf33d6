"""Which joint distribution would give such answers? A mixture of independent tables, fitted to what a sheet measured.

In each of a number of classes the attributes are independent; the classes together hold the dependence (Lazarsfeld's latent class
model). It is fitted to the noisy answers for one and two attributes, each with its known variance, never to rows. Several fits from
several starts are averaged: what the answers leave open is then left open, which told more than any one fit on every set tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Domain, Spec
from havre.disclosure.residual import centre, reconstruct
from havre.disclosure.sheet import Sheet

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

CLASSES, STARTS, STEPS, RATE, SPREAD = 60, 8, 400, 0.1, 0.5
"""Classes of one fit, fits averaged, steps of each and their length, and the spread of the first logarithms."""
MEMORY, SLOW_MEMORY, LEAST = 0.9, 0.99, 1e-12  # of the descent's two moments


@dataclass(frozen=True, eq=False)
class Mixture:
    """Shares of the classes, and for each attribute (at its finest measured level) the chance of each code in each class: classes x codes."""

    domain: Domain
    leaves: Mapping[str, int]
    shares: Floats
    chances: Mapping[str, Floats]

    def along(self, name: str, at: int) -> Floats:
        """The chances of the codes of one attribute at a level. Shape: classes x codes."""
        fine = self.chances[name]
        if at == self.leaves[name]:
            return fine
        out = np.zeros((len(self.shares), len(self.domain.attribute(name).level(at).codes)))
        np.add.at(out.T, self.domain.attribute(name).ancestors(self.leaves[name], at), fine.T)
        return out

    def table(self, spec: Spec) -> Floats:
        """The shares of the cells of a table; they sum to 1."""
        if not spec:
            return np.ones(())
        joint = self.shares[:, None]
        for name, at in spec[:-1]:
            joint = (joint[:, :, None] * self.along(name, at)[:, None, :]).reshape(len(self.shares), -1)
        return (joint.T @ self.along(*spec[-1])).reshape(self.domain.shape(spec))


def fit(sheet: Sheet, seed: int) -> Mixture:
    """The mean of STARTS mixtures fitted to the sheet's answers for one and two attributes; the same for the same sheet and seed."""
    aim = _Aim(sheet)
    if not aim.leaves:
        return Mixture(sheet.domain, {}, np.ones(1), {})
    shares, chances = _descend(aim, np.random.default_rng([seed, 0]))
    flat = chances.reshape(STARTS * CLASSES, -1)
    found = {name: flat[:, columns] / flat[:, columns].sum(1, keepdims=True) for name, columns in aim.columns.items()}
    return Mixture(sheet.domain, aim.leaves, shares.ravel() / shares.sum(), found)


class _Aim:
    """The answers for one and two attributes as one vector and one matrix over all (attribute, level, code), as shares of the total.

    `map` takes the chances of a class (by attribute and code of its finest level) to its centred parts (by attribute, level and code).
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.leaves = {name: max(found) for name in sheet.domain.names if (found := [at for c in sheet.components for n, at in c if n == name])}
        self.sizes = np.array([len(sheet.domain.attribute(name).level(at).codes) for name, at in self.leaves.items()], dtype=np.intp)
        ends = [0, *np.cumsum(self.sizes).tolist()]
        self.columns = {name: slice(a, b) for name, (a, b) in zip(self.leaves, pairwise(ends), strict=True)}
        self.firsts = np.array(ends[:-1], dtype=np.intp)
        self.repeated = np.repeat(np.arange(len(self.sizes)), self.sizes)
        self.map, self._places = self._parts()
        self._total = max(1.0, float(sheet.components[()]))
        self.one, self.one_weight, self.two, self.two_weight = self._answers()

    def _parts(self) -> tuple[Floats, dict[tuple[str, int], slice]]:
        domain, width = self._sheet.domain, len(self.repeated)
        maps: list[Floats] = [np.zeros((0, width))]
        places, at = {}, 0
        for name, leaf in self.leaves.items():
            for rung in range(1, leaf + 1):
                level = domain.attribute(name).level(rung)
                if level.alone:
                    continue
                own = np.zeros((len(level.codes), width))
                own[domain.attribute(name).ancestors(leaf, rung), np.arange(width)[self.columns[name]]] = 1
                maps.append(centre(own, ((name, rung),), domain))
                places[name, rung] = slice(at, at := at + len(level.codes))
        return np.concatenate(maps).T, places

    def _answers(self) -> tuple[Floats, Floats, Floats, Floats]:
        width = self.map.shape[1]
        one, one_weight = np.zeros(width), np.zeros(width)
        two, two_weight = np.zeros((width, width)), np.zeros((width, width))
        for component, answer in self._sheet.components.items():
            weight = self._total**2 / float(self._sheet.sigma2[component])
            if len(component) == 1:
                here = self._places[component[0]]
                one[here], one_weight[here] = answer / self._total, weight
            elif len(component) == 2:
                a, b = (self._places[pair] for pair in component)
                two[a, b], two_weight[a, b] = answer / self._total, weight
                two[b, a], two_weight[b, a] = answer.T / self._total, weight
        return one, one_weight, two, two_weight

    def start(self) -> Floats:
        """The logarithm of each code's share, as measured; a share hidden in the noise is taken as a quarter of its standard error."""
        logs = np.zeros(len(self.repeated))
        for name, leaf in self.leaves.items():
            share = reconstruct(self._sheet.components, ((name, leaf),), self._sheet.domain) / self._total
            floor = sqrt(float(self._sheet.variance(((name, leaf),)).max())) / self._total / 4
            logs[self.columns[name]] = np.log(np.maximum(share, min(floor, 0.5 / len(share))))
        return logs


class _Descent:
    """Adam (Kingma and Ba, 2015) on one array, in place."""

    def __init__(self, values: Singles) -> None:
        self.values, self._mean, self._square = values, np.zeros_like(values), np.zeros_like(values)

    def step(self, number: int, slope: Singles) -> None:
        """The step of this number, from 1, against the slope."""
        self._mean += (1 - MEMORY) * (slope - self._mean)
        self._square += (1 - SLOW_MEMORY) * (slope * slope - self._square)
        rate = RATE * sqrt(1 - SLOW_MEMORY**number) / (1 - MEMORY**number)
        self.values -= rate * self._mean / (np.sqrt(self._square) + LEAST)


def _descend(aim: _Aim, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """Shares (starts x classes) and chances (starts x classes x codes) after STEPS of descent on half the sum of squared misfits, each
    over its variance. In single precision, whose error (a few hundredths of a row in a million) is far below any noise."""
    start = aim.start()
    logs = _Descent((start + draw.normal(0, SPREAD, (STARTS, CLASSES, len(start)))).astype(np.float32))
    weights = _Descent(np.zeros((STARTS, CLASSES), dtype=np.float32))
    maps, wanted, wanted_one = (a.astype(np.float32) for a in (aim.map, aim.two, aim.one))
    weight, weight_one, back = aim.two_weight.astype(np.float32), aim.one_weight.astype(np.float32), np.ascontiguousarray(aim.map.T, dtype=np.float32)
    shares, chances = _shares(weights.values, logs.values, aim)
    for number in range(1, STEPS + 1):
        parts = chances @ maps
        weighed = shares[..., None] * parts
        two = (parts.swapaxes(1, 2) @ weighed - wanted) * weight
        one = (weighed.sum(1) - wanted_one) * weight_one
        towards = parts @ two
        heavier = 0.5 * np.einsum("skm,skm->sk", towards, parts) + (parts @ one[..., None])[..., 0]
        towards += one[:, None]
        slope = towards @ back
        slope *= chances
        slope *= shares[..., None]
        logs.step(number, slope - chances * np.add.reduceat(slope, aim.firsts, 2)[..., aim.repeated])
        weights.step(number, shares * (heavier - (shares * heavier).sum(1, keepdims=True)))
        shares, chances = _shares(weights.values, logs.values, aim)
    return shares.astype(float), chances.astype(float)


def _shares(weights: Singles, logs: Singles, aim: _Aim) -> tuple[Singles, Singles]:
    shares = np.exp(weights - weights.max(1, keepdims=True))
    chances = np.exp(logs - logs.max(2, keepdims=True))
    chances += np.float32(LEAST)  # a code far below another attribute's likeliest one must not vanish altogether
    return shares / shares.sum(1, keepdims=True), chances / np.add.reduceat(chances, aim.firsts, 2)[..., aim.repeated]
