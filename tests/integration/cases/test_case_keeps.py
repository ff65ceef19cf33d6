"""What the database itself refuses, and that nothing written is lost: every column can be rebuilt from its edits."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, models, transaction

from havre.cases import actions
from havre.cases.given import FactorGiven
from havre.cases.models import Approval, Assessment, Case, Factor, FollowUp, Plan, PlanAction, Task, View
from havre.cases.planning import PlanGiven
from havre.infra.acting import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> Case:
    case = open_case()
    factors = (FactorGiven("pregnancy", "risk", 2, "transit"),)
    actions.record_assessment(intent(people.caseworker), case=case.pk, given=replace(given.assessment, factors=factors))
    line = replace(given.line, owner=people.caseworker.id)
    actions.propose_plan(intent(people.caseworker), case=case.pk, given=PlanGiven(goal="Well", actions=(line,), caregiver_part=True))
    return case


BROKEN = [
    ("case_status_known", Case, {"status": "asleep"}),
    ("case_risk_known", Case, {"risk_level": "huge"}),
    ("case_closed_has_day", Case, {"status": "closed"}),
    ("case_on_hold_has_end", Case, {"status": "on_hold"}),
    ("assessment_risk_known", Assessment, {"risk_level": "huge"}),
    ("factor_level_known", Factor, {"level": "cosmic"}),
    ("factor_kind_known", Factor, {"kind": "neutral"}),
    ("factor_strength_0_to_3", Factor, {"strength": 4}),
    ("factor_phase_known", Factor, {"phase": "never"}),
    ("view_whose_known", View, {"whose": "neighbour"}),
    ("view_weight_known", View, {"weight": "none"}),
    ("plan_kind_known", Plan, {"kind": "dream"}),
    ("plan_state_known", Plan, {"state": "lost"}),
    ("plan_action_status_known", PlanAction, {"status": "maybe"}),
    ("approval_decision_known", Approval, {"decision": "maybe", "decided_by": models.F("case_id"), "decided_at": models.F("requested_at")}),
    ("approval_decided_by_someone", Approval, {"decision": "approved"}),
    ("task_done_by_someone", Task, {"done_at": models.F("due_at")}),
]


@pytest.mark.parametrize(("name", "model", "values"), BROKEN, ids=[b[0] for b in BROKEN])
def test_the_database_refuses_what_cannot_be(
        people: SimpleNamespace, worked: Case, name: str, model: type[models.Model], values: dict[str, object]) -> None:
    with acting(people.caseworker), pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.filter(file_id=worked.file_id).update(**values)


def test_the_database_refuses_that_one_person_asks_and_decides(people: SimpleNamespace, worked: Case) -> None:
    with acting(people.caseworker), pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        Approval.objects.filter(case=worked).update(decision="approved", decided_by=models.F("requested_by"),
                                                    decided_at=models.F("requested_at"))


def test_every_column_of_a_case_can_be_rebuilt_from_its_edits(people: SimpleNamespace, worked: Case) -> None:
    from havre.core.edits import project
    from havre.infra.fields import SealedField
    from havre.infra.records import from_json, history
    from havre.infra.sealing import open_record
    with acting(people.caseworker):
        for model in (Case, Assessment, Factor, View, Plan, PlanAction, Approval, Task, FollowUp):
            for row in model.objects.filter(file_id=worked.file_id):
                shown = project(history(row), row.PROTECTIVE)
                for name, field in row.editable().items():
                    held = open_record(row, name)[name] if isinstance(field, SealedField) else getattr(row, name)
                    assert held == from_json(field, shown.values[name]), (model.__name__, name)


def test_a_repeated_decision_has_one_effect_and_one_line_on_the_timeline(
        people: SimpleNamespace, intent: Callable, worked: Case) -> None:
    from uuid import uuid4

    from havre.infra.audit import AuditEntry
    with acting(people.supervisor):
        asked = Approval.objects.get(case=worked)
    rid = uuid4()
    for _ in range(2):
        actions.approve_plan(intent(people.supervisor, rid=rid), approval=asked.pk)
    assert AuditEntry.objects.filter(action="plan_approved", files__contains=[worked.file_id]).count() == 1
