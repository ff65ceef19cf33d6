"""Who is at the database now, and what will the audit log say of it?

`acting(actor)` is the only way to protected data: it opens one transaction, tells PostgreSQL who acts (row-level
security reads it), keeps the data keys opened on the way, and collects audit entries. They are appended to the Merkle
log at the very end, under the log's lock, in the same transaction: no log, no effect. When the transaction fails, its
denials are still written, in a transaction of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from havre.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log before it gets its place: codes and ids only, never a personal datum."""

    at: datetime
    actor: UUID
    role: str
    session: str
    action: str
    decision: str
    files: tuple[UUID, ...] = ()
    objects: tuple[str, ...] = ()
    purpose: str = ""
    shown: bool = False
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Acting:
    """The state of one stay at the database. `now` is fixed at the start unless an intent brings its own time."""

    actor: Actor
    now: datetime
    purpose: str = ""
    buffer: list[Entry] = field(default_factory=list)
    data_keys: dict[UUID, bytes] = field(default_factory=dict)
    private_key: bytes | None = None

    def audit(self, action: str, *, decision: str = "done", files: Sequence[UUID] = (), objects: Sequence[str] = (),
              shown: bool = False, at: datetime | None = None, detail: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Add one entry to the buffer. `shown` entries appear on the timeline of their files."""
        self.buffer.append(Entry(at or self.now, self.actor.id, self.actor.role.value, self.actor.session, action, decision,
                                 tuple(files), tuple(objects), self.purpose, shown, {**(detail or {}), **more}))

    def audit_read(self, kind: str, files: Sequence[UUID], objects: Sequence[str], fields: Sequence[str]) -> None:
        """Note that sealed fields were opened. Reads of one kind and the same fields in one stay become one entry."""
        for at, entry in enumerate(self.buffer):
            same = entry.action == "read" and entry.detail.get("kind") == kind and entry.detail.get("fields") == sorted(fields)
            if same:
                self.buffer[at] = replace(
                    entry, files=tuple(dict.fromkeys((*entry.files, *files))),
                    objects=tuple(dict.fromkeys((*entry.objects, *objects))))
                return
        self.audit("read", files=files, objects=objects, kind=kind, fields=sorted(fields))


_current: ContextVar[Acting | None] = ContextVar("havre_acting", default=None)


def current() -> Acting:
    """The stay in progress. Raises RuntimeError outside `acting`: protected data has no other door."""
    here = _current.get()
    if here is None:
        raise RuntimeError("protected data is reached only inside acting(actor)")
    return here


def current_or_none() -> Acting | None:
    """The stay in progress, or None."""
    return _current.get()


def tell_database(actor: UUID | None) -> None:
    """Name the actor to row-level security for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('havre.actor', %s, true)", [str(actor) if actor else ""])


@contextmanager
def acting(actor: Actor, *, now: datetime | None = None, purpose: str = "", private_key: bytes | None = None) -> Iterator[Acting]:
    """Open a stay at the database as `actor`; joins a stay of the same actor that is already open.

    A stay of another actor inside it (the system checking something) hands its entries to the outer one.

    On success the buffered audit entries are appended and everything commits together. On failure everything is
    rolled back and only the denials are written.
    """
    from havre.infra import audit
    outer = _current.get()
    if outer is not None and outer.actor.id == actor.id:
        yield outer
        return
    stay = Acting(actor, now or datetime.now(UTC), purpose, private_key=private_key)
    token = _current.set(stay)
    try:
        with transaction.atomic():
            tell_database(actor.id)
            yield stay
            if outer is None:
                audit.append(stay.buffer)
            else:  # one append at the very end: the log's lock is never held while work goes on
                outer.buffer.extend(stay.buffer)
                tell_database(outer.actor.id)
    except BaseException:
        denials = [entry for entry in stay.buffer if entry.decision in {"denied", "refused"}]
        if denials:
            if outer is not None:
                outer.buffer.extend(denials)
            else:
                with transaction.atomic():
                    tell_database(actor.id)
                    audit.append(denials)
        raise
    finally:
        _current.reset(token)
