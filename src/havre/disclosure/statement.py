"""What is promised about a release, for people and machines, and what do its codes mean?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import Any

from havre.core.canonical import canonical
from havre.disclosure.budget import epsilon_of
from havre.disclosure.domain import Domain
from havre.disclosure.plan import Plan
from havre.disclosure.sheet import Sheet
from havre.disclosure.sheetfile import plan_json


def fingerprint(plan: Plan) -> str:
    """SHA-256 of a plan in canonical words, in hexadecimal: what is approved is what is measured."""
    return sha256(canonical(plan_json(plan))).hexdigest()


def guarantee(sheet: Sheet, *, population: str, period: str, delta: Fraction, ledger_spent: Fraction, ledger_cap: Fraction) -> dict[str, Any]:
    """The guarantee of a release as plain JSON values: exact numbers as text ("1/3"), epsilons as decimals rounded up. It holds
    nothing that the sheet does not tell."""
    plan = sheet.plan
    return {
        "kind": "havre.guarantee/1",
        "release": sheet.id,
        "plan": fingerprint(plan),
        "population": population,
        "period": period,
        "unit": "one child",
        "neighbours": "the same data with one child more or less",
        "rows_per_child": plan.rows_per_child,
        "definition": "zero-concentrated differential privacy",
        "rho": str(plan.rho),
        "epsilon": up(epsilon_of(plan.rho, delta)),
        "delta": str(delta),
        "mechanism": "discrete Gaussian noise in the residual basis of the planned tables, by OpenDP",
        "ledger": {"spent_rho": str(ledger_spent), "cap_rho": str(ledger_cap), "spent_epsilon": up(epsilon_of(ledger_spent, delta)),
                   "cap_epsilon": up(epsilon_of(ledger_cap, delta))},
        "tables": [plan.domain.title(spec) for spec in plan.workload.tables],
        "known_limits": [
            "Children of one family or one boat share circumstances: what is protected is each child, not the group.",
            "The lists of codes, the plan and the period are public and not protected.",
        ],
    }


def up(epsilon: float) -> str:
    """An epsilon with four decimals, rounded up unless it is within 10^-9 above them."""
    whole = ceil(Fraction(epsilon) * 10_000 - Fraction(1, 100_000))  # epsilon_of is already above by 1 in 10^10
    return f"{whole // 10_000}.{whole % 10_000:04d}"


def dictionary(domain: Domain, labels: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """The data dictionary: one row per code of every level, coarsest level first: attribute, level, code, group (its code one level up), label."""
    for attribute in domain.attributes:
        for at, level in enumerate(attribute.levels, start=1):
            for code, parent in zip(level.codes, level.parents, strict=True):
                group = attribute.level(at - 1).codes[parent] if at > 1 else ""
                yield {"attribute": attribute.name, "level": level.name, "code": code, "group": group,
                       "label": labels.get(attribute.name, {}).get(code, code)}
