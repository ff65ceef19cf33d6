"""What do people's decisions teach the model?

Each decided pair says what is usual for one person or for one family: its levels are counted on top of the model's own
numbers, which stand for `TRUST` decisions each (the mean of a Dirichlet posterior). What is usual among unrelated people is
never learned here: pairs that reach a decision were shown because they agree, so the rejected are no sample of strangers
(`register.py` measures that on random pairs). All decisions, rejected ones too, then move slope and shift of the
calibration, the mode of a posterior with a normal prior around the present values (Platt 1999, for three classes).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias

from havre.linkage.evidence.base import MISSING
from havre.linkage.model.parameters import FieldModel, Learned, Model, prior_odds
from havre.linkage.model.posterior import Result, classes

TRUST: Final = 40.0  # decisions for which the numbers of the starting model stand, in each class and field
SLOPE_DEVIATION: Final = 0.15
SHIFT_DEVIATION: Final = 0.7
SLOPES: Final = (0.3, 1.5)
STEPS: Final = 30


class Outcome(StrEnum):
    """What was decided about a pair. `NOT_SAME`: rejected without saying whether the two are of one family."""

    SAME_PERSON = "same_person"
    SAME_FAMILY = "same_family"
    UNRELATED = "unrelated"
    NOT_SAME = "not_same"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided pair: no names, only how its fields agreed.

    `levels`: field -> level, missing ones left out or `missing`. `llr` and `family_llr`: sums of the evidence of the pair,
    natural logarithm, as the starting model (or one learned from it) weighed it. `population` as given to `score`.
    """

    outcome: Outcome
    levels: Mapping[str, str]
    llr: float
    family_llr: float
    population: int | None = None

    @classmethod
    def of(cls, result: Result, outcome: Outcome, population: int | None = None) -> Decision:
        """A decision about a pair that was scored."""
        known = [e for e in result.evidence if not e.missing]
        levels = {e.field: e.level for e in known}
        return cls(outcome, levels, math.fsum(e.llr for e in known), math.fsum(e.family_llr for e in known), population)


Belief: TypeAlias = tuple[float, float, float]
"""How much a decision counts as one person, as one family, as unrelated; sums to 1."""


def learn(decisions: Iterable[Decision], start: Model, *, version: str | None = None) -> Model:
    """A new model: `start` improved by decisions. `start` itself is left as it is; nothing is applied by learning.

    Give all decisions each time, with the shipped model as `start`: a model that has learned counts its decisions already
    and is refused with ValueError. No decisions give the numbers of `start`. The order of decisions does not matter.
    `version` names the result; by default that of `start` with the number of decisions. What changed: `differences.compare`.
    """
    if start.learned is not None:
        raise ValueError("Learn from the model this one started from, with all decisions, or decisions count twice.")
    decided = sorted(decisions, key=lambda d: (d.outcome, d.llr, d.family_llr, sorted(d.levels.items())))
    beliefs = [_belief(d, start) for d in decided]
    fields = {name: _learned(name, known, decided, beliefs) for name, known in start.fields.items()}
    totals = [math.fsum(b[k] for b in beliefs) for k in range(3)]
    moved = replace(start, fields=fields, learned=Learned(start.version, *totals), _worths={})
    slope, shift = _calibrated(decided, beliefs, start, moved)
    return replace(moved, slope=slope, shift=shift, version=version or f"{start.version}+{len(decided)}")


def _belief(decision: Decision, model: Model) -> Belief:
    if decision.outcome is Outcome.NOT_SAME:
        match, family = _chance(decision.llr, decision.family_llr, decision.population, model)
        of_family = family / max(1.0 - match, 1e-9)
        return 0.0, of_family, 1.0 - of_family
    place = (Outcome.SAME_PERSON, Outcome.SAME_FAMILY, Outcome.UNRELATED).index(decision.outcome)
    return float(place == 0), float(place == 1), float(place == 2)


def _chance(llr: float, family_llr: float, population: int | None, model: Model) -> tuple[float, float]:
    match, family = prior_odds(model, population)
    return classes(model.slope * (llr + match) + model.shift, model.slope * (family_llr + family) + model.shift)


def scales(levels: Iterable[str]) -> list[tuple[str, ...]]:
    """The levels of a field as sets of alternatives: full dates of birth are compared on a scale of their own, and places of
    which only one word is written (`same_text`) are too few to learn from."""
    names = tuple([level for level in levels if level != "same_text"])
    dated = tuple(n for n in names if n.startswith("date_"))
    return [scale for scale in (dated, tuple(n for n in names if n not in dated)) if len(scale) > 1]


def _learned(name: str, known: FieldModel, decided: Sequence[Decision], beliefs: Sequence[Belief]) -> FieldModel:
    """The levels of one field, counted over those decisions that know the field."""
    levels, seen = dict(known.levels), {}
    for scale in scales(known.levels):
        counts = {level: _counted(name, level, decided, beliefs) for level in scale}
        for k in (0, 1):
            mass = math.fsum(known.levels[level][k] for level in scale)
            total = math.fsum(count[k] for count in counts.values())
            for level in scale:
                share = mass * (counts[level][k] + TRUST * known.levels[level][k] / mass) / (total + TRUST)
                match, family, unrelated = levels[level]
                levels[level] = (share, family, unrelated) if k == 0 else (match, share, unrelated)
        seen.update({level: count for level, count in counts.items() if any(count)})
    return replace(known, levels=levels, seen=seen)


def _counted(name: str, level: str, decided: Sequence[Decision], beliefs: Sequence[Belief]) -> tuple[float, float]:
    here = [b for d, b in zip(decided, beliefs, strict=True) if d.levels.get(name, MISSING) == level]
    return math.fsum(b[0] for b in here), math.fsum(b[1] for b in here)


def _moved(decision: Decision, before: Model, after: Model) -> tuple[float, float]:
    """The sums of evidence of a decided pair once its levels are worth what they now are."""
    sums = [decision.llr, decision.family_llr]
    for name, level in decision.levels.items():
        old, new = before.fields.get(name), after.fields.get(name)
        if old is not None and new is not None and level in old.levels:
            for k in (0, 1):
                sums[k] += old.weight * math.log(new.levels[level][k] / old.levels[level][k])
    return sums[0], sums[1]


def _calibrated(decided: Sequence[Decision], beliefs: Sequence[Belief], before: Model, after: Model) -> tuple[float, float]:
    """Slope and shift that make the decided pairs most likely, by Newton's method; those of `before` without decisions."""
    points = []
    for decision in decided:
        odds = prior_odds(before, decision.population)
        points.append(tuple(s + o for s, o in zip(_moved(decision, before, after), odds, strict=True)))
    slope, shift = before.slope, before.shift
    for _ in range(STEPS):
        g0, g1 = (before.slope - slope) / SLOPE_DEVIATION**2, (before.shift - shift) / SHIFT_DEVIATION**2
        h00, h01, h11 = 1 / SLOPE_DEVIATION**2, 0.0, 1 / SHIFT_DEVIATION**2
        for (a, b), (was_match, was_family, _) in zip(points, beliefs, strict=True):
            match, family = classes(slope * a + shift, slope * b + shift)
            related, mean = match + family, match * a + family * b
            g0 += was_match * a + was_family * b - mean
            g1 += was_match + was_family - related
            h00 += match * a * a + family * b * b - mean * mean
            h01 += mean * (1 - related)
            h11 += related * (1 - related)
        determinant = h00 * h11 - h01 * h01
        step = (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant
        short = min(1.0, 0.3 / max(abs(step[0]), 1e-12), 2.0 / max(abs(step[1]), 1e-12))
        slope, shift = min(max(slope + short * step[0], SLOPES[0]), SLOPES[1]), shift + short * step[1]
        if max(abs(step[0]), abs(step[1])) < 1e-9:
            break
    return slope, shift
