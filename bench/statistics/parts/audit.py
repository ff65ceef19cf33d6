"""Does more come out than was declared? One harness, Havre's, puts Havre and pac-synth to the same two audits among the same people.

Of every child two of ten attributes are known, as where many organisations ask for different things; of the one more child, all ten.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from bench.linkage.setting import goal, say
from bench.linkage.sources import ROOT
from bench.statistics.peers import home
from bench.statistics.setting import DELTA, EPSILON, Setting
from havre.disclosure import Budget, Workload, plan
from havre.disclosure.audit import Declared, Mechanism, Peer, Person, Report, adapter, canary_audit, declared, label_audit, measured, sample

ATTRIBUTES, KNOWN, ORDER, CHILDREN = 10, 2, 2, 2_000
RUNS = {True: (600, 100), False: (10_000, 1_000)}  # of the canary audit, of the label audit
PEER_RUNS = {True: (600, 100), False: (2_000, 1_000)}


def thinly_documented(seed: int) -> list[Person]:
    """The children among whom the one more is looked for."""
    draw = np.random.default_rng(seed)
    names = sample.domain(ATTRIBUTES).names
    asked = np.argsort(draw.random((CHILDREN, ATTRIBUTES)), axis=1)[:, :KNOWN]
    codes = draw.choice(len(sample.CODES), (CHILDREN, KNOWN), p=sample.SHARES)
    return [{names[a]: sample.CODES[c] for a, c in zip(*both, strict=True)} for both in zip(asked.tolist(), codes.tolist(), strict=True)]


def _report(name: str, mechanism: Mechanism, promised: Declared, runs: tuple[int, int]) -> Report:
    say(f"{name}: {runs[0]:,} releases for the canary, {runs[1]:,} for the label")
    people, canary, first = thinly_documented(seed=1), sample.canary(ATTRIBUTES), sample.domain(ATTRIBUTES).names[0]
    return Report(name, canary_audit(mechanism, people, canary, promised, runs=runs[0], order=ORDER, seed=1),
                  label_audit(mechanism, people, canary, first, sample.UNLISTED, runs=runs[1], seed=1))  # fmt: skip


def _told(report: Report) -> dict[str, Any]:
    """The figures of one mechanism."""
    found = report.canary
    return {"epsilon_at_least": round(found.epsilon, 3), "hit_rate": round(found.rates.hit_rate, 4), "alarm_rate": round(found.rates.alarm_rate, 4),
            "canary_runs": found.runs, "labels_shown": report.labels.shown, "label_runs": report.labels.runs, "exceeded": report.exceeded,
            "epsilon_if_gaussian": None if found.epsilon_if_gaussian is None else round(found.epsilon_if_gaussian, 3)}  # fmt: skip


def run(setting: Setting) -> dict[str, Any]:
    """Both audits on both."""
    domain = sample.domain(ATTRIBUTES)
    planned = plan(domain, Workload.all_ways(domain, ORDER), Budget.of(EPSILON, DELTA))
    figures = {"havre": _told(_report("havre", measured(planned), declared(planned, float(DELTA)), RUNS[setting.quick]))}
    missing = {}
    python, why = home.python("pac")
    if python:
        command = ["env", f"PYTHONPATH={ROOT}", python, "-m", "bench.statistics.peers.pac_audited", EPSILON, DELTA, str(Path(str(adapter.__file__)).parent)]
        with Peer(command) as peer:
            figures["pac-synth"] = _told(_report("pac-synth", peer, Declared(float(EPSILON), float(DELTA)), PEER_RUNS[setting.quick]))
    else:
        missing["pac-synth"] = why
    return {"goals": _goals(figures), "declared": EPSILON, "children": CHILDREN, "attributes": ATTRIBUTES, "known": KNOWN, "systems": figures, "missing": missing}


def _goals(figures: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    ours = figures["havre"]
    least = max(ours["epsilon_at_least"], ours["epsilon_if_gaussian"] or 0)
    goals = [
        goal("statistics.canary", f"canary audit, {ours['canary_runs']:,} runs: least epsilon with 95 % confidence at most the {EPSILON} declared", least, least <= float(EPSILON)),
        goal("statistics.label", f"a category held by one child comes out in none of {ours['label_runs']:,} runs", ours["labels_shown"], ours["labels_shown"] == 0),
    ]
    if theirs := figures.get("pac-synth"):
        goals.append(goal("statistics.audit_sees", f"the same harness sees that pac-synth gives away more than the {EPSILON} it declares: least epsilon",
                          theirs["epsilon_at_least"], theirs["epsilon_at_least"] > float(EPSILON)))  # fmt: skip
    return goals
