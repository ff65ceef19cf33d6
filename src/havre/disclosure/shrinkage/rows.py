"""Rows drawn from a mixture, and their tables: whole counts that belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Domain, Spec
from havre.disclosure.residual import aggregate
from havre.disclosure.shrinkage.mixture import Mixture

Codes = NDArray[np.int16]
Floats = NDArray[np.float64]


def draw(prior: Mixture, rows: int, source: np.random.Generator) -> dict[str, Codes]:
    """Independent rows, by attribute, at the mixture's levels; those of one class stand together."""
    classes = source.multinomial(rows, prior.shares)
    out: dict[str, Codes] = {}
    for name, chances in prior.chances.items():
        column, at = np.empty(rows, dtype=np.int16), 0
        codes = np.arange(chances.shape[1], dtype=np.int16)
        for number, chance in zip(classes.tolist(), chances, strict=True):
            if number:
                column[at:at + number] = source.permutation(np.repeat(codes, source.multinomial(number, chance / chance.sum())))
                at += number
        out[name] = column
    return out


def tables(rows: Mapping[str, Codes], leaves: Mapping[str, int], specs: Iterable[Spec], domain: Domain) -> dict[Spec, Floats]:
    """The counts of these tables. Those that another one holds are summed from it."""
    number = len(next(iter(rows.values()))) if rows else 0
    out: dict[Spec, Floats] = {(): np.array(float(number))}
    for spec in sorted((s for s in specs if s), key=lambda s: (-len(s), -sum(at for _, at in s), s)):
        if spec in out:
            continue
        fine = tuple((name, leaves[name]) for name, _ in spec)
        if fine not in out:
            flat, shape = np.zeros(number, dtype=np.int64), domain.shape(fine)
            for (name, _), size in zip(fine, shape, strict=True):
                flat *= size
                flat += rows[name]
            out[fine] = np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape).astype(float)
        if spec != fine:
            out[spec] = aggregate(out[fine].astype(np.int64), fine, spec, domain).astype(float)
        for axis in range(len(fine)):
            part = fine[:axis] + fine[axis + 1:]
            if part and part not in out:
                out[part] = out[fine].sum(axis=axis)
    return out
