"""The index finds people across scripts and agencies, in the same transaction, and tells nobody who they are."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from havre import linkage
from havre.access.queries import scoped
from havre.access.system import system_actor
from havre.core import crypto
from havre.infra import keys
from havre.infra.acting import acting
from havre.registration.actions import change_person, search_before_create
from havre.registration.index import contents, description_of, rewriting, search, searching
from havre.registration.index.entry import IndexEntry
from havre.registration.index.opening import opened, place
from havre.registration.index.tokens import MANY, weighted
from havre.registration.inputs import PersonInput
from havre.registration.people import Person
from tests.integration.registration.registering import SELAM, asked, opening, register

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
    with acting(people.caseworker), connection.cursor() as cursor:
        cursor.execute("select person, features, kek, wrapped from registration_index_entry join infra_data_key on subject = person where person = %s", [case.child_id])
        held = opened(*cursor.fetchone())
    assert held is not None and held.source.relatives[0].names == ("Letebrhan Kidane",)


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


@pytest.mark.parametrize("few", [0, 64])
def test_who_shares_common_tokens_alone_is_found(people, intent, monkeypatch, few) -> None:
    """Two common tokens find together; one finds nobody by itself, but where little else is known."""
    case = register(intent, people.caseworker, opening(family=[]))
    asked = linkage.prepare(description_of(SELAM.values()))
    monkeypatch.setattr(searching, "FEW", few)
    for keys_shared, expected in ((2, 1), (1, 1 if few else 0)):
        with acting(system_actor()):
            known = set(IndexEntry.objects.get(person=case.child_id).tokens)
        shared = dict([(t, w) for t, w in tokens_of(asked).items() if t in known][:keys_shared])
        monkeypatch.setattr(searching, "weighted", lambda *_, shared=shared: shared)
        monkeypatch.setattr(searching, "_holders", lambda wanted: dict.fromkeys(wanted, MANY + 1))
        with acting(people.outsider):
            assert len(searching._rows(asked, ["child"], 10)) == expected


def tokens_of(asked: linkage.Prepared) -> dict[int, float]:
    return weighted(keys.ring().index_key, linkage.keys(asked, "query"), linkage.rank_hint)


def test_an_entry_of_before_is_found_as_surely_and_written_again(people, intent) -> None:
    case = register(intent, people.caseworker)
    before = found(people.outsider, SELAM.values(), roles=["child"])
    with acting(system_actor()):
        held = as_sealed(case.child_id)
        write_features(case.child_id, crypto.seal(keys.data_key(case.child_id), held.text, aad=place(case.child_id)))
        assert held.form
    assert found(people.outsider, SELAM.values(), roles=["child"]) == before
    with acting(system_actor()) as stay:
        assert rewriting.step(stay.now)[0] > 0
        assert as_sealed(case.child_id) == held and rewriting.left() == 0
    assert found(people.outsider, SELAM.values(), roles=["child"]) == before


def as_sealed(person):
    blob = IndexEntry.objects.get(person=person).features.blob
    return contents.read(crypto.unseal(keys.data_key(person), blob, aad=place(person)))


def write_features(person, sealed: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update registration_index_entry set features = %s, written_as = '' where person = %s", [sealed, person])
