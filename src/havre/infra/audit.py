"""Who did what, when, why: the audit log as a Merkle tree (RFC 6962), appended in the transaction of the effect.

Each entry's canonical bytes are a leaf. The last entry of every append carries the tree's frontier, so that the table
needs INSERT and SELECT only. Checkpoints are signed with the instance key; an exported log verifies offline.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models

from havre.core import merkle
from havre.infra.acting import Entry

LOCK = 0x4841_5652_4501  # one lock for the order of the log
ORIGIN = "havre/audit"


class AuditEntry(models.Model):
    """One leaf. `body` is the exact text that was hashed; the other columns repeat what is searched by."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(db_index=True)
    action = models.TextField()
    decision = models.TextField()
    files = ArrayField(models.UUIDField(), default=list)
    shown = models.BooleanField(default=False)
    body = models.TextField()
    frontier = models.BinaryField(null=True)

    class Meta:
        db_table = "infra_audit"
        indexes = [GinIndex(fields=["files"], name="audit_by_file")]


def body_of(seq: int, entry: Entry) -> str:
    """The canonical text of an entry at its place."""
    return merkle.canonical({
        "seq": seq, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"), "actor": str(entry.actor),
        "role": entry.role, "session": entry.session, "action": entry.action, "decision": entry.decision,
        "files": [str(f) for f in entry.files], "objects": list(entry.objects), "purpose": entry.purpose,
        "detail": _plain(entry.detail),
    }).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def append(entries: Sequence[Entry]) -> None:
    """Append entries in order, inside the current transaction, holding the log's lock until it ends."""
    if not entries:
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("select seq, frontier from infra_audit order by seq desc limit 1")
        last = cursor.fetchone()
        seq = last[0] + 1 if last else 0
        frontier = merkle.Frontier.from_bytes(bytes(last[1])) if last else merkle.Frontier()
        rows = []
        for entry in entries:
            body = body_of(seq, entry)
            frontier = frontier.append(body.encode())
            rows.append([seq, entry.at, entry.actor, entry.action, entry.decision, list(entry.files), entry.shown, body, None])
            seq += 1
        rows[-1][-1] = frontier.to_bytes()
        cursor.executemany(
            "insert into infra_audit (seq, at, actor, action, decision, files, shown, body, frontier)"
            " values (%s,%s,%s,%s,%s,%s::uuid[],%s,%s,%s)", rows)


def frontier() -> merkle.Frontier:
    """The tree's present state."""
    last = AuditEntry.objects.order_by("-seq").values_list("frontier", flat=True).first()
    return merkle.Frontier.from_bytes(bytes(last)) if last else merkle.Frontier()


def checkpoint(now: datetime) -> str:
    """A signed checkpoint of the log as it stands, in C2SP signed-note form."""
    from havre.infra.keys import ring
    tree = frontier()
    return merkle.sign_checkpoint(ring().signing, merkle.checkpoint(ORIGIN, tree.size, tree.root(), now))


def export_lines(now: datetime) -> Iterator[str]:
    """The whole log as lines: every body in order, then one line with the signed checkpoint and the public key."""
    from havre.infra.keys import ring
    yield from AuditEntry.objects.order_by("seq").values_list("body", flat=True).iterator(chunk_size=5000)
    yield json.dumps({"checkpoint": checkpoint(now), "public": ring().signing_public.hex()})
