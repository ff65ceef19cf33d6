"""Cases that begin and end, told quarter by quarter to somebody who may not open them, and what all of it together leaves possible.

Opened, closed, open at the end, and opened among the children alone are four tables of the same cases: open now is open then, plus
opened, less closed, in every group; children alone are among those registered. The attacker reads every quarter and breakdown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from havre.statistics import indicators
from havre.statistics.counting.measured import Figure, Measured, Shown
from havre.statistics.counting.period import read_period

LEAST = 11
QUARTERS = 4
GROUPS = {"sex": (0.4, 0.6), "status": (0.5, 0.25, 0.2, 0.05), "risk": (0.15, 0.55, 0.3)}
ALONE = 3  # of the four statuses
COUNTED = ("opened", "closed", "open", "alone")
PERIODS = read_period("2026-q3", date(2026, 11, 22)).back(2)
Guard = Callable[[Measured, int], Measured]
Name = tuple[str, str, int, int]  # what, group of, code, quarter; "all" of everyone
Terms = Mapping[Name, float]


@dataclass(frozen=True)
class Cases:
    """Who is in which group, and in which quarter each case was opened and closed (below 0: before)."""

    groups: Mapping[str, np.ndarray]
    opened: np.ndarray
    closed: np.ndarray

    def count(self, what: str, of: str, code: int, quarter: int) -> int:
        """How many there are."""
        chosen = np.ones(len(self.opened), bool) if of == "all" else self.groups[of] == code
        if what == "before":
            return int((chosen & (self.opened < 0) & (self.closed >= 0)).sum())
        if what == "open":
            return int((chosen & (self.opened <= quarter) & (self.closed > quarter)).sum())
        at = self.closed if what == "closed" else self.opened
        return int((chosen & (at == quarter) & ((self.groups["status"] < ALONE) | (what != "alone"))).sum())


def cases(seed: int, number: int = 300) -> Cases:
    """An invented world; cases last some quarters."""
    rng = np.random.default_rng(seed)
    opened = rng.integers(-4, QUARTERS, number)
    return Cases({of: rng.choice(len(p), number, p=p) for of, p in GROUPS.items()}, opened, opened + rng.geometric(0.25, number))


def terms(what: str, of: str, code: int, quarter: int) -> dict[Name, float]:
    """A figure in terms of the cases before, opened and closed."""
    if what != "open":
        return {(what, of, code, quarter): 1.0}
    past = {(each, of, code, at): sign for at in range(quarter + 1) for each, sign in (("opened", 1.0), ("closed", -1.0))}
    return {("before", of, code, 0): 1.0, **past}


def hides(cell: tuple[str, str, int, int]) -> bool:
    """Children alone are told by what they are, not again by it."""
    return cell[0] == "alone" and cell[1] == "status"


@dataclass(frozen=True)
class Small:
    """A figure below the least: what it is made of, and the least and most that all tables together leave possible."""

    terms: Terms
    true: int
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it is worked out."""
        return self.high - self.low < 0.5


def attack(world: Cases, guard: Guard) -> list[Small]:
    """Every small figure, and every small rest of two figures, with what the attacker knows of it."""
    asked = [(what, of, quarter) for what, of, quarter in product(COUNTED, GROUPS, range(QUARTERS)) if not hides((what, of, 0, quarter))]
    told: list[tuple[Terms, float, float]] = list(_sums())
    targets: dict[str, tuple[Terms, int]] = {}
    for what, of, quarter in asked:
        rows = {str(code): Figure(world.count(what, of, code, quarter)) for code in range(len(GROUPS[of]))}
        whole = Figure(world.count(what, "all", 0, quarter))
        shown = guard(Measured(replace(indicators.every()["cases_opened"], dimensions=(of,)), PERIODS, [Figure(100), whole], of, "", rows, {}), LEAST)
        told.append((terms(what, "all", 0, quarter), *_between(shown.now)))
        for code, figure in enumerate(shown.rows.values()):
            said, true = terms(what, of, code, quarter), int(rows[str(code)].n)
            told.append((said, *_between(figure)))
            targets[str(said)] = (said, true)
            if what == "alone":
                rest: Terms = {("opened", of, code, quarter): 1.0, ("alone", of, code, quarter): -1.0}
                targets[str(rest)] = (rest, world.count("opened", of, code, quarter) - true)
    return _solved(told, [target for target in targets.values() if target[1] < LEAST])


def _between(figure: Figure) -> tuple[float, float]:
    """What one figure says: itself, what rounds to it, fewer than the least, or nothing."""
    if figure.shown is Shown.EXACT:
        return figure.n, figure.n
    if figure.shown is Shown.ROUNDED:
        return max(figure.n - 5, LEAST), figure.n + 4
    return 0, LEAST - 1 if figure.shown is Shown.SMALL else np.inf


def _sums() -> list[tuple[Terms, float, float]]:
    """What holds whatever is shown: groups add up, and children alone are a part."""
    out: list[tuple[Terms, float, float]] = []
    for of, quarter in product(GROUPS, range(QUARTERS)):
        for what in ("opened", "closed", "alone", *(["before"] if quarter == 0 else [])):
            among = "opened" if hides((what, of, 0, 0)) else what
            codes = range(ALONE) if hides((what, of, 0, 0)) else range(len(GROUPS[of]))
            out.append(({(what, "all", 0, quarter): 1.0, **{(among, of, code, quarter): -1.0 for code in codes}}, 0, 0))
        if of != "status":
            out += [({("opened", of, code, quarter): 1.0, ("alone", of, code, quarter): -1.0}, 0, np.inf) for code in range(len(GROUPS[of]))]
    return out


def _solved(told: Sequence[tuple[Terms, float, float]], targets: Sequence[tuple[Terms, int]]) -> list[Small]:
    names = {name: at for at, name in enumerate(dict.fromkeys(name for said, _low, _high in told for name in said))}
    bounds = [(said, sign, sign * end) for said, low, high in told for sign, end in ((1, high), (-1, low)) if np.isfinite(end)]
    matrix = lil_matrix((len(bounds), len(names)))
    for row, (said, sign, _end) in enumerate(bounds):
        for name, times in said.items():
            matrix[row, names[name]] = sign * times
    held, ends = matrix.tocsr(), [end for _said, _sign, end in bounds]
    out = []
    for said, true in targets:
        goal = np.zeros(len(names))
        for name, times in said.items():
            goal[names[name]] = times
        low, high = (linprog(sign * goal, A_ub=held, b_ub=ends, method="highs") for sign in (1, -1))
        assert low.status == 0 and high.status in (0, 3), "the truth is always possible"
        out.append(Small(said, true, float(low.fun), float(-high.fun) if high.status == 0 else np.inf))
    return out
