"""What may an action do while it runs? A `Unit` reads in scope, checks gates, writes edits, notes and defers jobs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from havre.access import queries as access
from havre.access.decide import Permission
from havre.core import edits as core_edits
from havre.core import ids
from havre.core.actor import Actor
from havre.core.gates import GateResult, refusals
from havre.core.intent import Intent
from havre.core.problems import GateRefused, KeyErased, NothingHere
from havre.infra import jobs, keys, records, sealing
from havre.infra.acting import Acting
from havre.infra.fields import Sealed, SealedField
from havre.infra.records import Edit, Record

R = TypeVar("R", bound=Record)


class Unit:
    """One action in progress: who, when, and the only ways to write."""

    def __init__(self, intent: Intent, permission: Permission, stay: Acting) -> None:
        self.by: Actor = intent.by
        self.at: datetime = intent.at
        self.rid: UUID = intent.rid
        self.permission = permission
        self.stay = stay
        self.files: list[UUID] = []
        self.objects: list[str] = []
        self.detail: dict[str, Any] = {}
        self._deferred: list[tuple[str, dict[str, Any]]] = []

    # ---- reading ----

    def get(self, model: type[R], pk: UUID, *, lock: bool = False) -> R:
        """The record in scope, permission checked for this relation. Raises NothingHere, denial audited."""
        rows: models.QuerySet[Any] = access.scoped(model, self.by)
        if lock:
            rows = rows.select_for_update(of=("self",))
        record = rows.filter(pk=pk).first()
        if record is None:
            self.stay.audit(self.permission.code, decision="denied", objects=[f"{model._meta.label_lower}:{pk}"], at=self.at)
            raise NothingHere()
        self.require(record.file_id)
        return record  # type: ignore[no-any-return]

    def require(self, file: UUID, permission: Permission | None = None) -> None:
        """Check the action's (or another) permission against the actor's relation to a file. Raises NothingHere."""
        access.require(self.by, permission or self.permission, file)
        self.touch(file)

    def touch(self, file: UUID) -> None:
        """Count a file among those this action concerns."""
        if file not in self.files:
            self.files.append(file)

    def open(self, record: Record, *fields: str) -> dict[str, Any]:
        """Plain values of sealed fields; the reading is audited."""
        return sealing.open_record(record, *fields)

    # ---- safeguards ----

    def check(self, results: Sequence[GateResult], accepted: Mapping[str, str] | None = None) -> None:
        """Go on only when no gate blocks. `accepted` holds a supervisor's reasons by gate id. Raises GateRefused."""
        stopped = refusals(results, accepted or {})
        if stopped:
            raise GateRefused(results=tuple(results))
        self.detail["gates"] = sorted({r.id for r in results})
        if accepted:
            self.detail["accepted"] = sorted(accepted)

    # ---- writing ----

    def create(self, model: type[R], *, file: UUID, id: UUID | None = None, **values: Any) -> R:
        """Write a new record and its first edit. Column names are used (`child_id`, not `child`)."""
        record = model(id=id or ids.new_id(), file_id=file, created_at=self.at, created_by=self.by.id, updated_at=self.at,
                       heads=[], disputed=[])
        for name, value in values.items():
            field = record.editable()[name]
            if not isinstance(field, SealedField):
                setattr(record, name, value)
        key = self._key(record.subject_id())
        edit = self._edit(record, self._complete(record, values), bases=())
        projection = core_edits.project([records.as_core(edit)], record.PROTECTIVE)
        records.place(record, projection, key)
        record.save(force_insert=True)
        self.touch(file)
        self.objects.append(f"{record.record_kind()}:{record.pk}")
        return record

    def change(self, record: Record, seen: Iterable[UUID] | None = None, **values: Any) -> bool:
        """Write new values. `seen` are the heads the writer looked at; without them the present ones are meant.

        Values equal to the present ones are left out. Returns False when nothing was different. When someone else
        wrote since `seen`, both values stay and the field is disputed.
        """
        locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
        past = records.history(locked)
        before = core_edits.project(past, record.PROTECTIVE)
        fields = record.editable()
        fresh = {n: self._value(fields[n], v) for n, v in values.items()}
        held = set(seen) if seen is not None else set(locked.heads)
        different = {n: v for n, v in fresh.items() if n not in before.values or before.values[n] != v or n in before.disputed}
        if not different:
            return False
        edit = self._edit(locked, different, bases=sorted(held))
        after = core_edits.project([*past, records.as_core(edit)], record.PROTECTIVE)
        named = records.place(locked, after, keys.data_key(locked.subject_id()), changed=different)
        locked.updated_at = self.at
        columns = [f.name for f in locked._meta.concrete_fields if f.attname in named]
        locked.save(update_fields=[*columns, "heads", "disputed", "updated_at"])
        for name in (*named, "heads", "disputed", "updated_at"):
            setattr(record, name, getattr(locked, name))
        self.touch(record.file_id)
        self.objects.append(f"{record.record_kind()}:{record.pk}")
        newly = set(after.disputed) - set(before.disputed)
        if newly:
            self.note("values_disputed", record, fields=sorted(newly))
            jobs.announce(self, "values_disputed", record)
        return True

    def _key(self, subject: UUID) -> bytes:
        try:
            return keys.data_key(subject)
        except KeyErased:
            if keys.DataKey.objects.filter(subject=subject).exists():
                raise
            return keys.make_key(subject, self.at)

    def _complete(self, record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the first edit: those given, and the defaults of every other field."""
        out: dict[str, Any] = {}
        for name, field in record.editable().items():
            given = values.get(name) if isinstance(field, SealedField) else getattr(record, name)
            out[name] = self._value(field, given)
        return out

    @staticmethod
    def _value(field: models.Field[Any, Any], value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.blob.hex()
        if isinstance(field, SealedField | models.JSONField):
            return value
        return records.to_json(field, records.from_json(field, value))

    def _edit(self, record: Record, values: Mapping[str, Any], bases: Sequence[UUID]) -> Edit:
        fields = record.editable()
        secret = {n: v for n, v in values.items() if isinstance(fields[n], SealedField) and fields[n].tier == "B"}  # type: ignore[attr-defined]
        plain = {n: v for n, v in values.items() if n not in secret}
        edit = ids.edit_id(self.at, secrets.token_bytes(10))
        subject = record.subject_id()
        sealed = sealing.seal_blob("infra_edit", record.pk, record.record_kind(), edit, secret, subject) if secret else None
        row = Edit(id=edit, file_id=record.file_id, kind=record.record_kind(), record=record.pk, subject=subject, at=self.at,
                   received_at=self.stay.now, author=self.by.id, fields=sorted(values), plain=plain, sealed=sealed,
                   bases=list(bases))
        with connection.cursor() as cursor:
            cursor.execute("select nextval('infra_edit_order')")
            row.order = cursor.fetchone()[0]
        row.save(force_insert=True)
        return row

    # ---- telling ----

    def note(self, code: str, record: Record | None = None, *, file: UUID | None = None, **params: str | int | list[str]) -> None:
        """A line on the timeline of a file: a code and parameters that hold no personal datum."""
        place = file or (record.file_id if record is not None else None)
        if place is None:
            raise ValueError("a note belongs to a file")
        objects = [f"{record.record_kind()}:{record.pk}"] if record is not None else []
        self.stay.audit(code, files=[place], objects=objects, shown=True, at=self.at, detail=params)

    def defer(self, job: str, *, at: datetime | None = None, **arguments: UUID | str) -> None:
        """A job in the same transaction, once for the same arguments; they are ids and codes only."""
        wanted = (job, {"at": at, **{k: str(v) for k, v in arguments.items()}})
        if wanted not in self._deferred:
            self._deferred.append(wanted)

    def finish(self) -> None:
        """Send the jobs on their way (inside the transaction)."""
        for job, arguments in self._deferred:
            jobs.defer(job, **arguments)
