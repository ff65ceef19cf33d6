"""Who can reach a case: sharing, assigning, barring, sealed notes, and the outsider every time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from havre.access.models import User
from havre.cases import actions, sealing
from havre.cases.models import Case, SealedNote, SealedNoteReader, Task
from havre.core import crypto
from havre.core.problems import InputRefused, KeyMissing, NothingHere
from havre.infra.acting import acting

pytestmark = pytest.mark.django_db

STRANGERS = ["colleague", "outsider", "outside_supervisor", "officer", "analyst", "tracing_officer", "panel_member"]


def sees(actor: object, case: Case) -> bool:
    from havre.access.queries import scoped
    with acting(actor):  # type: ignore[arg-type]
        return bool(scoped(Case, actor).filter(pk=case.pk).exists())  # type: ignore[arg-type]


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_without_a_grant_can_read_or_write_a_case(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace, who: str) -> None:
    case, actor = open_case(), getattr(people, who)
    assert not sees(actor, case)
    with pytest.raises(NothingHere):
        actions.record_views(intent(actor), case=case.pk, given=given.view)
    with pytest.raises(NothingHere):
        actions.share_case(intent(actor), case=case.pk, principal=actor.id, purpose="Curious",
                           until=datetime.now(UTC) + timedelta(days=1))


def test_a_shared_case_is_read_and_not_written_until_it_ends(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> None:
    case, until = open_case(), datetime.now(UTC) + timedelta(days=7)
    actions.share_case(intent(people.caseworker), case=case.pk, principal=people.tracing_officer.id, purpose="Family tracing",
                       until=until)
    assert sees(people.tracing_officer, case)
    with pytest.raises(NothingHere):
        actions.record_views(intent(people.tracing_officer), case=case.pk, given=given.view)
    actions.end_share(intent(people.caseworker), case=case.pk, principal=people.tracing_officer.id)
    assert not sees(people.tracing_officer, case)


def test_sharing_needs_a_purpose_and_an_end(people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    case = open_case()
    with pytest.raises(InputRefused) as caught:
        actions.share_case(intent(people.caseworker), case=case.pk, principal=people.tracing_officer.id, purpose=" ",
                           until=datetime.now(UTC) + timedelta(days=900))
    assert set(caught.value.errors) == {"purpose", "until"}


def test_a_case_moves_to_a_colleague_with_its_tasks_and_the_former_worker_is_out(
        people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    case = open_case()
    with pytest.raises(NothingHere):
        actions.assign_case(intent(people.caseworker), case=case.pk, owner=people.colleague.id)
    actions.assign_case(intent(people.supervisor), case=case.pk, owner=people.colleague.id)
    assert sees(people.colleague, case)
    assert not sees(people.caseworker, case)
    with acting(people.colleague):
        assert set(Task.objects.filter(file_id=case.file_id).values_list("owner_id", flat=True)) == {people.colleague.id}


def test_a_case_cannot_be_given_to_another_agency(people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    case = open_case()
    with pytest.raises(InputRefused):
        actions.assign_case(intent(people.supervisor), case=case.pk, owner=people.outsider.id)


def test_someone_with_a_conflict_of_interest_is_out_whatever_their_grants(
        people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    case = open_case()
    until = datetime.now(UTC) + timedelta(days=7)
    actions.share_case(intent(people.caseworker), case=case.pk, principal=people.colleague.id, purpose="Cover", until=until)
    actions.bar_person(intent(people.supervisor), case=case.pk, user=people.colleague.id, reason="Her uncle.")
    assert not sees(people.colleague, case)
    with pytest.raises(InputRefused):
        actions.share_case(intent(people.caseworker), case=case.pk, principal=people.colleague.id, purpose="Cover", until=until)


def test_the_worker_responsible_cannot_be_barred_before_the_case_is_given_away(
        people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    with pytest.raises(InputRefused):
        actions.bar_person(intent(people.supervisor), case=open_case().pk, user=people.caseworker.id, reason="Related.")


@pytest.fixture
def keys(people: SimpleNamespace) -> dict[str, bytes]:
    """Private keys of three people, whose public keys are on record."""
    out = {}
    for name in ("caseworker", "supervisor", "colleague"):
        private, public = crypto.new_person_keys()
        User.objects.filter(pk=getattr(people, name).id).update(public_key=public)
        out[name] = private
    return out


WORDS = "She named the man who hurt her."


def test_a_sealed_note_opens_for_its_readers_only(
        people: SimpleNamespace, intent: Callable, open_case: Callable, keys: dict[str, bytes]) -> None:
    case = open_case()
    until = datetime.now(UTC) + timedelta(days=7)
    actions.share_case(intent(people.caseworker), case=case.pk, principal=people.colleague.id, purpose="Cover", until=until)
    note = actions.write_sealed_note(intent(people.caseworker), case=case.pk, topic="disclosure", words=WORDS,
                                     readers=[people.supervisor.id])
    for name in ("caseworker", "supervisor"):
        with acting(getattr(people, name), private_key=keys[name]):
            assert sealing.open_sealed_note(getattr(people, name), note.pk).words == WORDS
    with acting(people.colleague, private_key=keys["colleague"]):
        assert sealing.notes_known_to(people.colleague, case) == []
        with pytest.raises(NothingHere):
            sealing.open_sealed_note(people.colleague, note.pk)
    with acting(people.outsider, private_key=keys["colleague"]), pytest.raises(NothingHere):
        sealing.open_sealed_note(people.outsider, note.pk)


def test_a_locked_key_opens_nothing(people: SimpleNamespace, intent: Callable, open_case: Callable, keys: dict[str, bytes]) -> None:
    note = actions.write_sealed_note(intent(people.caseworker), case=open_case().pk, topic="danger", words=WORDS, readers=[])
    with acting(people.caseworker), pytest.raises(KeyMissing):
        sealing.open_sealed_note(people.caseworker, note.pk)


def test_nothing_the_server_holds_opens_a_sealed_note(
        people: SimpleNamespace, intent: Callable, open_case: Callable, keys: dict[str, bytes]) -> None:
    from havre.infra.keys import data_key
    from havre.infra.records import Edit
    note = actions.write_sealed_note(intent(people.caseworker), case=open_case().pk, topic="danger", words=WORDS, readers=[])
    with acting(people.caseworker):
        row = SealedNote.objects.get(pk=note.pk)
        reader = SealedNoteReader.objects.get(note=row)
        for blob in (row.body.blob, reader.key.blob):
            with pytest.raises(crypto.Tampered):
                crypto.unseal(data_key(row.file_id), blob, aad=b"")
        edits = Edit.objects.filter(record__in=[row.pk, reader.pk])
        assert not any(WORDS in str(e.plain) for e in edits)


def test_a_reader_must_have_a_key_and_the_file(
        people: SimpleNamespace, intent: Callable, open_case: Callable, keys: dict[str, bytes]) -> None:
    case = open_case()
    with pytest.raises(InputRefused):
        actions.write_sealed_note(intent(people.caseworker), case=case.pk, topic="danger", words=WORDS, readers=[people.outsider.id])
    User.objects.filter(pk=people.supervisor.id).update(public_key=None)
    with pytest.raises(InputRefused):
        actions.write_sealed_note(intent(people.caseworker), case=case.pk, topic="danger", words=WORDS,
                                  readers=[people.supervisor.id])
