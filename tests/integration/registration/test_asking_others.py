"""Asking another agency and naming brothers and sisters: the other side is told, nobody is shown anything."""

from dataclasses import replace

import pytest

from havre.cases.models import Case, Task
from havre.core.problems import AlreadyDecided, NothingHere
from havre.infra.acting import acting
from havre.registration.actions import accept_sibling, decline_sibling, request_focal_point, search_before_create
from havre.registration.inputs import ConsentInput
from havre.registration.kin import SiblingProposal
from havre.registration.people import Person
from tests.integration.registration.registering import BROTHER, CONSENT, MOTHER, SELAM, YES, asked, opening, register

pytestmark = pytest.mark.django_db


def test_the_other_worker_gets_a_task_that_names_the_agency(people, intent) -> None:
    case = register(intent, people.caseworker)
    review = search_before_create(intent(people.outsider), asked=asked())
    done = request_focal_point(intent(people.outsider), review=review.pk, ref=review.hits[0]["ref"])
    assert done.hits[0]["conclusion"] == "asked" and done.reviewed_by == people.outsider.id
    with acting(people.caseworker):
        task = Task.objects.get(file_id=case.file_id, kind="answer_agency")
        assert (task.owner_id, task.why_params) == (people.caseworker.id, {"agency": "agency-b"})
    with acting(people.outsider):
        assert not Task.objects.filter(kind="answer_agency").exists()


def test_a_record_in_ones_own_files_is_opened_and_not_asked_about(people, intent) -> None:
    from havre.core.problems import InputRefused
    register(intent, people.caseworker)
    review = search_before_create(intent(people.caseworker), asked=asked())
    with pytest.raises(InputRefused):
        request_focal_point(intent(people.caseworker), review=review.pk, ref=review.hits[0]["ref"])


def test_nobody_concludes_on_the_search_of_another(people, intent) -> None:
    register(intent, people.caseworker)
    review = search_before_create(intent(people.outsider), asked=asked())
    with pytest.raises(NothingHere):
        request_focal_point(intent(people.caseworker), review=review.pk, ref=review.hits[0]["ref"])


@pytest.fixture
def sisters(people, intent):
    older = replace(SELAM, names=[{"value": "ራሄል ተስፋይ"}, {"value": "Rahel Tesfay"}], age_min=12, age_max=13)
    thumb = ConsentInput(given_by="child", type="informed_assent", mode="thumbprint", answers=YES)
    as_sister = replace(BROTHER, relation="sister")
    theirs = register(intent, people.outsider, opening(older, consents=[thumb, CONSENT],
                                                       family=[MOTHER, replace(as_sister, person=replace(SELAM, role="relative"))]))
    ours = register(intent, people.caseworker, opening(family=[MOTHER, replace(as_sister, person=replace(older, role="relative"))]))
    return ours, theirs


def test_an_accepted_sibling_is_named_in_the_case_and_asked_of_the_other_side(people, intent, sisters) -> None:
    ours, theirs = sisters
    with acting(people.caseworker):
        proposal = SiblingProposal.objects.get(file_id=ours.file_id)
    accept_sibling(intent(people.caseworker), proposal=proposal.pk)
    with acting(people.caseworker):
        assert Case.objects.get(pk=ours.pk).sibling_cases == [theirs.pk]
        assert not Person.objects.filter(file_id=theirs.file_id).exists()
    with acting(people.outsider):
        mirrored = SiblingProposal.objects.get(file_id=theirs.file_id)
        assert (mirrored.status, mirrored.other_file, mirrored.other_agency) == ("proposed", ours.file_id, people.agency_a.pk)
        assert Task.objects.filter(file_id=theirs.file_id, kind="sibling_question", owner_id=people.outsider.id).exists()
    accept_sibling(intent(people.outsider), proposal=mirrored.pk)
    with acting(people.outsider):
        assert Case.objects.get(pk=theirs.pk).sibling_cases == [ours.pk]


def test_a_proposal_is_answered_once_and_by_those_responsible(people, intent, sisters) -> None:
    with acting(people.caseworker):
        proposal = SiblingProposal.objects.get(file_id=sisters[0].file_id)
    with pytest.raises(NothingHere):
        decline_sibling(intent(people.outsider), proposal=proposal.pk)
    decline_sibling(intent(people.caseworker), proposal=proposal.pk)
    with pytest.raises(AlreadyDecided):
        accept_sibling(intent(people.caseworker), proposal=proposal.pk)
