"""What do other domains write to a case, inside their own actions?"""

from datetime import date
from uuid import UUID

from havre.access.models import Agency
from havre.cases import rules, tasks
from havre.cases.models import Case, Task
from havre.config.policies import policy_for
from havre.core.policy import Policy
from havre.core.problems import NothingHere
from havre.infra.unit import Unit


def policy_of(case: Case) -> Policy:
    """The policy of the country whose agency answers for the case."""
    return policy_for(Agency.objects.values_list("country", flat=True).get(pk=case.agency_id))


def case_opened(unit: Unit, case: Case) -> list[Task]:
    """Give the first tasks of a new case by its risk and warning signs, with times from the country policy."""
    facts = rules.CaseFacts(
        stage=case.stage, risk=case.risk_level, uasc_status=case.uasc_status, guardian_status=case.guardian_status,
        identified_at=case.identified_at or case.registered_at, registered_at=case.registered_at,
        immediate_needs=tuple(case.immediate_needs), child_becomes_17=_becomes_17(case, policy_of(case)))
    made = [tasks.add_step(unit, case, step) for step in rules.first_steps(facts, policy_of(case))]
    unit.note("case_opened", case, risk=case.risk_level)
    return made


def set_tracing_status(unit: Unit, case: Case | UUID, status: str) -> Case:
    """Move the tracing status of a case, with a line on its timeline. Raises NothingHere when it does not exist."""
    record = case if isinstance(case, Case) else Case.objects.filter(pk=case).first()
    if record is None:
        raise NothingHere()
    if unit.change(record, tracing_status=status):
        unit.note("tracing_status_changed", record, status=status)
    return record


def _becomes_17(case: Case, policy: Policy) -> date | None:
    """The first day on which the child may have the age of the plan for adult life, by the oldest the child can be."""
    child = case.child
    born = rules.earliest_birth(child.age_max, child.recorded_on)
    return None if born is None else rules.add_months(born, 12 * policy.transition_plan_from_age)
