"""Two people wrote different values of a case: which one is right? A person decides, and both stay on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.access.queries import names_of
from havre.cases import permissions, tasks
from havre.cases.given import UNKNOWN, Answers
from havre.cases.models import Case
from havre.core import edits
from havre.core.problems import Conflict
from havre.infra.acting import current
from havre.infra.actions import action
from havre.infra.fields import SealedField
from havre.infra.records import from_json, history
from havre.infra.unit import Unit


@dataclass(frozen=True, slots=True)
class Written:
    """One of the differing values: who wrote it and when."""

    edit: UUID
    value: Any
    name: str
    at: datetime


def written(case: Case, field: str) -> list[Written]:
    """The differing values of a field, newest first; reading sealed ones is audited. Raises Conflict when there is one."""
    found = edits.heads(history(case)).get(field, ())
    if len(found) < 2:
        raise Conflict(field=field)
    if isinstance(Case.editable()[field], SealedField):
        current().audit_read(case.record_kind(), [case.file_id], [f"{case.record_kind()}:{case.pk}"], [field])
    names = names_of({e.author for e in found})
    return [Written(e.id, e.values[field], names.get(e.author, ""), e.at) for e in found]


@action(permissions.REVIEW)
def settle_value(unit: Unit, *, case: UUID, field: str, chosen: UUID) -> Case:
    """Choose one of the values that two people wrote."""
    record = unit.get(Case, case, lock=True)
    answers = Answers()
    options = {w.edit: w.value for w in written(record, field)} if field in Case.editable() else {}
    if chosen not in options:
        answers.refuse("chosen", UNKNOWN)
    answers.done()
    unit.change(record, **{field: from_json(Case.editable()[field], options[chosen])})
    if not record.disputed:
        tasks.finish_task(unit, record.file_id, "values_disputed", about=record.pk)
    unit.note("value_chosen", record, field=field)
    return record
