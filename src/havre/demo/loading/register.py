"""Which patterns has a country given out that assesses thousands of children? Two released sheets of an invented register.

The invented world of the demonstration is small, so that it loads in two minutes; of six hundred children a release tells few patterns.
So a neighbouring country's register is invented as a file, half a year twice, and released by the same library as any file, at the same
price: both sheets stand in the public catalogue and say that the register is invented. Nobody in it is a person of this world.
"""

from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
import pyarrow as pa

from havre.access.system import system_actor
from havre.core import ids
from havre.core.actor import Actor
from havre.demo.loading.names import own_id
from havre.demo.loading.steps import intent
from havre.disclosure import count_file, measure
from havre.infra.acting import acting, current
from havre.reference.models import Place
from havre.statistics import actions
from havre.statistics.context import COLUMNS
from havre.statistics.populations import factors
from havre.statistics.populations.axes import OTHER, UNKNOWN, Axis
from havre.statistics.populations.period import Period
from havre.statistics.populations.places import LAST_SEEN
from havre.statistics.releases import ledger
from havre.statistics.releases.keeping import store
from havre.statistics.releases.plans import ReleasePlan, plan_from
from havre.statistics.releases.preview import noise_plan, price
from havre.statistics.releases.publishing import put_out
from havre.statistics.releases.ready import ready_plan

COUNTRY: Final = "TD"
CHILDREN: Final = 9000
MONTHS: Final = 6
EPSILON: Final = 1000
NOT_ASKED: Final = 0.06
LEGS: Final = ("pre_departure", "transit", "at_border", "destination", "several")
WHEN: Final = {"risk_household": (0.7, 0.1, 0.05, 0.1, 0.05), "risk_individual": (0.2, 0.4, 0.15, 0.15, 0.1)}
USUAL: Final = (0.4, 0.3, 0.1, 0.1, 0.1)
NOTED: Final = {
    "risk_debt_for_travel": 0.22, "risk_controlled_by_someone": 0.15, "risk_poverty": 0.45, "risk_illiterate_or_out_of_school": 0.3,
    "risk_normalised_child_labour_or_smuggling": 0.25, "risk_individual": 0.6, "risk_household": 0.55, "risk_community": 0.4, "risk_structural": 0.5,
    "protective_contact_with_trusted_adult": 0.4, "protective_in_school_or_literate": 0.35}
GOES_WITH: Final = {
    "risk_debt_for_travel": 0.18, "risk_controlled_by_someone": 0.28, "risk_poverty": 0.0, "risk_illiterate_or_out_of_school": 0.05,
    "risk_normalised_child_labour_or_smuggling": 0.08, "protective_contact_with_trusted_adult": -0.1, "protective_in_school_or_literate": -0.04}
"""By how much a factor goes with exploitation in the invented register; nought says that the truth is no difference."""
LATER: Final = {"risk_debt_for_travel": 0.1, "risk_community": -0.08}
"""What is noted more or less often in the later half."""


def releases(now: datetime, seed: int = 1) -> None:
    """Both halves, the earlier one first; the later one ends with the last whole month."""
    last = now.date().replace(day=1) - timedelta(days=1)
    for half, back in enumerate((2 * MONTHS, MONTHS)):
        first = _month(last, back - 1)
        _released(Period(first, _month(last, back - MONTHS)), half, now, seed)


def context(by: Actor, now: datetime) -> None:
    """Invented figures of the regions of the demonstration, taken in as a file."""
    rng = np.random.default_rng(7)
    regions = Place.objects.filter(level=1).order_by("pcode").values_list("pcode", flat=True)
    lines = [",".join(COLUMNS)]
    for pcode in regions:
        for indicator, most in (("People displaced", 90_000), ("Minutes to the nearest school", 120)):
            lines.append(f"{pcode},{indicator},{int(rng.integers(most // 10, most))},Invented for practice,{now.date().replace(day=1)}")
    actions.load_context(intent(by, now, "figures of places"), content="\n".join(lines).encode())


def _month(day: date, back: int) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def _released(period: Period, half: int, now: datetime, seed: int) -> None:
    """One half: the file is counted, noise is added, the sheet is stored and put out, paid from the country's own ledger."""
    found = ready_plan("vulnerability_patterns")
    if found is None:
        raise KeyError("vulnerability_patterns")
    plan = plan_from({"population": found.population, "country": COUNTRY, "first": f"{period.first:%Y-%m}", "last": f"{period.last:%Y-%m}",
                      "tables": found.tables, "epsilon": EPSILON, "line": "public"})
    release = own_id(f"invented register {half}")
    code = ids.new_code(release.bytes)
    with acting(system_actor()):
        spending = ledger.spend(kind="release", subject=release, code=code, country=COUNTRY, ledger=plan.who.ledger, population=plan.population,
                                months=plan.period.months(), line=plan.line, price=price(plan), at=now, by=system_actor().id)
        counts = count_file(register(plan, half, seed), plan.domain, plan.workload.widest(), child="child", most=1).counts
        stored = store(plan, measure(noise_plan(plan), counts), spending, now)
        put_out(stored, release=release, code=code, at=now, more={"invented": True})
        current().audit("statistics.invented_register", objects=[f"statistics.sheet:{stored.pk}"])


def register(plan: ReleasePlan, half: int, seed: int = 1, children: int = CHILDREN) -> pa.Table:
    """An invented register as a file holds it: one row for each child, and the finest code of every axis of the plan."""
    rng = np.random.default_rng([seed, half])
    held: dict[str, np.ndarray] = {}
    danger = np.full(children, 0.16)
    for axis in plan.axes:
        if axis.name in NOTED:
            noted = rng.random(children) < NOTED[axis.name] + half * LATER.get(axis.name, 0.0)
            danger += GOES_WITH.get(axis.name, 0.0) * (noted - NOTED[axis.name])
            legs = rng.choice(LEGS, children, p=WHEN.get(axis.name, USUAL))
            held[axis.name] = np.where(rng.random(children) < NOT_ASKED, UNKNOWN, np.where(noted, legs, factors.NO))
    for axis in plan.axes:
        if axis.name in factors.OUTCOMES:
            held[axis.name] = np.where(rng.random(children) < danger.clip(0.02, 0.9), factors.YES, factors.NO)
        elif axis.name not in held:
            held[axis.name] = rng.choice(_spread(axis), children)
    return pa.table({"child": [str(n) for n in range(children)], **held})


def _spread(axis: Axis) -> list[str]:
    """The codes among which children are spread evenly: for places the regions, else every known code."""
    codes = [code for code in axis.codes if code not in {OTHER, UNKNOWN}]
    regions = [code for code in codes if "_" not in code] if axis.name == LAST_SEEN else []
    return regions or codes or [UNKNOWN]
