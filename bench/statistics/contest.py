"""Every system tells what it can of the same rows, in turn, each in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.linkage.contest import run
from bench.linkage.setting import say
from bench.statistics.peers import home
from bench.statistics.setting import DELTA, EPSILON, Question

MODULE = "bench.statistics.peers"
PATIENCE = 3_600.0  # seconds that any system may take over one set of rows
SYSTEMS: dict[str, tuple[str, str, Sequence[str]]] = {
    "havre": ("", "havre_release", ()),
    "pac-synth": ("pac", "pac_release", ()),
    "pac-synth, its best for small tables": ("pac", "pac_release", ("balanced+progressive", "--no-rows")),  # its rows take the better part of an hour
    "MST": ("smartnoise", "smartnoise_release", ("mst",)),
    "AIM": ("smartnoise", "smartnoise_release", ("aim",)),
}


def command(system: str) -> tuple[list[str], str]:
    """How a system is started, and why it cannot be where it is not here."""
    environment, module, _ = SYSTEMS[system]
    python, why = home.python(environment) if environment else (sys.executable, "")
    return ([python, "-m", f"{MODULE}.{module}"] if python else []), why


@dataclass(slots=True)
class Told:
    """What each system's runs over one question cost, and why the others did not run."""

    costs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def best(self, system: str, step: str) -> float:
        """The least of its rounds."""
        return min(cost[step] for cost in self.costs[system])


def release(question: Question, systems: Sequence[str], rounds: int, further: Sequence[str] = ()) -> Told:
    """Each system in turn, A B A B; answers lie in the question's folder."""
    told = Told()
    for turn in range(rounds):
        for system in systems:
            if system in told.missing:
                continue
            head, why = command(system)
            try:
                if not head:
                    raise RuntimeError(why)
                cost = run([*head, str(question.folder), str(question.answer(system)), EPSILON, DELTA, *SYSTEMS[system][2], *further], PATIENCE)
            except RuntimeError as error:
                told.missing[system] = str(error)
                continue
            told.costs.setdefault(system, []).append(cost)
            say(f"{question.rows.name} {len(question.rows.codes):,}, round {turn + 1}: {system} {cost['fit_s']} s" + (f", rows {cost['rows_s']} s" if "rows_s" in cost else ""))
    return told
