"""How does the author of a plan hear what became of it? As a task of their own in the file of the release; codes only, no personal data."""

from datetime import timedelta
from typing import Final

from havre.cases.tasks import add_task, finish_task
from havre.infra.unit import Unit
from havre.statistics.models import Release

MEND: Final = "rewrite_release"  # it came back, or could not be measured: change it and hand it in again, or give it up
APPROVED: Final = "read_approval"
WITHDRAWN: Final = "read_withdrawal"
NEWS: Final = (APPROVED, WITHDRAWN)  # nothing is left to do but to read it
WITHIN: Final = timedelta(days=7)


def tell(unit: Unit, record: Release, kind: str, why: str, **params: str) -> None:
    """Give the author the task `kind`; what was told of this release before ends. `why` is a code, `params` are codes, ids and times."""
    heard(unit, record)
    add_task(unit, file=record.file_id, kind=kind, due_at=unit.at + WITHIN, owner=record.author_id, why=why,
             why_params=about(unit, record) | params, about=record.pk)


def about(unit: Unit, record: Release) -> dict[str, str]:
    """What a task about a release says of it: who did something, when, and who is counted; an id, a time, a code."""
    return {"by": str(unit.by.id), "since": unit.at.isoformat(), "population": record.population}


def heard(unit: Unit, record: Release) -> int:
    """End what the author was told of this release. Returns how many tasks ended."""
    return sum(finish_task(unit, record.file_id, kind) for kind in (MEND, *NEWS))
