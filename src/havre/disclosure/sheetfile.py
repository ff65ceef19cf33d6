"""Which bytes are a sheet? One canonical file: a line, a header in canonical JSON, and the answers; nothing in it can run."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import Any

import numpy as np

from havre.core.canonical import canonical
from havre.disclosure.domain import Attribute, Component, Domain
from havre.disclosure.plan import Plan
from havre.disclosure.problems import DisclosureRefused, SheetDamaged
from havre.disclosure.sheet import Sheet
from havre.disclosure.workload import Workload

MAGIC = b"havre-sheet-1\n"
LONGEST_HEADER = 64 * 2**20


def to_bytes(sheet: Sheet) -> bytes:
    """MAGIC, the header's length in decimal and a newline, the header, a newline; then each component's answers as little-endian
    64-bit floats in C order, in the header's order. The same sheet gives the same bytes everywhere."""
    header = canonical(plan_json(sheet.plan))
    answers = b"".join(np.ascontiguousarray(sheet.components[c], dtype="<f8").tobytes() for c in sheet.plan.sigma)
    return MAGIC + b"%d\n" % len(header) + header + b"\n" + answers


def digest(sheet: Sheet) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(to_bytes(sheet)).hexdigest()


def from_bytes(raw: bytes, id: str | None = None) -> Sheet:
    """The sheet of these bytes; SheetDamaged if they are none, are not canonical, or do not have the SHA-256 `id`."""
    if not raw.startswith(MAGIC) or (id is not None and sha256(raw).hexdigest() != id):
        raise SheetDamaged
    try:
        sheet = _read(raw)
    except (ValueError, TypeError, KeyError, IndexError, ZeroDivisionError, DisclosureRefused):
        raise SheetDamaged from None
    if to_bytes(sheet) != raw:
        raise SheetDamaged
    return sheet


def _read(raw: bytes) -> Sheet:
    import json
    line = raw.index(b"\n", len(MAGIC), len(MAGIC) + 12)
    length = int(raw[len(MAGIC):line])
    if not 0 < length < LONGEST_HEADER:
        raise SheetDamaged
    start = line + 1
    made = plan_of(json.loads(raw[start:start + length]))
    at, answers = start + length + 1, {}
    for component in made.sigma:
        shape = made.domain.shape(component)
        size = made.domain.size(component)
        found = np.frombuffer(raw, dtype="<f8", count=size, offset=at)
        if not np.isfinite(found).all():
            raise SheetDamaged
        answers[component] = found.reshape(shape).astype(np.float64)
        at += 8 * size
    return Sheet(made, answers)


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan in words and whole numbers; fractions as text, so that nothing is rounded."""
    return {
        "attributes": [{"name": a.name, "other": a.other, "missing": a.missing,
                        "levels": [{"name": level.name, "codes": list(level.codes), "parents": list(level.parents)} for level in a.levels]}
                       for a in plan.domain.attributes],
        "tables": [{"by": _pairs(spec), "weight": str(Fraction(weight))} for spec, weight in plan.workload.weights.items()],
        "rho": str(plan.rho), "rows_per_child": plan.rows_per_child, "neighbours": "one child more or less",
        "components": [{"by": _pairs(component), "sigma": str(sigma)} for component, sigma in plan.sigma.items()],
    }


def plan_of(found: dict[str, Any]) -> Plan:
    """The plan of such words; a DisclosureRefused, ValueError, TypeError or KeyError if they are none, or spend more than they say."""
    domain = Domain(tuple(Attribute.of_levels(a["name"], [(v["name"], v["codes"], v["parents"]) for v in a["levels"]], a["other"], a["missing"])
                          for a in found["attributes"]))
    workload = Workload({_component(t["by"]): float(Fraction(t["weight"])) for t in found["tables"]})
    sigma = {_component(c["by"]): Fraction(c["sigma"]) for c in found["components"]}
    made = Plan(domain, workload, Fraction(found["rho"]), int(found["rows_per_child"]), sigma)
    if set(sigma) != set(workload.closure(domain)) or not all(s > 0 for s in sigma.values()) or made.spent > made.rho:
        raise ValueError("a plan that does not hold what it says")
    return made


def _pairs(component: Component) -> list[list[str | int]]:
    return [[name, at] for name, at in component]


def _component(pairs: list[list[Any]]) -> Component:
    return tuple((str(name), int(at)) for name, at in pairs)
