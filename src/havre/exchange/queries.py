"""What imports and exports are there, and what does one of them say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.access import queries as access
from havre.access.models import File
from havre.core.actor import Actor
from havre.core.problems import KeyErased, NothingHere
from havre.exchange import fields, permissions, progress
from havre.exchange.models import ExportBatch, ImportBatch, ImportUpload
from havre.exchange.progress import Progress
from havre.exchange.tables import read_table
from havre.infra.acting import current
from havre.infra.sealing import open_many, open_record


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import with what was typed and what came of it. `samples`: heading -> the first cells, while the file is there."""

    batch: ImportBatch
    code: str
    name: str
    headers: Sequence[str]
    mapping: Mapping[str, str]
    legal_reason: str
    issues: Sequence[Mapping[str, Any]]
    flagged: Mapping[int, Sequence[Mapping[str, str]]]
    samples: Mapping[str, Sequence[str]]
    progress: Progress | None


def imports(actor: Actor, limit: int = 30) -> list[ImportBatch]:
    """The latest imports in scope, newest first."""
    access.require(actor, permissions.IMPORT)
    return list(access.scoped(ImportBatch, actor).select_related("file").order_by("-created_at")[:limit])


def exports(actor: Actor, limit: int = 30) -> list[ExportBatch]:
    """The latest exports in scope, newest first."""
    access.require(actor, permissions.EXPORT)
    return list(access.scoped(ExportBatch, actor).select_related("file").order_by("-created_at")[:limit])


def import_by_code(actor: Actor, code: str) -> ImportBatch:
    """The import of a file code, in scope and permitted. Raises NothingHere."""
    record: ImportBatch | None = access.scoped(ImportBatch, actor).filter(file__code=code).select_related("file").first()
    if record is None:
        current().audit(permissions.IMPORT_OWN.code, decision="denied")
        raise NothingHere()
    access.require(actor, permissions.IMPORT_OWN, record.file_id)
    return record


def import_view(actor: Actor, code: str, *, samples: int = 3) -> ImportView:
    """One import with its mapping and report; the reading is audited. Raises NothingHere."""
    batch = import_by_code(actor, code)
    values = open_record(batch, "name", "headers", "mapping", "legal_reason", "report")
    report = values["report"] or {}
    return ImportView(batch, batch.file.code, values["name"] or "", values["headers"] or (), values["mapping"] or {},
                      values["legal_reason"] or "", report.get("issues", ()),
                      {int(row): hits for row, hits in report.get("flagged", {}).items()}, _samples(batch, samples),
                      progress.ask(batch.pk))


def _samples(batch: ImportBatch, many: int) -> dict[str, list[str]]:
    import base64
    upload = ImportUpload.objects.filter(batch_id=batch.pk).first()
    if upload is None or not many:
        return {}
    try:
        table = read_table(base64.b64decode(open_record(upload, "content")["content"]))
    except KeyErased:
        return {}
    return {header: [cell for cell in table.column(header) if cell][:many] for header in table.headers}


def guessed(actor: Actor, kind: str, headers: Sequence[str]) -> dict[str, str]:
    """Heading -> field: as chosen in earlier imports in scope, then by the names of the headings."""
    earlier = list(access.scoped(ImportBatch, actor).filter(kind=kind).exclude(mapping=None).order_by("created_at"))[-10:]
    remembered: dict[str, str] = {}
    for values in open_many(earlier, "mapping"):
        remembered |= values["mapping"] or {}
    return fields.guess(kind, headers, remembered)


def export_by_code(actor: Actor, code: str) -> ExportBatch:
    """The export of a file code, for whoever made it. Raises NothingHere."""
    record: ExportBatch | None = access.scoped(ExportBatch, actor).filter(file__code=code).select_related("file").first()
    if record is None:
        current().audit(permissions.FETCH.code, decision="denied")
        raise NothingHere()
    access.require(actor, permissions.FETCH, record.file_id)
    return record


def codes_of(actor: Actor, files: Sequence[UUID]) -> list[str]:
    """The codes of files in scope, in the given order; others are left out."""
    known = dict(access.scoped(File, actor).filter(pk__in=list(files)).values_list("pk", "code"))
    return [known[file] for file in files if file in known]
