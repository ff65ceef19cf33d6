"""Two interviews, a verified family, a safe home, a hand-over signed by three, visits; and every refusal on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from havre.access.queries import scoped
from havre.cases.matters import open_matters
from havre.cases.models import Case, Task
from havre.core.problems import AlreadyDecided, Conflict, GateRefused, InputRefused, NothingHere
from havre.infra.acting import acting
from havre.infra.records import Edit
from havre.registration.inputs import PersonInput
from havre.tracing import actions, queries
from havre.tracing.models import AlertEntry, Candidate, Interview, Reunification, SecretFact
from tests.integration.tracing.pairing import (
    ADULT_LANE,
    CHILD_LANE,
    REQUEST,
    cleared,
    decided,
    go_on,
    hear_both,
    home_seen,
    judge,
    matched,
    mother_asks,
    planned,
    ready,
    the_match,
    verified,
)

pytestmark = pytest.mark.django_db


def unmet(refused) -> dict[str, str]:
    return {r.id: r.reason for r in refused.value.results if not r.ok}


def hear(people, intent, match, side, **changes):
    who = people.caseworker if side == "child" else people.tracing_officer
    given = replace(CHILD_LANE if side == "child" else ADULT_LANE, **changes)
    return actions.record_interview(intent(who), match=match.pk, side=side, given=given)


# ---- verification ----

def test_two_interviews_that_agree_and_a_supervisor_make_a_family(people, intent) -> None:
    match = verified(people, intent)
    assert match.state == "confirmed" and match.decided_by == people.supervisor.id
    with acting(people.caseworker):
        assert scoped(Case, people.caseworker).get().tracing_status == "verified"
        assert scoped(Candidate, people.caseworker).get().stage == "verified"
    with acting(people.tracing_officer):
        assert scoped(Candidate, people.tracing_officer).get().status == "confirmed"


def test_the_relatives_message_reaches_the_childs_side_only_when_the_family_is_verified(people, intent) -> None:
    from havre.infra.sealing import open_record
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)))
    with acting(people.caseworker):
        assert "message" not in open_record(the_match(people.caseworker), "people")["people"]
    judge(people, intent, match)
    actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="The same.")
    with acting(people.caseworker):
        assert open_record(the_match(people.caseworker), "people")["people"]["message"] == REQUEST.message


def test_verification_from_one_side_is_refused_by_name(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    for heard, reason in ((False, "no_interview_yet"), (True, "adult_side_missing")):
        if heard:
            hear(people, intent, match, "child")
        with pytest.raises(GateRefused) as refused:
            actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="Surely.")
        assert unmet(refused)["G17"] == reason
    assert the_match(people.supervisor).state == "child_side_checked"


def test_a_wrong_secret_answer_is_refused(people, intent) -> None:
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)),
                      adult=replace(ADULT_LANE, answers={**ADULT_LANE.answers, "animal": "a black dog"}))
    judge(people, intent, match, animal="different")
    with pytest.raises(GateRefused) as refused:
        actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="Close enough.")
    assert unmet(refused)["G17"] == "secret_fact_differs"
    rejected = actions.reject_match(intent(people.supervisor), match=match.pk, reason="not_recognised_by_child", reasons="Wrong answer.")
    assert rejected.state == "rejected"
    with acting(people.caseworker):
        assert scoped(Case, people.caseworker).get().tracing_status == "verification_failed"


def test_answers_nobody_compared_are_refused(people, intent) -> None:
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)))
    with pytest.raises(GateRefused) as refused:
        actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="x")
    assert unmet(refused)["G17"] == "facts_not_compared"


def test_the_same_person_may_not_hear_both_sides(people, intent) -> None:
    pair = matched(people, intent)
    match = go_on(people, intent, pair)
    hear(people, intent, match, "child")
    from havre.access.models import Grant
    from havre.core.ids import new_id
    at = intent(people.caseworker).at
    Grant.objects.create(id=new_id(), file_id=pair.request.file_id, principal=people.caseworker.id, relation="assigned",
                         granted_by=people.caseworker.id, granted_at=at)
    with pytest.raises(GateRefused) as refused:
        actions.record_interview(intent(people.caseworker), match=match.pk, side="adult", given=ADULT_LANE)
    assert unmet(refused) == {"G17": "same_interviewer"}


def test_nobody_hears_a_side_that_is_not_theirs(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    with pytest.raises(NothingHere):
        actions.record_interview(intent(people.caseworker), match=match.pk, side="adult", given=ADULT_LANE)
    with pytest.raises(NothingHere):
        actions.record_interview(intent(people.outsider), match=match.pk, side="child", given=CHILD_LANE)


def test_one_lane_never_sees_the_others_answers_before_both_are_done(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    hear(people, intent, match, "child")
    with acting(people.tracing_officer):
        assert not Interview.objects.exists() and not SecretFact.objects.exists()
        seen = the_match(people.tracing_officer)
        assert (seen.child_recognises, seen.child_wants, seen.red_flags) == ("", "", [])
        questions = queries.match_page(people.tracing_officer, seen, intent(people.caseworker).at).questions
        assert {q["key"] for q in questions} == set(CHILD_LANE.answers) and all(set(q) == {"key", "text"} for q in questions)
        with pytest.raises(NothingHere):
            queries.lane_of(people.tracing_officer, seen, "child")
    with acting(people.supervisor), pytest.raises(NothingHere):
        queries.lane_of(people.supervisor, match, "child")
    hear(people, intent, match, "adult")
    with acting(people.tracing_officer):
        facts = queries.facts_of(people.tracing_officer, match)
        assert [(f.key, f.written_the_same) for f, _ in facts] == [(k, True) for k in CHILD_LANE.answers]
        assert facts[0][1]["child_answer"] == "A white goat"
        with pytest.raises(NothingHere):
            queries.lane_of(people.tracing_officer, match, "child")
    with acting(people.supervisor):
        assert queries.lane_of(people.supervisor, match, "child")[1]["facts"]


def test_secret_answers_are_nowhere_in_clear(people, intent) -> None:
    hear_both(people, intent, go_on(people, intent, matched(people, intent)))
    with acting(people.caseworker):
        assert "goat" not in str(list(Edit.objects.values_list("plain", flat=True)))


def test_at_least_two_secret_answers_are_needed_and_no_side_is_heard_twice(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    with pytest.raises(InputRefused):
        hear(people, intent, match, "child", answers={"animal": "goat"})
    with pytest.raises(InputRefused):
        hear(people, intent, match, "child", answers={"animal": "goat", "own_question": "blue"})
    hear(people, intent, match, "child")
    with pytest.raises(Conflict):
        hear(people, intent, match, "child")


def test_an_interpreter_who_has_not_promised_is_refused_unless_a_supervisor_accepts(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    with pytest.raises(GateRefused) as refused:
        hear(people, intent, match, "child", interpreter=True)
    assert unmet(refused) == {"G45": "interpreter_not_sworn"}
    with pytest.raises(GateRefused):
        actions.record_interview(intent(people.caseworker), match=match.pk, side="child", given=replace(CHILD_LANE, interpreter=True),
                                 accepted={"G45": "Nobody else speaks it."})
    done = actions.record_interview(intent(people.supervisor), match=match.pk, side="child", given=replace(CHILD_LANE, interpreter=True),
                                    accepted={"G45": "Nobody else speaks it."})
    assert done.interviewer == people.supervisor.id


def test_who_heard_a_side_does_not_decide(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    actions.record_interview(intent(people.supervisor), match=match.pk, side="child", given=CHILD_LANE)
    hear(people, intent, match, "adult")
    judge(people, intent, match)
    with pytest.raises(GateRefused) as refused:
        actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="x")
    assert unmet(refused) == {"G10": "interviewer_decides"}


@pytest.mark.parametrize("who", ["caseworker", "tracing_officer", "outsider", "outside_supervisor", "manager"])
def test_only_the_childs_supervisor_verifies(people, intent, who) -> None:
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)))
    judge(people, intent, match)
    with pytest.raises(NothingHere):
        actions.verify_match(intent(getattr(people, who)), match=match.pk, recommendation="reunify", reasons="x")


# ---- reunification ----

def test_a_child_comes_home_with_three_signatures_and_visits_follow(people, intent) -> None:
    _match, plan = ready(people, intent)
    assert len(plan.visits) >= 2
    actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="Everything is in place.")
    actions.sign_hand_over(intent(people.caseworker), reunification=plan.pk, signer="worker_handing_over")
    with pytest.raises(InputRefused):
        actions.sign_hand_over(intent(people.caseworker), reunification=plan.pk, signer="second_worker")
    actions.sign_hand_over(intent(people.tracing_officer), reunification=plan.pk, signer="second_worker")
    actions.sign_hand_over(intent(people.caseworker), reunification=plan.pk, signer="receiver", signed_as="Letebrhan Kidane", mode="thumbprint")
    with acting(people.caseworker):
        assert scoped(Reunification, people.caseworker).get().state == "handed_over"
        case = scoped(Case, people.caseworker).get()
        assert case.tracing_status == "reunified"
        visits = scoped(Task, people.caseworker).filter(kind="visit_family", done_at=None)
        assert visits.count() == len(plan.visits) and visits.first().owner_id == people.caseworker.id
        assert "reunification_open" in open_matters(case.file_id)


def handed_over(people, intent):
    match, plan = ready(people, intent)
    actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="In place.")
    for who, signer, name in ((people.caseworker, "worker_handing_over", ""), (people.tracing_officer, "second_worker", ""),
                              (people.caseworker, "receiver", "Letebrhan")):
        actions.sign_hand_over(intent(who), reunification=plan.pk, signer=signer, signed_as=name, mode="written")
    return match, plan


def visit(people, intent, plan, outcome, more=False):
    at = intent(people.caseworker).at
    return actions.record_visit(intent(people.caseworker), reunification=plan.pk, visited_on=at.date(), outcome=outcome,
                                child_seen_alone=True, child_said="I like it here.", notes="Seen at home.", more_needed=more)


def test_a_stable_family_ends_the_visits_and_nothing_is_open_any_more(people, intent) -> None:
    _, plan = handed_over(people, intent)
    visit(people, intent, plan, "stable", more=True)
    visit(people, intent, plan, "at_risk")
    visit(people, intent, plan, "stable")
    with acting(people.caseworker):
        case = scoped(Case, people.caseworker).get()
        assert scoped(Reunification, people.caseworker).get().state == "stable"
        assert not scoped(Task, people.caseworker).filter(kind="visit_family", done_at=None).exists()
        assert not set(open_matters(case.file_id)) & {"tracing_open", "match_open", "reunification_open"}


def test_a_breakdown_opens_the_search_and_raises_the_risk(people, intent) -> None:
    _, plan = handed_over(people, intent)
    visit(people, intent, plan, "broken_down")
    with acting(people.caseworker):
        case = scoped(Case, people.caseworker).get()
        assert (case.tracing_status, case.risk_level) == ("open", "high")
        assert "tracing_open" in open_matters(case.file_id)
        assert scoped(Task, people.caseworker).filter(kind="act_on_breakdown", done_at=None).exists()
        assert scoped(Reunification, people.caseworker).get().state == "broken_down"
    with pytest.raises(Conflict):
        visit(people, intent, plan, "stable")


def approve(people, intent, plan, who=None):
    with pytest.raises(GateRefused) as refused:
        actions.approve_reunification(intent(who or people.supervisor), reunification=plan.pk, reasons="Let us go.")
    return unmet(refused)


def test_nothing_is_approved_before_every_safeguard_is_met(people, intent) -> None:
    match = verified(people, intent)
    plan = planned(people, intent, match)
    missing = approve(people, intent, plan)
    assert missing["G19"] == "household_not_assessed"
    home_seen(people, intent, match, willing="no")
    assert approve(people, intent, plan)["G19"] == "adult_not_willing"
    home_seen(people, intent, match, assessed_on=intent(people.caseworker).at.date() - timedelta(days=400))
    home_seen(people, intent, match)
    assert "G19" not in (approve(people, intent, plan) if missing.keys() - {"G19"} else {})


def test_the_planner_does_not_approve(people, intent) -> None:
    match = verified(people, intent)
    home_seen(people, intent, match)
    cleared(people, intent, match)
    at = intent(people.supervisor).at
    from tests.integration.tracing.pairing import PLAN
    plan = actions.plan_reunification(intent(people.supervisor), match=match.pk, given=replace(PLAN, planned_on=at.date()))
    decided(people, intent, match)
    assert approve(people, intent, plan) == {"G10": "reunion_same_person"}


def test_a_refused_clearance_stops(people, intent) -> None:
    match, plan = ready(people, intent)
    cleared(people, intent, match, state="refused")
    assert approve(people, intent, plan) == {"G20": "clearance_refused"}


def test_a_receiver_on_the_alert_list_of_another_agency_is_refused_and_told_as_a_hit_only(people, intent) -> None:
    match, plan = ready(people, intent)
    entry = actions.add_alert(intent(people.outside_supervisor), alert="alleged_perpetrator", names=["Letebrhan Kidane"],
                              reasons="Two children told us the same.", source="Case of 2025")
    assert approve(people, intent, plan)["G18"] == "alert_hit"
    actions.check_alerts(intent(people.caseworker), match=match.pk)
    with acting(people.supervisor):
        check = queries.safety_of(people.supervisor, match)["alert"][0]
        assert check.state == "hit" and not AlertEntry.objects.exists()
    with pytest.raises(NothingHere):
        actions.clear_alert(intent(people.caseworker), match=match.pk, reasons="I know her.")
    with pytest.raises(NothingHere):
        actions.end_alert(intent(people.supervisor), entry=entry.pk, reasons="Not mine to end.")
    actions.clear_alert(intent(people.supervisor), match=match.pk, reasons="Another woman of the same name: her age differs.")
    missing = approve(people, intent, plan)
    assert missing == {"G11": "circumstances_changed"}
    decided(people, intent, match)
    done = actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="Looked into.")
    assert done.state == "approved"


def test_an_ended_alert_hits_nobody(people, intent) -> None:
    match, plan = ready(people, intent)
    entry = actions.add_alert(intent(people.supervisor), alert="false_claim", names=["ليتبرهان كيداني"], reasons="Claimed before.")
    actions.end_alert(intent(people.supervisor), entry=entry.pk, reasons="It was a mistake.")
    assert actions.check_alerts(intent(people.caseworker), match=match.pk).state == "clear"
    assert actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="Fine.").state == "approved"


def test_red_flags_of_an_interview_wait_for_a_supervisor(people, intent) -> None:
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)), child=replace(CHILD_LANE, red_flags=("child_afraid",)))
    judge(people, intent, match)
    actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="Same answers.")
    home_seen(people, intent, match)
    plan = planned(people, intent, match)
    cleared(people, intent, match)
    assert approve(people, intent, plan) == {"G18": "red_flags_open", "G11": "decision_not_asked"}
    actions.clear_alert(intent(people.supervisor), match=match.pk, reasons="She was afraid of the journey, not of her mother.")
    decided(people, intent, match)
    assert actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="Looked into.").state == "approved"


def test_crossing_a_border_needs_a_safe_answer_by_another_person_and_a_decision(people, intent) -> None:
    match = verified(people, intent)
    home_seen(people, intent, match)
    plan = planned(people, intent, match, country="ET")
    cleared(people, intent, match)
    assert approve(people, intent, plan) == {"G11": "decision_not_asked", "G21": "border_not_assessed"}
    decided(people, intent, match)
    until = intent(people.caseworker).at.date() + timedelta(days=90)
    actions.assess_border(intent(people.caseworker), match=match.pk, country="ET", result="no_risk_found", valid_until=until, reasons="Quiet.")
    assert approve(people, intent, plan) == {"G21": "border_same_person"}
    actions.assess_border(intent(people.tracing_officer), match=match.pk, country="ET", result="risk_found", valid_until=until,
                          grounds=["recruitment"], reasons="Boys are taken there.")
    assert approve(people, intent, plan) == {"G21": "border_risk_found"}
    actions.assess_border(intent(people.tracing_officer), match=match.pk, country="ET", result="no_risk_found", valid_until=until, reasons="Safe road.")
    assert actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="Safe.").state == "approved"


def test_a_panel_member_who_says_no_stops_it_and_sees_only_this_match(people, intent) -> None:
    match = verified(people, intent)
    home_seen(people, intent, match)
    plan = planned(people, intent, match, custody_dispute=True)
    cleared(people, intent, match)
    assert approve(people, intent, plan) == {"G11": "decision_not_asked"}
    asked = actions.ask_panel(intent(people.supervisor), match=match.pk, panel_member=people.panel_member.id, question="Which parent?")
    assert approve(people, intent, plan) == {"G11": "decision_waits"}
    with acting(people.panel_member):
        assert [code for _, code in queries.panel_questions(people.panel_member)] == [match.file.code]
        assert not scoped(Case, people.panel_member).exists()
    with pytest.raises(InputRefused):
        actions.decide_best_interests(intent(people.panel_member), decision=asked.pk, outcome="no", reasons="The court decides first.")
    with pytest.raises(NothingHere):
        actions.decide_best_interests(intent(people.supervisor), decision=asked.pk, outcome="reunify", reasons="I decide.", no_conflict=True)
    actions.decide_best_interests(intent(people.panel_member), decision=asked.pk, outcome="no", reasons="The court first.", no_conflict=True)
    assert approve(people, intent, plan) == {"G11": "decision_against"}
    with pytest.raises(AlreadyDecided):
        actions.decide_best_interests(intent(people.panel_member), decision=asked.pk, outcome="reunify", reasons="Again.", no_conflict=True)


def test_a_wish_withdrawn_after_approval_stops_the_hand_over(people, intent) -> None:
    from havre.tracing.inputs import WishInput
    _match, plan = ready(people, intent)
    actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="In place.")
    with acting(people.caseworker):
        case = scoped(Case, people.caseworker).get()
    actions.record_wishes(intent(people.caseworker), case=case.pk, given=WishInput(tracing="no", reunification="no", why="I am afraid."))
    with pytest.raises(GateRefused) as refused:
        actions.sign_hand_over(intent(people.caseworker), reunification=plan.pk, signer="worker_handing_over")
    assert unmet(refused)["G15"] == "child_said_no"


def test_visits_that_the_policy_wants_are_not_left_out(people, intent) -> None:
    match, _ = ready(people, intent)
    late = intent(people.caseworker).at.date() + timedelta(days=300)
    plan = planned(people, intent, match, visits=(late,))
    assert approve(people, intent, plan)["G28"] == "visits_missing"


def test_another_adult_than_the_verified_one_needs_a_decision_and_a_check_of_their_own(people, intent) -> None:
    actions.add_alert(intent(people.supervisor), alert="trafficking", names=["Girmay Desta"], reasons="Police file.")
    match, _ = ready(people, intent)
    plan = planned(people, intent, match, verified_adult=False, other_adult_reason="other", adult_names="ግርማይ ደስታ")
    assert approve(people, intent, plan)["G18"] == "alert_hit"


def test_nothing_is_planned_for_a_family_that_is_not_verified(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    with pytest.raises(GateRefused) as refused:
        planned(people, intent, match)
    assert unmet(refused) == {"G17": "no_interview_yet"}


def test_the_other_sides_access_ends_with_its_day(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    from havre.access.models import Grant
    grants = Grant.objects.filter(file_id=match.file_id, relation="shared")
    assert grants.count() == 2 and all(g.purpose == "family_tracing" and g.expires_at for g in grants)
    grants.update(expires_at=intent(people.caseworker).at - timedelta(days=1))
    with pytest.raises(NothingHere):
        hear(people, intent, match, "adult")


def test_a_request_without_a_name_or_relation_is_refused_with_each_reason(people, intent) -> None:
    with pytest.raises(InputRefused) as refused:
        actions.add_request(intent(people.tracing_officer), given=replace(
            REQUEST, relation="", inquirer=PersonInput(role="inquirer"), sought=PersonInput(role="sought_child")))
    assert set(refused.value.errors) == {"relation", "inquirer_names", "sought_names"}
    with pytest.raises(NothingHere):
        mother_asks(people, intent, officer=people.analyst)


def test_a_publication_needs_consent_and_a_second_person(people, intent) -> None:
    pair = matched(people, intent)
    asked = actions.ask_publication(intent(people.caseworker), case=pair.case.pk, what="photo", channel="photo", reasons="No trace for a year.")
    with pytest.raises(NothingHere):
        actions.decide_publication(intent(people.caseworker), publication=asked.pk, approve=True, reasons="Fine.")
    assert actions.decide_publication(intent(people.supervisor), publication=asked.pk, approve=True, reasons="She agreed.").state == "approved"
    with pytest.raises(AlreadyDecided):
        actions.decide_publication(intent(people.supervisor), publication=asked.pk, approve=False, reasons="Changed my mind.")


def test_a_publication_the_child_did_not_agree_to_is_refused(people, intent) -> None:
    from havre.registration.inputs import ConsentInput
    from tests.integration.tracing.pairing import SHOWN, wanted_child
    said = {**SHOWN, "tracing_publication_photo": "never"}
    case = wanted_child(people, intent, consents=(ConsentInput(given_by="child", type="informed_assent", answers=said),
                                                  ConsentInput(given_by="caregiver", answers=said)))
    asked = actions.ask_publication(intent(people.caseworker), case=case.pk, what="photo", channel="mass", reasons="Nothing found.")
    with pytest.raises(GateRefused) as refused:
        actions.decide_publication(intent(people.supervisor), publication=asked.pk, approve=True, reasons="Go.")
    assert unmet(refused) == {"G16": "publication_refused"}


def test_a_child_who_changes_her_mind_stops_the_interviews_and_the_decision(people, intent) -> None:
    from havre.tracing.inputs import WishInput
    match = go_on(people, intent, matched(people, intent))
    hear(people, intent, match, "child")
    with acting(people.caseworker):
        case = scoped(Case, people.caseworker).get()
    actions.record_wishes(intent(people.caseworker), case=case.pk, given=WishInput(tracing="no", why="Not any more."))
    with pytest.raises(GateRefused) as refused:
        hear(people, intent, match, "adult")
    assert unmet(refused) == {"G15": "child_said_no"}
    with pytest.raises(GateRefused) as refused:
        actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="x")
    assert unmet(refused)["G15"] == "child_said_no"


def test_an_agreement_taken_back_ends_the_other_sides_access_at_once(people, intent) -> None:
    from havre.registration.actions import withdraw_consent
    from havre.registration.models import Consent
    match = go_on(people, intent, matched(people, intent))
    with acting(people.caseworker):
        given = scoped(Consent, people.caseworker).filter(given_by="child", event="given").order_by("given_at").last()
    withdraw_consent(intent(people.caseworker), consent=given.pk, purposes=["tracing_disclosure"], reason="She is afraid.")
    with pytest.raises(NothingHere):
        hear(people, intent, match, "adult")
    with pytest.raises(GateRefused) as refused:
        hear(people, intent, match, "child")
    assert unmet(refused) == {"G01": "consent_refused_tracing_child"}


def test_a_relative_who_takes_the_agreement_back_is_not_compared_further(people, intent) -> None:
    pair = matched(people, intent)
    match = go_on(people, intent, pair)
    actions.change_request(intent(people.tracing_officer), request=pair.request.pk, consent_share=False)
    with pytest.raises(GateRefused) as refused:
        hear(people, intent, match, "child")
    assert unmet(refused) == {"G01": "consent_refused_tracing_adult"}
