"""What would a plan give, and would it be allowed? Worked out before any child is looked at."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from havre.config.policies import policy_for
from havre.disclosure import Expected, Plan
from havre.disclosure import plan as best_noise
from havre.statistics import gates
from havre.statistics.models import StoredSheet
from havre.statistics.releases import covering, ledger, prices
from havre.statistics.releases.plans import ReleasePlan, Spec


@dataclass(frozen=True, slots=True)
class TablePreview:
    """One planned table: its cells, the usual error (95 times in 100) of its worst cell, and from which count on it can be read."""

    spec: Spec
    cells: int
    within: int
    readable: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan before any data. Prices are in billionths of rho; `before` are tables that were counted already, with their sheets."""

    tables: tuple[TablePreview, ...]
    price: int
    left: int
    facts: gates.ReleaseFacts
    before: tuple[tuple[Spec, StoredSheet], ...]

    @property
    def readable(self) -> int:
        """From which count on every table can be read."""
        return max((table.readable for table in self.tables), default=0)


def noise_plan(plan: ReleasePlan) -> Plan:
    """The noise of every part, within the price of the plan."""
    return best_noise(plan.domain, plan.workload, prices.rho_of(price(plan)))


def price(plan: ReleasePlan) -> int:
    """What the plan costs, in billionths of rho."""
    return prices.price_of(plan.epsilon, policy_for(plan.country).privacy_delta_exponent)


def preview(plan: ReleasePlan, today: date) -> Preview:
    """Look at a plan: no row is read, nothing is spent."""
    policy, cost = policy_for(plan.country), price(plan)
    tables: tuple[TablePreview, ...] = ()
    if _small_enough(plan):
        noisy = noise_plan(plan)
        tables = tuple(_table(noisy.expected(spec)) for spec in plan.specs)
    before = tuple(covering.overlapping(plan))
    left = ledger.left(plan.country, plan.who.ledger, plan.period.months(), plan.line)
    facts = gates.ReleaseFacts(
        tables=tuple(gates.TableFacts(len(spec), next((t.readable for t in tables if t.spec == spec), 0)) for spec in plan.specs),
        readable_most=policy.release_readable_most, price=cost, left=left, period_over=plan.period.over(today), overlaps=len(before))
    return Preview(tables, cost, left, facts, before)


def _small_enough(plan: ReleasePlan) -> bool:
    """Tables of more attributes than are ever allowed are not worked out: they can have millions of cells."""
    return all(len(spec) <= gates.MOST_ATTRIBUTES for spec in plan.specs)


def _table(expected: Expected) -> TablePreview:
    return TablePreview(expected.spec, expected.cells, max(1, round(1.96 * expected.worst)), expected.smallest_readable)


def affordable(plan: ReleasePlan, readable: int) -> int | None:
    """The thousandths of epsilon at which every table could be read from this count on; None when the plan is too fine for it.

    Errors shrink as one over the square root of rho, so one plan at one price tells every other.
    """
    if not _small_enough(plan):
        return None
    worst = max(noise_plan(plan).expected(spec).smallest_readable for spec in plan.specs)
    wanted = Fraction(worst, readable) ** 2 * price(plan)
    exponent = policy_for(plan.country).privacy_delta_exponent
    found = prices.epsilon(int(wanted) + 1, exponent)
    return int(found * 1000) + 1
