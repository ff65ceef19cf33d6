"""A search is scored with the names and the number of people of this instance, and old entries are written again."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from havre import linkage
from havre.access.system import system_actor
from havre.infra import keys
from havre.infra.acting import acting
from havre.linkage.model.store import as_toml
from havre.registration.index import description_of, matcher, rewriting, search
from havre.registration.index.counting import count_names
from havre.registration.index.entry import IndexEntry
from havre.registration.index.versions import MatcherModel, MatcherUse
from tests.integration.registration.registering import SELAM, opening, register

pytestmark = pytest.mark.django_db


def children(intent, worker, *names: str) -> list:
    return [register(intent, worker, opening(replace(SELAM, names=[{"value": name, "kind": "full"}]), family=[])) for name in names]


def counted(bearers: int = 3):
    with acting(system_actor()) as stay:
        return count_names(stay.now, bearers=bearers)


def test_names_that_few_bear_are_not_kept(people, intent) -> None:
    children(intent, people.caseworker, "Selam Tesfay", "Selam Haile", "Selam Kidane", "Hiwot Mehari")
    children(intent, people.outsider, "Selam Abraha")
    row = counted()
    assert list(row.shares) == ["SLM"] and 0 < row.shares["SLM"] < 0.4  # four of ten names, drawn towards what is usual elsewhere
    assert row.drawn == 5 and row.people == {"child": 5}
    assert counted(bearers=20).shares == {}


def test_shares_are_rounded_so_that_one_person_more_is_not_seen(people, intent) -> None:
    children(intent, people.caseworker, *["Selam Haile", "Hiwot Haile", "Mehret Haile"], "Petro Bondar", "Olena Bondar", "Ali Noor", "Sara Adem")
    assert [len(str(share).lstrip("0.")) <= 2 for share in counted().shares.values()] == [True]


def test_no_number_of_a_telephone_or_document_is_kept_however_many_give_it(people, intent) -> None:
    for name in ("Selam Tesfay", "Hiwot Mehari", "Petro Bondar", "Ali Noor", "Sara Adem"):
        given = replace(SELAM, names=[{"value": name, "kind": "full"}], phones=["+249 912 000 111"])
        register(intent, people.caseworker, opening(given, family=[]))
    row = counted(bearers=1)
    assert len(row.shares) > 5 and not [key for key in row.shares if any(c.isdigit() or c == "#" for c in key)]


def test_agreeing_on_a_name_says_less_where_many_bear_it(people, intent) -> None:
    children(intent, people.caseworker, *["Selam Tesfay"] * 5)
    asked = description_of({**SELAM.values(), "origin": [], "identifiers": []})

    def weight() -> tuple[float, str]:
        with acting(people.caseworker):
            result = search(people.caseworker, asked, roles=["child"])[0].result
        return next(e.llr for e in result.evidence if e.field == "given"), result.model_version

    before, version = weight()
    counted()
    after, named = weight()
    assert after < before and named.startswith(f"{version} names ")


def test_the_chance_before_comparing_falls_with_the_number_of_people() -> None:
    model = linkage.load_model()
    small, large = (matcher.Matcher("v", model, people) for people in ({"child": 30}, {"child": 900_000, "inquirer": 5}))
    assert small.population(["child"]) == round(1 / model.prior_match) and large.population(["child"]) == 900_000


def test_entries_of_an_older_matcher_are_written_again_and_only_those(people, intent) -> None:
    old, new = children(intent, people.caseworker, "Selam Tesfay", "Hiwot Mehari")
    with acting(system_actor()) as stay:
        assert rewriting.left() == 0
        IndexEntry.objects.filter(person=old.child_id).update(written_as="", tokens=[1])
        untouched = IndexEntry.objects.get(person=new.child_id).updated_at
        assert rewriting.left() == 1
        assert rewriting.step(stay.now) == (1, old.file_id)
        assert rewriting.step(stay.now, after=old.file_id) == (0, None) and rewriting.left() == 0
        assert IndexEntry.objects.get(person=new.child_id).updated_at == untouched
        assert len(IndexEntry.objects.get(person=old.child_id).tokens) > 3
    with acting(people.outsider):
        assert old.child_id in {f.person_id for f in search(people.outsider, description_of(SELAM.values()))}


def test_an_entry_of_an_erased_person_is_taken_out_when_entries_are_written_again(people, intent) -> None:
    gone, = children(intent, people.caseworker, "Selam Tesfay")
    with acting(system_actor()) as stay:
        keys.erase(gone.child_id, stay.now)
        IndexEntry.objects.filter(person=gone.child_id).update(written_as="")
        assert rewriting.step(stay.now) == (1, gone.file_id)
        assert not IndexEntry.objects.exists()


def proposed(people, **values) -> MatcherModel:
    from django.utils import timezone
    return MatcherModel.objects.create(id=uuid4(), version="v", text=as_toml(linkage.load_model()), decisions=3, proposed_at=timezone.now(),
                                       proposed_by=people.supervisor.id, **values)


def test_the_database_refuses_to_change_a_model_or_the_log_of_what_was_used(people) -> None:
    from django.utils import timezone
    row = proposed(people)
    use = MatcherUse.objects.create(model=None, at=timezone.now(), by=people.supervisor.id)
    for change in (lambda: MatcherModel.objects.update(text="other"), row.delete, use.delete,
                   lambda: MatcherUse.objects.update(by=people.manager.id)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("select text from registration_matcher_model")
        assert cursor.fetchone()[0] == row.text


def test_nobody_approves_what_they_proposed(people) -> None:
    from django.utils import timezone
    row = proposed(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        MatcherModel.objects.filter(pk=row.pk).update(state="approved", decided_by=people.supervisor.id, decided_at=timezone.now())
