"""Candidates appear on both sides by themselves, show nothing of the other side, and stay rejected."""

import pytest

from havre.access.queries import scoped
from havre.cases.models import Case, Task
from havre.core.problems import AlreadyDecided, GateRefused, InputRefused, NothingHere
from havre.infra.acting import acting
from havre.infra.sealing import open_record
from havre.registration.actions import change_person
from havre.registration.models import Person
from havre.tracing import actions, matching
from havre.tracing.inputs import WishInput
from havre.tracing.models import Candidate, Match, TracingRequest
from tests.integration.tracing.pairing import go_on, matched, mine, mother_asks, the_match, wanted_child

pytestmark = pytest.mark.django_db


def test_a_mother_in_another_script_and_agency_is_found_for_the_child(people, intent) -> None:
    pair = matched(people, intent)
    assert pair.child_side.pair == pair.adult_side.pair
    assert pair.child_side.per_thousand == pair.adult_side.per_thousand > 600
    assert pair.child_side.words in ("likely", "very_likely", "almost_certain")
    with acting(people.caseworker):
        tasks = scoped(Task, people.caseworker).filter(kind="review_candidates")
        assert [t.owner_id for t in tasks] == [people.caseworker.id]


def test_it_is_found_from_the_childs_side_too(people, intent) -> None:
    request, case = mother_asks(people, intent), wanted_child(people, intent)
    matching.run(case.child_id, intent(people.caseworker).at)
    assert mine(people.caseworker).other_file == request.file_id


def test_matching_again_changes_nothing(people, intent) -> None:
    pair = matched(people, intent)
    for person in (pair.request.sought_id, pair.case.child_id):
        matching.run(person, intent(people.caseworker).at)
    with acting(people.caseworker):
        rows = list(scoped(Candidate, people.caseworker))
    assert len(rows) == 1 and rows[0].heads == pair.child_side.heads
    assert mine(people.tracing_officer).heads == pair.adult_side.heads


def test_each_side_sees_its_own_words_and_of_the_other_only_how_well_they_agree(people, intent) -> None:
    pair = matched(people, intent)
    with acting(people.tracing_officer):
        evidence = open_record(pair.adult_side, "evidence")["evidence"]
        assert not scoped(Case, people.tracing_officer).exists()
        assert not scoped(Person, people.tracing_officer).filter(role="child").exists()
        assert scoped(Candidate, people.tracing_officer).count() == 1
    given = next(e for e in evidence if e["field"] == "given")
    assert given["own"] and given["other_known"] and given["level"] != "missing"
    written = str(evidence)
    assert "Selam" not in written and "ሰላም" not in written and "selam" not in written.casefold()
    assert set(given) == {"field", "level", "reason", "llr", "family_llr", "missing", "params", "own", "other_known"}


def test_an_outsider_sees_neither_request_nor_candidate(people, intent) -> None:
    pair = matched(people, intent)
    with acting(people.outsider):
        for model in (TracingRequest, Candidate, Match):
            assert not scoped(model, people.outsider).exists()
            assert not model.objects.exists()
    with pytest.raises(NothingHere):
        actions.decide_candidate(intent(people.outsider), candidate=pair.child_side.pk, decision="reject", reason="other", reasons="x")
    with pytest.raises(NothingHere):
        actions.decide_candidate(intent(people.analyst), candidate=pair.child_side.pk, decision="reject", reason="other", reasons="x")


def test_a_child_who_does_not_want_it_is_not_compared(people, intent) -> None:
    case = wanted_child(people, intent, wish=WishInput(tracing="no", why="He beats me."))
    request = mother_asks(people, intent)
    matching.run(request.sought_id, intent(people.caseworker).at)
    assert mine(people.caseworker) is None and mine(people.tracing_officer) is None
    with acting(people.caseworker):
        assert Case.objects.get(pk=case.pk).tracing_status == "not_wanted"


def test_a_later_no_takes_open_candidates_away(people, intent) -> None:
    pair = matched(people, intent)
    actions.record_wishes(intent(people.caseworker), case=pair.case.pk, given=WishInput(tracing="no", why="Not any more."))
    matching.run(pair.case.child_id, intent(people.caseworker).at)
    assert mine(people.caseworker).status == mine(people.tracing_officer).status == "expired"


def test_a_relative_who_did_not_agree_is_not_compared(people, intent) -> None:
    wanted_child(people, intent)
    request = mother_asks(people, intent, consent_share=False)
    matching.run(request.sought_id, intent(people.caseworker).at)
    assert mine(people.tracing_officer) is None


def test_a_candidate_that_no_longer_scores_expires(people, intent) -> None:
    pair = matched(people, intent)
    with acting(people.tracing_officer):
        sought = Person.objects.get(pk=pair.request.sought_id)
    change_person(intent(people.tracing_officer), person=sought.pk, values={
        "sex": "male", "age_min": 16, "age_max": 17, "origin": ["UA", "Lviv"], "names": [{"value": "Petro Bondar", "kind": "full"}]})
    matching.run(sought.pk, intent(people.tracing_officer).at)
    assert mine(people.caseworker).status == mine(people.tracing_officer).status == "expired"


def test_a_rejected_pair_stays_rejected_until_what_was_said_changes(people, intent) -> None:
    pair = matched(people, intent)
    actions.decide_candidate(intent(people.tracing_officer), candidate=pair.adult_side.pk, decision="reject", reason="different_family",
                             reasons="The grandmother is another.")
    assert mine(people.caseworker).status == "rejected" and mine(people.caseworker).ended_by_other_side
    matching.run(pair.request.sought_id, intent(people.caseworker).at)
    matching.run(pair.case.child_id, intent(people.caseworker).at)
    assert mine(people.caseworker).status == mine(people.tracing_officer).status == "rejected"
    change_person(intent(people.tracing_officer), person=pair.request.sought_id, values={"age_min": 8, "age_max": 9})
    matching.run(pair.request.sought_id, intent(people.caseworker).at)
    assert mine(people.caseworker).status == mine(people.tracing_officer).status == "candidate"


def test_a_decision_wants_reasons_and_is_made_once(people, intent) -> None:
    pair = matched(people, intent)
    with pytest.raises(InputRefused):
        actions.decide_candidate(intent(people.caseworker), candidate=pair.child_side.pk, decision="shortlist", reasons="  ")
    with pytest.raises(InputRefused):
        actions.decide_candidate(intent(people.caseworker), candidate=pair.child_side.pk, decision="reject", reasons="No.")
    actions.decide_candidate(intent(people.caseworker), candidate=pair.child_side.pk, decision="shortlist", reasons="It fits.")
    with pytest.raises(AlreadyDecided):
        actions.decide_candidate(intent(people.caseworker), candidate=pair.child_side.pk, decision="shortlist", reasons="It fits.")


def test_a_side_is_not_shown_before_the_child_was_asked(people, intent) -> None:
    pair = matched(people, intent, wish=None)
    with pytest.raises(GateRefused) as refused:
        actions.decide_candidate(intent(people.caseworker), candidate=pair.child_side.pk, decision="shortlist", reasons="It fits.")
    assert [(r.id, r.reason) for r in refused.value.results if not r.ok] == [("G15", "wishes_not_recorded")]
    assert mine(people.caseworker).status == "candidate"


def test_one_side_alone_opens_nothing_and_the_other_is_asked(people, intent) -> None:
    pair = matched(people, intent)
    actions.decide_candidate(intent(people.caseworker), candidate=pair.child_side.pk, decision="shortlist", reasons="It fits.")
    with acting(people.tracing_officer):
        assert not Match.objects.exists()
        assert scoped(Task, people.tracing_officer).filter(kind="answer_match", done_at=None).count() == 1
    with acting(people.caseworker):
        assert Case.objects.get(pk=pair.case.pk).tracing_status == "match_proposed"


def test_when_both_agree_a_match_file_opens_for_both_and_for_nobody_else(people, intent) -> None:
    match = go_on(people, intent, matched(people, intent))
    with acting(people.tracing_officer):
        shown = open_record(the_match(people.tracing_officer), "people", "evidence")
        assert {"child", "sought", "inquirer"} == set(shown["people"])
        given = next(e for e in shown["evidence"] if e["field"] == "given")
        assert given["child"] and given["adult"]
        assert not scoped(Case, people.tracing_officer).exists()
    for other in (people.colleague, people.outsider, people.home_tracing, people.panel_member):
        with acting(other):
            assert not Match.objects.filter(pk=match.pk).exists()
    with acting(people.supervisor):
        assert Match.objects.filter(pk=match.pk).exists()


def test_what_is_not_known_is_kept_as_a_question_that_would_tell_most(people, intent) -> None:
    pair = matched(people, intent)
    with acting(people.tracing_officer):
        evidence = open_record(pair.adult_side, "evidence")["evidence"]
    asks = {e["field"]: e["ask"] for e in evidence if e.get("ask")}
    assert asks and all(e["missing"] for e in evidence if e.get("ask"))
    assert not [e for e in evidence if e.get("ask") and e["own"] and e["other_known"]]
