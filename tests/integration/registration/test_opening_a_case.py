"""A caseworker registers a child: all of it or nothing, and only when the safeguards hold."""

from dataclasses import replace

import pytest

from havre.access.queries import scoped
from havre.cases.models import Case, Task
from havre.cases.opening import open_case
from havre.core.problems import Conflict, GateRefused, InputRefused, NothingHere, TooManyTries
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.infra.sealing import open_record
from havre.registration.actions import conclude_search, save_draft, search_before_create, start_registration
from havre.registration.consents import Consent
from havre.registration.drafts import RegistrationDraft
from havre.registration.duplicates import DuplicateReview
from havre.registration.inputs import ConsentInput, PersonInput
from havre.registration.kin import Relationship, SiblingProposal
from havre.registration.people import Person
from tests.integration.registration.registering import ASSENT, BROTHER, CONSENT, MOTHER, SELAM, YES, asked, opening, register

pytestmark = pytest.mark.django_db


def reasons(caught: pytest.ExceptionInfo[GateRefused]) -> dict[str, str]:
    return {r.id: r.reason for r in caught.value.results if not r.ok}


def test_a_child_is_registered_with_her_family_and_the_first_tasks(people, intent) -> None:
    case = register(intent, people.caseworker, opening(family=[MOTHER, BROTHER], needs={"health": "seen by the nurse today"}))
    with acting(people.caseworker):
        child = scoped(Person, people.caseworker).get(file_id=case.file_id, role="child")
        assert open_record(child, "names")["names"][0] == {"value": "ሰላም ተስፋይ", "kind": "full", "script": "Ethi"}
        kin = {(r.type, r.to_person_id) for r in scoped(Relationship, people.caseworker)}
        assert kin == {("mother", child.pk), ("brother", child.pk)}
        assert case.child_id == child.pk
        assert (case.risk_level, case.risk_flags) == ("high", ["unaccompanied_under_12"])
        assert open_record(case, "needs_note")["needs_note"] == "health: seen by the nurse today"
        assert {"assess", "immediate_safety"} <= set(scoped(Task, people.caseworker).values_list("kind", flat=True))
        assert set(scoped(Consent, people.caseworker).values_list("event", "given_by")) == {
            ("basis", "other"), ("given", "child"), ("given", "caregiver")}


def test_the_file_goes_to_owner_and_supervisor_and_to_nobody_else(people, intent) -> None:
    case = register(intent, people.caseworker)
    for actor, sees in ((people.caseworker, True), (people.supervisor, True), (people.manager, True), (people.colleague, False),
                        (people.outsider, False), (people.tracing_officer, False)):
        with acting(actor):
            assert scoped(Case, actor).filter(pk=case.pk).exists() is sees
            assert Person.objects.filter(file_id=case.file_id).exists() is sees, "row-level security alone says the same"


def test_without_consent_nothing_is_written(people, intent) -> None:
    review = search_before_create(intent(people.caseworker), asked=asked())
    with pytest.raises(GateRefused) as caught:
        open_case(intent(people.caseworker), opening=opening(consents=[ASSENT]), review=review.pk)
    assert reasons(caught) == {"G01": "consent_missing", "G02": "caregiver_consent_missing"}
    with acting(people.caseworker):
        assert not Person.objects.exists()
        assert AuditEntry.objects.filter(decision="refused", files__contains=[review.file_id]).exists()


def test_a_caregiver_who_refuses_is_not_followed_into_danger(people, intent) -> None:
    refused = ConsentInput(given_by="caregiver", event="refused", answers=dict.fromkeys(YES, "no"))
    unsafe = ConsentInput(given_by="other", event="exception", exception="caregiver_unsafe", reasons={"exception": "He hits her."})
    with pytest.raises(GateRefused) as caught:
        register(intent, people.caseworker, opening(consents=[ASSENT, refused]))
    assert reasons(caught)["G02"] == "caregiver_refused"
    case = register(intent, people.caseworker, opening(consents=[ASSENT, refused, unsafe]))
    assert case.stage == "registered"


def test_immediate_needs_come_first(people, intent) -> None:
    with pytest.raises(GateRefused) as caught:
        register(intent, people.caseworker, opening(needs=None))
    assert reasons(caught) == {"G04": "needs_not_asked"}
    with pytest.raises(GateRefused) as caught:
        register(intent, people.caseworker, opening(needs={"safety": " "}))
    assert reasons(caught) == {"G04": "need_without_action"}


def test_each_hit_of_the_search_is_concluded_on(people, intent) -> None:
    register(intent, people.caseworker)
    with pytest.raises(GateRefused) as caught:
        register(intent, people.caseworker, conclusions={})
    assert reasons(caught) == {"G03": "hits_not_reviewed"}


def test_a_child_known_already_is_not_registered_twice(people, intent) -> None:
    first = register(intent, people.caseworker)
    review = search_before_create(intent(people.caseworker), asked=asked())
    assert [(hit["answer"], hit["file"]) for hit in review.hits] == [("yes", str(first.file_id))]
    conclude_search(intent(people.caseworker), review=review.pk, conclusions={review.hits[0]["ref"]: "same"})
    with pytest.raises(GateRefused) as caught:
        open_case(intent(people.caseworker), opening=opening(), review=review.pk)
    assert reasons(caught) == {"G03": "already_registered"}


def test_a_search_under_another_name_does_not_count(people, intent) -> None:
    register(intent, people.caseworker)
    stranger = PersonInput(role="child", names=[{"value": "Oleksandr Bondarenko"}], sex="male", age_min=15, age_max=15)
    review = search_before_create(intent(people.caseworker), asked=asked(stranger))
    assert review.hits == []
    with pytest.raises(GateRefused) as caught:
        open_case(intent(people.caseworker), opening=opening(), review=review.pk)
    assert reasons(caught) == {"G03": "new_hits"}


def test_a_doubtful_age_is_recorded_as_one(people, intent) -> None:
    doubtful = replace(SELAM, age_min=16, age_max=19, age_method="estimated_by_worker")
    own = ConsentInput(given_by="child", answers=YES)
    case = register(intent, people.caseworker, opening(doubtful, consents=[own]))
    with acting(people.caseworker):
        assert Person.objects.get(pk=case.child_id).age_status == "in_doubt"


def test_an_adult_is_not_registered_as_a_child(people, intent) -> None:
    with pytest.raises(InputRefused) as caught:
        register(intent, people.caseworker, opening(replace(SELAM, age_min=31, age_max=33)))
    assert "age" in caught.value.errors


def test_the_same_request_twice_makes_one_case(people, intent) -> None:
    review = search_before_create(intent(people.caseworker), asked=asked())
    wish = intent(people.caseworker)
    once = open_case(wish, opening=opening(), review=review.pk)
    again = open_case(wish, opening=opening(), review=review.pk)
    assert once.pk == again.pk
    with pytest.raises(NothingHere), acting(people.caseworker):
        open_case(intent(people.outsider), opening=opening(), review=review.pk)


def test_a_second_registration_in_the_same_file_is_refused(people, intent) -> None:
    review = search_before_create(intent(people.caseworker), asked=asked())
    open_case(intent(people.caseworker), opening=opening(), review=review.pk)
    with pytest.raises(Conflict):
        open_case(intent(people.caseworker), opening=opening(), review=review.pk)


def test_a_sister_in_another_agency_becomes_a_question_and_no_name(people, intent) -> None:
    sister = replace(SELAM, names=[{"value": "ራሄል ተስፋይ"}, {"value": "Rahel Tesfay"}], age_min=12, age_max=13)
    thumb = ConsentInput(given_by="child", type="informed_assent", mode="thumbprint", answers=YES)
    kin = [MOTHER, replace(BROTHER, person=replace(SELAM, role="relative"), relation="sister")]
    theirs = register(intent, people.outsider, opening(sister, consents=[thumb, CONSENT], family=kin))
    ours = register(intent, people.caseworker, opening(family=[MOTHER, replace(BROTHER, person=replace(sister, role="relative"),
                                                                               relation="sister")]))
    with acting(people.caseworker):
        found = SiblingProposal.objects.get(file_id=ours.file_id)
        assert (found.other_file, found.other_agency, found.status) == (theirs.file_id, people.agency_b.pk, "proposed")
        assert not Person.objects.filter(file_id=theirs.file_id).exists()


def test_a_draft_keeps_each_step_and_is_forgotten_after_registration(people, intent) -> None:
    draft = start_registration(intent(people.caseworker))
    save_draft(intent(people.caseworker), draft=draft.pk, child={"names": [{"value": "Selam"}]})
    save_draft(intent(people.caseworker), draft=draft.pk, needs={"asked": True})
    with acting(people.caseworker):
        kept = scoped(RegistrationDraft, people.caseworker).get(pk=draft.pk)
        assert open_record(kept, "child", "needs") == {"child": {"names": [{"value": "Selam"}]}, "needs": {"asked": True}}
    review = search_before_create(intent(people.caseworker), asked=asked(), draft=draft.pk)
    case = open_case(intent(people.caseworker), opening=opening(), review=review.pk, draft=draft.pk)
    assert case.file_id == draft.file_id
    from havre.core.problems import KeyErased
    with acting(people.caseworker):
        kept = RegistrationDraft.objects.get(pk=draft.pk)
        assert kept.state == "registered"
        with pytest.raises(KeyErased):
            open_record(kept, "child")


def test_the_outsider_cannot_touch_a_draft_or_its_search(people, intent) -> None:
    draft = start_registration(intent(people.caseworker))
    review = search_before_create(intent(people.caseworker), asked=asked(), draft=draft.pk)
    for actor in (people.outsider, people.colleague, people.supervisor):
        with pytest.raises(NothingHere):
            save_draft(intent(actor), draft=draft.pk, needs={})
        with pytest.raises(NothingHere):
            open_case(intent(actor), opening=opening(), review=review.pk)
        with acting(actor):
            assert not DuplicateReview.objects.filter(pk=review.pk).exists()


def test_roles_without_the_work_cannot_search_or_register(people, intent) -> None:
    for actor in (people.officer, people.analyst, people.panel_member, people.auditor, people.manager):
        with pytest.raises(NothingHere):
            search_before_create(intent(actor), asked=asked())


def test_searching_is_limited_for_each_day(people, intent, monkeypatch) -> None:
    from havre.core.policy import Policy
    monkeypatch.setattr("havre.registration.searches.policy_for", lambda country: Policy(country=country, search_budget_per_day=2))
    search_before_create(intent(people.caseworker), asked=asked())
    search_before_create(intent(people.caseworker), asked=asked())
    with pytest.raises(TooManyTries):
        search_before_create(intent(people.caseworker), asked=asked())
    search_before_create(intent(people.colleague), asked=asked())
