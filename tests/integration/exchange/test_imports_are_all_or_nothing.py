"""A file of people comes in through the same doors as by hand: tried first, all or nothing, and back out again."""

from uuid import uuid4

import pytest

from havre.access.models import File
from havre.access.queries import scoped
from havre.cases.models import Case, Task
from havre.core.problems import Conflict, InputRefused, NothingHere
from havre.exchange import importing, queries
from havre.exchange.building import Terms
from havre.exchange.importing import discard_import, map_import, run_import, try_import, undo_import, upload_import
from havre.exchange.models import ImportBatch, ImportUpload
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.infra.keys import DataKey
from havre.registration.index.searching import search
from havre.registration.models import DuplicateReview, Person
from havre.registration.persons import change_person
from havre.registration.searches import Asked
from havre.tracing.models import TracingRequest

pytestmark = pytest.mark.django_db

TERMS = Terms(legal_basis="consent", caregivers_agreed=True, children_agreed=True, needs_asked=True)
CHILDREN = """Full name,Father's name,Sex,Age,Origin
Selam Tesfay Gebru,Tesfay,F,9,Eritrea > Anseba > Keren
Yusuf Ahmad Adam,Ahmad,boy,8,Sudan > Kassala > Wad Sharifey
Олена Шевченко,Петро,female,11,Ukraine > Poltava
"""
REQUESTS = """Demandeur,Téléphone du demandeur,Lien,Nom complet,Âge,Lieu d'origine
Aster Kidane,+251 911 000 111,mère,Selam Tesfay,9,Eritrea > Anseba > Keren
Fatima Omar,,tante,Yusuf Ahmad,8-9,Sudan > Kassala
"""


def upload(intent, who, text=CHILDREN, kind="children"):
    content = text if isinstance(text, bytes) else text.encode()
    return upload_import(intent(who), kind=kind, name="list.csv", content=content)


def mapped(intent, who, text=CHILDREN, kind="children", terms=TERMS, **more):
    batch = upload(intent, who, text, kind)
    with acting(who):
        view = queries.import_view(who, batch.file.code)
        guess = queries.guessed(who, kind, view.headers) | more
    return map_import(intent(who), batch=batch.pk, mapping=guess, terms=terms)


def tried(intent, who, *args, **kwargs):
    return try_import(intent(who), batch=mapped(intent, who, *args, **kwargs).pk)


def cases_of(who):
    with acting(who):
        return list(scoped(Case, who).order_by("registered_at", "id"))


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(people, intent):
    batch = tried(intent, people.caseworker)
    assert (batch.status, batch.rows, batch.good, batch.wrong, batch.flagged) == ("tried", 3, 3, 0, 0)
    with acting(people.caseworker):
        assert not scoped(Case, people.caseworker).exists()
        assert not scoped(Person, people.caseworker).exists()
        assert set(scoped(File, people.caseworker).values_list("kind", flat=True)) == {"import"}
    assert not AuditEntry.objects.filter(action="cases.opening.open_case").exists()


def test_the_import_makes_what_the_form_makes(people, intent):
    batch = tried(intent, people.caseworker)
    done = run_import(intent(people.caseworker), batch=batch.pk)
    assert (done.status, done.good, len(done.made)) == ("imported", 3, 3)
    found = cases_of(people.caseworker)
    assert {c.stage for c in found} == {"registered"}
    with acting(people.caseworker):
        assert scoped(Task, people.caseworker).filter(file_id__in=done.made).exists()
        asked = Asked({"names": [{"value": "Selam Tesfay", "kind": "full"}], "age_min": 9, "age_max": 9})
        assert search(people.caseworker, asked.description(), roles=("child",))[0].file_id in done.made
    assert AuditEntry.objects.filter(action="cases.opening.open_case", actor=people.caseworker.id).count() == 3


def test_after_the_import_its_file_can_never_be_read_again(people, intent):
    batch = tried(intent, people.caseworker)
    run_import(intent(people.caseworker), batch=batch.pk)
    with acting(people.caseworker):
        upload = scoped(ImportUpload, people.caseworker).get()
        assert DataKey.objects.get(subject=upload.pk).wrapped is None
        assert queries.import_view(people.caseworker, batch.file.code).samples == {}


def test_one_bad_row_and_nothing_comes_in(people, intent):
    text = CHILDREN + "Haile Girma,Girma,dragon,nine,\n"
    batch = tried(intent, people.caseworker, text)
    assert (batch.good, batch.wrong) == (3, 1)
    with acting(people.caseworker):
        issues = queries.import_view(people.caseworker, batch.file.code).issues
    assert {(i["row"], i["column"]) for i in issues} == {(5, "Sex"), (5, "Age")}
    refused = run_import(intent(people.caseworker), batch=batch.pk)
    assert refused.status == "tried"
    assert cases_of(people.caseworker) == []
    done = run_import(intent(people.caseworker), batch=batch.pk, leave_out=[5])
    assert (done.status, done.good, done.left_out) == ("imported", 3, 1)


@pytest.mark.parametrize(("changed", "gate"), [
    ({"children_agreed": None}, "G02"), ({"caregivers_agreed": False}, "G02"), ({"needs_asked": False}, "G04")])
def test_every_safeguard_of_registration_holds_for_every_row(people, intent, changed, gate):
    from dataclasses import replace
    batch = tried(intent, people.caseworker, terms=replace(TERMS, **changed))
    assert (batch.good, batch.wrong) == (0, 3)
    with acting(people.caseworker):
        issues = queries.import_view(people.caseworker, batch.file.code).issues
    assert gate in {issue["gate"] for issue in issues}


def test_a_child_who_may_be_known_already_waits_for_a_person(people, intent):
    first = tried(intent, people.caseworker)
    run_import(intent(people.caseworker), batch=first.pk)
    again = tried(intent, people.caseworker)
    assert (again.good, again.wrong, again.flagged) == (0, 0, 3)
    with acting(people.caseworker):
        view = queries.import_view(people.caseworker, again.file.code)
    with acting(people.caseworker):
        codes = set(scoped(File, people.caseworker).filter(kind="case").values_list("code", flat=True))
    assert {hit["code"] for hits in view.flagged.values() for hit in hits} <= codes
    assert run_import(intent(people.caseworker), batch=again.pk).status == "tried"
    done = run_import(intent(people.caseworker), batch=again.pk, leave_out=[2, 3], different=[4])
    assert (done.status, done.good) == ("imported", 1)
    with acting(people.caseworker):
        review = scoped(DuplicateReview, people.caseworker).get(file_id=done.made[0])
        assert {hit["conclusion"] for hit in review.hits} == {"different"}


def test_of_another_agencys_child_only_that_one_should_ask_is_told(people, intent):
    first = tried(intent, people.outsider)
    run_import(intent(people.outsider), batch=first.pk)
    mine = tried(intent, people.caseworker)
    with acting(people.caseworker):
        view = queries.import_view(people.caseworker, mine.file.code)
    hits = [hit for hits in view.flagged.values() for hit in hits]
    assert hits
    assert {(hit["answer"], hit["code"]) for hit in hits} == {("contact", "")}


def test_twice_the_same_child_in_one_file_is_found_before_anything_is_kept(people, intent):
    text = CHILDREN + "Selam Tesfay Gebru,Tesfay,F,9,Eritrea > Anseba > Keren\n"
    batch = tried(intent, people.caseworker, text)
    assert (batch.good, batch.flagged) == (3, 1)


def test_requests_come_in_with_their_people(people, intent):
    batch = tried(intent, people.tracing_officer, REQUESTS, "requests", Terms(inquirers_agreed=True))
    assert (batch.good, batch.wrong) == (2, 0)
    done = run_import(intent(people.tracing_officer), batch=batch.pk)
    with acting(people.tracing_officer):
        rows = list(scoped(TracingRequest, people.tracing_officer))
        assert {r.relation for r in rows} == {"mother", "aunt"}
        assert all(r.consent_share for r in rows)
        assert {r.file_id for r in rows} == set(done.made)


def test_undo_withdraws_what_nobody_touched_and_keeps_the_rest(people, intent):
    batch = tried(intent, people.caseworker)
    done = run_import(intent(people.caseworker), batch=batch.pk)
    touched = cases_of(people.caseworker)[0]
    _change(intent, people.caseworker, touched)
    undone = undo_import(intent(people.caseworker), batch=done.pk)
    assert (undone.status, undone.kept) == ("undone", [touched.file_id])
    left = cases_of(people.caseworker)
    assert [c.pk for c in left] == [touched.pk]
    with acting(people.manager):
        rows = {c.file_id: c.status for c in scoped(Case, people.manager)}
    assert {status for file, status in rows.items() if file != touched.file_id} == {"entered_in_error"}
    with acting(people.caseworker):
        asked = Asked({"names": [{"value": "Олена Шевченко", "kind": "full"}], "age_min": 11, "age_max": 11})
        files = {f.file_id for f in search(people.caseworker, asked.description(), roles=("child",)) if f.result.probability > 0.5}
        assert files <= {touched.file_id}
    with pytest.raises(Conflict):
        undo_import(intent(people.caseworker), batch=done.pk)


def test_an_undone_file_can_be_imported_again(people, intent):
    batch = tried(intent, people.caseworker)
    undo_import(intent(people.caseworker), batch=run_import(intent(people.caseworker), batch=batch.pk).pk)
    assert tried(intent, people.caseworker).good == 3


def test_undoing_requests_ends_them(people, intent):
    batch = tried(intent, people.tracing_officer, REQUESTS, "requests", Terms(inquirers_agreed=True))
    done = undo_import(intent(people.tracing_officer), batch=run_import(intent(people.tracing_officer), batch=batch.pk).pk)
    assert done.kept == []
    with acting(people.tracing_officer):
        assert not scoped(TracingRequest, people.tracing_officer).exists()


def _change(intent, who, case):
    from havre.infra.actions import action
    from havre.registration.permissions import WRITE

    @action(WRITE)
    def touch(unit, *, person):
        found = unit.get(Person, person)
        change_person(unit, found, note="Called the aunt")
        return found
    touch(intent(who), person=case.child_id)


def test_a_large_file_is_worked_on_in_the_background_as_the_same_person(people, intent):
    batch = mapped(intent, people.caseworker)
    importing.queue_import(intent(people.caseworker), batch=batch.pk, step="try")
    _work(batch, "try", people.caseworker)
    with acting(people.caseworker):
        record = scoped(ImportBatch, people.caseworker).get()
    assert (record.status, record.good) == ("tried", 3)
    importing.queue_import(intent(people.caseworker), batch=batch.pk, step="run", leave_out=[2])
    _work(batch, "run", people.caseworker)
    with acting(people.caseworker):
        record = scoped(ImportBatch, people.caseworker).get()
    assert (record.status, record.good, record.left_out) == ("imported", 2, 1)
    assert AuditEntry.objects.filter(action="cases.opening.open_case", actor=people.caseworker.id).count() == 2


def _work(batch, step, who):
    from havre.access.system import system_actor
    with acting(system_actor()):
        importing.work(str(batch.pk), step, str(who.id), str(uuid4()))


def test_the_job_carries_ids_and_codes_only(people, intent):
    from procrastinate.contrib.django.models import ProcrastinateJob
    batch = mapped(intent, people.caseworker)
    importing.queue_import(intent(people.caseworker), batch=batch.pk, step="try")
    arguments = ProcrastinateJob.objects.filter(task_name="exchange.work").get().args
    assert set(arguments) == {"batch", "step", "user", "rid"}
    assert "Selam" not in str(arguments)


def test_progress_can_be_seen_by_others_while_it_runs(people):
    from havre.exchange import progress
    batch = uuid4()
    assert progress.ask(batch) is None
    with acting(people.caseworker):
        progress.tell(batch, 120, 400)
        assert progress.ask(batch) == progress.Progress(120, 400)


def test_thrown_away_means_gone(people, intent):
    batch = discard_import(intent(people.caseworker), batch=mapped(intent, people.caseworker).pk)
    assert batch.status == "discarded"
    with pytest.raises(Conflict):
        try_import(intent(people.caseworker), batch=batch.pk)


@pytest.mark.parametrize("name", ["outsider", "colleague", "tracing_officer", "analyst", "officer"])
def test_nobody_else_works_on_it(people, intent, name):
    batch = mapped(intent, people.caseworker)
    who, code = getattr(people, name), batch.file.code
    for step in (try_import, run_import, undo_import, discard_import):
        with pytest.raises(NothingHere):
            step(intent(who), batch=batch.pk)
    with pytest.raises(NothingHere), acting(who):
        queries.import_view(who, code)


@pytest.mark.parametrize("name", ["officer", "analyst", "panel_member", "auditor", "manager"])
def test_not_every_role_imports(people, intent, name):
    with pytest.raises(NothingHere):
        upload(intent, getattr(people, name))


def test_who_may_not_register_may_not_import_children(people, intent):
    with pytest.raises(NothingHere):
        upload(intent, people.tracing_officer)


def test_terms_that_are_missing_are_asked_for(people, intent):
    with pytest.raises(InputRefused) as refused:
        mapped(intent, people.caseworker, terms=Terms())
    assert "legal_basis" in refused.value.errors
    with pytest.raises(InputRefused) as refused:
        mapped(intent, people.caseworker, terms=Terms(legal_basis="vital_interest"))
    assert "legal_reason" in refused.value.errors


def test_the_same_meanings_are_remembered(people, intent):
    odd = CHILDREN.replace("Full name", "Colonne A")
    mapped(intent, people.caseworker, odd, **{"Colonne A": "full_name"})
    with acting(people.caseworker):
        assert queries.guessed(people.caseworker, "children", ["Colonne A", "Sex"])["Colonne A"] == "full_name"
    with acting(people.outsider):
        assert "Colonne A" not in queries.guessed(people.outsider, "children", ["Colonne A", "Sex"])


def test_no_cell_of_the_file_lies_in_the_database_in_clear(people, intent):
    from django.db import connection
    batch = tried(intent, people.caseworker)
    run_import(intent(people.caseworker), batch=batch.pk)
    with acting(people.caseworker), connection.cursor() as cursor:
        for table in ("exchange_importbatch", "exchange_importupload", "infra_edit", "registration_person"):
            cursor.execute(f"select count(*) from {table} t where t::text like '%%Selam%%' or t::text like '%%Шевченко%%'")
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("name", ["outsider", "colleague", "analyst"])
def test_row_level_security_alone_hides_imports(people, intent, name):
    from django.db import connection, transaction

    from havre.infra.acting import tell_database
    mapped(intent, people.caseworker)
    for who, seen in ((getattr(people, name), 0), (people.caseworker, 1)):
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(who.id)
            for table in ("exchange_importbatch", "exchange_importupload"):
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (seen,), (table, name)
