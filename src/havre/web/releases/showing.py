"""How is a plan, a table or a plot drawn? Everything here takes what queries gave and makes words and positions of it."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from havre.config.policies import policy_for
from havre.statistics.releases import prices
from havre.statistics.releases.plans import ReleasePlan
from havre.statistics.releases.preview import Preview
from havre.statistics.releases.shown import named
from havre.web.releases import words

Shown = Mapping[str, Any]


def plan_words(plan: ReleasePlan) -> dict[str, Any]:
    """A plan: who, when, which tables, at what price, for whom."""
    return {
        "who": _(plan.who.title), "counted": _(plan.who.counted), "care": _(plan.who.care), "months": words.months(plan.period),
        "line": _(words.LINES[plan.line]), "epsilon": words.epsilon(plan.epsilon / 1000),
        "tables": [{"title": words.table(table.by, plan.axes), "weight": table.weight} for table in plan.tables]}


def preview_words(plan: ReleasePlan, seen: Preview) -> dict[str, Any]:
    """A plan before any data: how precise each table will be, what it costs and what the ledger holds."""
    exponent = policy_for(plan.country).privacy_delta_exponent
    return {
        "tables": [{"title": words.spec(t.spec, plan.axes), "cells": words.count(t.cells), "within": words.count(t.within),
                    "readable": words.count(t.readable)} for t in seen.tables],
        "readable": words.count(seen.readable), "price": words.epsilon(plan.epsilon / 1000),
        "left": words.epsilon(math.floor(prices.epsilon(seen.left, exponent) * 1000 + 1e-3) / 1000),
        "enough": seen.price <= seen.left, "before": [f"{words.spec(spec, plan.axes)} ({stored.spending.code})" for spec, stored in seen.before]}


def title_of(shown: Shown, lang: str) -> str:
    """A shown table in words."""
    return " × ".join(axis["title"][lang] for axis in shown["axes"]) or _("everyone together")


def cells_of(shown: Shown, fixed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The cells of a table where some axes have one code, along the axis that is left, or the one cell."""
    at = [0]
    for axis in shown["axes"]:
        size = len(axis["codes"])
        places = range(size) if axis["name"] not in fixed else [[c for c, _labels in axis["codes"]].index(fixed[axis["name"]])]
        at = [held * size + place for held in at for place in places]
    return [shown["cells"][place] for place in at]


def grid(tables: Sequence[Shown], shown: Shown, rows: str, of: Mapping[str, str], lang: str) -> dict[str, Any]:
    """A table as lines with their margins: `rows` is the axis going down, `of` fixes the third axis to one code.

    The column and line of *all* come from the sheet's own margins, where the release has them; they add up before rounding.
    """
    axes = {axis["name"]: axis for axis in shown["axes"]}
    down = axes[rows]
    across = next((axis for name, axis in axes.items() if name != rows and name not in of), None)
    lines = []
    for code, labels in down["codes"]:
        held = cells_of(shown, {**of, rows: code})
        lines.append({"label": labels[lang], "cells": [words.cell(cell) for cell in held] + _margin(tables, shown, {**of, rows: code}, across)})
    foot = []
    if across is not None:
        bottom = _margin_row(tables, shown, of, across)
        foot = bottom + _margin(tables, shown, dict(of), across, down) if bottom else []
    heads = [labels[lang] for _code, labels in across["codes"]] if across is not None else [_("Children")]
    return {"down": down["title"][lang], "heads": heads + ([_("All")] if across is not None and lines and len(lines[0]["cells"]) > len(heads) else []),
            "lines": lines, "foot": foot}


def _margin(tables: Sequence[Shown], shown: Shown, fixed: Mapping[str, str], *gone: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """The cell that stands for all codes of the axes `gone`, from the table without them; nothing when there is no such table."""
    names = {axis["name"] for axis in gone if axis is not None}
    if not names:
        return []
    spec = [(axis["name"], axis["depth"]) for axis in shown["axes"] if axis["name"] not in names]
    held = named(tables, spec)
    return [words.cell(cell) for cell in cells_of(held, fixed)] if held is not None else []


def _margin_row(tables: Sequence[Shown], shown: Shown, of: Mapping[str, str], across: Mapping[str, Any]) -> list[dict[str, str]]:
    spec = [(axis["name"], axis["depth"]) for axis in shown["axes"] if axis["name"] == across["name"] or axis["name"] in of]
    held = named(tables, spec)
    return [words.cell(cell) for cell in cells_of(held, of)] if held is not None else []


def dots(shown: Shown, lang: str) -> dict[str, Any] | None:
    """A plot of a table by one attribute: a dot with its interval for each code, from nought; None when nothing can be read."""
    axis = shown["axes"][0]
    pairs = list(zip(axis["codes"], shown["cells"], strict=True))
    top = max((cell["high"] for _code, cell in pairs if "value" in cell), default=0)
    if not top:
        return None
    step = _step(top)
    end = math.ceil(top / step) * step
    scale = 1000 / end
    return {
        "ticks": [f"{n * step * scale:.1f}" for n in range(round(end / step) + 1)], "step": words.count(step),
        "rows": [{"label": labels[lang], **words.cell(cell),
                  **({"x": f"{cell['value'] * scale:.1f}", "low": f"{cell['low'] * scale:.1f}", "high": f"{cell['high'] * scale:.1f}"} if "value" in cell else {})}
                 for (_code, labels), cell in pairs]}


def _step(top: float) -> int:
    power = float(10 ** math.floor(math.log10(max(top, 1))))
    steps = (max(1, round(part * power)) for part in (0.1, 0.2, 0.5, 1.0, 2.0))
    return next(step for step in steps if top / step <= 8)


def total_words(tables: Sequence[Shown]) -> str:
    """The whole in one sentence: "About 1,980 children, give or take 34."; what to say when it cannot be read."""
    whole = named(tables, [])
    cell: Mapping[str, Any] = whole["cells"][0] if whole is not None else {"state": "not_planned"}
    if "value" not in cell:
        return _("So few children that their number is not told.")
    return _("About %(number)s children, give or take %(within)s.") % {"number": words.count(cell["value"]), "within": words.count(cell["within"])}


def safety(guarantee: Mapping[str, Any]) -> dict[str, str]:
    """The guarantee in words."""
    return {"epsilon": words.epsilon(float(guarantee["epsilon"])), "delta": _delta(guarantee["delta"]),
            "ledger": words.epsilon(float(guarantee["ledger"]["spent_epsilon"])), "id": guarantee["release"]}


def _delta(delta: str) -> str:
    return _("1 in %(number)s") % {"number": formats.number_format(int(1 / Fraction(delta)), force_grouping=True)}
