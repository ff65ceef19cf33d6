"""The index finds people across scripts and agencies, in the same transaction, and tells nobody who they are."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from havre.access.queries import scoped
from havre.core import crypto
from havre.infra import keys
from havre.infra.acting import acting
from havre.registration.actions import change_person, search_before_create
from havre.registration.index import description_of, search
from havre.registration.index.entry import IndexEntry
from havre.registration.inputs import PersonInput
from havre.registration.people import Person
from tests.integration.registration.registering import CONSENT, SELAM, asked, opening, register

pytestmark = pytest.mark.django_db


def found(actor, values, **options):
    with acting(actor):
        return search(actor, description_of(values), **options)


def test_a_child_is_found_from_another_script_and_agency(people, intent) -> None:
    case = register(intent, people.caseworker)
    latin = {"names": [{"value": "Selam Tesfai", "kind": "full"}], "sex": "female", "age_min": 9, "age_max": 9,
             "recorded_on": "2026-11-21", "origin": ["ER", "Gash-Barka", "Teseney"]}
    hits = found(people.outsider, latin, roles=["child"])
    assert [(h.person_id, h.agency_id, h.visible) for h in hits] == [(case.child_id, people.agency_a.pk, False)]
    assert hits[0].result.probability > 0.5
    assert found(people.caseworker, latin, roles=["child"])[0].visible


def test_the_search_sees_what_this_transaction_has_just_written(people, intent) -> None:
    with acting(people.caseworker):
        case = register(intent, people.caseworker)
        assert case.child_id in {h.person_id for h in search(people.caseworker, description_of(SELAM.values()))}


def test_another_agency_is_told_whom_to_contact_and_nothing_else(people, intent) -> None:
    case = register(intent, people.caseworker)
    review = search_before_create(intent(people.outsider), asked=asked())
    assert [hit["answer"] for hit in review.hits] == ["contact"]
    assert set(review.hits[0]) == {"ref", "answer", "person", "file", "agency", "others", "conclusion"}
    assert review.hits[0]["agency"] == str(people.agency_a.pk)
    with acting(people.outsider):
        assert not scoped(Person, people.outsider).filter(file_id=case.file_id).exists()


def test_the_application_cannot_read_entries_of_others(people, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.outsider):
        assert not IndexEntry.objects.filter(person=case.child_id).exists()
        assert IndexEntry.objects.filter(person=case.child_id).update(role="other") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            IndexEntry.objects.create(person=uuid4(), file_id=case.file_id, agency_id=people.agency_b.pk, role="child", tokens=[1],
                                      features=None, updated_at=case.registered_at)
    with acting(people.caseworker):
        assert IndexEntry.objects.filter(person=case.child_id).exists()


def test_the_index_holds_no_name_age_or_sex_in_clear(people, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.caseworker), connection.cursor() as cursor:
        cursor.execute("select row_to_json(e)::text, features from registration_index_entry e where person = %s", [case.child_id])
        text, features = cursor.fetchone()
    for word in ("Selam", "Tesfay", "female", "Teseney", "ሰላም"):
        assert word not in text
        assert word.encode() not in bytes(features)


def test_a_changed_name_is_found_and_the_old_one_no_longer(people, intent) -> None:
    case = register(intent, people.caseworker, opening(family=[]))
    change_person(intent(people.caseworker), person=case.child_id, values={"names": [{"value": "Hiwot Mehari"}]})
    new = {**SELAM.values(), "names": [{"value": "Hiwot Mehari", "kind": "full"}]}
    assert case.child_id in {h.person_id for h in found(people.outsider, new) if h.result.probability > 0.5}
    assert not [h for h in found(people.outsider, SELAM.values()) if h.result.probability > 0.5]


def test_a_persons_entry_holds_the_relatives_names(people, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.outsider):
        from havre.registration.index.searching import candidates
        entry = next(c for c in candidates(description_of(SELAM.values())) if c.person_id == case.child_id)
    assert entry.description.relatives[0].names == ("Letebrhan Kidane",)


def test_an_erased_person_is_no_longer_found(people, intent) -> None:
    case = register(intent, people.caseworker)
    with acting(people.caseworker) as stay:
        keys.erase(case.child_id, stay.now)
    assert case.child_id not in {h.person_id for h in found(people.outsider, SELAM.values())}


def test_an_entry_moved_to_another_person_does_not_open(people, intent) -> None:
    one = register(intent, people.caseworker, opening(family=[]))
    two = register(intent, people.caseworker, opening(replace(SELAM, names=[{"value": "Mehret Alem"}]), family=[]))
    with acting(people.caseworker):
        a = IndexEntry.objects.get(person=one.child_id)
        IndexEntry.objects.filter(person=two.child_id).update(features=a.features, tokens=a.tokens)
    assert two.child_id not in {h.person_id for h in found(people.outsider, SELAM.values())}


def test_a_namesake_of_another_age_and_place_is_no_likely_hit(people, intent) -> None:
    register(intent, people.caseworker)
    other = PersonInput(role="child", names=[{"value": "Selam Gebremariam"}], sex="female", age_min=16, age_max=16,
                        origin=["ET", "Oromia", "Jimma"])
    assert not [h for h in found(people.outsider, other.values()) if h.result.probability > 0.5]


def test_the_cross_agency_function_is_not_for_everyone(people, intent) -> None:
    register(intent, people.caseworker)
    with connection.cursor() as cursor:
        cursor.execute("select has_function_privilege('havre_report', oid, 'execute'), proowner::regrole::text, prosecdef"
                       " from pg_proc where proname = 'havre_candidates'")
        assert cursor.fetchall() == [(False, "havre_match", True)]


def test_common_tokens_are_looked_up_in_pairs(people, intent) -> None:
    from havre.registration.index.tokens import TOO_MANY, plan
    looked = plan({1: 10.0, 2: 9.0, 3: 8.0}, {1: TOO_MANY + 1, 2: TOO_MANY + 1})
    assert list(zip(looked.firsts, looked.seconds, strict=True)) == [(3, 3), (1, 2)]
    assert crypto.KEY_BYTES == 32 and CONSENT.given_by == "caregiver"
