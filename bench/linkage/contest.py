"""Several systems answer the same questions in turn, each in a process of its own, so that the machine treats them alike."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import numpy as np

from bench.linkage.sources import ROOT

WARM_UP = 8  # questions asked before counting: programs compile and caches of the operating system fill


@dataclass(slots=True)
class Answers:
    """What one system answered: milliseconds and ids found, by question number."""

    ms: list[float] = field(default_factory=list)
    found: dict[int, list[tuple[str, float, float]]] = field(default_factory=dict)

    def time(self, share: float) -> float:
        """The time below which this share of the answers came, in milliseconds."""
        return round(float(np.quantile(self.ms, share)), 2) if self.ms else 0.0


def environment() -> dict[str, str]:
    """What a process of the bench is started with."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTHONWARNINGS": "ignore", "PYTHONHASHSEED": "0"}


def run(command: Sequence[str], limit_s: float | None = None) -> dict[str, Any]:
    """Run a program to its end; the JSON object of its last line. Raises RuntimeError with its last words, or when it takes longer than its limit."""
    start = time.monotonic()
    try:
        got = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=limit_s)
    except subprocess.TimeoutExpired as late:
        raise RuntimeError(f"stopped after {limit_s:,.0f} s without an answer") from late
    lines = got.stdout.strip().splitlines()
    if got.returncode < 0:
        raise RuntimeError(f"ended by signal {-got.returncode} after {time.monotonic() - start:,.0f} s" + (", as for want of memory" if got.returncode == -signal.SIGKILL else ""))
    if got.returncode or not lines:
        raise RuntimeError((got.stderr.strip().splitlines() or ["said nothing"])[-1][:300])
    return dict(json.loads(lines[-1]))


class Player:
    """A system that answers questions."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.answers: dict[str, Answers] = {}
        self.ready: dict[str, Any] = {}
        self.peak_mb = 0.0

    def __enter__(self) -> Player:
        print(f"  {self.name} prepares", file=sys.stderr, flush=True)
        self.words = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.words, text=True)
        self.ready = self._line()
        return self

    def _pipe(self) -> tuple[IO[str], IO[str]]:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError(f"{self.name} has no pipes")
        return self.process.stdin, self.process.stdout

    def _line(self) -> dict[str, Any]:
        line = self._pipe()[1].readline()
        if not line:
            code = self.process.wait()
            self.words.seek(0)
            raise RuntimeError(f"ended with code {code}: {(self.words.read().strip().splitlines() or ['said nothing'])[-1][:300]}")
        return dict(json.loads(line))

    def ask(self, fields: str, number: int, *, count: bool = True) -> None:
        """Ask one question and keep the answer."""
        into = self._pipe()[0]
        into.write(f"{fields} {number}\n")
        into.flush()
        got = self._line()
        if count:
            kept = self.answers.setdefault(fields, Answers())
            kept.ms.append(float(got["ms"]))
            kept.found[number] = [(str(i), float(p), float(f)) for i, p, f in got["found"]]

    def __exit__(self, *_: object) -> None:
        into, out = self._pipe()
        into.close()
        lines = out.read().strip().splitlines()
        self.process.wait(60)
        self.words.close()
        self.peak_mb = float(json.loads(lines[-1])["peak_mb"]) if lines else 0.0


def interleaved(players: Sequence[tuple[Player, str, int]], numbers: Sequence[int]) -> None:
    """Ask every player each question in turn: A B A B, the first `WARM_UP` questions without counting.

    A slow player answers only so many, spread over all, and warms up with two.
    """
    counted = len(numbers) - WARM_UP
    for place, number in enumerate(numbers):
        for player, fields, most in players:
            warming, each = (WARM_UP if most >= counted else 2), max(1, counted // most)
            if place < WARM_UP:
                if place < warming:
                    player.ask(fields, number, count=False)
            elif (place - WARM_UP) % each == 0:
                player.ask(fields, number)
