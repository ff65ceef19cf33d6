"""Is this the same person, a close relative, a namesake, or nobody related?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeAlias

from havre.linkage.evidence import COMPARATORS, NAME_COMPARATORS, NAME_LEVELS, ONE_SIDED, PART_LEVELS, Evidence, Level
from havre.linkage.evidence.ahead import look_ahead
from havre.linkage.evidence.names import Names
from havre.linkage.model.asking import Ask, known_share, to_ask
from havre.linkage.model.dependence import Group, Piece, dampen
from havre.linkage.model.parameters import Model, load_model, prior_odds
from havre.linkage.names.lexicon import Lexicon
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
    at most 1); `words` for the larger of the two by the verdict; `per_hundred` the same rounded to 0–100. `known`: the share
    of what could be known that both sides know (a likely pair of which little is known rests on little); `ask`: the missing
    fields that would tell most, the most helpful first.
    """

    probability: float
    family_probability: float
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    words: Words
    per_hundred: int
    model_version: str
    known: float = 1.0
    ask: tuple[Ask, ...] = ()


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


def _posterior(llr: float, family_llr: float, model: Model, odds: tuple[float, float]) -> tuple[float, float]:
    """Calibrated probabilities of match and family from summed evidence and the log-odds before it."""
    return classes(model.slope * (llr + odds[0]) + model.shift, model.slope * (family_llr + odds[1]) + model.shift)


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
    names = Names(left, right)
    seen = [compare(names) for compare in NAME_COMPARATORS.values()] + [compare(left, right) for compare in COMPARATORS.values()]
    evidence = _dampened([model.weigh(one) for one in seen], model)
    llr = family_llr = 0.0  # summed as in `chances`, so that both give the very same
    for piece in evidence:
        llr += piece.llr
        family_llr += piece.family_llr
    match, family = _posterior(llr, family_llr, model, prior_odds(model, population))
    verdict = _verdict(match, family, evidence)
    shown = family if verdict is Verdict.FAMILY else match
    return Result(match, family, verdict, evidence, in_words(shown), per_hundred(shown), model.version,
                  known_share(evidence, model), to_ask(evidence, model, match, family))  # fmt: skip


def _dampened(evidence: list[Evidence], model: Model) -> tuple[Evidence, ...]:
    """Evidence of fields that repeat one another, counted once."""
    known = [i for i, e in enumerate(evidence) if not e.missing]
    pieces: list[Piece] = [(evidence[i].field, evidence[i].llr, evidence[i].family_llr) for i in known]
    for i, (_, llr, family) in zip(known, dampen(pieces, model.groups.values()), strict=True):
        if (llr, family) != (evidence[i].llr, evidence[i].family_llr):
            evidence[i] = replace(evidence[i], llr=llr, family_llr=family)
    return tuple(evidence)


def chances(
    query: Description | Prepared,
    candidates: Iterable[Prepared],
    model: Model | None = None,
    *,
    population: int | None = None,
    words: Lexicon | None = None,
) -> list[tuple[float, float]]:
    """Probability and family probability of each candidate, as `score` has them, without writing out any evidence.

    What many candidates have in common with the query (a sex, a place, a mother's name) is compared once. `words`: a lexicon that
    has read their names before, if there is one.
    """
    model = model or load_model()
    left = query if isinstance(query, Prepared) else prepare(query)
    candidates = list(candidates)
    look_ahead(left, candidates, words)
    asked = left.known | ONE_SIDED.keys()
    named = [(name, level) for name, level in NAME_LEVELS.items() if name in asked]
    parts: list[_Part] = [
        (name, needs, name in ONE_SIDED and needs in left.known, *how, {})
        for name, how in PART_LEVELS.items() if name in asked for needs in (ONE_SIDED.get(name, name),)]  # fmt: skip
    groups = [group for group in model.groups.values() if len(group.fields & asked) > 1]
    odds = prior_odds(model, population)
    return [_posterior(*_weighed(left, right, model, named, parts, groups), model, odds) for right in candidates]


_Known: TypeAlias = dict[Any, tuple[float, float] | None]
_Part: TypeAlias = tuple[str, str, bool, Callable[[Prepared, Prepared], Level], Callable[[Prepared], Any] | None, _Known]
_Named: TypeAlias = tuple[str, Callable[[Names], Level]]


def _weighed(left: Prepared, right: Prepared, model: Model, named: list[_Named], parts: list[_Part], groups: list[Group]
             ) -> tuple[float, float]:  # fmt: skip
    """Summed evidence, field by field in the order of `score`; each part keeps what it found before."""
    pieces: list[Piece] = []
    known = right.known
    if named:
        names = Names(left, right)
        for name, compare in named:
            if name in known and (worth := model.worth(name, compare(names))) is not None:
                pieces.append((name, *worth))
    for name, needs, told, question, part_of, found in parts:
        if not told and needs not in known:
            continue
        if part_of is None:
            worth = model.worth(name, question(left, right))
        elif (part := part_of(right)) in found:
            worth = found[part]
        else:
            worth = found[part] = model.worth(name, question(left, right))
        if worth is not None:
            pieces.append((name, *worth))
    if groups:
        pieces = dampen(pieces, groups)
    llr = family_llr = 0.0
    for _, one, other in pieces:
        llr += one
        family_llr += other
    return llr, family_llr


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
    weighed = enumerate(chances(left, prepared, model, population=population))
    scored = [(match + FAMILY_RANK * family, match, i) for i, (match, family) in weighed]
    scored.sort(key=lambda item: (-item[0], -item[1], item[2]))
    return [(i, score(left, prepared[i], model, population=population)) for _, _, i in scored[:limit]]
