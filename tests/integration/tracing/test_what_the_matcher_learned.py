"""Decisions become a proposal, a second person approves it, every candidate notes its version, and one can go back."""

from uuid import uuid4

import pytest

from havre import linkage
from havre.access.system import system_actor
from havre.core.problems import AlreadyDecided, Conflict, InputRefused, NothingHere
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.linkage.model.learning import Outcome
from havre.registration.index import matcher
from havre.registration.index.versions import MatcherModel
from havre.tracing import actions, learning, matching
from tests.integration.tracing.pairing import go_on, hear_both, judge, matched, mine, mother_asks, wanted_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """One decision is enough to propose."""
    monkeypatch.setattr(learning, "FEWEST", 1)


def rejected(people, intent, reason: str = "different_family"):
    pair = matched(people, intent)
    actions.decide_candidate(intent(people.tracing_officer), candidate=pair.adult_side.pk, decision="reject", reason=reason, reasons="Another.")
    return pair


def learned_from():
    with acting(system_actor()):
        return learning.decisions(linkage.load_model())


def test_a_rejected_pair_teaches_what_its_reason_says(people, intent) -> None:
    pair = rejected(people, intent)
    one, = learned_from()
    assert one.outcome is Outcome.UNRELATED and one.levels["given"] in ("exact", "strong") and "phone" not in one.levels
    assert one.population == pair.child_side.one_in
    assert one.llr > 5


def test_a_claim_that_looks_unsafe_teaches_nothing_of_who_they_are(people, intent) -> None:
    rejected(people, intent, "unsafe_claim")
    assert learned_from() == []


def test_a_verified_family_teaches_a_match(people, intent) -> None:
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)))
    judge(people, intent, match)
    actions.verify_match(intent(people.supervisor), match=match.pk, recommendation="reunify", reasons="Both told the same.")
    assert [d.outcome for d in learned_from()] == [Outcome.SAME_PERSON]


def test_too_few_decisions_propose_nothing(people, intent) -> None:
    rejected(people, intent)
    with pytest.raises(InputRefused):
        actions.propose_model(intent(people.supervisor))


def test_a_proposal_is_used_only_after_another_person_approved_it(people, intent, few) -> None:
    pair = rejected(people, intent)
    row = actions.propose_model(intent(people.tracing_officer))
    assert (row.state, row.decisions) == ("proposed", 1)
    shipped = linkage.load_model().version
    assert matcher.current().numbers == shipped
    with pytest.raises(Conflict):
        actions.propose_model(intent(people.supervisor))
    with pytest.raises(NothingHere):
        actions.decide_model(intent(people.tracing_officer), model=row.pk, approve=True)
    with pytest.raises(NothingHere):
        actions.decide_model(intent(people.caseworker), model=row.pk, approve=True)
    actions.decide_model(intent(people.supervisor), model=row.pk, approve=True)
    used = matcher.current()
    assert used.numbers == row.version and used.model.learned.decisions == 1
    with pytest.raises(AlreadyDecided):
        actions.decide_model(intent(people.supervisor), model=row.pk, approve=False)
    request = mother_asks(people, intent)
    matching.run(request.sought_id, intent(people.caseworker).at)
    with acting(system_actor()):
        from havre.tracing.models import Candidate
        assert {c.model_version for c in Candidate.objects.filter(own_person=request.sought_id)} == {row.version}
    assert mine(people.caseworker).model_version in (shipped, row.version) and pair.child_side.model_version == shipped
    assert AuditEntry.objects.filter(action="tracing.learning.decide_model", actor=people.supervisor.id, decision="done").count() == 1


def test_nobody_approves_their_own_proposal(people, intent, few) -> None:
    rejected(people, intent)
    row = actions.propose_model(intent(people.supervisor))
    with pytest.raises(NothingHere):
        actions.decide_model(intent(people.supervisor), model=row.pk, approve=True)
    assert matcher.current().numbers == linkage.load_model().version


def test_one_goes_back_to_the_shipped_model_and_forth_again(people, intent, few) -> None:
    rejected(people, intent)
    row = actions.propose_model(intent(people.tracing_officer))
    actions.decide_model(intent(people.manager), model=row.pk, approve=True)
    actions.use_model(intent(people.supervisor), model=None)
    assert matcher.current().numbers == linkage.load_model().version
    actions.use_model(intent(people.supervisor), model=row.pk)
    assert matcher.current().numbers == row.version


def test_a_refused_model_is_never_used(people, intent, few) -> None:
    rejected(people, intent)
    row = actions.propose_model(intent(people.tracing_officer))
    actions.decide_model(intent(people.supervisor), model=row.pk, approve=False)
    with pytest.raises(NothingHere):
        actions.use_model(intent(people.supervisor), model=row.pk)
    assert MatcherModel.objects.get().state == "refused" and matcher.current().numbers == linkage.load_model().version


def overdue() -> list:
    with acting(system_actor()):
        return matching.overdue(10)


def test_whoever_no_comparison_reached_is_compared_in_the_background(people, intent) -> None:
    """A child and a request written at the same time, and both comparisons lost: the pass finds each, from either side."""
    case, request = wanted_child(people, intent), mother_asks(people, intent)
    assert set(overdue()) == {case.child_id, request.sought_id} and mine(people.caseworker) is None
    matching.run(overdue()[0], intent(people.caseworker).at)
    assert mine(people.caseworker).pair == mine(people.tracing_officer).pair
    matching.run(overdue()[0], intent(people.caseworker).at)
    assert overdue() == []


def test_everyone_is_compared_again_once_the_model_changed(people, intent, few) -> None:
    pair = rejected(people, intent)
    for person in (pair.case.child_id, pair.request.sought_id):
        matching.run(person, intent(people.caseworker).at)
    assert overdue() == []
    row = actions.propose_model(intent(people.tracing_officer))
    actions.decide_model(intent(people.supervisor), model=row.pk, approve=True)
    assert set(overdue()) == {pair.case.child_id, pair.request.sought_id}


def page(client, status: int = 200) -> str:
    from django.urls import reverse
    response = client.get(reverse("tracing:matcher"))
    assert response.status_code == status
    return response.content.decode()


def press(client, name: str, *args: object, **fields: str):
    from django.urls import reverse
    return client.post(reverse(name, args=args), {"rid": str(uuid4()), "seen": "", **fields})


def test_the_page_shows_what_would_change_and_a_second_person_agrees_there(people, intent, few, sign_in_as) -> None:
    rejected(people, intent)
    client = sign_in_as(people.users["tracing_officer"])
    assert "as it came with Havre" in page(client) and "Approve" not in page(client)
    assert press(client, "tracing:matcher_propose").status_code == 303
    row = MatcherModel.objects.get()
    assert "You proposed this" in page(client) and row.version in page(client)
    assert press(client, "tracing:matcher_decide", row.pk, approve="yes").status_code == 404
    client = sign_in_as(people.users["supervisor"])
    assert "Approve: use it from now on" in page(client)
    assert press(client, "tracing:matcher_decide", row.pk, approve="yes").status_code == 303
    assert matcher.current().numbers == row.version and "learned from 1 decision" in page(client)
    assert press(client, "tracing:matcher_use", "shipped").status_code == 303
    assert matcher.current().numbers != row.version
    assert f"Use {row.version}" in page(client)


def test_the_page_is_not_for_those_who_only_care_for_children_or_come_from_the_border(people, sign_in_as) -> None:
    for who in ("caseworker", "officer", "analyst"):
        page(sign_in_as(people.users[who]), status=404)


def test_too_few_decisions_are_said_on_the_page(people, sign_in_as) -> None:
    client = sign_in_as(people.users["supervisor"])
    response = press(client, "tracing:matcher_propose")
    assert response.status_code == 422 and "Too few pairs" in response.content.decode()
