"""Unaccompanied and separated children: those among the children registered. They pay with the same ledger."""

from collections.abc import Iterator
from typing import Final

from havre.core.words import N_
from havre.statistics.populations import axes, registered
from havre.statistics.populations.axes import Axis
from havre.statistics.populations.population import Counted, Population, Scope

APART: Final = ("unaccompanied", "separated", "orphan")


def breakdown(scope: Scope) -> tuple[Axis, ...]:
    """The codebook of children registered, with the three ways of being apart."""
    return tuple(axes.code_list("status", N_("Alone or separated"), "#status+uasc", "uasc_status", only=APART) if axis.name == "status" else axis
                 for axis in registered.breakdown(scope))


def rows(scope: Scope, wanted: frozenset[str]) -> Iterator[Counted]:
    """One row for each child registered as unaccompanied, separated or orphaned."""
    for child, row in registered.rows(scope, wanted | {"status"}):
        if row["status"] in APART:
            yield child, {name: code for name, code in row.items() if name in wanted}


POPULATION: Final = Population(
    code="children_apart", title=N_("Unaccompanied and separated children"),
    counted=N_("Children registered as unaccompanied, separated or orphaned, in the month in which the first case was entered. "
               "A child registered twice counts once."),
    care=N_("Who counts as separated is decided by the worker who registers. A rise can mean more workers, or a change of practice."),
    ledger=registered.CODE, axes=breakdown, rows=rows)
