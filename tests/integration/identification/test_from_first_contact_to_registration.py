"""A child met at the border is registered from what was sent, and the referral is over."""

import pytest

from havre.access.queries import scoped
from havre.cases.models import Case, Task
from havre.cases.opening import Opening, open_case
from havre.identification.actions import submit_screening
from havre.identification.models import Screening
from havre.infra.acting import acting
from havre.registration.actions import search_before_create, start_registration
from havre.registration.inputs import ConsentInput, PersonInput
from havre.registration.searches import Asked

pytestmark = pytest.mark.django_db

CHILD = PersonInput("child", names=[{"value": "Selam Tesfay", "kind": "full"}], age_min=9, age_max=9)
AGREED = {"collect_store": "yes", "case_management_participation": "yes"}
CONSENTS = (ConsentInput("caregiver", AGREED), ConsentInput("child", AGREED, type="informed_assent"))


def sent_to(people, intent):
    sent = submit_screening(intent(people.officer), answers={"age_birthday": {"low": 9, "high": 9}}, understood="yes", firewall_said=True)
    return sent, next(p for p in (people.caseworker, people.colleague) if p.id == sent.worker_id)


def test_registering_ends_the_referral_and_joins_the_two(people, intent):
    sent, worker = sent_to(people, intent)
    draft = start_registration(intent(worker), screening=sent.pk)
    review = search_before_create(intent(worker), asked=Asked(CHILD.values()), draft=draft.pk)
    case = open_case(intent(worker), review=review.pk, draft=draft.pk, opening=Opening(
        child=CHILD, needs={}, legal_basis="consent", consents=CONSENTS, screening=sent.pk))
    with acting(worker):
        record = scoped(Screening, worker).get()
        assert (record.status, record.case_file, record.acknowledged_by) == ("registered", case.file_id, worker.id)
        assert scoped(Case, worker).get().screening_id == sent.pk
        assert not scoped(Task, worker).filter(kind="take_referral", done_at__isnull=True).exists()


def test_nobody_registers_from_a_first_contact_of_others(people, intent):
    from havre.core.problems import NothingHere
    sent, _ = sent_to(people, intent)
    review = search_before_create(intent(people.outsider), asked=Asked(CHILD.values()))
    with pytest.raises(NothingHere):
        open_case(intent(people.outsider), review=review.pk, opening=Opening(
            child=CHILD, needs={}, legal_basis="consent", consents=CONSENTS, screening=sent.pk))
