"""What people see: their list, their day, the page of a child; in few queries, and nothing of others."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.cases import actions, queries
from havre.cases.models import Case
from havre.cases.queries import CaseFilter
from havre.cases.rules import Bucket
from havre.core.problems import NothingHere
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry

pytestmark = pytest.mark.django_db


def codes(actor: object, **wanted: str) -> list[str]:
    with acting(actor):  # type: ignore[arg-type]
        return [row.code for row in queries.cases_visible_to(actor, CaseFilter(**wanted)).rows]  # type: ignore[arg-type]


def test_the_list_shows_high_risk_first_and_the_latest_registered_before(people: SimpleNamespace, open_case: Callable) -> None:
    start = datetime.now(UTC) - timedelta(hours=3)
    cases = [open_case(risk_level=level, at=start + timedelta(minutes=n))
             for n, level in enumerate(["low", "high", "medium", "none", "high"])]
    order = [cases[n] for n in (4, 1, 2, 0, 3)]
    assert codes(people.caseworker) == [c.file.code for c in order]


def test_pages_continue_where_they_ended_and_lose_nobody(people: SimpleNamespace, open_case: Callable) -> None:
    start = datetime.now(UTC) - timedelta(hours=3)
    for n in range(7):
        open_case(risk_level=["high", "low"][n % 2], at=start)
    seen, after = [], None
    with acting(people.caseworker):
        while True:
            page = queries.cases_visible_to(people.caseworker, after=after, limit=3)
            seen += [row.id for row in page.rows]
            after = page.next
            if after is None:
                break
    assert len(seen) == len(set(seen)) == 7


def test_the_list_is_narrowed_by_risk_whose_and_what_is_late(people: SimpleNamespace, open_case: Callable) -> None:
    now = datetime.now(UTC)
    old = open_case(risk_level="high", at=now - timedelta(days=4))
    mine = open_case(risk_level="low")
    other = open_case(owner=people.colleague)
    assert codes(people.caseworker, risk="high") == [old.file.code]
    assert codes(people.caseworker, due="late") == [old.file.code]
    assert set(codes(people.supervisor)) == {old.file.code, mine.file.code, other.file.code}
    assert codes(people.supervisor, whose="mine") == []
    assert len(codes(people.supervisor, whose="team")) == 3
    assert codes(people.caseworker, status="closed") == []


@pytest.mark.parametrize("who", ["colleague", "outsider", "outside_supervisor", "tracing_officer"])
def test_others_find_nothing_in_their_list(people: SimpleNamespace, open_case: Callable, who: str) -> None:
    open_case()
    assert codes(getattr(people, who)) == []


@pytest.mark.parametrize("who", ["officer", "analyst"])
def test_some_roles_have_no_list(people: SimpleNamespace, who: str) -> None:
    with acting(getattr(people, who)), pytest.raises(NothingHere):
        queries.cases_visible_to(getattr(people, who))


def test_reading_fifty_names_is_one_entry_in_the_log(people: SimpleNamespace, open_case: Callable) -> None:
    for _ in range(3):
        open_case()
    before = AuditEntry.objects.filter(action="read").count()
    codes(people.caseworker)
    assert AuditEntry.objects.filter(action="read").count() == before + 1


def test_today_groups_tasks_by_when_and_says_why(people: SimpleNamespace, open_case: Callable) -> None:
    now = datetime.now(UTC)
    open_case(risk_level="high", at=now - timedelta(hours=25))
    with acting(people.caseworker):
        today = queries.tasks_today(people.caseworker, now)
    late = today.groups[Bucket.LATE]
    assert {t.kind for t in late} == {"immediate_safety", "guardian_request"}
    assert late[0].why_params["hours"] == 24
    assert late[0].child is not None and late[0].child.names[0]["value"] == "ሰላም ተስፋይ"
    assert today.open_tasks == 4


def test_a_supervisor_sees_what_the_team_must_decide_and_the_worker_that_it_waits(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> None:
    from dataclasses import replace

    from havre.cases.planning import PlanGiven
    case = open_case()
    actions.record_assessment(intent(people.caseworker), case=case.pk, given=given.assessment)
    plan = PlanGiven(goal="Well", actions=(replace(given.line, owner=people.caseworker.id),), caregiver_part=True)
    actions.propose_plan(intent(people.caseworker), case=case.pk, given=plan)
    with acting(people.supervisor):
        today = queries.tasks_today(people.supervisor)
        assert [t.kind for group in today.groups.values() for t in group] == ["approve_plan"]
    with acting(people.caseworker):
        assert [(w.kind, w.who) for w in queries.tasks_today(people.caseworker).waiting] == [("plan", "Team A")]


@pytest.fixture
def worked(people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> Case:
    from dataclasses import replace

    from havre.cases.given import FactorGiven
    case = open_case()
    factors = tuple(FactorGiven(code, "risk", 2, "destination") for code in ("pregnancy", "neglect", "gangs", "conflict"))
    actions.record_assessment(intent(people.caseworker), case=case.pk, given=replace(given.assessment, factors=factors))
    return case


def test_the_page_of_a_child_opens_with_her_name_and_her_words(people: SimpleNamespace, worked: Case) -> None:
    with acting(people.caseworker):
        page = queries.case_page(people.caseworker, worked.file.code)
    assert page.names[0]["value"] == "ሰላም ተስፋይ"
    assert page.said is not None and page.said.words == "I want to find my mother."
    assert page.age == (13, 14)
    assert {f.level for f in page.factors} == {"individual", "household", "community", "structural"}
    assert [e.code for e in page.timeline][:3] == ["assessment_recorded", "views_recorded", "case_opened"]
    assert {r.id for r in page.gates} == {"G06", "G07", "G09"}
    assert {(w.name, w.relation) for w in page.workers} == {("Caseworker", "assigned"), ("Team A", "team"), ("Agency A", "agency")}


def test_the_page_of_a_child_costs_few_queries_however_long_the_history(
        people: SimpleNamespace, intent: Callable, worked: Case, given: SimpleNamespace) -> None:
    def cost() -> int:
        with acting(people.caseworker), CaptureQueriesContext(connection) as asked:
            queries.case_page(people.caseworker, worked.file.code)
        return len(asked)
    first = cost()
    for _ in range(5):
        actions.record_views(intent(people.caseworker), case=worked.pk, given=given.view)
    assert cost() == first <= 32


@pytest.mark.parametrize("who", ["colleague", "outsider", "outside_supervisor", "officer", "analyst", "tracing_officer"])
def test_the_page_of_a_child_is_nothing_to_others(people: SimpleNamespace, worked: Case, who: str) -> None:
    with pytest.raises(NothingHere), acting(getattr(people, who)):
        queries.case_page(getattr(people, who), worked.file.code)
    assert AuditEntry.objects.filter(decision="denied", actor=getattr(people, who).id).exists()


def test_the_panel_of_a_waiting_plan_shows_who_may_approve(
        people: SimpleNamespace, intent: Callable, worked: Case, given: SimpleNamespace) -> None:
    from dataclasses import replace

    from havre.cases.planning import PlanGiven
    plan = PlanGiven(goal="Well", actions=(replace(given.line, owner=people.caseworker.id),), caregiver_part=True)
    actions.propose_plan(intent(people.caseworker), case=worked.pk, given=plan)
    for who, reason in (("caseworker", "same_person_approves"), ("supervisor", "")):
        actor = getattr(people, who)
        with acting(actor):
            found = {r.id: r.reason for r in queries.case_page(actor, worked.file.code).gates}
        assert found["G10"] == reason


def test_the_timeline_shows_refusals_with_the_safeguards_that_stopped(
        people: SimpleNamespace, intent: Callable, worked: Case) -> None:
    from havre.cases.planning import PlanGiven
    from havre.core.problems import GateRefused
    with pytest.raises(GateRefused):
        actions.propose_plan(intent(people.caseworker), case=worked.pk, given=PlanGiven(goal="", actions=()))
    with acting(people.caseworker):
        entry = queries.timeline(people.caseworker, worked.file_id)[0]
    assert (entry.code, entry.refused, entry.params["gates"]) == ("gate_refused", True, ["G09"])
    with pytest.raises(NothingHere), acting(people.outsider):
        queries.timeline(people.outsider, worked.file_id)
