"""Is this the same person, a close relative, a namesake, or nobody related?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from havre.linkage.evidence import ALWAYS, COMPARATORS, Evidence
from havre.linkage.model.parameters import Model, load_model
from havre.linkage.prepared import Prepared, prepare
from havre.linkage.record import Description


class Verdict(StrEnum):
    """The kind of result; a person decides."""

    MATCH = "match"
    FAMILY = "family"
    LOOKALIKE = "lookalike"
    UNRELATED = "unrelated"


class Words(StrEnum):
    """The fixed scale of words for a probability."""

    VERY_UNLIKELY = "very_unlikely"
    UNLIKELY = "unlikely"
    OPEN = "open"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"
    ALMOST_CERTAIN = "almost_certain"


SCALE: Final = (
    (0.05, Words.VERY_UNLIKELY),
    (0.25, Words.UNLIKELY),
    (0.60, Words.OPEN),
    (0.90, Words.LIKELY),
    (0.98, Words.VERY_LIKELY),
)
LIKE_NAMES: Final = frozenset({"exact", "strong", "close", "swapped"})
DECIDED: Final = 0.5
FAMILY_RANK: Final = 0.1  # a sure relative stands where a one-in-ten match stands


@dataclass(frozen=True, slots=True)
class Result:
    """What the model says of one pair.

    `probability` that both are one person, `family_probability` that they are close relatives (both in [0, 1], sum
    at most 1); `words` for the larger of the two by the verdict; `per_hundred` the same rounded to 0–100.
    """

    probability: float
    family_probability: float
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    words: Words
    per_hundred: int
    model_version: str


def in_words(probability: float) -> Words:
    """The word of the fixed scale for a probability."""
    return next((word for limit, word in SCALE if probability < limit), Words.ALMOST_CERTAIN)


def per_hundred(probability: float) -> int:
    """`probability` of 100, never 0 or 100 unless it is exactly that."""
    return min(99, max(1, round(100 * probability))) if 0.0 < probability < 1.0 else round(100 * probability)


def classes(match_score: float, family_score: float) -> tuple[float, float]:
    """Probabilities of match and family from their log-odds against `unrelated`."""
    top = max(match_score, family_score, 0.0)
    m, f, u = math.exp(match_score - top), math.exp(family_score - top), math.exp(-top)
    total = m + f + u
    return m / total, f / total


def _verdict(match: float, family: float, evidence: tuple[Evidence, ...]) -> Verdict:
    if match >= DECIDED or (match >= family and match >= 0.25):
        return Verdict.MATCH
    if family >= DECIDED or (family > match and family >= 0.25):
        return Verdict.FAMILY
    named = any(e.field == "given" and e.level in LIKE_NAMES for e in evidence)
    return Verdict.LOOKALIKE if named else Verdict.UNRELATED


def _posterior(llr: float, family_llr: float, model: Model, population: int | None) -> tuple[float, float]:
    """Calibrated probabilities of match and family from summed evidence."""
    prior_match, prior_family = model.prior_match, model.prior_family
    if population is not None:
        prior_match, prior_family = 1 / max(population, 2), prior_family / prior_match / max(population, 2)
    unrelated = max(1e-9, 1 - prior_match - prior_family)
    match_score = llr + math.log(prior_match / unrelated)
    family_score = family_llr + math.log(min(prior_family, 0.9) / unrelated)
    return classes(model.slope * match_score + model.shift, model.slope * family_score + model.shift)


def score(
    query: Description | Prepared,
    candidate: Description | Prepared,
    model: Model | None = None,
    *,
    population: int | None = None,
) -> Result:
    """How probably the two descriptions are of one person, or of one family; symmetric in its two sides.

    `population`, when given, is the number of persons searched, of whom one is expected to match; otherwise the
    model's prior holds. `evidence` lists every field in a fixed order, missing ones too.
    """
    model = model or load_model()
    left = query if isinstance(query, Prepared) else prepare(query)
    right = candidate if isinstance(candidate, Prepared) else prepare(candidate)
    evidence = tuple(model.weigh(comparator(left, right)) for comparator in COMPARATORS.values())
    totals = sum(e.llr for e in evidence), sum(e.family_llr for e in evidence)
    match, family = _posterior(*totals, model, population)
    verdict = _verdict(match, family, evidence)
    shown = family if verdict is Verdict.FAMILY else match
    return Result(match, family, verdict, evidence, in_words(shown), per_hundred(shown), model.version)


def rank(
    query: Description | Prepared,
    candidates: Sequence[Description | Prepared],
    model: Model | None = None,
    *,
    limit: int = 20,
    population: int | None = None,
) -> list[tuple[int, Result]]:
    """The `limit` best candidates, best first, with their position in the list: by probability of a match, a sure
    relative standing where a one-in-ten match stands.

    Gives the same results as `score` for each, without writing out the evidence of those not returned.
    """
    model = model or load_model()
    left = query if isinstance(query, Prepared) else prepare(query)
    prepared = [c if isinstance(c, Prepared) else prepare(c) for c in candidates]
    scored: list[tuple[float, float, int]] = []
    for i, right in enumerate(prepared):
        llr = family_llr = 0.0
        for name, comparator in COMPARATORS.items():
            if (name in left.known and name in right.known) or name in ALWAYS:
                worth = model.worth(comparator(left, right))
                if worth is not None:
                    llr += worth[0]
                    family_llr += worth[1]
        match, family = _posterior(llr, family_llr, model, population)
        scored.append((match + FAMILY_RANK * family, match, i))
    scored.sort(key=lambda item: (-item[0], -item[1], item[2]))
    return [(i, score(left, prepared[i], model, population=population)) for _, _, i in scored[:limit]]
