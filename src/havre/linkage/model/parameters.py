"""What is one level of agreement worth?

A model holds, for each field and level, how usual it is for one person, for close relatives and for unrelated
people. It is a versioned file, read-only once loaded.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from havre.linkage.evidence.base import MISSING, Evidence, Level, Seen
from havre.linkage.evidence.contacts import NUMBER, TAIL
from havre.linkage.model.dependence import Group
from havre.linkage.names.frequency import share_of_skeleton
from havre.linkage.names.sounds import skeleton
from havre.linkage.prepared import Prepared

OUTCOMES: Final = ("same_person", "same_family", "unrelated")
SCALE_LIMITS: Final = (0.02, 8.0)  # how far a value's own share may move a level's probability
NUMBERED: Final = frozenset({"phone", "identifier"})
NUMBER_LIMITS: Final = (1.0, math.inf)  # a number is as telling as the model says, or less where many give it


@dataclass(frozen=True, slots=True)
class FieldModel:
    """Probabilities of the levels of one field: level -> (match, family, unrelated).

    `seen`: how many decided pairs (of one person, of one family) stand behind each level, in a model that has learned.
    """

    levels: Mapping[str, tuple[float, float, float]]
    typical: float | None = None
    weight: float = 1.0
    seen: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model has learned from: the version it started from, and decisions by outcome."""

    start: str
    same_person: float
    same_family: float
    unrelated: float

    @property
    def decisions(self) -> int:
        """How many decisions there were."""
        return round(self.same_person + self.same_family + self.unrelated)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A versioned set of parameters."""

    version: str
    prior_match: float
    prior_family: float
    slope: float
    shift: float
    limit: float
    fields: Mapping[str, FieldModel]
    groups: Mapping[str, Group] = field(default_factory=dict)
    learned: Learned | None = None
    shares: Mapping[str, float] = field(default_factory=dict, repr=False)
    _worths: dict[tuple[str, str, float | None], tuple[float, float] | None] = field(default_factory=dict, repr=False)

    def worth(self, name: str, level: Level) -> tuple[float, float] | None:
        """(llr, family llr) of a field's level, natural logarithm; None for a missing value or a level the model lacks."""
        if level[0] == MISSING:
            return None
        key = (name, level[0], level[1] if level[2] is None else self.share(level[2]))
        if key not in self._worths:
            self._worths[key] = self._worth(*key)
        return self._worths[key]

    def share(self, token: str) -> float:
        """Share of people who bear a name: learned from the register where known, shipped otherwise; 0 for a number not known."""
        if token.startswith(NUMBER):
            return self.shares.get(token, 0.0)
        key = skeleton(token)
        return self.shares.get(key) or share_of_skeleton(key)

    def with_shares(self, shares: Mapping[str, float]) -> Model:
        """The same model with name shares learned from the register at hand (`shares_of`)."""
        return replace(self, shares=dict(shares), _worths={})

    def _worth(self, name: str, level: str, share: float | None) -> tuple[float, float] | None:
        known = self.fields.get(name)
        if known is None or level not in known.levels:
            return None
        match, family, unrelated = known.levels[level]
        if share is not None and known.typical is not None:
            low, high = NUMBER_LIMITS if name in NUMBERED else SCALE_LIMITS
            unrelated *= min(max(share / known.typical, low), high)
            if level == "named":
                match = unrelated
        llr = self._bounded(known.weight * math.log(match / unrelated))
        return llr, self._bounded(known.weight * math.log(family / unrelated))

    def _bounded(self, value: float) -> float:
        return min(max(value, -self.limit), self.limit)

    def weigh(self, seen: Seen) -> Evidence:
        """Turn what a comparator saw into evidence; missing values weigh nothing."""
        name, level, left, right, share, token, params = seen
        if level == MISSING and not (left or right or params):
            return _unsaid(name)
        worth = None if level == MISSING else self.worth(name, (level, share, token))
        llr, family_llr = worth or (0.0, 0.0)
        return Evidence(name, level, llr, f"{name}_{level}", dict(params), worth is None, left, right, family_llr)


@cache
def _unsaid(name: str) -> Evidence:
    """The evidence of a field of which neither side says anything."""
    return Evidence(name, MISSING, 0.0, f"{name}_{MISSING}", missing=True)


def prior_odds(model: Model, population: int | None) -> tuple[float, float]:
    """Log-odds of match and of family against unrelated before any comparison; among `population` persons one is the match."""
    match, family = model.prior_match, model.prior_family
    if population is not None:
        match, family = 1 / max(population, 2), family / match / max(population, 2)
    unrelated = max(1e-9, 1 - match - family)
    return math.log(match / unrelated), math.log(min(family, 0.9) / unrelated)


LEAST_COUNTED: Final = 3  # a name borne less often keeps the shipped estimate, or the rarest learned share
LEAST_SHARED: Final = 4  # a number given by fewer people is a family's
SHIPPED_TRUST: Final = 100.0  # imagined people behind the shipped estimate of a name


def shares_of(people: Iterable[Prepared], least: int = LEAST_COUNTED) -> dict[str, float]:
    """Share of people with each name (by consonant skeleton) in a register: given and father's names counted once each.

    For `Model.with_shares`: a register of one people has commoner names than the world. In a small register the counts are
    drawn towards the shipped estimates, as by `SHIPPED_TRUST` more people. Telephone and document numbers that many people
    give, an office's, are among the shares too (`#` and the number), so that they count for what they are. A name that fewer than
    `least` people bear is left out.
    """
    counts: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    total = 0
    for person in people:
        names = {skeleton(t[0]) for t in person.given}
        names |= {skeleton(s) for link in person.fathers for s in link.spellings}
        counts.update(names)
        numbers.update({n[-TAIL:] for n in person.phones} | set(person.identifiers))
        total += 1
    drawn = 2 * total + SHIPPED_TRUST
    shares = {key: (n + SHIPPED_TRUST * share_of_skeleton(key)) / drawn for key, n in counts.items() if n >= least}
    return shares | {NUMBER + number: n / total for number, n in numbers.items() if n >= LEAST_SHARED}


def parse_model(data: Mapping[str, Any]) -> Model:
    """Build a model from the tables of its file. Raises ValueError when a probability is not in (0, 1)."""
    fields: dict[str, FieldModel] = {}
    for name, table in data["fields"].items():
        levels = {level: (float(p[0]), float(p[1]), float(p[2])) for level, p in table["levels"].items()}
        for level, triple in levels.items():
            if not all(0.0 < p < 1.0 for p in triple):
                raise ValueError(f"Model field {name}, level {level}: probabilities must lie between 0 and 1.")
        seen = {level: (float(n[0]), float(n[1])) for level, n in table.get("seen", {}).items()}
        fields[name] = FieldModel(levels, table.get("typical"), float(table.get("weight", 1.0)), seen)
    groups = {name: Group(frozenset(table["fields"]), float(table["weight"])) for name, table in data.get("groups", {}).items()}
    if not all(0.0 <= group.weight <= 1.0 for group in groups.values()):
        raise ValueError("The weight of a group of fields must lie between 0 and 1.")
    learned = data.get("learned")
    prior, calibration = data["prior"], data["calibration"]
    return Model(
        version=str(data["version"]),
        prior_match=float(prior["match"]),
        prior_family=float(prior["family"]),
        slope=float(calibration["slope"]),
        shift=float(calibration["shift"]),
        limit=float(calibration["limit"]),
        fields=fields,
        groups=groups,
        learned=Learned(str(learned["start"]), *[float(learned[name]) for name in OUTCOMES]) if learned else None,
    )


@cache
def _default() -> Model:
    text = (resources.files("havre.linkage") / "model" / "default.toml").read_text(encoding="utf-8")
    return parse_model(tomllib.loads(text))


def load_model(path: Path | None = None) -> Model:
    """The shipped model, or the one in a TOML file of the same form.

    Raises OSError when the file cannot be read and ValueError when it is not a model.
    """
    if path is None:
        return _default()
    try:
        return parse_model(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, IndexError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path} is not a linkage model: {error}") from error
