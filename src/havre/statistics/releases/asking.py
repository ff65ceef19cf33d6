"""What may an analyst ask, and at what price? From a stored sheet when one holds the answer, else measured once, by a job, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from havre.access.files import open_file, settle
from havre.core.actor import Actor
from havre.core.gates import GateResult
from havre.infra.acting import current
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.statistics import gates, permissions
from havre.statistics.models import Question, StoredSheet
from havre.statistics.populations.period import Period
from havre.statistics.problems import Alternative, BudgetSpent, CannotBeShown
from havre.statistics.releases import covering, ledger
from havre.statistics.releases.instead import alternatives
from havre.statistics.releases.keeping import keep
from havre.statistics.releases.plans import ReleasePlan, TablePlan, plan_from
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
    """Ask: answered at once when a sheet holds it (`kept`), else handed to the job that measures (`waiting`). The log keeps every question.

    Raises CannotBeShown with what can be asked instead.
    """
    unit.detail |= {"plan": plan.as_json()}
    stored = covering.covering(plan, plan.specs[0])
    if stored is None:
        gate = gates.nobody_recognised(preview(plan, unit.at.date()).facts)
        if not gate.ok:
            raise _refused(plan, gate, unit.at.date())
    file = open_file(unit, "question", agency=unit.by.agency, team=None)
    record = unit.create(
        Question, file=file.pk, population=plan.population, country=plan.country, first_month=plan.period.first, last_month=plan.period.last,
        table=[list(pair) for pair in plan.specs[0]], plan=plan.as_json(), asked_by=unit.by.id, asked_at=unit.at,
        outcome="waiting" if stored is None else "kept", sheet="" if stored is None else stored.pk)
    if stored is None:
        unit.note("question_asked", record)
        unit.defer("statistics.answer", question=record.pk)
    else:
        unit.note("question_answered", record, outcome="kept")
    unit.detail |= {"outcome": record.outcome, "sheet": record.sheet}
    settle(unit, file, owner=unit.by.id)
    return record


@action(permissions.CARRY)
def answer_question(unit: Unit, *, question: UUID) -> Question:
    """Pay for a waiting question and measure it, in one transaction. Called again it changes nothing: it was paid and answered, or neither.

    The ledger's lock is taken first, so that of two equal questions the second finds the sheet of the first. Raises CannotBeShown
    or BudgetSpent when that is not possible any more, or what the count refuses; then nothing is spent.
    """
    record = unit.get(Question, question, lock=True)
    if record.outcome != "waiting":
        return record
    plan = plan_from(record.plan)
    ledger.lock(record.country, plan.who.ledger, plan.period.months())
    stored, spent = covering.covering(plan, plan.specs[0]), 0
    if stored is None:
        gate = gates.nobody_recognised(preview(plan, unit.at.date()).facts)
        if not gate.ok:
            raise BudgetSpent() if gate.reason == "budget_too_small" else CannotBeShown(gate.reason)
        spending = ledger.spend(kind="question", subject=record.pk, code=record.file.code, country=record.country, ledger=plan.who.ledger,
                                population=record.population, months=plan.period.months(), line=LINE, price=price(plan), at=unit.at,
                                by=record.asked_by)
        stored, spent = keep(plan, spending, unit.at), spending.rho
    unit.change(record, outcome="measured" if spent else "kept", spent=spent, sheet=stored.pk)
    unit.note("question_answered", record, outcome=record.outcome)
    unit.detail |= {"outcome": record.outcome, "sheet": stored.pk, "rho_billionths": spent, "plan": record.plan}
    return record


@action(permissions.CARRY)
def refuse_question(unit: Unit, *, question: UUID, code: str) -> Question:
    """Note that a waiting question could not be answered, and why. Nothing was spent."""
    record = unit.get(Question, question, lock=True)
    if record.outcome == "waiting":
        unit.change(record, outcome="refused", trouble=code)
        unit.note("question_not_answered", record, why=code)
    return record


def instead_of(record: Question, today: date) -> tuple[Alternative, ...]:
    """What can be asked instead of a refused question."""
    return alternatives(plan_from(record.plan), today)


def _refused(plan: ReleasePlan, gate: GateResult, today: date) -> CannotBeShown:
    """The refusal with what can be asked instead; the log keeps what was asked, as codes."""
    current().audit(permissions.ASK.code, decision="refused", code=gate.reason, plan=plan.as_json())
    return CannotBeShown(gate.reason, alternatives(plan, today), **dict(gate.params))
