"""Whom do we count? One population per file of this folder; `all_populations()` finds them."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from havre.statistics.populations.population import Population


@cache
def all_populations() -> dict[str, Population]:
    """Every population by its code: the `POPULATION` of each module here."""
    found = (getattr(import_module(f"{__name__}.{module.name}"), "POPULATION", None) for module in iter_modules(__path__))
    named = sorted((p for p in found if isinstance(p, Population)), key=lambda p: p.code)
    return {population.code: population for population in named}


def population(code: str) -> Population:
    """One population. Raises KeyError."""
    return all_populations()[code]
