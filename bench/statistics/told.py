"""`python -m bench.statistics.told [--quick]`: the latest result of every part as tables, written into bench/README.md at their place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from bench.statistics.suite import PARTS
from bench.tables import busy, met, missing, squeezed, table, value
from bench.web.told import README, place

Result = dict[str, Any]
OURS = "havre"


def _times(theirs: float | None, ours: float | None) -> str:
    return f"{theirs / ours:.2f}" if theirs is not None and ours else ""


def _ways(figures: Result | None) -> list[float | None]:
    """Errors of one, two and three attributes; keys are text once they were kept."""
    return [(figures or {}).get(way) for way in ("1", "2", "3")]


def _ratios(sets: Result) -> list[str]:
    rows: list[Sequence[object]] = []
    for name, result in sets.items():
        ours = result["systems"].get(OURS)
        if not ours:
            continue
        for system, theirs in result["systems"].items():
            if system != OURS:
                what = [_times(t, o) for kind in ("tables", "rows") if kind in theirs and kind in ours for t, o in list(zip(_ways(theirs[kind]), _ways(ours[kind]), strict=True))[1:]]
                rows.append([name, system, *(what + [""] * 4)[:4], _times(theirs["fit_s"], ours["fit_s"]), _times(theirs["fit_extra_mb"], ours["fit_extra_mb"])])
    return ["How many times Havre's its figure is, of each other system (above 1: Havre is better):",
            *table(["rows", "system", "tables 2-way", "tables 3-way", "drawn rows 2-way", "drawn rows 3-way", "seconds for the tables", "memory above the rows"], rows)]  # fmt: skip


def _systems(sets: Result) -> list[str]:
    rows = [[name, system, *_ways(f["tables"]), *_ways(f.get("rows")), f["fit_s"], f.get("rows_s"), f["fit_extra_mb"]] for name, result in sets.items() for system, f in result["systems"].items()]
    return ["Errors are nL1, total absolute error over total count; a system that tells no tables is asked for those of its rows:",
            *table(["rows", "system", "1-way", "2-way", "3-way", "drawn rows 1-way", "2-way", "3-way", "s for the tables", "s for the rows", "MiB above the rows"], rows)]  # fmt: skip


def _cells(sets: Result) -> list[str]:
    rows = [[name, rule, f"{f['shown']:,}", f"{f['false']:,}", f["suppressed"]] for name, result in sets.items() for rule, f in result.get("cells", {}).items()]
    return ["Cells of three attributes: shown, of these holding nobody, and the share of those that hold somebody which are not shown. `as many as` are Havre's highest estimates:",
            *table(["rows", "shown by", "cells shown", "false", "suppressed"], rows)]  # fmt: skip


def _release(result: Result) -> list[str]:
    return [*_ratios(result["sets"]), *_systems(result["sets"]), *_cells(result["sets"]), *missing(result)]


def _growth(result: Result) -> list[str]:
    rows = [[f"{int(size):,}", system, *_ways(f["tables"]), f.get("suppressed_2"), f["fit_s"]] for size, found in result["sizes"].items() for system, f in found["systems"].items()]
    plans = [[name, p["average_se"], p["worst_se"], p["smallest_readable"]] for name, p in result["plans"].items()]
    return ["Cases at several sizes, all 575 tables:", *table(["rows", "system", "1-way", "2-way", "3-way", "2-way cells with somebody that are not told", "s"], rows),
            "What a plan promises before any data, whatever the number of rows:", *table(["plan", "average standard error", "worst", "smallest count within 30 %"], plans)]  # fmt: skip


def _million(result: Result) -> list[str]:
    ours = result["systems"][OURS]
    return [f"Plan {ours['plan_s']} s, measured with secure noise {ours['measure_s']} s, all tables estimated {ours['estimate_s']} s, rows drawn {ours['rows_s']} s; "
            f"memory above the rows {ours['fit_extra_mb']:,.0f} MiB. Errors of the tables {', '.join(map(str, _ways(ours['tables'])))}, of the rows {', '.join(map(str, _ways(ours['rows'])))}."]  # fmt: skip


def _million_pac(result: Result) -> list[str]:
    return [*table(["system", "s for the tables", "MiB above the rows"], [[s, costs[0]["fit_s"], costs[0]["fit_extra_mb"]] for s, costs in result["costs"].items()]), *missing(result)]


def _coverage(result: Result) -> list[str]:
    def rows(which: str, by: str) -> list[Sequence[object]]:
        return [[name, found["plan"], f"{b['way']}-way", b[by], f"{b['cells']:,}", b["raw"], b["shrunk"], b["width"]] for name, found in result["sets"].items() for b in found[which]]

    head = ["bars", "raw", "shrunk", "width of shrunk bars, raw ones 1"]
    return [f"Share of 95 % bars that hold the truth, over {result['repeats']} sheets of the same rows, by what a cell truly holds:",
            *table(["rows", "tables planned", "table", "the cell holds", *head], rows("bands", "held")),
            "The same by what is shown, which is what a reader knows:",
            *table(["rows", "tables planned", "table", "shown", *head], rows("shown", "shown"))]  # fmt: skip


def _audit(result: Result) -> list[str]:
    rows = [[s, f"{f['canary_runs']:,}", f["hit_rate"], f["alarm_rate"], f["epsilon_at_least"], f["epsilon_if_gaussian"], f"{f['labels_shown']} of {f['label_runs']:,}"] for s, f in result["systems"].items()]
    return [f"Declared epsilon {result['declared']}; {result['children']:,} children, of each of whom {result['known']} of {result['attributes']} attributes are known, and one of whom all are:",
            *table(["system", "runs", "recognised", "wrongly", "least epsilon", "least epsilon of Gaussian noise", "category of one child shown"], rows), *missing(result)]  # fmt: skip


def _attacks(result: Result) -> list[str]:
    rows = [[source, name, f["members"], f["non_members"], f["of"], f["difference"], f"{f['interval'][0]} to {f['interval'][1]}"] for source, found in result["rows"].items() for name, f in found.items()]
    tables = [[source, "membership from tables", f["members"], f["non_members"], f["of"], f["difference"], f"{f['interval'][0]} to {f['interval'][1]}"] for source, f in result["tables"].items()]
    return [*table(["released", "attack", "members", "non-members", "of", "difference", "interval"], rows + tables), *missing(result)]


def _running(result: Result) -> list[str]:
    rows = [[p, f["formula"], f.get("seen"), f["recomputed"], f.get("covered"), f["smallest_readable"]] for p, f in result["periods"].items()]
    return ["Standard error of the worst total over that of one count told alone with the same budget:",
            *table(["months", "by the formula", f"seen in {result['runs']:,} runs", "if every total were measured anew", "95 % bars that hold", "smallest total within 30 %"], rows)]  # fmt: skip


def _routes(result: Result) -> list[str]:
    return [f"{result['questions']:,} questions; the stored sheet has {result['stored_bytes']:,} bytes."]


TITLES: dict[str, tuple[str, Callable[[Result], list[str]]]] = {
    "release": ("Tables and rows", _release),
    "growth": ("Size of the group", _growth),
    "million": ("A million rows", _million),
    "million_pac": ("A million rows, beside pac-synth", _million_pac),
    "coverage": ("Bars", _coverage),
    "audit": ("Audits", _audit),
    "attacks": ("Attacks", _attacks),
    "running": ("Running totals", _running),
    "routes": ("The same answer by any route", _routes),
    "aim": ("Beside AIM", lambda result: [*_ratios(result["sets"]), *_systems(result["sets"]), *missing(result)]),
}


def words(results: dict[str, Result]) -> str:
    """Goals of every part that was run, then its tables."""
    goals = [[g["goal"], value(g["value"]), met(g)] for result in results.values() for g in result["goals"]]
    lines = ["#### Goals", *table(["goal", "measured", "met"], goals)]
    for part, result in results.items():
        title, tables = TITLES[part]
        lines += [f"#### {title}", "", busy(result), "", *(tables(result) if result["goals"] else missing(result)), ""]
    if absent := [part for part in PARTS.every if part not in results]:
        lines.append(f"Parts not run: {', '.join(absent)}.")
    return squeezed(lines)


def main(quick: bool) -> None:
    """Write what was measured."""
    results = PARTS.latest(quick)
    README.write_text(place(README.read_text("utf-8"), f"statistics {'quick' if quick else 'full'}", words(results)), "utf-8")


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
