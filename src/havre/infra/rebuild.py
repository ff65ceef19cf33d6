"""Do the typed columns say what the edit log says? The nightly check, and the repair tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from havre.access.system import system_actor
from havre.core import edits as core_edits
from havre.core.problems import KeyErased
from havre.infra import keys, records, sealing
from havre.infra.acting import acting
from havre.infra.fields import SealedField
from havre.infra.records import Edit, Record
from havre.infra.rls import record_models

STEP = 500


@dataclass(slots=True)
class Rebuilt:
    """Counts: records read, records that differed from their edits, records whose key was erased."""

    records: int = 0
    different: int = 0
    erased: int = 0


def rebuild(*, write: bool, say: Callable[[str], None] = lambda _: None) -> Rebuilt:
    """Go through every record of every kind; with `write`, put right those that differ."""
    total = Rebuilt()
    for model in record_models():
        count = 0
        last: Any = None
        while True:
            with acting(system_actor()), transaction.atomic():
                rows = model._default_manager.order_by("pk")
                batch = list((rows.filter(pk__gt=last) if last else rows)[:STEP])
                if not batch:
                    break
                _check(batch, total, write)
                last = batch[-1].pk
                count += len(batch)
        if count:
            say(f"{model.record_kind()}: {count}")
    connections["default"].close()
    return total


def _check(batch: list[Any], total: Rebuilt, write: bool) -> None:
    edits: dict[Any, list[Edit]] = {}
    for row in Edit.objects.filter(record__in=[r.pk for r in batch]).order_by("order"):
        edits.setdefault(row.record, []).append(row)
    alive = set(keys.DataKey.objects.filter(subject__in={r.subject_id() for r in batch}, wrapped__isnull=False)
                .values_list("subject", flat=True))
    keys.data_keys(alive)
    for record in batch:
        total.records += 1
        if record.subject_id() not in alive:
            total.erased += 1
            continue
        projection = core_edits.project([records.as_core(e) for e in edits.get(record.pk, [])], record.PROTECTIVE)
        if differs(record, projection):
            total.different += 1
            if write:
                records.place(record, projection, keys.data_key(record.subject_id()))
                record.save()


def differs(record: Record, projection: core_edits.Projection) -> bool:
    """Whether any column of a record is not what its edits say."""
    if set(record.heads) != set(projection.heads) or set(record.disputed) != set(projection.disputed):
        return True
    key = keys.data_key(record.subject_id())
    for name, field in record.editable().items():
        wanted = projection.values.get(name)
        if isinstance(field, SealedField) and field.tier == "B":
            try:
                held = sealing.open_value(record, name, key)
            except (ValueError, KeyErased):
                return True
            if held != wanted:
                return True
        elif isinstance(field, SealedField):
            sealed = getattr(record, name)
            if (sealed.blob.hex() if sealed else None) != wanted:
                return True
        elif getattr(record, name) != records.from_json(field, wanted):
            return True
    return False
