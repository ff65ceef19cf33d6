"""A case from its first tasks to closure: what people do, and where they are stopped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from havre.cases import actions
from havre.cases.given import ClosureGiven, FollowUpGiven
from havre.cases.models import Approval, Case, ClosureRequest, Plan, PlanAction, Task, View
from havre.cases.planning import PlanGiven
from havre.cases.rules import add_months
from havre.core.actor import Actor
from havre.core.problems import AlreadyDecided, Conflict, GateRefused, InputRefused, NothingHere
from havre.infra.acting import acting

pytestmark = pytest.mark.django_db


def open_tasks(actor: Actor, case: Case) -> dict[str, Task]:
    with acting(actor):
        return {t.kind: t for t in Task.objects.filter(file_id=case.file_id, done_at__isnull=True)}


def fresh(actor: Actor, case: Case) -> Case:
    with acting(actor):
        return Case.objects.get(pk=case.pk)


def reasons(caught: pytest.ExceptionInfo[GateRefused]) -> dict[str, str]:
    return {r.id: r.reason for r in caught.value.results if not r.ok}


def plan_of(people: SimpleNamespace, given: SimpleNamespace, **change: object) -> PlanGiven:
    line = replace(given.line, owner=people.caseworker.id)
    return replace(PlanGiven(goal="She is well and in contact with her family.", actions=(line,), child_agrees=True,
                             caregiver_part=True), **change)


@pytest.fixture
def assessed(people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> Case:
    case = open_case()
    actions.record_assessment(intent(people.caseworker), case=case.pk, given=given.assessment)
    return case


@pytest.fixture
def asked(people: SimpleNamespace, intent: Callable, assessed: Case, given: SimpleNamespace) -> Approval:
    plan = actions.propose_plan(intent(people.caseworker), case=assessed.pk, given=plan_of(people, given))
    with acting(people.caseworker):
        return Approval.objects.get(subject=plan.pk)


@pytest.fixture
def running(people: SimpleNamespace, intent: Callable, assessed: Case, asked: Approval) -> Case:
    actions.approve_plan(intent(people.supervisor), approval=asked.pk)
    return assessed


def test_a_new_case_has_its_first_tasks_with_times_by_risk(people: SimpleNamespace, open_case: Callable) -> None:
    at = datetime.now(UTC)
    case = open_case(risk_level="high", uasc_status="unaccompanied", at=at)
    due = {kind: task.due_at - at for kind, task in open_tasks(people.caseworker, case).items()}
    assert due["immediate_safety"] == timedelta(hours=24)
    assert due["assess"] == timedelta(hours=48)
    assert due["guardian_request"] == timedelta(hours=24)


def test_an_assessment_moves_the_case_and_asks_for_a_plan(people: SimpleNamespace, assessed: Case) -> None:
    case = fresh(people.caseworker, assessed)
    assert (case.stage, case.risk_level) == ("assessed", "medium")
    left = open_tasks(people.caseworker, case)
    assert "assess" not in left
    assert {"plan", "review"} <= left.keys()


def test_an_assessment_without_views_is_refused_and_leaves_nothing(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> None:
    case = open_case()
    with pytest.raises(GateRefused) as caught:
        actions.record_assessment(intent(people.caseworker), case=case.pk,
                                  given=replace(given.assessment, views=None, child_seen_alone=False))
    assert reasons(caught) == {"G05": "not_seen_alone", "G06": "child_views_missing"}
    assert fresh(people.caseworker, case).stage == "registered"


def test_a_young_child_alone_cannot_be_called_medium_risk(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> None:
    case = open_case(uasc_status="unaccompanied", age=(9, 10))
    with pytest.raises(GateRefused) as caught:
        actions.record_assessment(intent(people.caseworker), case=case.pk, given=given.assessment)
    assert reasons(caught) == {"G08": "warning_sign_needs_high"}


def test_a_wish_to_die_needs_a_safety_plan_of_today(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> None:
    case = open_case()
    said = replace(given.assessment, risk_level="high", risk_flags=("suicidal_intent",))
    with pytest.raises(GateRefused) as caught:
        actions.record_assessment(intent(people.caseworker), case=case.pk, given=said)
    assert reasons(caught) == {"G33": "safety_plan_missing"}
    made = actions.record_assessment(intent(people.caseworker), case=case.pk,
                                     given=replace(said, safety_plan="Stays with her aunt tonight."))
    assert made.risk_flags == ["suicidal_intent"]
    assert "immediate_safety" in open_tasks(people.caseworker, case)


def test_a_plan_must_answer_every_serious_concern(
        people: SimpleNamespace, intent: Callable, assessed: Case, given: SimpleNamespace) -> None:
    line = replace(given.line, owner=people.caseworker.id, concern="")
    with pytest.raises(GateRefused) as caught:
        actions.propose_plan(intent(people.caseworker), case=assessed.pk, given=plan_of(people, given, actions=(line,)))
    assert reasons(caught) == {"G09": "concern_without_action"}


def test_a_supervisor_approves_and_work_begins(people: SimpleNamespace, running: Case) -> None:
    assert fresh(people.supervisor, running).stage == "plan_agreed"
    left = open_tasks(people.caseworker, running)
    assert {"plan_action", "follow_up_visit"} <= left.keys()
    assert "approve_plan" not in left


def test_the_author_cannot_approve_even_as_supervisor(
        people: SimpleNamespace, intent: Callable, assessed: Case, given: SimpleNamespace) -> None:
    plan = actions.propose_plan(intent(people.supervisor), case=assessed.pk, given=plan_of(people, given))
    with acting(people.supervisor):
        asked = Approval.objects.get(subject=plan.pk)
    with pytest.raises(GateRefused) as caught:
        actions.approve_plan(intent(people.supervisor), approval=asked.pk)
    assert reasons(caught) == {"G10": "same_person_approves"}


@pytest.mark.parametrize("who", ["caseworker", "colleague", "outsider", "outside_supervisor", "officer", "analyst", "auditor"])
def test_nobody_but_the_supervisor_can_approve(people: SimpleNamespace, intent: Callable, asked: Approval, who: str) -> None:
    with pytest.raises(NothingHere):
        actions.approve_plan(intent(getattr(people, who)), approval=asked.pk)


def test_a_plan_is_decided_once(people: SimpleNamespace, intent: Callable, running: Case, asked: Approval) -> None:
    with pytest.raises(AlreadyDecided):
        actions.return_plan(intent(people.supervisor), approval=asked.pk, reason="Too late.")


def test_a_caregiver_not_heard_waits_for_the_supervisors_reason(
        people: SimpleNamespace, intent: Callable, assessed: Case, given: SimpleNamespace) -> None:
    plan = actions.propose_plan(intent(people.caseworker), case=assessed.pk, given=plan_of(people, given, caregiver_part=False))
    with acting(people.supervisor):
        asked = Approval.objects.get(subject=plan.pk)
    with pytest.raises(GateRefused) as caught:
        actions.approve_plan(intent(people.supervisor), approval=asked.pk)
    assert reasons(caught) == {"G07": "caregiver_not_heard"}
    actions.approve_plan(intent(people.supervisor), approval=asked.pk, accepted={"G07": "Her uncle cannot be reached."})
    with acting(people.supervisor):
        assert Approval.objects.get(pk=asked.pk).accepted == ["G07"]


def test_a_returned_plan_comes_back_as_a_task_with_its_reason(
        people: SimpleNamespace, intent: Callable, assessed: Case, asked: Approval) -> None:
    from havre.infra.sealing import open_record
    with pytest.raises(InputRefused):
        actions.return_plan(intent(people.supervisor), approval=asked.pk, reason=" ")
    actions.return_plan(intent(people.supervisor), approval=asked.pk, reason="Who brings her to the doctor?")
    with acting(people.caseworker):
        assert open_record(Approval.objects.get(pk=asked.pk), "reason") == {"reason": "Who brings her to the doctor?"}
        assert Plan.objects.get(pk=asked.subject).state == "returned"
    assert "plan" in open_tasks(people.caseworker, assessed)


def test_a_new_proposal_takes_the_place_of_the_one_that_waits(
        people: SimpleNamespace, intent: Callable, assessed: Case, asked: Approval, given: SimpleNamespace) -> None:
    actions.propose_plan(intent(people.caseworker), case=assessed.pk, given=plan_of(people, given))
    with acting(people.caseworker):
        assert Plan.objects.get(pk=asked.subject).state == "superseded"
        assert Approval.objects.filter(case=assessed, decision="waiting").count() == 1


VISIT = FollowUpGiven(kind="in_care", channel="home_planned", result="reached", with_whom=("child",), child_seen=True,
                      seen_and_heard="She goes to school.", happened_at=datetime.now(UTC))


def test_a_visit_starts_the_work_and_plans_the_next(people: SimpleNamespace, intent: Callable, running: Case) -> None:
    actions.record_follow_up(intent(people.caseworker), case=running.pk, given=replace(VISIT, happened_at=datetime.now(UTC)))
    assert fresh(people.caseworker, running).stage == "implementing"
    assert open_tasks(people.caseworker, running)["follow_up_visit"].due_at > datetime.now(UTC) + timedelta(days=6)


def test_an_unsafe_place_asks_for_a_review_soon(people: SimpleNamespace, intent: Callable, running: Case) -> None:
    before = open_tasks(people.caseworker, running)["review"].due_at
    actions.record_follow_up(intent(people.caseworker), case=running.pk,
                             given=replace(VISIT, happened_at=datetime.now(UTC), place_safe=False))
    assert open_tasks(people.caseworker, running)["review"].due_at < before


def test_a_visit_needs_words_and_a_day_that_has_come(people: SimpleNamespace, intent: Callable, running: Case) -> None:
    with pytest.raises(InputRefused) as caught:
        actions.record_follow_up(intent(people.caseworker), case=running.pk, given=replace(
            VISIT, seen_and_heard="", with_whom=(), happened_at=datetime.now(UTC) + timedelta(days=2)))
    assert set(caught.value.errors) == {"seen_and_heard", "with_whom", "happened_at"}


def test_risk_stays_high_while_a_sign_stands_and_falls_when_it_is_gone(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> None:
    case = open_case()
    said = replace(given.assessment, risk_level="high", risk_flags=("detained_with_adults",))
    actions.record_assessment(intent(people.caseworker), case=case.pk, given=said)
    with pytest.raises(GateRefused):
        actions.review_risk(intent(people.caseworker), case=case.pk, risk_level="low", risk_reasons="Better.",
                            risk_flags=["detained_with_adults"])
    actions.review_risk(intent(people.caseworker), case=case.pk, risk_level="low", risk_reasons="Released to her aunt.")
    assert fresh(people.caseworker, case).risk_flags == []


def closure(**change: object) -> ClosureGiven:
    return replace(ClosureGiven(reason="goal_met_safe", summary="She is well and stays with her aunt.", agreed_with_child=True,
                                agreed_with_caregiver=True, child_told_whom_to_contact=True,
                                contact_on=add_months(date.today(), 3)), **change)


@pytest.fixture
def ready(people: SimpleNamespace, intent: Callable, running: Case, given: SimpleNamespace) -> Case:
    actions.review_risk(intent(people.caseworker), case=running.pk, risk_level="low", risk_reasons="She is well.",
                        concern_levels={"neglect_medical": "resolved"})
    view = actions.record_views(intent(people.caseworker), case=running.pk,
                                given=replace(given.view, topic="closure", words="I am fine now."))
    actions.tell_back(intent(people.caseworker), view=view.pk, understood=True)
    with acting(people.caseworker):
        older = list(View.objects.filter(case=running, told_back_at__isnull=True))
    for each in older:
        actions.tell_back(intent(people.caseworker), view=each.pk, understood=True)
    tasks = open_tasks(people.caseworker, running)
    actions.finish_task(intent(people.caseworker), task=tasks["guardian_request"].pk, outcome="The aunt is guardian.")
    return running


def test_a_case_is_closed_by_another_person_and_a_contact_stays(people: SimpleNamespace, intent: Callable, ready: Case) -> None:
    asked = actions.request_closure(intent(people.caseworker), case=ready.pk, given=closure())
    with acting(people.supervisor):
        approval = Approval.objects.get(subject=asked.pk)
    with pytest.raises(NothingHere):
        actions.approve_closure(intent(people.caseworker), approval=approval.pk)
    actions.approve_closure(intent(people.supervisor), approval=approval.pk)
    case = fresh(people.caseworker, ready)
    assert (case.status, case.stage) == ("closed", "closed")
    assert case.closed_at is not None
    assert case.stored_until is not None and case.stored_until > date.today()
    assert set(open_tasks(people.caseworker, ready)) == {"post_closure_contact"}


def test_closing_is_refused_while_the_family_is_searched(
        people: SimpleNamespace, intent: Callable, ready: Case) -> None:
    from havre.cases import permissions
    from havre.cases.writing import set_tracing_status
    from havre.infra.unit import Unit
    with acting(people.caseworker) as stay:
        unit = Unit(intent(people.caseworker), permissions.FOLLOW_UP, stay)
        set_tracing_status(unit, Case.objects.get(pk=ready.pk), "in_progress")
        unit.finish()
    with pytest.raises(GateRefused) as caught:
        actions.request_closure(intent(people.caseworker), case=ready.pk, given=closure())
    assert reasons(caught) == {"G36": "matter_still_open"}


def test_closing_is_refused_without_views_contact_or_facts(people: SimpleNamespace, intent: Callable, running: Case) -> None:
    with pytest.raises(GateRefused) as caught:
        actions.request_closure(intent(people.caseworker), case=running.pk, given=closure(contact_on=None))
    assert reasons(caught) == {"G06": "child_views_missing", "G35": "concern_still_open", "G36": "matter_still_open",
                               "G37": "contact_not_planned"}


def test_a_refused_closure_goes_back_for_review(people: SimpleNamespace, intent: Callable, ready: Case) -> None:
    asked = actions.request_closure(intent(people.caseworker), case=ready.pk, given=closure())
    with acting(people.supervisor):
        approval = Approval.objects.get(subject=asked.pk)
    actions.return_closure(intent(people.supervisor), approval=approval.pk, reason="Visit once more.")
    assert fresh(people.caseworker, ready).stage == "follow_up_review"
    with acting(people.supervisor):
        assert ClosureRequest.objects.get(pk=asked.pk).state == "returned"


def test_a_closed_case_opens_again_at_high_risk(people: SimpleNamespace, intent: Callable, ready: Case) -> None:
    asked = actions.request_closure(intent(people.caseworker), case=ready.pk, given=closure())
    with acting(people.supervisor):
        approval = Approval.objects.get(subject=asked.pk)
    actions.approve_closure(intent(people.supervisor), approval=approval.pk)
    with pytest.raises(NothingHere):
        actions.reopen_case(intent(people.caseworker), case=ready.pk, reason="new_concern", note="She ran away.")
    actions.reopen_case(intent(people.supervisor), case=ready.pk, reason="new_concern", note="She ran away.")
    case = fresh(people.caseworker, ready)
    assert (case.status, case.stage, case.risk_level, case.closed_at) == ("open", "reopened", "high", None)
    assert {"assess", "immediate_safety"} <= open_tasks(people.caseworker, ready).keys()


def test_a_child_whose_case_opens_again_is_asked_again(
        people: SimpleNamespace, intent: Callable, ready: Case, given: SimpleNamespace) -> None:
    asked = actions.request_closure(intent(people.caseworker), case=ready.pk, given=closure())
    with acting(people.supervisor):
        approval = Approval.objects.get(subject=asked.pk)
    actions.approve_closure(intent(people.supervisor), approval=approval.pk)
    actions.reopen_case(intent(people.supervisor), case=ready.pk, reason="new_concern", note="She ran away.")
    with pytest.raises(GateRefused) as caught:
        actions.record_assessment(intent(people.caseworker), case=ready.pk, given=replace(given.assessment, views=None))
    assert reasons(caught) == {"G06": "child_views_missing"}
    actions.record_assessment(intent(people.caseworker), case=ready.pk, given=given.assessment)
    assert fresh(people.caseworker, ready).stage == "assessed"


def test_a_task_with_a_step_of_its_own_cannot_be_ticked_off(people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    case = open_case()
    with pytest.raises(Conflict):
        actions.finish_task(intent(people.caseworker), task=open_tasks(people.caseworker, case)["assess"].pk, outcome="Done.")


def test_a_finished_action_of_the_plan_is_done(people: SimpleNamespace, intent: Callable, running: Case) -> None:
    task = open_tasks(people.caseworker, running)["plan_action"]
    actions.finish_task(intent(people.caseworker), task=task.pk, outcome="The doctor saw her.")
    with acting(people.caseworker):
        assert PlanAction.objects.get(pk=task.about_id).status == "completed"
    assert "plan_action" not in open_tasks(people.caseworker, running)


def test_a_colleague_who_sees_to_an_action_may_read_and_finish_that_and_nothing_more(
        people: SimpleNamespace, intent: Callable, assessed: Case, given: SimpleNamespace) -> None:
    line = replace(given.line, owner=people.colleague.id)
    plan = actions.propose_plan(intent(people.caseworker), case=assessed.pk, given=plan_of(people, given, actions=(line,)))
    with pytest.raises(NothingHere):
        actions.record_views(intent(people.colleague), case=assessed.pk, given=given.view)
    with acting(people.supervisor):
        asked = Approval.objects.get(subject=plan.pk)
    actions.approve_plan(intent(people.supervisor), approval=asked.pk)
    mine = open_tasks(people.colleague, assessed)
    with pytest.raises(NothingHere):
        actions.finish_task(intent(people.colleague), task=mine["guardian_request"].pk, outcome="Not mine.")
    with pytest.raises(NothingHere):
        actions.record_views(intent(people.colleague), case=assessed.pk, given=given.view)
    actions.finish_task(intent(people.colleague), task=mine["plan_action"].pk, outcome="The doctor saw her.")
    assert "plan_action" not in open_tasks(people.caseworker, assessed)


def test_a_pause_has_an_end_within_the_policy(people: SimpleNamespace, intent: Callable, running: Case) -> None:
    with pytest.raises(InputRefused):
        actions.put_on_hold(intent(people.caseworker), case=running.pk, until=date.today() + timedelta(days=90), reason="Travel.")
    actions.put_on_hold(intent(people.caseworker), case=running.pk, until=date.today() + timedelta(days=10), reason="Travel.")
    assert fresh(people.caseworker, running).status == "on_hold"
    actions.resume(intent(people.caseworker), case=running.pk)
    assert fresh(people.caseworker, running).status == "open"


def test_the_same_request_twice_makes_one_plan(
        people: SimpleNamespace, intent: Callable, assessed: Case, given: SimpleNamespace) -> None:
    rid = uuid4()
    first = actions.propose_plan(intent(people.caseworker, rid=rid), case=assessed.pk, given=plan_of(people, given))
    again = actions.propose_plan(intent(people.caseworker, rid=rid), case=assessed.pk, given=plan_of(people, given))
    assert first.pk == again.pk
