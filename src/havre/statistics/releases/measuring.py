"""When is a release counted? Once, by the system, after approval: ledger, count, noise, sheet and log in one transaction."""

from datetime import date, timedelta
from uuid import UUID

from havre.config.policies import policy_for
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.statistics import gates, permissions
from havre.statistics.models import Release
from havre.statistics.problems import BudgetSpent, CannotBeShown
from havre.statistics.releases import ledger
from havre.statistics.releases.keeping import keep
from havre.statistics.releases.plans import plan_from
from havre.statistics.releases.preview import preview, price
from havre.statistics.releases.telling import MEND, tell
from havre.statistics.states import RELEASE, Status


@action(permissions.CARRY)
def measure_release(unit: Unit, *, release: UUID) -> Release:
    """Pay for an approved release and measure it. Called again it changes nothing: it was paid and measured, or neither.

    Raises BudgetSpent, CannotBeShown (measured meanwhile by another release), or what the count refuses; then nothing is spent.
    """
    record = unit.get(Release, release, lock=True)
    if record.status != Status.APPROVED:
        return record
    plan = plan_from(record.plan)
    ledger.lock(record.country, plan.who.ledger, plan.period.months())
    gate = gates.nobody_recognised(preview(plan, unit.at.date()).facts)
    if not gate.ok:
        raise BudgetSpent() if gate.reason == "budget_too_small" else CannotBeShown(gate.reason)
    spending = ledger.spend(kind="release", subject=record.pk, code=record.file.code, country=record.country, ledger=plan.who.ledger,
                            population=record.population, months=plan.period.months(), line=record.line, price=price(plan),
                            at=unit.at, by=record.decided_by or record.author_id)
    stored = keep(plan, spending, unit.at)
    unit.change(record, status=RELEASE.move(record.status, "measure"), measured_at=unit.at,
                release_on=release_day(unit.at.date(), policy_for(record.country).release_day))
    unit.note("release_measured", record, sheet=stored.pk)
    unit.detail |= {"sheet": stored.pk, "rho_billionths": spending.rho, "line": spending.line, "ledger": spending.ledger,
                    "months": [f"{m:%Y-%m}" for m in spending.months], "plan": record.plan}
    return record


@action(permissions.CARRY)
def refuse_release(unit: Unit, *, release: UUID, code: str) -> Release:
    """Note that an approved release could not be measured; its author writes it anew. Nothing was spent."""
    record = unit.get(Release, release, lock=True)
    if record.status == Status.APPROVED:
        unit.change(record, status=RELEASE.move(record.status, "refuse"), trouble=code)
        tell(unit, record, MEND, "release_not_measured", trouble=code)
        unit.note("release_not_measured", record, why=code)
    return record


def release_day(today: date, day: int) -> date:
    """The next fixed day of release after today: the `day` of this month or of the next."""
    if today.day < day:
        return today.replace(day=day)
    following = today.replace(day=1) + timedelta(days=32)
    return following.replace(day=day)
