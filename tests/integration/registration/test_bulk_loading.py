"""People loaded by COPY are like people registered by hand: their edits agree, they are found, and they are walled."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest

from havre.access.models import File, Grant
from havre.access.system import system_actor
from havre.config.boot import boot
from havre.core import edits as core_edits
from havre.core.actor import Actor, Role
from havre.infra import records
from havre.infra.acting import acting
from havre.infra.keys import DataKey, data_key
from havre.infra.rebuild import differs
from havre.infra.sealing import open_record
from havre.registration import bulk
from havre.registration.index import description_of, search
from havre.registration.inputs import PersonInput
from havre.registration.kin import Relationship
from havre.registration.people import Person
from havre.registration.searches import describe

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
AWKWARD = 'Line one\nline\ttwo \\ "quoted", {braced}, NULL, \\N'


def child(**changes: object) -> PersonInput:
    values = {"role": "child", "names": [{"value": "መሓሪ ተኽለ"}, {"value": "Mehari Tekle"}], "sex": "male", "birth_date": "2015-03",
              "recorded_on": date(2026, 10, 1), "languages": ["tir", "ara"], "origin": ["ER", "Anseba", "Keren"], "features": AWKWARD,
              "phones": ["+291 555 01 42"], "id": uuid4(), **changes}
    return PersonInput(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """One file of two people, loaded and committed by the owner; taken away at the end."""
    agency, team, user = uuid4(), uuid4(), uuid4()
    one, mother = child(), child(role="relative", names=[{"value": "Abrehet Haile"}], sex="female", birth_date=None, age_min=40, age_max=45)
    file = bulk.BulkFile(uuid4(), "case", agency, team, user, [one, mother], [bulk.BulkEdge(mother.id, one.id, "mother")])
    with django_db_blocker.unblock(), psycopg.connect(boot().owner) as link:
        link.execute("insert into access_agency (id, code, name, country, contact) values (%s, %s, 'Bulk', 'SD', '')", [agency, str(agency)])
        link.execute("insert into access_team (id, agency_id, name, takes_referrals) values (%s, %s, 'T', false)", [team, agency])
        link.commit()
        bulk.prepare(link)
        count = bulk.insert(link, [file], at=AT, by=user)
        bulk.finish(link)
        link.rollback()
        yield SimpleNamespace(file=file, child=one, mother=mother, count=count, owner=Actor(user, Role.CASEWORKER, agency, "SD"))
        link.execute("alter table infra_edit disable trigger user")
        for table, column in (("infra_edit", "file_id"), ("registration_relationship", "file_id"), ("registration_person", "file_id"),
                              ("registration_index_entry", "file_id"), ("access_grant", "file_id"), ("access_file", "id")):
            link.execute(f"delete from {table} where {column} = %s", [file.id])
        link.execute("alter table infra_edit enable trigger user")
        link.execute("delete from infra_data_key where subject = any(%s)", [[one.id, mother.id, file.id]])
        link.execute("delete from access_team where id = %s", [team])
        link.execute("delete from access_agency where id = %s", [agency])
        link.commit()


def test_the_columns_say_what_the_edits_say(loaded) -> None:
    assert loaded.count == 2
    with acting(system_actor()):
        rows = [*Person.objects.filter(file_id=loaded.file.id), *Relationship.objects.filter(file_id=loaded.file.id)]
        assert len(rows) == 3
        for row in rows:
            data_key(row.subject_id())
            assert not differs(row, core_edits.project(records.history(row), row.PROTECTIVE))


def test_awkward_text_comes_through_unchanged(loaded) -> None:
    with acting(system_actor()):
        person = Person.objects.get(pk=loaded.child.id)
        assert open_record(person, "features", "names", "origin") == {
            "features": AWKWARD.strip(), "origin": ["ER", "Anseba", "Keren"],
            "names": [{"value": "መሓሪ ተኽለ", "kind": "full", "script": "Ethi"}, {"value": "Mehari Tekle", "kind": "full", "script": "Latn"}]}
        assert person.languages == ["tir", "ara"] and person.created_at == AT


def test_they_are_found_from_another_agency_with_their_kin(loaded) -> None:
    with acting(system_actor()):
        asked = description_of({"names": [{"value": "Mehari Tekle"}], "sex": "male", "birth_date": "2015", "recorded_on": "2026-11-01",
                                "origin": ["ER", "Anseba", "Keren"]})
        found = next(f for f in search(system_actor(), asked) if f.person_id == loaded.child.id)
        assert found.result.probability > 0.5 and found.agency_id == loaded.file.agency
        assert describe(Person.objects.get(pk=loaded.child.id)).relatives[0].names == ("Abrehet Haile",)


def test_the_wall_stands_again_after_loading(loaded, people) -> None:
    with acting(people.outsider):
        assert not Person.objects.filter(file_id=loaded.file.id).exists()
        assert not File.objects.filter(pk=loaded.file.id).exists()
    with psycopg.connect(boot().owner) as link:
        open_tables = link.execute("select relname from pg_class where relname = any(%s) and not relforcerowsecurity",
                                   [["registration_person", "infra_edit", "access_file", "registration_index_entry"]]).fetchall()
        assert open_tables == []


def test_those_responsible_have_their_grants_and_keys_are_wrapped(loaded) -> None:
    with acting(system_actor()):
        assert set(Grant.objects.filter(file_id=loaded.file.id).values_list("relation", flat=True)) == {"assigned", "team", "agency"}
        assert DataKey.objects.filter(subject__in=[loaded.child.id, loaded.mother.id], wrapped__isnull=False).count() == 2


def test_a_code_that_is_taken_is_drawn_again(loaded, monkeypatch) -> None:
    from havre.core import ids
    more = bulk.BulkFile(uuid4(), "case", loaded.file.agency, None, None, [])
    with psycopg.connect(boot().owner) as link:
        taken = link.execute("select code from access_file where id = %s", [loaded.file.id]).fetchone()[0]
        drawn = iter([taken, ids.new_code(uuid4().bytes)])
        monkeypatch.setattr("havre.registration.bulk.ids.new_code", lambda random: next(drawn))
        bulk.prepare(link)
        bulk.insert(link, [more], at=AT, by=loaded.owner.id)
        bulk.finish(link)
        assert link.execute("select code <> %s from access_file where id = %s", [taken, more.id]).fetchone() == (True,)
        link.execute("delete from access_grant where file_id = %s", [more.id])
        link.execute("delete from access_file where id = %s", [more.id])
        link.commit()
