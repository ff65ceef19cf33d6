"""Do two things go together, and has a share changed? Told from a noisy sheet with intervals, never as cause.

A question sums cells of one planned table to four counts: with and without the factor, with and without the outcome. Their noise is
known exactly (`Sheet.covariance`), so what they leave open is drawn from it: counts from the normal distribution of their noise, none
below nought, and for each draw a share. For one share the points of those draws are Fieller's interval (1954). By default a share also
carries chance: it is drawn from the Beta distribution of a share seen in so many children (Jeffreys' prior), as if they were some of
many like them; without it the interval is about exactly the children counted. Drawn with one fixed seed: the same sheet, the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Spec
from havre.disclosure.plan import Z
from havre.disclosure.problems import BadCodebook
from havre.disclosure.sheet import Sheet

Floats = NDArray[np.float64]
Choice = Mapping[str, Collection[str]]
"""Attribute -> the codes that count; all codes of an attribute of the table that it does not name."""

DRAWS: Final = 10_000
SEED: Final = 20_260_101
TAILS: Final = (0.025, 0.975)
MOST_CELLS: Final = 4_000
"""Tables of more cells have too large a covariance to be worked out for a question."""


class Verdict(StrEnum):
    """What may be said of a difference."""

    MORE = "more"
    LESS = "less"
    CANNOT_TELL = "cannot tell"
    TOO_FEW = "too few"


@dataclass(frozen=True, slots=True)
class Interval:
    """A best guess and the ends between which the truth lies 95 times in 100."""

    value: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Of a difference: more or less only where the interval leaves out nought."""
        return Verdict.MORE if self.low > 0 else Verdict.LESS if self.high < 0 else Verdict.CANNOT_TELL


@dataclass(frozen=True, eq=False)
class Part:
    """How large a part of some children has something. `children` is their noisy number with its interval; `share` is None where that
    number cannot be told from none. `drawn` are the draws of the share."""

    children: Interval
    share: Interval | None
    drawn: Floats


@dataclass(frozen=True, eq=False)
class Association:
    """The part with the outcome among children with the factor and among those without it, and what may be said of the two.

    `difference` is of shares (-1 to 1), `ratio` how many times as large the first is; both None where one part has too few children.
    `ratio` alone is None where those with the outcome but without the factor are too few to be told from none.
    """

    having: Part
    lacking: Part
    difference: Interval | None
    ratio: Interval | None

    @property
    def verdict(self) -> Verdict:
        """Whether the outcome goes with the factor: never why."""
        return Verdict.TOO_FEW if self.difference is None else self.difference.verdict


def associate(sheet: Sheet, spec: Spec, factor: tuple[str, Collection[str], Collection[str]], outcome: tuple[str, Collection[str], Collection[str]],
              where: Choice | None = None, *, chance: bool = True) -> Association:
    """How an outcome goes with a factor in one table of a sheet.

    `factor` and `outcome` name an attribute of `spec`, its codes that mean yes and its codes that mean no; children with other codes
    (not asked, not known) are left out. `where` keeps the children of these codes. NotPlanned if the sheet does not hold the table;
    BadCodebook for an attribute or code that it does not have.
    """
    (name, yes, no), (other, does, does_not) = factor, outcome
    chosen = [{**(where or {}), name: f, other: o} for f in (yes, no) for o in (does, does_not)]
    source = np.random.default_rng(SEED)
    drawn, counts, spread = _drawn(sheet, spec, chosen, source)
    having = _part(counts[:2], spread[:2, :2], drawn[:, :2], source, chance=chance)
    lacking = _part(counts[2:], spread[2:, 2:], drawn[:, 2:], source, chance=chance)
    if having.share is None or lacking.share is None:
        return Association(having, lacking, None, None)
    difference = _interval(having.share.value - lacking.share.value, having.drawn - lacking.drawn)
    known = float(counts[2]) > Z * float(np.sqrt(spread[2, 2]))
    with np.errstate(divide="ignore"):
        ratio = _interval(having.share.value / lacking.share.value, having.drawn / lacking.drawn) if known else None
    return Association(having, lacking, difference, ratio)


def part(sheet: Sheet, spec: Spec, of: tuple[str, Collection[str], Collection[str]], where: Choice | None = None, *, chance: bool = True,
         stream: int = 0) -> Part:
    """How large a part of the children of one table has the yes codes of an attribute, among those with its yes or no codes.

    Parts of different sheets that are to be compared are drawn with different `stream`s: their noise is independent.
    """
    name, yes, no = of
    source = np.random.default_rng([SEED, stream])
    drawn, counts, spread = _drawn(sheet, spec, [{**(where or {}), name: codes} for codes in (yes, no)], source)
    return _part(counts, spread, drawn, source, chance=chance)


def change(now: Part, before: Part) -> Interval | None:
    """By how much a share differs from the one before, of two sheets without a child in common; None where one has too few children."""
    if now.share is None or before.share is None:
        return None
    return _interval(now.share.value - before.share.value, now.drawn - before.drawn)


def sums(sheet: Sheet, spec: Spec, chosen: Sequence[Choice]) -> tuple[Floats, Floats]:
    """The sum of the cells of each choice, and the exact covariance of their noise: (k,) and (k, k).

    NotPlanned, BadCodebook as `associate`.
    """
    if sheet.domain.size(spec) > MOST_CELLS:
        raise BadCodebook(attribute=sheet.domain.title(spec), hint=f"a table of more than {MOST_CELLS} cells is too large for this")
    weights = np.stack([_mask(sheet, spec, one) for one in chosen])
    covariance = sheet.covariance(spec)
    return weights @ sheet.table(spec).value.ravel(), weights @ covariance @ weights.T


def _mask(sheet: Sheet, spec: Spec, chosen: Choice) -> Floats:
    """1 for each cell of the table that is chosen, in C order."""
    names = [name for name, _ in spec]
    if (unknown := sorted(set(chosen) - set(names))):
        raise BadCodebook(attribute=unknown[0], hint="the table does not hold it")
    mask: Floats = np.ones(1)
    for name, codes in zip(names, sheet.domain.codes(spec), strict=True):
        wanted = set(chosen.get(name, codes))
        if wanted - set(codes):
            raise BadCodebook(attribute=name, hint="it has no such code at this level")
        mask = np.kron(mask, np.array([float(code in wanted) for code in codes]))
    return mask


def _drawn(sheet: Sheet, spec: Spec, chosen: Sequence[Choice], source: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Counts that the noise leaves possible (draws x choices, none below nought), the noisy counts and their covariance."""
    counts, spread = sums(sheet, spec, chosen)
    values, vectors = np.linalg.eigh(spread)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    return np.maximum(counts + source.standard_normal((DRAWS, len(counts))) @ root.T, 0.0), counts, spread


def _part(counts: Floats, spread: Floats, drawn: Floats, source: np.random.Generator, *, chance: bool) -> Part:
    """The share of the first of two counts in both."""
    total, se = float(counts.sum()), float(np.sqrt(spread.sum()))
    if chance:
        shares = source.beta(drawn[:, 0] + 0.5, drawn[:, 1] + 0.5)
    else:
        whole = drawn.sum(axis=1)
        shares = np.where(whole > 0, drawn[:, 0] / np.maximum(whole, 1e-12), source.random(len(drawn)))
    children = Interval(total, total - Z * se, total + Z * se)
    if children.low <= 0:
        return Part(children, None, shares)
    return Part(children, _interval(float(np.clip(counts[0] / total, 0.0, 1.0)), shares), shares)


def _interval(value: float, drawn: Floats) -> Interval:
    """The points of the draws; the best guess is kept within them."""
    low, high = (float(end) for end in np.quantile(drawn, TAILS))
    return Interval(float(np.clip(value, low, high)), low, high)
