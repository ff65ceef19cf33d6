"""Does one intent have one effect, in scope, audited, undisputed or openly disputed?"""

from uuid import uuid4

import pytest

from havre.access.decide import permission
from havre.access.files import open_file, settle
from havre.access.queries import scoped
from havre.core.problems import InputRefused, NothingHere
from havre.infra.acting import acting
from havre.infra.actions import action
from havre.infra.audit import AuditEntry
from havre.infra.records import Edit
from havre.infra.sealing import open_record

pytestmark = pytest.mark.django_db

MAKE = permission("test.make", caseworker="")
CHANGE = permission("test.change", caseworker="assigned", supervisor="team")


@action(MAKE)
def make_person(unit, *, name="Selam", sex="female"):
    from havre.registration.models import Person
    file = open_file(unit, "case", agency=unit.by.agency, team=next(iter(unit.by.teams)))
    who = uuid4()
    person = unit.create(Person, file=file.id, id=who, role="child", sex=sex, names=[{"value": name, "kind": "full"}],
                         recorded_on=unit.at.date())
    unit.note("test_made", person)
    settle(unit, file, owner=unit.by.id)
    return person


@action(CHANGE)
def change_person(unit, *, person, seen=None, fail=False, **values):
    from havre.registration.models import Person
    found = unit.get(Person, person)
    unit.change(found, seen=seen, **values)
    if fail:
        raise InputRefused({"name": ["no"]})
    return found


def reread(person):
    return type(person).objects.get(pk=person.pk)


def test_a_sealed_value_comes_back_only_by_opening_and_the_reading_is_in_the_log(people, intent):
    person = make_person(intent(people.caseworker))
    assert "Selam" not in str(person.names)
    with acting(people.caseworker):
        row = scoped(type(person), people.caseworker).get()
        assert open_record(row, "names")["names"][0]["value"] == "Selam"
    read = AuditEntry.objects.filter(action="read").get()
    assert person.file_id in read.files
    assert "Selam" not in read.body


def test_the_same_request_twice_has_one_effect(people, intent):
    rid = uuid4()
    first = make_person(intent(people.caseworker, rid=rid))
    again = make_person(intent(people.caseworker, rid=rid), name="Other")
    assert first.pk == again.pk
    with acting(people.caseworker):
        assert scoped(type(first), people.caseworker).count() == 1


def test_the_request_of_another_person_cannot_be_replayed_to_learn_its_result(people, intent):
    rid = uuid4()
    make_person(intent(people.caseworker, rid=rid))
    with pytest.raises(NothingHere):
        make_person(intent(people.colleague, rid=rid))


def test_a_role_without_the_permission_is_denied_and_the_denial_is_logged(people, intent):
    with pytest.raises(NothingHere):
        make_person(intent(people.analyst))
    assert AuditEntry.objects.filter(decision="denied", actor=people.analyst.id).count() == 1


def test_an_outsider_and_a_colleague_find_nothing(people, intent):
    person = make_person(intent(people.caseworker))
    for other in (people.outsider, people.colleague):
        with pytest.raises(NothingHere):
            change_person(intent(other), person=person.pk, sex="male")
        with acting(other):
            assert not scoped(type(person), other).exists()
    with acting(people.caseworker):
        assert reread(person).sex == "female"


def test_row_level_security_alone_hides_what_is_out_of_scope(people, intent):
    person = make_person(intent(people.caseworker))
    for other, expected in ((people.outsider, 0), (people.colleague, 0), (people.supervisor, 1), (people.caseworker, 1)):
        with acting(other):
            assert type(person).objects.count() == expected
            assert Edit.objects.filter(record=person.pk).count() == expected


def test_without_an_actor_the_database_shows_nothing(people, intent):
    person = make_person(intent(people.caseworker))
    from havre.infra.acting import tell_database
    tell_database(None)
    assert type(person).objects.count() == 0


def test_a_failed_action_leaves_no_edit_but_a_line_in_the_log(people, intent):
    person = make_person(intent(people.caseworker))
    with pytest.raises(InputRefused):
        change_person(intent(people.caseworker), person=person.pk, fail=True, sex="male")
    with acting(people.caseworker):
        assert reread(person).sex == "female"
        assert Edit.objects.filter(record=person.pk).count() == 1
    assert AuditEntry.objects.filter(decision="refused").count() == 1


def test_two_people_who_saw_the_same_value_leave_both_values_and_a_dispute(people, intent):
    person = make_person(intent(people.caseworker))
    seen = list(person.heads)
    change_person(intent(people.caseworker), person=person.pk, seen=seen, names=[{"value": "Salam", "kind": "full"}])
    change_person(intent(people.supervisor), person=person.pk, seen=seen, names=[{"value": "Selem", "kind": "full"}])
    with acting(people.caseworker):
        row = reread(person)
        assert row.disputed == ["names"]
        change_person(intent(people.caseworker), person=person.pk, names=[{"value": "Selam T", "kind": "full"}])
        row = reread(person)
        assert row.disputed == []
        assert open_record(row, "names")["names"][0]["value"] == "Selam T"
        assert Edit.objects.filter(record=person.pk).count() == 4


def test_changing_a_value_to_itself_writes_nothing(people, intent):
    person = make_person(intent(people.caseworker))
    change_person(intent(people.caseworker), person=person.pk, sex="female")
    with acting(people.caseworker):
        assert Edit.objects.filter(record=person.pk).count() == 1


def test_edits_and_log_cannot_be_rewritten(people, intent):
    from django.db import DatabaseError, connection, transaction
    make_person(intent(people.caseworker))
    for statement in ("update infra_edit set author = author", "delete from infra_audit", "delete from infra_edit"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_exported_log_verifies_and_a_changed_one_does_not(people, intent):
    from django.utils import timezone

    from havre.infra.audit import checkpoint, export_lines
    from havre.infra.audit_verify import verify_lines
    make_person(intent(people.caseworker))
    witness = checkpoint(timezone.now())
    make_person(intent(people.caseworker))
    lines = list(export_lines(timezone.now()))
    assert verify_lines(lines).ok
    assert verify_lines(lines, witness=witness).ok
    assert not verify_lines([*lines[:1], *lines[2:]]).ok
    assert not verify_lines([lines[0].replace("done", "gone"), *lines[1:]]).ok
    assert not verify_lines([*lines[:-2], lines[-1]]).ok


def test_erasing_a_person_makes_the_data_unreadable_and_the_log_still_verifies(people, intent):
    from django.utils import timezone

    from havre.core.problems import KeyErased
    from havre.infra import keys
    from havre.infra.audit import export_lines
    from havre.infra.audit_verify import verify_lines
    person = make_person(intent(people.caseworker))
    with acting(people.caseworker) as stay:
        assert keys.erase(person.subject_id(), timezone.now())
        stay.data_keys.clear()
        with pytest.raises(KeyErased):
            open_record(reread(person), "names")
    assert verify_lines(list(export_lines(timezone.now()))).ok


def test_the_columns_agree_with_the_edits_and_a_tampered_column_is_found(people, intent):
    from django.db import connection

    from havre.access.system import system_actor
    from havre.infra.rebuild import Rebuilt, _check
    person = make_person(intent(people.caseworker))
    change_person(intent(people.caseworker), person=person.pk, sex="male")
    with acting(system_actor()):
        result = Rebuilt()
        _check([reread(person)], result, write=False)
        assert (result.records, result.different) == (1, 0)
        with connection.cursor() as cursor:
            cursor.execute("update registration_person set sex = 'female' where id = %s", [person.pk])
        _check([reread(person)], result, write=True)
        assert result.different == 1
        assert reread(person).sex == "male"


def test_a_sealed_value_moved_to_another_record_does_not_open(people, intent):
    from havre.core.crypto import Tampered
    one, two = make_person(intent(people.caseworker)), make_person(intent(people.caseworker), name="Dawit")
    with acting(people.caseworker):
        type(one).objects.filter(pk=one.pk).update(names=reread(two).names)
        with pytest.raises(Tampered):
            open_record(reread(one), "names")
