"""What may an analyst ask, and at what price? From a stored sheet when one holds the answer, else measured once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from havre.access.files import open_file, settle
from havre.access.models import File
from havre.core import ids
from havre.core.actor import Actor
from havre.core.gates import GateResult
from havre.infra.acting import current
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.statistics import gates, permissions
from havre.statistics.models import Question, StoredSheet
from havre.statistics.populations.period import Period
from havre.statistics.problems import CannotBeShown
from havre.statistics.releases import covering, ledger
from havre.statistics.releases.instead import alternatives
from havre.statistics.releases.keeping import keep
from havre.statistics.releases.plans import ReleasePlan, TablePlan
from havre.statistics.releases.preview import Preview, preview, price

LINE: Final = "room"


@dataclass(frozen=True, slots=True)
class Look:
    """A question before it is asked: the sheet that holds its answer, or what it would cost and whether it would be allowed."""

    plan: ReleasePlan
    stored: StoredSheet | None
    preview: Preview | None
    gate: GateResult | None


def question(actor: Actor, *, population: str, period: Period, by: Sequence[str], epsilon: int) -> ReleasePlan:
    """One table of a population in the actor's country, to be paid by the room. Raises InputRefused."""
    return ReleasePlan(population, actor.country, period, (TablePlan(tuple(by)),), epsilon, LINE)


def look(plan: ReleasePlan, today: date) -> Look:
    """What would happen: nothing is counted or spent. Raises CannotBeShown with what can be asked instead."""
    stored = covering.covering(plan, plan.specs[0])
    if stored is not None:
        return Look(plan, stored, None, None)
    seen = preview(plan, today)
    gate = gates.nobody_recognised(seen.facts)
    if not gate.ok:
        raise _refused(plan, gate, today)
    return Look(plan, None, seen, gate)


@action(permissions.ASK)
def ask(unit: Unit, *, plan: ReleasePlan) -> Question:
    """Answer a question, spending only when no sheet holds the answer. Raises CannotBeShown, BudgetSpent; the log keeps every question."""
    unit.detail |= {"plan": plan.as_json()}
    file = open_file(unit, "question", agency=unit.by.agency, team=None)
    asked = ids.new_id()
    stored, spent = covering.covering(plan, plan.specs[0]), 0
    if stored is None:
        stored, spent = _measured(unit, plan, asked, file)
    record = unit.create(
        Question, file=file.pk, id=asked, population=plan.population, country=plan.country, first_month=plan.period.first,
        last_month=plan.period.last, table=[list(pair) for pair in plan.specs[0]], asked_by=unit.by.id, asked_at=unit.at,
        outcome="measured" if spent else "kept", spent=spent, sheet=stored.pk)
    unit.note("question_answered", record, outcome=record.outcome)
    unit.detail |= {"outcome": record.outcome, "sheet": stored.pk, "rho_billionths": spent}
    settle(unit, file, owner=unit.by.id)
    return record


def _measured(unit: Unit, plan: ReleasePlan, asked: UUID, file: File) -> tuple[StoredSheet, int]:
    """Pay and measure. The ledger's lock is taken first, so that of two equal questions the second finds the sheet of the first."""
    ledger.lock(plan.country, plan.who.ledger, plan.period.months())
    meanwhile = covering.covering(plan, plan.specs[0])
    if meanwhile is not None:
        return meanwhile, 0
    gate = gates.nobody_recognised(preview(plan, unit.at.date()).facts)
    if not gate.ok:
        raise _refused(plan, gate, unit.at.date())
    spending = ledger.spend(kind="question", subject=asked, code=file.code, country=plan.country, ledger=plan.who.ledger, population=plan.population,
                            months=plan.period.months(), line=LINE, price=price(plan), at=unit.at, by=unit.by.id)
    return keep(plan, spending, unit.at), spending.rho


def _refused(plan: ReleasePlan, gate: GateResult, today: date) -> CannotBeShown:
    """The refusal with what can be asked instead; the log keeps what was asked, as codes."""
    current().audit(permissions.ASK.code, decision="refused", code=gate.reason, plan=plan.as_json())
    return CannotBeShown(gate.reason, alternatives(plan, today), **dict(gate.params))
