"""How is a table read? Each cell with its interval and one of four states; what cannot be read is left out, never drawn as nought.

Numbers are rounded to about half a standard error ("about 340, 300 to 380"): more digits would be noise. Everything here is worked
out from the sheet, so the same table is the same bytes whoever asks. Centres and intervals are the sheet's own, unbiased ones: they
hold 95 times in 100 for every table and count, also where only some hundred children are counted. A number is shown only where it
stands out so far from its noise that a table of nobody would show any number at all 5 times in 100: with many cells the bar is higher.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from scipy.stats import norm

from havre.disclosure.plan import READABLE, Z
from havre.disclosure.publication import FALSE, about
from havre.disclosure.sheet import Status, Table

STATES: Final = {Status.SHOWN.value: "shown", Status.UNCERTAIN.value: "uncertain", Status.TOO_SMALL.value: "too_small",
                 Status.NOT_PLANNED.value: "not_planned"}


def shown(table: Table, codebook: Mapping[str, Any]) -> dict[str, Any]:
    """A table as plain JSON: its axes with titles and labels in both languages, and one cell for each combination, in C order."""
    axes = []
    for (name, level), codes in zip(table.spec, table.codes, strict=True):
        entry = codebook[name]
        held = entry["levels"][level - 1] if level else entry["levels"][-1]
        labels = dict(held["codes"])
        axes.append({"name": name, "level": held["name"], "depth": level, "title": held["title"], "hxl": entry["hxl"],
                     "codes": [[code, labels[code]] for code in codes]})
    readable = float(norm.isf(FALSE / max(1, table.value.size)))
    numbers = zip(table.value.flat, table.se.flat, table.low.flat, table.high.flat, table.status.flat, strict=True)
    cells = [_cell(float(value), float(se), float(low), float(high), str(status), readable) for value, se, low, high, status in numbers]
    return {"axes": axes, "cells": cells}


def _cell(value: float, se: float, low: float, high: float, status: str, readable: float) -> dict[str, Any]:
    state = STATES[status]
    if state == "not_planned":
        return {"state": state}
    if state == "too_small" or value <= readable * se:
        return {"state": "too_small"}
    number, least, most = about(value, se, low, high)
    within = max(1, round(Z * se))  # judged as it is told, so that equal numbers never have unequal states
    state = STATES[Status.SHOWN.value if within <= READABLE * number else Status.UNCERTAIN.value]
    return {"state": state, "value": number, "low": least, "high": most, "within": within}


def named(tables: Sequence[Mapping[str, Any]], spec: Sequence[tuple[str, int]]) -> Mapping[str, Any] | None:
    """The shown table by exactly these attributes and levels, in any order; None when it is not among them."""
    wanted = sorted(spec)
    return next((t for t in tables if sorted((a["name"], a["depth"]) for a in t["axes"]) == wanted), None)
