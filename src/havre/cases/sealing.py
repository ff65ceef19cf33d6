"""What may only named people read? Writing and opening notes of tier C.

The text is sealed under a key of its own and that key to each reader's public key (HPKE). The server can open neither:
reading needs the reader's private key, which is there only while their own session is unlocked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.access import queries as access
from havre.access.models import Bar, Grant, User
from havre.cases import permissions
from havre.cases.given import Answers
from havre.cases.models import Case, SealedNote, SealedNoteReader
from havre.core import crypto, ids
from havre.core.actor import Actor
from havre.core.problems import KeyMissing, NothingHere
from havre.core.words import N_
from havre.infra.acting import current
from havre.infra.actions import action
from havre.infra.fields import Sealed
from havre.infra.unit import Unit

TOPICS = ("danger", "disclosure", "perpetrator", "health", "staff", "other")


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note as its reader sees it."""

    id: UUID
    topic: str
    words: str
    readers: tuple[UUID, ...]


def _place(note: UUID, part: str) -> bytes:
    return crypto.aad("cases_sealednote", note, part, 1)


@action(permissions.SEAL)
def write_sealed_note(unit: Unit, *, case: UUID, topic: str, words: str, readers: Sequence[UUID]) -> SealedNote:
    """Write a note that only its writer and the named readers can open. Each must have a key and may open the file."""
    record = unit.get(Case, case)
    answers = Answers()
    answers.needs("words", words)
    answers.one_of("topic", topic, TOPICS)
    wanted = {unit.by.id, *readers}
    people = {u.pk: u for u in User.objects.filter(pk__in=wanted, is_active=True)}
    if wanted - people.keys() or not wanted <= may_read(record.file_id):
        answers.refuse("readers", N_("Choose people who work on this file."))
    elif any(u.public_key is None for u in people.values()):
        answers.refuse("readers", N_("One of these people has no key yet. They get one when they next sign in."))
    answers.done()
    note, key = ids.new_id(), crypto.new_data_key()
    made = unit.create(SealedNote, id=note, file=record.file_id, case_id=record.pk, topic=topic, written_at=unit.at,
                       author_id=unit.by.id,
                       body=Sealed(crypto.seal(key, words.encode(), aad=_place(note, "body"))))
    for reader in sorted(people.values(), key=lambda u: u.pk):
        sealed = crypto.seal_to(bytes(reader.public_key or b""), key, _place(note, str(reader.pk)))
        unit.create(SealedNoteReader, file=record.file_id, note_id=note, reader_id=reader.pk, key=Sealed(sealed))
    return made


def may_read(file: UUID) -> set[UUID]:
    """The people with live access of their own or through the team to a file, those barred left out."""
    from django.db.models import Q
    from django.utils import timezone
    live = Grant.objects.filter(file_id=file).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))
    principals = set(live.values_list("principal", flat=True))
    people = set(User.objects.filter(pk__in=principals, is_active=True).values_list("pk", flat=True))
    people |= set(User.objects.filter(memberships__team_id__in=principals, memberships__supervises=True, is_active=True)
                  .values_list("pk", flat=True))
    return people - set(Bar.objects.filter(file_id=file).values_list("user_id", flat=True))


def notes_known_to(actor: Actor, case: Case) -> list[SealedNote]:
    """The notes whose existence the actor may know: those they wrote or may read, newest first."""
    rows = access.scoped(SealedNote, actor).filter(case=case, readers__reader_id=actor.id).order_by("-written_at")
    return list(rows.prefetch_related("readers"))


def open_sealed_note(actor: Actor, note: UUID) -> OpenedNote:
    """The words of a note for one of its readers; the reading is audited.

    Raises NothingHere for everyone else, KeyMissing when the reader's own key is not unlocked in this session.
    """
    record: SealedNote | None = access.scoped(SealedNote, actor).filter(pk=note).select_related("case").first()
    if record is None:
        raise NothingHere()
    access.require(actor, permissions.OPEN_NOTE, record.file_id)
    rows = {r.reader_id: r for r in SealedNoteReader.objects.filter(note=record)}
    mine = rows.get(actor.id)
    stay = current()
    if mine is None:
        stay.audit("cases.open_note", decision="denied", files=[record.file_id], objects=[f"cases.sealednote:{record.pk}"])
        raise NothingHere()
    if stay.private_key is None:
        raise KeyMissing()
    key = crypto.open_sealed(stay.private_key, mine.key.blob, _place(record.pk, str(actor.id)))
    words = crypto.unseal(key, record.body.blob, aad=_place(record.pk, "body")).decode()
    stay.audit_read("cases.sealednote", [record.file_id], [f"cases.sealednote:{record.pk}"], ["body"])
    return OpenedNote(record.pk, record.topic, words, tuple(rows))
