"""Which releases are asked for again and again? Ready plans: one TOML file each, without months, which the analyst chooses.

    population = "children_registered"
    epsilon = 500                       # thousandths
    title = { en = "…", fr = "…" }
    about = { en = "…", fr = "…" }
    [[tables]]
    by = ["age@band", "sex"]            # attribute, or attribute@level
    weight = 3                          # how much its precision counts; 1 when left out
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadyPlan:
    """A plan without its months. `tables` as in the JSON of a plan."""

    code: str
    population: str
    epsilon: int
    title: Mapping[str, str]
    about: Mapping[str, str]
    tables: tuple[Mapping[str, Any], ...]


@cache
def ready_plans() -> tuple[ReadyPlan, ...]:
    """Every ready plan, by code."""
    found = sorted((entry for entry in files(__name__).iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return tuple(_read(entry.name.removesuffix(".toml"), entry.read_text("utf-8")) for entry in found)


def ready_plan(code: str) -> ReadyPlan | None:
    """One ready plan, or None."""
    return next((plan for plan in ready_plans() if plan.code == code), None)


def _read(code: str, text: str) -> ReadyPlan:
    said = tomllib.loads(text)
    return ReadyPlan(code, said["population"], said["epsilon"], said["title"], said["about"],
                     tuple({"by": list(table["by"]), "weight": table.get("weight", 1)} for table in said["tables"]))
