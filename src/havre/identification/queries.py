"""What was sent to me and my team from first contact? Every reading of answers is in the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.access import queries as access
from havre.access.models import File
from havre.core.actor import Actor
from havre.core.problems import NothingHere
from havre.identification import permissions
from havre.identification.models import Screening
from havre.identification.states import Status
from havre.infra.acting import current
from havre.infra.sealing import open_record


@dataclass(frozen=True, slots=True)
class Opened:
    """One first contact with what was said and seen."""

    record: Screening
    code: str
    answers: Mapping[str, Any]
    observations: tuple[str, ...]
    note: str


def waiting(actor: Actor, *, all_of_them: bool = False) -> list[Screening]:
    """The first contacts sent to this person or their teams, the longest waiting first; no sealed value is read.

    Those that nobody must look at any more (registered, or nothing worrying) only with `all_of_them`.
    """
    if not access.may(actor, permissions.LIST):
        raise NothingHere()
    rows = access.scoped(Screening, actor).select_related("file")
    if not all_of_them:
        rows = rows.filter(status__in=[Status.REFERRED, Status.ACKNOWLEDGED])
    return list(rows.order_by("screened_at", "id"))


def find(actor: Actor, code: str) -> Screening:
    """The first contact of a file code, in scope and permitted. Raises NothingHere, denial audited."""
    file: UUID | None = access.scoped(File, actor).filter(code=code, kind="screening").values_list("pk", flat=True).first()
    record = access.scoped(Screening, actor).filter(file_id=file).select_related("file").first() if file else None
    if record is None:
        current().audit(permissions.READ.code, decision="denied")
        raise NothingHere()
    access.require(actor, permissions.READ, record.file_id)
    return record  # type: ignore[no-any-return]


def opened(actor: Actor, code: str) -> Opened:
    """One first contact with its answers; the reading is audited. Raises NothingHere."""
    record = find(actor, code)
    values = open_record(record, "answers", "observations", "note")
    return Opened(record, record.file.code, values["answers"] or {}, tuple(values["observations"] or ()), values["note"] or "")
