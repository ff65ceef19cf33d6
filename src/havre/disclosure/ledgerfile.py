"""What was spent on a file before? A ledger beside it: one line of JSON per step, each with the SHA-256 of the line before it.

Spending is written, and on the disk, before anything is measured. A step that was spent and never finished stays spent.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from havre.core.canonical import canonical
from havre.disclosure.budget import Budget, epsilon_of
from havre.disclosure.problems import AlreadyMeasured, BudgetSpent, LedgerDamaged


@dataclass(frozen=True)
class Line:
    """One population and year: its cap, and what is spent of it, in rho."""

    population: str
    year: int
    cap: Fraction
    spent: Fraction
    releases: tuple[str, ...]


@dataclass
class LedgerFile:
    """An open, locked ledger. See `opened`."""

    _file: IO[bytes]
    _steps: list[dict[str, Any]]
    _last: str

    def line(self, population: str, year: int) -> Line | None:
        """What the ledger holds for a population and year; None before the first spending."""
        steps = [step for step in self._steps if (step["population"], step["year"]) == (population, year)]
        if not steps:
            return None
        spent = sum((Fraction(step["rho"]) for step in steps if step["step"] == "spent"), start=Fraction(0))
        return Line(population, year, Fraction(steps[0]["cap"]), spent, tuple(step["release"] for step in steps if step["step"] == "published"))

    def spend(self, population: str, year: int, rho: Fraction, cap: Budget, question: str, day: str) -> Line:
        """Write that `rho` is spent on the question with this fingerprint (the plan and its period). The first spending of a year fixes its cap.

        AlreadyMeasured if the same question was spent on before in the same year, BudgetSpent if less than rho is left; nothing is written then.
        """
        before = self.line(population, year)
        for step in self._steps:
            if step["step"] == "spent" and (step["population"], step["year"], step["question"]) == (population, year, question):
                done = [s["release"] for s in self._steps if s["step"] == "published" and s["question"] == question]
                raise AlreadyMeasured(release=f"release {done[0][:16]}" if done else "it was interrupted, and what it spent stays spent")
        limit, spent = (before.cap, before.spent) if before else (cap.rho, Fraction(0))
        if spent + rho > limit:
            delta = cap.delta or Fraction(1, 10**6)
            raise BudgetSpent(population=population, year=year, left=f"{epsilon_of(max(limit - spent, Fraction(0)), delta):.2f}",
                              asked=f"{epsilon_of(rho, delta):.2f}")
        self._append({"step": "spent", "population": population, "year": year, "rho": str(rho), "cap": str(limit), "question": question, "day": day})
        return Line(population, year, limit, spent + rho, before.releases if before else ())

    def publish(self, population: str, year: int, question: str, release: str, day: str) -> None:
        """Write that the sheet with the fingerprint `release` answers this question."""
        self._append({"step": "published", "population": population, "year": year, "question": question, "release": release, "day": day,
                      "cap": str(self._cap(population, year))})

    def _cap(self, population: str, year: int) -> Fraction:
        line = self.line(population, year)
        return line.cap if line else Fraction(0)

    def _append(self, step: dict[str, Any]) -> None:
        raw = canonical({**step, "before": self._last}) + b"\n"
        self._file.write(raw)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._steps.append(step)
        self._last = sha256(raw).hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[LedgerFile]:
    """The ledger at this path, made if it is not there, locked against other processes while open. LedgerDamaged if its lines do not
    follow each other; a last line cut short by a crash is one of those."""
    import fcntl
    with path.open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        steps, last = _read(file.read())
        yield LedgerFile(file, steps, last)


def _read(raw: bytes) -> tuple[list[dict[str, Any]], str]:
    steps: list[dict[str, Any]] = []
    last = ""
    for number, line in enumerate(raw.splitlines(keepends=True), start=1):
        try:
            step = json.loads(line)
            fine = canonical(step) + b"\n" == line and step.pop("before") == last and Fraction(step.get("rho", "1")) > 0
            fine = fine and step["step"] in ("spent", "published") and {"population", "year", "question", "cap"} <= step.keys()
        except (ValueError, TypeError, KeyError, AttributeError, ZeroDivisionError):
            fine = False
        if not fine:
            raise LedgerDamaged(line=number)
        steps.append(step)
        last = sha256(line).hexdigest()
    return steps, last
