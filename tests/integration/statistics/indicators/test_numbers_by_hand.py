"""Is every number what one gets by counting a tiny world by hand?

October 2026, today being the 31st, as the supervisor of team A sees it (policy of SD: a first assessment within 48 hours at high, a week at
medium and two weeks at low risk; a plan three days, a week, two weeks after it):

| Case | Registered | Child | Risk | What happened |
|---|---|---|---|---|
| one | 2 Oct | girl of 13, unaccompanied | high | two concerns, all fields known; assessed on the 3rd, plan on the 5th, family found |
| two | 5 Oct | boy of 4, separated | medium | one concern; assessed on the 20th, no plan; family looked for |
| three | 10 Oct | girl of 8, accompanied | low | never assessed |
| four | 30 Oct | sex and age unknown, separated | low | nothing yet, nothing due yet |
| five | 1 Sep | girl, a colleague's | medium | closed on 11 Oct, goals met |
| six | 1 Aug | girl, a colleague's | medium | closed on 3 Oct and opened again on the 8th |
| seven | 12 Oct | – | – | a duplicate: never counted |
| eight | 2020 | – | – | closed in 2020, to be destroyed in 2025 |
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from havre.cases.models import Approval, Assessment, ClosureRequest, FollowUp, Plan, PlanAction, Task, View
from havre.registration.models import Consent, DuplicateReview
from havre.statistics import indicators
from havre.tracing.models import BestInterests, Candidate, Match, MatchDecision, PostVisit, Reunification, TracingAction
from tests.integration.statistics.indicators.conftest import day

pytestmark = pytest.mark.django_db

BY_HAND: dict[str, float] = {  # code: the number of October (or of the month below)
    "active_caseload": 5,                # one, two, three, four, six
    "cases_opened": 4,                   # one, two, three, four
    "cases_closed": 1,                   # five
    "caseload_per_caseworker": 2.5,      # four cases of one worker, one of the other
    "caseloads_within_limit": 100,       # both have at most 25
    "caseworkers_per_supervisor": 2,     # two caseworkers, one supervisor in team A
    "assessed_in_time": 100 / 3,         # one in time; two late; three never; four not yet due
    "planned_in_time": 50,               # one in time; two without a plan a week later
    "plans_approved": 50,                # of one and six: one is approved, six waits
    "reviewed_in_time": 50,              # two were due, one of them came two days late
    "hours_to_safety": 24,               # noticed on the 1st at nine, safe on the 2nd at nine
    "follow_ups_on_schedule": 100,       # one was due and made; the next is due in November
    "follow_ups_per_case": 2,            # five was reached twice, and once not reached
    "case_duration": 40,                 # five: 1 September to 11 October
    "overdue_tasks": 1,                  # the guardian of two
    "child_seen_alone": 50,              # one was, two was not
    "childs_views_recorded": 50,         # one spoke, two did not want to
    "plans_made_together": 50,           # one was, six was not
    "closures_with_goal_met": 50,        # five was, six could not be reached
    "reopened_within_six_months": 50,    # six was
    "goal_progress": 50,                 # one action done, one not, one cancelled
    "uasc_registered": 3,                # one, two, four
    "tracing_started_in_time": 50,       # one on the second day; two after two weeks; four not yet due
    "candidates_confirmed": 50,          # that of one was right, that of two was not
    "days_to_first_candidate": 3.5,      # one after four days, two after three
    "families_verified": 50,             # one was, two was not
    "children_reunified": 50,            # one is; two is not; nobody looks for the family of four
    "visited_within_a_month": 100,       # the family of one was; that of two has time left
    "together_after_three_months": 100,  # April: both of them, one broke down later
    "together_after_six_months": 50,     # April: one broke down in September
    "guardian_asked_in_time": 50,        # for one, not for two
    "best_interests_asked": 2,
    "best_interests_waiting": 1,
    "days_to_best_interests": 6,
    "best_interests_decisions": 1,
    "children_told_of_decision": 100,
    "concerns_per_100": 60,              # three concerns of five children
    "records_complete": 50,              # 7 + 3 + 3 + 1 of 28
    "earlier_record_found": 50,
    "consents_ending": 1,                # one ends in November, one has ended, one ends in December
    "kept_too_long": 1,                  # eight
}
BEFORE = {"active_caseload": 2, "cases_opened": 1, "cases_closed": 0, "uasc_registered": 0}
MONTH = {"together_after_three_months": "2026-04", "together_after_six_months": "2026-04"}


@pytest.fixture
def world(child: Callable[..., Any], write: Callable[..., Any], people: SimpleNamespace) -> SimpleNamespace:
    one = child(day(2), age=13, uasc_status="unaccompanied", risk_level="high", concerns=["neglect_medical", "separated"], population_group="refugee",
                identification_source="police_or_court", legal_basis="consent", identified_at=day(1), assessed_at=day(3), tracing_status="reunified")
    two = child(day(5), sex="male", age=4, risk_level="medium", concerns=["separated"], assessed_at=day(20), tracing_status="open")
    child(day(10), age=8, uasc_status="accompanied", risk_level="low")
    child(day(30), sex="unknown", age=None, risk_level="low")
    five = child(day(1, 9), owner=people.colleague, uasc_status="accompanied", risk_level="medium", status="closed", closed_at=day(11), assessed_at=day(3, 9))
    six = child(day(1, 8), owner=people.colleague, uasc_status="accompanied", risk_level="medium")
    child(day(12), status="duplicate")
    child(datetime(2020, 1, 5, tzinfo=UTC), status="closed", closed_at=datetime(2020, 2, 5, tzinfo=UTC), stored_until=date(2025, 1, 1))
    world = SimpleNamespace(one=one, two=two, five=five, six=six)
    _work(world, write, people)
    _family(world, write, people)
    _data(world, write)
    return world


def _work(w: SimpleNamespace, write: Callable[..., Any], people: SimpleNamespace) -> None:
    worker, lead = people.caseworker.id, people.supervisor.id
    for case, at, alone, mode in ((w.one, day(3), True, "own_words"), (w.two, day(20), False, "declined")):
        write(Assessment, file=case.file_id, case_id=case.pk, mode="office", assessed_at=at, assessor_id=worker, child_seen_alone=alone, risk_level="high")
        write(View, file=case.file_id, case_id=case.pk, mode=mode, topic="situation", given_at=at)
    write(Assessment, file=w.five.file_id, case_id=w.five.pk, mode="office", assessed_at=day(3, 9), assessor_id=worker, child_seen_alone=True, risk_level="low")
    for case, at, state, together in ((w.one, day(5), "approved", True), (w.six, day(7), "proposed", None)):
        plan = write(Plan, file=case.file_id, case_id=case.pk, state=state, proposed_at=at, proposed_by=worker, child_agrees=together, caregiver_part=together)
        decided = {"decision": "approved", "decided_by": lead, "decided_at": at} if state == "approved" else {}
        write(Approval, file=case.file_id, case_id=case.pk, subject_kind="plan", subject=plan.pk, requested_by=worker, requested_at=at, **decided)
        for status in ("completed", "pending", "cancelled"):
            write(PlanAction, file=case.file_id, case_id=case.pk, plan_id=plan.pk, service_type="medical", concern="neglect_medical", status=status)
    for case, at, reason in ((w.five, day(11), "goal_met_safe"), (w.six, day(3), "uncontactable_3_months")):
        wish = write(ClosureRequest, file=case.file_id, case_id=case.pk, reason=reason, state="approved", requested_by=worker, requested_at=at)
        write(Approval, file=case.file_id, case_id=case.pk, subject_kind="closure", subject=wish.pk, requested_by=worker, requested_at=at,
              decision="approved", decided_by=lead, decided_at=at)
    _opened_again(w.six)
    for at, result in ((day(10, 9), "reached"), (day(20, 9), "reached"), (day(25, 9), "not_reached")):
        write(FollowUp, file=w.five.file_id, case_id=w.five.pk, kind="follow_up", channel="home_visit", result=result, happened_at=at, worker_id=worker)
    for case, kind, due, done in ((w.one, "guardian_request", day(3), day(2)), (w.two, "guardian_request", day(6), None),
                                  (w.one, "review", day(10), day(12)), (w.two, "review", day(15), day(14)),
                                  (w.one, "follow_up_visit", day(20), day(19)), (w.one, "follow_up_visit", day(2, 11), None),
                                  (w.one, "immediate_safety", day(3), day(2)), (w.one, "late_task", day(4), None)):
        ended = {"done_at": done, "done_by": worker} if done else {}
        write(Task, file=case.file_id, kind=kind, due_at=due, owner_id=worker, why="x", risk_level=case.risk_level, **ended)


def _opened_again(case: Any) -> None:
    from havre.access.system import system_actor
    from havre.cases import permissions
    from havre.core.intent import Intent
    from havre.infra.acting import acting
    from havre.infra.unit import Unit
    with acting(system_actor(), now=day(8)) as stay:
        unit = Unit(Intent(system_actor(), day(8), uuid4()), permissions.MARK_LATE, stay)
        unit.change(case, reopen_note="A new worry")
        unit.finish()


def _family(w: SimpleNamespace, write: Callable[..., Any], people: SimpleNamespace) -> None:
    worker = people.caseworker.id
    for case, done, found, state, decided in ((w.one, day(4), day(6), "confirmed", day(15)), (w.two, day(20), day(8), "rejected", day(16))):
        pair = uuid4()
        write(TracingAction, file=case.file_id, action="mass_tracing", done_on=done.date(), done_by=worker)
        write(Candidate, file=case.file_id, side="child", pair=pair, own_person_id=case.child_id, other_person=uuid4(), other_file=uuid4(),
              other_agency=uuid4(), status=state, per_thousand=900, words="very_likely", model_version="1", evidence_digest="0" * 64, found_at=found)
        write(MatchDecision, file=case.file_id, pair=pair, decision="shortlist", decided_by=worker, decided_at=found)
        match = write(Match, file=case.file_id, pair=pair, child_person=case.child_id, sought_person=uuid4(), inquirer=uuid4(), case_file=case.file_id,
                      request_file=uuid4(), case_owner=worker, request_owner=uuid4(), case_agency=uuid4(), request_agency=uuid4(), relation="mother",
                      state=state, per_thousand=900, words="very_likely", model_version="1", opened_at=found, decided_at=decided)
        held = {"file": case.file_id, "match_id": match.pk, "child_person": case.child_id}
        plan = {"planned_on": date(2026, 10, 1), "planned_by": worker, "planned_at": day(1), "country": "SD", "relation": "mother"}
        now = write(Reunification, **held, **plan, state="handed_over", done_at=day(2) if case is w.one else day(20))
        if case is w.one:
            write(PostVisit, **held, reunification_id=now.pk, visited_on=date(2026, 10, 9), visitor=worker, outcome="stable")
            write(Reunification, **held, **plan, state="stable", done_at=day(12, 4))
            write(Reunification, **held, **plan, state="broken_down", done_at=day(10, 4), ended_at=day(1, 9))
            write(BestInterests, **held, asked_by=worker, asked_at=day(3), panel_member=people.panel_member.id, outcome="reunify", decided_at=day(9),
                  child_told_at=day(10))
            write(BestInterests, **held, asked_by=worker, asked_at=day(20), panel_member=people.panel_member.id)


def _data(w: SimpleNamespace, write: Callable[..., Any]) -> None:
    for conclusion in ("same", "different"):
        write(DuplicateReview, file=w.one.file_id, searched_at=day(2), hits=[{"ref": "1", "conclusion": "different"}, {"ref": "2", "conclusion": conclusion}])
    for end in (day(15, 11), day(20), day(20, 12)):
        write(Consent, file=w.one.file_id, person_id=w.one.child_id, given_by="caregiver", given_at=day(1), expires_at=end)


def test_each_number_is_what_counting_by_hand_gives(world: SimpleNamespace, count: Callable[..., Any]) -> None:
    found = {code: count(code, period=MONTH.get(code, "2026-10")) for code in BY_HAND}
    assert {code: one.value for code, one in found.items()} == {code: pytest.approx(value) for code, value in BY_HAND.items()}
    assert {code: found[code].was for code in BEFORE} == BEFORE
    assert [figure.n for figure in found["active_caseload"].trend] == [0, 0, 0, 1, 2, 5]  # May to October: six in August, five in September


def test_the_parts_are_what_counting_by_hand_gives(world: SimpleNamespace, count: Callable[..., Any]) -> None:
    def rows(code: str, by: str, **more: Any) -> dict[str, float]:
        found = count(code, by=by, **more)
        return {key: found.value_of(figure) for key, figure in found.rows.items()}
    assert rows("cases_opened", "sex") == {"female": 2, "male": 1, "unknown": 1}
    assert rows("cases_opened", "age") == {"12_17": 1, "6_11": 1, "0_5": 1, "unknown": 1}
    assert rows("uasc_registered", "part") == {"unaccompanied": 1, "separated": 2}
    assert rows("assessed_in_time", "risk") == {"high": 100, "medium": 0, "low": 0}
    assert rows("concerns_per_100", "part") == {"neglect_medical": 20, "separated": 40, "": 0}
    assert rows("concerns_per_100", "sex") == {"female": pytest.approx(100 * 2 / 3), "male": 100, "unknown": 0}
    assert rows("closures_with_goal_met", "part") == {"goal_met_safe": 100, "uncontactable_3_months": 0}
    assert rows("case_duration", "part") == {"to_90": 40}
    assert rows("overdue_tasks", "part") == {"guardian_request": 1}
    assert rows("records_complete", "part") == {"sex": 75, "age": 75, "uasc_status": 100, "population_group": 25, "identification_source": 25,
                                                "legal_basis": 25, "identified_at": 25}
    concerns = count("concerns_per_100", by="part")
    assert {concerns.rests_on(figure) for figure in concerns.rows.values()} == {5}, "each concern is told of all children"
    two = count("cases_opened", by="age", across="sex")
    assert {key: f.n for key, f in two.cells.items()} == {("12_17", "female"): 1, ("6_11", "female"): 1, ("0_5", "male"): 1, ("unknown", "unknown"): 1}
    assert {key: f.n for key, f in two.columns.items()} == {"female": 2, "male": 1, "unknown": 1}


def test_a_worker_s_numbers_are_those_of_the_worker_s_cases(world: SimpleNamespace, count: Callable[..., Any], people: SimpleNamespace) -> None:
    assert count("active_caseload", people.caseworker).value == 4
    assert count("active_caseload", people.colleague).value == 1
    assert count("closures_with_goal_met", people.caseworker).value is None
    assert count("closures_with_goal_met", people.colleague).value == 50
    assert count("active_caseload", people.manager).value == 5
    assert count("caseworkers_per_supervisor", people.manager).value == 2
    assert count("caseworkers_per_supervisor", people.caseworker).value is None
    assert all(count(code, people.outside_supervisor).now.n == 0 for code in BY_HAND if code != "caseworkers_per_supervisor")


def test_every_indicator_says_what_it_is_and_is_counted_by_hand_here() -> None:
    every = indicators.every()
    assert set(BY_HAND) == set(every), "count the new one in the tiny world"
    for code, one in every.items():
        assert one.title and one.definition.endswith(".") and one.formula and one.sources and one.caveats and one.unit, code
        assert 1 <= one.number <= 59, code
    titles = [one.title for one in every.values()]
    assert len(set(titles)) == len(titles)


def test_every_source_is_a_plain_column() -> None:
    from django.apps import apps

    from havre.core.policy import Policy
    from havre.infra.fields import SealedField
    for code, one in indicators.every().items():
        for source in one.sources:
            area, *rest = source.split(".")
            if area == "policy":
                assert hasattr(Policy(country="ZZ"), rest[0]), (code, source)
                continue
            field = apps.get_model(area, rest[0])._meta.get_field(rest[1])
            assert not isinstance(field, SealedField), (code, source)


def test_every_word_of_an_indicator_is_in_french() -> None:
    from babel.messages.pofile import read_po

    from havre.cli.messages import catalogue_path
    with catalogue_path("numbers", "fr").open("rb") as file:
        french = {message.id: message.string for message in read_po(file)}
    for one in indicators.every().values():
        for said in (one.title, one.definition, one.formula, *one.caveats):
            assert french.get(said), said
