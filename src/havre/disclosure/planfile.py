"""What does someone ask for in a plan file? TOML in words, read into a plan; anything it does not know is refused, never guessed.

    title = "Children met at the southern border"
    population = "children met"            # whose budget: one line of the ledger per population and year
    year = 2026
    period = "January to June 2026"
    epsilon = 0.5                          # and delta, 1e-6 when left out
    child = "case_number"                  # the column that says whose row it is; without it each row must be one child's
    rows_per_child = 1                     # what is protected: one child with so many rows
    surplus = "refuse"                     # or "leave out": what happens to a child's further rows
    readable = 150                         # refuse the plan if counts from here up could not be read
    aim = "total"                          # or "worst": make the worst table as good as it gets

    [cap]                                  # what the ledger may spend in the year in all; epsilon 1 when left out
    epsilon = 1

    [[attributes]]
    name = "place"
    column = "place_of_contact"            # when it is not the name
    codes = ["Port", "Station", "Bridge"]  # closed and public; "other" and "not known" are added
    other = "other"                        # false: a value outside the list is refused
    missing = "not known"                  # false: an empty value is refused
    labels = { Port = "The old port" }     # for the data dictionary
    [[attributes.levels]]                  # from the nearest up
    name = "region"
    groups = { South = ["Port", "Station"], North = ["Bridge"] }

    [[tables]]
    by = ["place@region", "sex"]           # attribute, or attribute@level
    weight = 3                             # how much its precision counts; 1 when left out
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from havre.disclosure.budget import Budget
from havre.disclosure.domain import NOT_KNOWN, OTHER, Attribute, Domain
from havre.disclosure.plan import Aim, Plan, plan
from havre.disclosure.problems import BadPlanFile, DisclosureRefused
from havre.disclosure.workload import Workload

_FILE = {"title", "population", "year", "period", "epsilon", "delta", "child", "rows_per_child", "surplus", "readable", "aim", "cap",
         "attributes", "tables"}
_ATTRIBUTE = {"name", "column", "codes", "other", "missing", "labels", "levels"}
_MISSING = object()


@dataclass(frozen=True)
class PlanFile:
    """A plan and what surrounds it. `columns` and `labels` are by attribute."""

    title: str
    population: str
    year: int
    period: str
    plan: Plan
    budget: Budget
    cap: Budget
    child: str | None
    drop: bool
    columns: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]


def read_plan(text: str) -> PlanFile:
    """The plan that this text asks for. BadPlanFile where it cannot be understood, PlanTooPoor where `readable` cannot be kept, other
    DisclosureRefused for codebooks and budgets that cannot be. No data is touched."""
    try:
        said = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadPlanFile(where="the file", hint=str(error)) from None
    _known("the file", said, _FILE)
    domain, columns, labels = _attributes(_list(said, "attributes"))
    made = plan(domain, _workload(domain, _list(said, "tables")), budget := _budget("the file", said, _MISSING),
                rows_per_child=_get("the file", said, "rows_per_child", int, 1), aim=_choice(said, "aim", [a.value for a in Aim], "total"))
    if "readable" in said:
        made.must_read(_get("the file", said, "readable", int))
    child = _get("the file", said, "child", str, "") or None
    cap = _get("the file", said, "cap", dict, {})
    _known("cap", cap, {"epsilon", "delta"})
    year = _get("the file", said, "year", int)
    return PlanFile(_get("the file", said, "title", str), _get("the file", said, "population", str), year,
                    _get("the file", said, "period", str, str(year)), made, budget, _budget("cap", cap, Decimal(1)),
                    child, _choice(said, "surplus", ["refuse", "leave out"], "refuse") == "leave out", columns, labels)


def _attributes(listed: list[dict[str, Any]]) -> tuple[Domain, dict[str, str], dict[str, dict[str, str]]]:
    attributes, columns, labels = [], {}, {}
    for i, said in enumerate(listed, start=1):
        where = f"attribute {said.get('name', i)}"
        _known(where, said, _ATTRIBUTE)
        name, codes = _get(where, said, "name", str), _texts(where, said, "codes")
        parents: dict[str, dict[str, str]] = {}
        for level in _get(where, said, "levels", list, []):
            _known(f"{where}, levels", level, {"name", "groups"})
            groups = _get(f"{where}, levels", level, "groups", dict)
            parents[_get(f"{where}, levels", level, "name", str)] = {code: group for group in groups for code in _texts(where, groups, group)}
        attributes.append(Attribute(name, codes, parents, other=_code(where, said, "other", OTHER), missing=_code(where, said, "missing", NOT_KNOWN)))
        columns[name] = _get(where, said, "column", str, name)
        labels[name] = {str(code): str(label) for code, label in _get(where, said, "labels", dict, {}).items()}
    return Domain(tuple(attributes)), columns, labels


def _workload(domain: Domain, listed: list[dict[str, Any]]) -> Workload:
    tables = {}
    for i, said in enumerate(listed, start=1):
        _known(f"table {i}", said, {"by", "weight"})
        weight = said.get("weight", 1)
        if isinstance(weight, bool) or not isinstance(weight, int | Decimal):
            raise BadPlanFile(where=f"table {i}", hint="weight must be a number")
        tables[tuple(_texts(f"table {i}", said, "by"))] = float(weight)
    return Workload.of(domain, tables)


def _budget(where: str, said: Mapping[str, Any], otherwise: object) -> Budget:
    epsilon, delta = said.get("epsilon", otherwise), said.get("delta", "1e-6")
    if epsilon is _MISSING:
        raise BadPlanFile(where=where, hint="epsilon is missing")
    try:
        return Budget.of(str(epsilon), str(delta))
    except DisclosureRefused as problem:
        raise BadPlanFile(where=where, hint=str(problem)) from None


def _known(where: str, said: object, keys: set[str]) -> None:
    if not isinstance(said, dict):
        raise BadPlanFile(where=where, hint="a table of keys is expected")
    unknown = [key for key in said if key not in keys]
    if unknown:
        raise BadPlanFile(where=where, hint=f"“{unknown[0]}” means nothing here; {', '.join(sorted(keys))} do")


def _get(where: str, said: Mapping[str, Any], key: str, kind: type, otherwise: Any = _MISSING) -> Any:
    value = said.get(key, otherwise)
    if value is _MISSING:
        raise BadPlanFile(where=where, hint=f"{key} is missing")
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadPlanFile(where=where, hint=f"{key} must be a {kind.__name__}")
    return value


def _list(said: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = _get("the file", said, key, list)
    if not found or not all(isinstance(one, dict) for one in found):
        raise BadPlanFile(where="the file", hint=f"at least one [[{key}]] is needed")
    return list(found)


def _texts(where: str, said: Mapping[str, Any], key: str) -> list[str]:
    found = _get(where, said, key, list)
    if not all(isinstance(one, str) for one in found):
        raise BadPlanFile(where=where, hint=f"{key} must be a list of texts")
    return list(found)


def _choice(said: Mapping[str, Any], key: str, choices: list[str], otherwise: str) -> str:
    value = said.get(key, otherwise)
    if value not in choices:
        raise BadPlanFile(where="the file", hint=f"{key} must be {' or '.join(choices)}")
    return str(value)


def _code(where: str, said: Mapping[str, Any], key: str, otherwise: str) -> str | None:
    value = said.get(key, otherwise)
    if value is False:
        return None
    if not isinstance(value, str) or not value:
        raise BadPlanFile(where=where, hint=f"{key} must be a code, or false")
    return value
