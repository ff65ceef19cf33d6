"""How are values sealed into a record, and opened with the reading recorded?

A sealed column holds `edit id (16 bytes) | sealed value`; the edit id is part of the AAD and must be among the
record's heads, so that neither another record's nor an older value of the same field can be put in its place.
"""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from havre.core import crypto
from havre.infra.acting import current
from havre.infra.fields import Sealed, SealedField
from havre.infra.keys import data_key, data_keys

if TYPE_CHECKING:
    from havre.infra.records import Record


def _bind(record: "Record", field: str, edit: UUID) -> bytes:
    return crypto.aad(record._meta.db_table, record.pk, field, edit.int)


def seal_value(record: "Record", field: str, edit: UUID, value: Any, key: bytes) -> Sealed | None:
    """`value` sealed for this place in this record by this edit; None stays None."""
    if value is None:
        return None
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Sealed(edit.bytes + crypto.seal(key, text, aad=_bind(record, field, edit)))


def open_value(record: "Record", field: str, key: bytes) -> Any:
    """The plain value of a sealed column. Raises crypto.Tampered when it does not belong there."""
    sealed = getattr(record, field)
    if sealed is None:
        return None
    edit = UUID(bytes=sealed.blob[:16])
    if edit not in record.heads:
        raise crypto.Tampered("a value that is no longer current stands in a record")
    return json.loads(crypto.unseal(key, sealed.blob[16:], aad=_bind(record, field, edit)))


def open_many(records: Sequence["Record"], *fields: str, audited: bool = True) -> list[dict[str, Any]]:
    """Plain values of `fields` for each record, in order, one query for the keys, one audit entry for the reading.

    Raises KeyErased when a subject was erased. `audited=False` is for the rebuild check and the index writer only.
    """
    if not records:
        return []
    keys = data_keys({r.subject_id() for r in records})
    opened = [{f: open_value(r, f, keys[r.subject_id()]) for f in fields} for r in records]
    if audited:
        current().audit_read(records[0].record_kind(), [r.file_id for r in records], [f"{r.record_kind()}:{r.pk}" for r in records], fields)
    return opened


def open_record(record: "Record", *fields: str) -> dict[str, Any]:
    """Plain values of `fields` (all sealed tier B fields when none is named) of one record; the reading is audited."""
    return open_many([record], *(fields or sealed_names(type(record))))[0]


def sealed_names(model: type["Record"]) -> tuple[str, ...]:
    """The names of a model's sealed tier B fields, in order."""
    return tuple(f.name for f in model._meta.get_fields() if isinstance(f, SealedField) and f.tier == "B")


def seal_blob(table: str, record: UUID, place: str, edit: UUID, value: Any, subject: UUID) -> bytes:
    """A JSON value sealed under a subject's key, bound to table, record, place and edit."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return crypto.seal(data_key(subject), text, aad=crypto.aad(table, record, place, edit.int))


def open_blob(table: str, record: UUID, place: str, edit: UUID, blob: bytes, subject: UUID) -> Any:
    """The value sealed by `seal_blob`."""
    return json.loads(crypto.unseal(data_key(subject), bytes(blob), aad=crypto.aad(table, record, place, edit.int)))


def subjects_of(records: Iterable["Record"]) -> set[UUID]:
    """The subjects whose keys seal these records."""
    return {r.subject_id() for r in records}
