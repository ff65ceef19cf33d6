"""What is a protected row, and how is its history kept?

A `Record` belongs to one file (the unit of need-to-know). Its columns are a projection of append-only edits; each edit
names the edits it replaces. Two edits that replace the same one leave a disputed field, which a person resolves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.core import edits as core_edits
from havre.infra import sealing
from havre.infra.fields import SealedField


class Edit(models.Model):
    """One write on one record: plain values of tier A, one sealed blob for B, ciphertext as it is for C."""

    id = models.UUIDField(primary_key=True)
    order = models.BigIntegerField(db_default=models.expressions.RawSQL("nextval('infra_edit_order')", []))
    file_id = models.UUIDField()
    kind = models.TextField()
    record = models.UUIDField()
    subject = models.UUIDField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    author = models.UUIDField()
    fields = ArrayField(models.TextField())
    plain = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    bases = ArrayField(models.UUIDField(), default=list)

    class Meta:
        db_table = "infra_edit"
        indexes = [models.Index(fields=["record", "order"], name="edit_by_record")]


class Record(models.Model):
    """Base of every protected row. Subclasses list their plain columns in `TIER_A`; sealed columns carry their tier."""

    TIER_A: ClassVar[frozenset[str]] = frozenset()
    PROTECTIVE: ClassVar[Mapping[str, Any]] = {}
    BASE: ClassVar[frozenset[str]] = frozenset({"id", "file", "heads", "disputed", "created_at", "created_by", "updated_at"})

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey("access.File", on_delete=models.PROTECT, related_name="+")
    heads = ArrayField(models.UUIDField(), default=list)
    disputed = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True

    @classmethod
    def record_kind(cls) -> str:
        """The name of this kind of record in edits, audit entries and jobs, such as `registration.person`."""
        return cls._meta.label_lower

    def subject_id(self) -> UUID:
        """Whose data key seals this record: its file, unless a subclass says a person."""
        return self.file_id

    @classmethod
    def editable(cls) -> dict[str, models.Field[Any, Any]]:
        """The fields that edits may set, by name (foreign keys by their column name)."""
        return {f.attname: f for f in cls._meta.concrete_fields if f.name not in cls.BASE}


def to_json(field: models.Field[Any, Any], value: Any) -> Any:
    """A column value as it stands in an edit."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime) or hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(field, v) for v in value]
    if isinstance(value, dict):
        return value
    return str(value)


def from_json(field: models.Field[Any, Any], value: Any) -> Any:
    """The column value an edit's JSON stands for."""
    if value is None or isinstance(field, SealedField | models.JSONField):
        return value
    if isinstance(field, ArrayField):
        return [field.base_field.to_python(v) for v in value]
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return field.to_python(value)


def history(record: Record) -> list[core_edits.Edit]:
    """Every edit of a record with its values opened, oldest arrival first."""
    rows = Edit.objects.filter(record=record.pk).order_by("order")
    return [as_core(row) for row in rows]


def as_core(row: Edit) -> core_edits.Edit:
    """A stored edit as the pure edit it stands for."""
    values = dict(row.plain)
    if row.sealed is not None:
        values |= sealing.open_blob("infra_edit", row.record, row.kind, row.id, bytes(row.sealed), row.subject)
    return core_edits.Edit(row.id, row.record, row.at, row.author, values, frozenset(row.bases), row.order)


def place(record: Record, projection: core_edits.Projection, key: bytes, changed: Iterable[str] | None = None) -> list[str]:
    """Set the columns of `record` from a projection; return the names that were set."""
    fields = record.editable()
    record.heads = sorted(projection.heads)
    record.disputed = sorted(projection.disputed)
    named = set(changed) if changed is not None else set(fields)
    shown = projection.shown
    for name in named & set(fields):
        field = fields[name]
        value = projection.values.get(name)
        if isinstance(field, SealedField) and field.tier == "B":
            setattr(record, name, sealing.seal_value(record, name, shown[name], value, key) if name in shown else None)
        elif isinstance(field, SealedField):
            from havre.infra.fields import Sealed
            setattr(record, name, Sealed(bytes.fromhex(str(value))) if value else None)
        elif name in projection.values:
            setattr(record, name, from_json(field, value))
    return sorted(named)
