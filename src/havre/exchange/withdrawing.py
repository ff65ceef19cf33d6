"""How is an import undone? What nobody has touched since is withdrawn; the rest stays and is listed."""

from uuid import UUID

from havre.access import queries as access
from havre.access.decide import Relation
from havre.access.models import Grant
from havre.access.system import SYSTEM_ID
from havre.cases import tasks
from havre.cases.models import Case, Task
from havre.cases.rules import Status as CaseStatus
from havre.exchange.fields import CHILDREN
from havre.exchange.models import ImportBatch
from havre.infra.records import Edit
from havre.infra.unit import Unit
from havre.registration.index.writing import remove
from havre.registration.models import Person
from havre.tracing.models import TracingRequest
from havre.tracing.rules import TracingStatus


def changed_since(batch: ImportBatch) -> set[UUID]:
    """The files of a batch in which a person wrote something after the import."""
    return set(Edit.objects.filter(file_id__in=batch.made, order__gt=batch.last_edit).exclude(author=SYSTEM_ID)
               .values_list("file_id", flat=True))


def withdraw(unit: Unit, batch: ImportBatch) -> list[UUID]:
    """Withdraw the untouched files of a batch; return those kept, in the order of the rows.

    A file that is no longer in the scope of whoever undoes is kept: someone else answers for it now.
    """
    model = Case if batch.kind == CHILDREN else TracingRequest
    here = {record.file_id: record for record in access.scoped(model, unit.by).filter(file_id__in=batch.made)}
    touched = changed_since(batch)
    kept = [file for file in batch.made if file in touched or file not in here]
    for file in batch.made:
        if file not in kept:
            _withdraw(unit, here[file])
    return kept


def _withdraw(unit: Unit, record: Case | TracingRequest) -> None:
    """Mark it as entered in error, end its tasks, take its people out of the search, and leave it to the agency alone."""
    file = record.file_id
    if isinstance(record, Case):
        unit.change(record, status=CaseStatus.ENTERED_IN_ERROR.value)
    else:
        unit.change(record, status=TracingStatus.UNTRACEABLE.value, closed_at=unit.at, consent_share=False)
    for task in Task.objects.filter(file_id=file, done_at__isnull=True):
        tasks.end_task(unit, task)
    for person in Person.objects.filter(file_id=file).values_list("pk", flat=True):
        remove(person)
    unit.note("withdrawn_with_import", record)
    Grant.objects.filter(file_id=file).exclude(relation=Relation.AGENCY.value).delete()
