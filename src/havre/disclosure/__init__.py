"""Disclosure: what may be told about many children without telling about one?

A pure library. `plan` says, before any data, what a budget buys; `measure` answers it once; every table, file and synthetic row is
derived from the sheet. Only `measure`, `counting` and `contributions` ever see rows.
"""

from __future__ import annotations

from havre.disclosure.budget import Budget, epsilon_of
from havre.disclosure.counting import Counts, count
from havre.disclosure.domain import Attribute, Component, Domain, Level, Rows, Spec
from havre.disclosure.measure import measure
from havre.disclosure.plan import Expected, Plan, plan
from havre.disclosure.sheet import Sheet, Status, Table
from havre.disclosure.sheetfile import from_bytes, to_bytes
from havre.disclosure.workload import Workload

__all__ = [
    "Attribute",
    "Budget",
    "Component",
    "Counts",
    "Domain",
    "Expected",
    "Level",
    "Plan",
    "Rows",
    "Sheet",
    "Spec",
    "Status",
    "Table",
    "Workload",
    "count",
    "epsilon_of",
    "from_bytes",
    "measure",
    "plan",
    "to_bytes",
]
