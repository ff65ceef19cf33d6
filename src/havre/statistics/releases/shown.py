"""How is a table read? Each cell with its interval and one of four states; what cannot be read is left out, never drawn as nought.

Numbers are rounded to about half a standard error ("about 340, 300 to 380"): more digits would be noise. Everything here is worked
out from the sheet, so the same table is the same bytes whoever asks.
"""

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any, Final

import numpy as np

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
    cells = [_cell(*each) for each in zip(*(part.flat for part in (table.value, table.se, table.low, table.high)), table.status.flat, strict=True)]
    return {"axes": axes, "cells": cells}


def _cell(value: float, se: float, low: float, high: float, status: Any) -> dict[str, Any]:
    state = STATES[str(status)]
    if state in {"too_small", "not_planned"}:
        return {"state": state}
    step = rounding(se)
    return {"state": state, "value": _rounded(value, step), "low": max(0, _rounded(low, step)), "high": _rounded(high, step),
            "within": max(step, _rounded(1.96 * se, step))}


def rounding(se: float) -> int:
    """The step to which a number with this standard error is rounded: 1, 2 or 5 times a power of ten, at most half of it and at least 1."""
    half = se / 2
    if half <= 1:
        return 1
    power = 10 ** floor(log10(half))
    return int(next(m * power for m in (5, 2, 1) if m * power <= half))


def _rounded(number: float, step: int) -> int:
    return int(np.floor(number / step + 0.5)) * step


def named(tables: Sequence[Mapping[str, Any]], spec: Sequence[tuple[str, int]]) -> Mapping[str, Any] | None:
    """The shown table by exactly these attributes and levels, in any order; None when it is not among them."""
    wanted = sorted(spec)
    return next((t for t in tables if sorted((a["name"], a["depth"]) for a in t["axes"]) == wanted), None)
