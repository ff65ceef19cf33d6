"""What is different between two versions of the model, in numbers a person can judge?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from havre.linkage.explain import REASONS
from havre.linkage.model.parameters import Learned, Model

KINDS: Final = ("match", "family", "unrelated")
WHOM: Final = {"match": "one person", "family": "one family", "unrelated": "unrelated people"}
WORTH_TELLING: Final = 0.02  # levels that moved by less than this share of themselves are left out
CHANCES: Final = (5, 25, 50, 75, 90, 98)  # of 100, at which the calibration is told


@dataclass(frozen=True, slots=True)
class Change:
    """How usual one level is for one person (`kind` "match"), one family ("family") or unrelated people, before and after.

    `reason` is a code of `explain.REASONS`; `decisions` how many decided pairs of this kind had the level; `times` how many
    times more the level now speaks for the kind (below 1: less).
    """

    field: str
    level: str
    kind: str
    before: float
    after: float
    decisions: float

    @property
    def reason(self) -> str:
        """The code of the sentence that tells the level."""
        return f"{self.field}_{self.level}"

    @property
    def times(self) -> float:
        """`after` over `before`."""
        return self.after / self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side: levels that moved, those that moved most first, and what chances became.

    `chances`: (of 100 before, of 100 after) for pairs with the same evidence but for the levels that moved.
    """

    before: str
    after: str
    learned: Learned | None
    changes: tuple[Change, ...]
    chances: tuple[tuple[int, int], ...]


def compare(before: Model, after: Model) -> Comparison:
    """What is different in `after`. Levels that only one of the two has are left out."""
    changes = []
    for name, known in after.fields.items():
        old = before.fields[name].levels if name in before.fields else {}
        for level, triple in known.levels.items():
            for k, kind in enumerate(KINDS):
                if level in old and abs(math.log(triple[k] / old[level][k])) >= WORTH_TELLING:
                    changes.append(Change(name, level, kind, old[level][k], triple[k], (*known.seen.get(level, (0.0, 0.0)), 0.0)[k]))
    changes.sort(key=lambda c: (-abs(math.log(c.times)), c.field, c.level, c.kind))
    return Comparison(before.version, after.version, after.learned, tuple(changes), tuple((c, _now(c, before, after)) for c in CHANCES))


def _now(chance: int, before: Model, after: Model) -> int:
    score = (math.log(chance / (100 - chance)) - before.shift) / before.slope
    return round(100 / (1 + math.exp(-(after.slope * score + after.shift))))


def report(before: Model, after: Model) -> str:
    """The comparison as plain English text, one line a change."""
    found = compare(before, after)
    lines = [f"Model {found.after}, compared with {found.before}."]
    if found.learned:
        counts = ", ".join(f"{n:g} {what}" for n, what in (
            (round(found.learned.same_person, 1), "of one person"), (round(found.learned.same_family, 1), "of one family"),
            (round(found.learned.unrelated, 1), "of neither")))  # fmt: skip
        lines.append(f"Learned from {found.learned.decisions} decisions: {counts}.")
    lines.append("")
    lines += [_line(change) for change in found.changes] or ["No level moved."]
    lines += ["", "Chances, out of 100: " + ", ".join(f"{a} becomes {b}" for a, b in found.chances) + "."]
    return "\n".join(lines) + "\n"


def _line(change: Change) -> str:
    what = REASONS.get(change.reason, change.reason).replace("{count}", "Several").replace("{years}", "some").replace("{role}", "any role")
    counted = f", on {change.decisions:g} decisions" if change.kind != "unrelated" else ""
    return f"{what} For {WHOM[change.kind]}: {100 * change.before:.3g} % before, {100 * change.after:.3g} % now{counted}."
