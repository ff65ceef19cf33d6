"""Disclosure: what may be told about many children without telling about one?

A pure library. `plan` says, before any data, what a budget buys; `measure` answers it once; every table, file and synthetic row is
derived from the sheet. Only `measure`, `counting` and `contributions` ever see rows. What hides and rounds exact tables needs scipy's
solvers and is imported when first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from havre.disclosure.budget import Budget, epsilon_of
from havre.disclosure.contributions import Bounded, bound
from havre.disclosure.counting import Counted, Counts, count, count_file, count_frame
from havre.disclosure.domain import Attribute, Component, Domain, Level, Rows, Spec
from havre.disclosure.measure import measure
from havre.disclosure.microdata import Microdata
from havre.disclosure.plan import Aim, Expected, Plan, plan
from havre.disclosure.running import RunningTotal
from havre.disclosure.sheet import Sheet, Status, Table
from havre.disclosure.sheetfile import from_bytes, to_bytes
from havre.disclosure.shrinkage.estimates import Estimates, estimate
from havre.disclosure.weights import for_estimates
from havre.disclosure.workload import Workload

if TYPE_CHECKING:
    from havre.disclosure.differencing import Publication, refuse_differences
    from havre.disclosure.lp import lp_bounds
    from havre.disclosure.margins import Axis, Margins
    from havre.disclosure.rounding import Rounded, controlled_round
    from havre.disclosure.suppression import Suppressed, suppress

__all__ = [
    "Aim",
    "Attribute",
    "Axis",
    "Bounded",
    "Budget",
    "Component",
    "Counted",
    "Counts",
    "Domain",
    "Estimates",
    "Expected",
    "Level",
    "Margins",
    "Microdata",
    "Plan",
    "Publication",
    "Rounded",
    "Rows",
    "RunningTotal",
    "Sheet",
    "Spec",
    "Status",
    "Suppressed",
    "Table",
    "Workload",
    "bound",
    "controlled_round",
    "count",
    "count_file",
    "count_frame",
    "epsilon_of",
    "estimate",
    "for_estimates",
    "from_bytes",
    "lp_bounds",
    "measure",
    "plan",
    "refuse_differences",
    "suppress",
    "to_bytes",
]

_SOLVING = {
    "Axis": "margins",
    "Margins": "margins",
    "Publication": "differencing",
    "Rounded": "rounding",
    "Suppressed": "suppression",
    "controlled_round": "rounding",
    "lp_bounds": "lp",
    "refuse_differences": "differencing",
    "suppress": "suppression",
}


def __getattr__(name: str) -> object:
    if name not in _SOLVING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_SOLVING[name]}"), name)
