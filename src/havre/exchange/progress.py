"""How far is a long import? Shown while its one transaction still runs.

Nothing of an import may be visible before it is complete, so its progress cannot stand in a table. It stands in the name
of the database session, which others may read at once and which ends with the session.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

_MARK = "havre-import"


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows done, of how many."""

    done: int
    of: int


def tell(batch: UUID, done: int, of: int) -> None:
    """Say how far this session is with a batch."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('application_name', %s, true)", [f"{_MARK}:{batch.hex}:{done}/{of}"])


def ask(batch: UUID) -> Progress | None:
    """How far any session is with a batch; None when none works on it now."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")
        cursor.execute("select application_name from pg_stat_activity where application_name like %s", [f"{_MARK}:{batch.hex}:%"])
        found = cursor.fetchone()
    if found is None:
        return None
    done, _, of = found[0].rpartition(":")[2].partition("/")
    return Progress(int(done), int(of))
