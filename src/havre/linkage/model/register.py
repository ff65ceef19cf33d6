"""What does a register teach the model without any decision?

Random pairs of a register are unrelated people but for a handful: what is usual among them, and which fields repeat one another
there, is measured on such pairs. What is usual for one person and for one family follows from pairs that share search keys, by
the mixture that links files (`mixture.fit`). The result is a proposal like any other version of the model: compare, then decide.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

from havre.linkage.blocking import keys
from havre.linkage.evidence import NAME_LEVELS, ONE_SIDED, PART_LEVELS
from havre.linkage.evidence.ahead import look_ahead
from havre.linkage.evidence.base import MISSING, Level
from havre.linkage.evidence.names import Names
from havre.linkage.model.dependence import learned_weight
from havre.linkage.model.learning import scales
from havre.linkage.model.mixture import LevelModel, fit
from havre.linkage.model.parameters import FieldModel, Model, shares_of
from havre.linkage.prepared import Prepared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RANDOM_PAIRS: Final = 20_000
UNRELATED_TRUST: Final = 500.0  # random pairs for which the shipped numbers stand
MATCHES_EACH: Final = 0.02  # first guess of registrations that are a second one of the same person
FAMILIES_EACH: Final = 1.0  # first guess of pairs of one family for each person
TRUST: Final = 400.0  # pairs for which the shipped numbers of the match and the family class stand
HELD: Final = frozenset({"given", "sex"})  # what tells a person from a brother or sister cannot be learned without being told
BY_SHARE: Final = frozenset({"given", "father", "lineage", "mother", "siblings", "phone", "identifier"})
LARGEST_BLOCK: Final = 30  # persons that one search key may bring together
Pair: TypeAlias = tuple[Prepared, Prepared]


def levels_of(left: Prepared, right: Prepared) -> dict[str, Level]:
    """The level of every field that is known of the pair."""
    names = Names(left, right)
    found: dict[str, Level] = {name: level(names) for name, level in NAME_LEVELS.items()}
    found |= {name: question(left, right) for name, (question, _) in PART_LEVELS.items()}
    return {name: level for name, level in found.items() if level[0] != MISSING}


def near_pairs(people: Sequence[Prepared]) -> list[tuple[int, int]]:
    """Positions of the pairs of people who share a search key, each pair once; keys that many share are left out."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(people):
        for key in keys(person, "index"):
            holders[key].append(i)
    return sorted({pair for group in holders.values() if len(group) <= LARGEST_BLOCK for pair in combinations(group, 2)})


def learn_register(people: Sequence[Prepared], start: Model, *, random_pairs: int = RANDOM_PAIRS, seed: int = 11,
                   tell: Callable[[str], None] = lambda _: None) -> Model:  # fmt: skip
    """A new model with the numbers of one register: unrelated levels, repeating fields, match and family levels, name shares.

    `start` is left as it is. Needs at least 200 people, else ValueError: fewer tell less than the shipped numbers.
    """
    if len(people) < 200:
        raise ValueError("A register of fewer than 200 people tells less than the numbers shipped.")
    rng = Random(seed)
    drawn = [(people[a], people[b]) for a, b in (rng.sample(range(len(people)), 2) for _ in range(random_pairs))]
    shared = start.with_shares(shares_of(people))
    strangers = [levels_of(*pair) for pair in drawn]
    tell(f"{len(drawn):,} random pairs compared")
    fields = {name: _unrelated(name, known, strangers) for name, known in start.fields.items()}
    moved = replace(shared, fields=fields, _worths={})
    groups = {name: replace(group, weight=learned_weight(_ratios(group.fields, strangers, moved))) for name, group in start.groups.items()}
    near = near_pairs(people)
    by_left: dict[int, list[int]] = defaultdict(list)
    for a, b in near:
        by_left[a].append(b)
    for a, others in by_left.items():
        look_ahead(people[a], [people[b] for b in others])
    tell(f"{len(near):,} pairs share a search key")
    found = [levels_of(people[a], people[b]) for a, b in near]
    fields = _related(found, moved, len(people)) if found else fields
    return replace(moved, fields=fields, groups=groups, version=f"{start.version}+register", _worths={})


def _unrelated(name: str, known: FieldModel, pairs: Iterable[dict[str, Level]]) -> FieldModel:
    """A field with its levels among random pairs counted on top of the shipped ones."""
    if name in ONE_SIDED or name in BY_SHARE:  # known only where it agrees; measured by how common each name is
        return known
    counts: dict[str, int] = defaultdict(int)
    for levels in pairs:
        if name in levels:
            counts[levels[name][0]] += 1
    triples = dict(known.levels)
    for scale in scales(known.levels):
        mass = math.fsum(known.levels[level][2] for level in scale)
        total = sum(counts[level] for level in scale)
        for level in scale:
            match, family, unrelated = known.levels[level]
            share = mass * (counts[level] + UNRELATED_TRUST * unrelated / mass) / (total + UNRELATED_TRUST)
            triples[level] = match, family, share
    return replace(known, levels=triples)


def _ratios(group: Iterable[str], pairs: Iterable[dict[str, Level]], model: Model) -> list[list[float]]:
    """The llr of the fields of a group in each pair that knows two or more of them."""
    names = sorted(group)
    found = [[w[0] for name in names if name in levels and (w := model.worth(name, levels[name])) is not None] for levels in pairs]
    return [values for values in found if len(values) > 1]


def _related(pairs: Sequence[dict[str, Level]], model: Model, people: int) -> dict[str, FieldModel]:
    """Match and family levels of each field as the mixture finds them among pairs that share a key."""
    import numpy as np

    names = [name for name in model.fields if name not in ONE_SIDED and any(name in levels for levels in pairs)]
    orders = {name: tuple(model.fields[name].levels) for name in names}
    places = {name: {level: i for i, level in enumerate(order)} for name, order in orders.items()}
    levels = [np.array([places[n].get(p[n][0], -1) if n in p else -1 for p in pairs], np.int8) for n in names]
    rarity: list[NDArray[np.float32] | None] = [_rarity(n, pairs, model) for n in names]
    starts = [_start(model.fields[n]) for n in names]
    fitted = fit(levels, starts, rarity, people * (people - 1) / 2, [(max(1.0, MATCHES_EACH * people), FAMILIES_EACH * people)], trust=(TRUST, TRUST))
    fields = dict(model.fields)
    for name, learned in zip(names, fitted.models, strict=True):
        if name in HELD:
            continue
        fields[name] = _rescaled(model.fields[name], np.exp(learned.match), np.exp(learned.family))
    return fields


def _start(known: FieldModel) -> LevelModel:
    import numpy as np

    logs = np.log(np.array(list(known.levels.values())))
    return LevelModel(logs[:, 0], logs[:, 1], logs[:, 2])


def _rarity(name: str, pairs: Sequence[dict[str, Level]], model: Model) -> NDArray[np.float32]:
    """How much more the agreed value of each pair says than the level alone, natural logarithm."""
    import numpy as np

    def more(levels: dict[str, Level]) -> float:
        level = levels.get(name)
        usual = model.worth(name, (level[0], None, None)) if level else None
        worth = model.worth(name, level) if level else None
        return worth[0] - usual[0] if usual and worth else 0.0

    return np.array([more(levels) for levels in pairs], np.float32)


def _rescaled(known: FieldModel, match: NDArray[np.float64], family: NDArray[np.float64]) -> FieldModel:
    """A field with new match and family levels, each scale with the mass it had."""
    order = list(known.levels)
    triples = dict(known.levels)
    for scale in scales(known.levels):
        for k, learned in enumerate((match, family)):
            mass = math.fsum(known.levels[level][k] for level in scale)
            total = math.fsum(float(learned[order.index(level)]) for level in scale)
            for level in scale:
                share = mass * float(learned[order.index(level)]) / total
                one, two, three = triples[level]
                triples[level] = (share, two, three) if k == 0 else (one, share, three)
    return replace(known, levels=triples)
