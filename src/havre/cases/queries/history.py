"""What happened on a file, who did it and when? The shown entries of the audit log are the timeline."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.access import queries as access
from havre.access.decide import Permission
from havre.cases import permissions
from havre.core.actor import Actor
from havre.infra.audit import AuditEntry


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened: a code with parameters (codes and numbers), and who did it in which role."""

    seq: int
    at: datetime
    code: str
    params: Mapping[str, Any]
    by: UUID
    name: str
    role: str
    refused: bool


def timeline(actor: Actor, file: UUID, *, permission: Permission = permissions.READ, limit: int = 20,
             before: int | None = None) -> list[TimelineEntry]:
    """The latest entries of a file, newest first; `before` is the number of the last one seen. Raises NothingHere."""
    access.require(actor, permission, file)
    return entries(file, limit=limit, before=before)


def entries(file: UUID, *, limit: int, before: int | None = None) -> list[TimelineEntry]:
    """The same for a caller that has asked for permission already."""
    rows = AuditEntry.objects.filter(files__contains=[file], shown=True)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[:limit])
    names = access.names_of({row.actor for row in found})
    return [_entry(row, names.get(row.actor, "")) for row in found]


def _entry(row: AuditEntry, name: str) -> TimelineEntry:
    body = json.loads(row.body)
    detail = dict(body["detail"])
    code = str(detail.pop("code", row.action)) if row.decision == "refused" else row.action
    return TimelineEntry(row.seq, row.at, code, detail, row.actor, name, body["role"], row.decision == "refused")
