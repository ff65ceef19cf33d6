"""Does a second person agree to a release, and may one be taken back?"""

from uuid import UUID

from havre.cases.tasks import finish_task
from havre.core.problems import Conflict, InputRefused
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.statistics import gates, permissions
from havre.statistics.models import Publication, Release, StoredSheet
from havre.statistics.releases.planning import DECIDE
from havre.statistics.releases.plans import plan_from
from havre.statistics.releases.preview import preview
from havre.statistics.releases.telling import APPROVED, MEND, NEWS, WITHDRAWN, tell
from havre.statistics.states import RELEASE, Status

WITHDRAWN_FOR = ("error", "risk", "replaced", "other")


@action(permissions.APPROVE)
def approve_release(unit: Unit, *, release: UUID) -> Release:
    """Agree to a plan of somebody else; the system measures it next, and its author is told. Raises GateRefused (G10, G41)."""
    record = unit.get(Release, release, lock=True)
    status = RELEASE.move(record.status, "approve")
    unit.check([gates.four_eyes(record.author_id, unit.by.id),
                gates.nobody_recognised(preview(plan_from(record.plan), unit.at.date()).facts)])
    unit.change(record, status=status, decided_by=unit.by.id, decided_at=unit.at)
    finish_task(unit, record.file_id, DECIDE)
    tell(unit, record, APPROVED, "release_approved")
    unit.note("release_approved", record)
    unit.defer("statistics.measure", release=record.pk)
    return record


@action(permissions.APPROVE)
def return_release(unit: Unit, *, release: UUID, reason: str) -> Release:
    """Send a plan back to its author with a reason. Raises InputRefused without one, GateRefused (G10)."""
    record = unit.get(Release, release, lock=True)
    status = RELEASE.move(record.status, "return")
    unit.check([gates.four_eyes(record.author_id, unit.by.id)])
    if not reason.strip():
        raise InputRefused({"reason": [N_("Write what should be different.")]})
    unit.change(record, status=status, decided_by=unit.by.id, decided_at=unit.at, reason=reason.strip())
    finish_task(unit, record.file_id, DECIDE)
    tell(unit, record, MEND, "release_returned")
    unit.note("release_returned", record)
    return record


@action(permissions.WITHDRAW)
def withdraw_release(unit: Unit, *, release: UUID, why: str) -> Release:
    """Take a release back, before or after its day, and tell its author. What it spent stays spent; the catalogue keeps its line and says why.

    Its sheet answers nothing new any more, so that the same tables can be measured again, at their price, as the next version.
    """
    if why not in WITHDRAWN_FOR:
        raise InputRefused({"why": [N_("Say why it is taken back.")]})
    record = unit.get(Release, release, lock=True)
    published = record.status == Status.PUBLISHED
    unit.change(record, status=RELEASE.move(record.status, "withdraw"), withdrawn_at=unit.at, withdrawn_for=why)
    if published:
        Publication.objects.filter(release=record.pk).update(withdrawn_at=unit.at, withdrawn_for=why)
    StoredSheet.objects.filter(spending__subject=record.pk).update(retired_at=unit.at)
    tell(unit, record, WITHDRAWN, "release_withdrawn", reason=why)
    unit.note("release_withdrawn", record, why=why)
    return record


@action(permissions.WORK_ON)
def read_decision(unit: Unit, *, release: UUID) -> Release:
    """Say that one has read what became of one's release: approved, or withdrawn. Raises Conflict when nothing is told, or more than reading is asked."""
    record = unit.get(Release, release)
    if unit.by.id != record.author_id or not any([finish_task(unit, record.file_id, kind) for kind in NEWS]):
        raise Conflict(state=record.status, action="read_decision")
    unit.note("release_decision_read", record)
    return record
