"""How does a plan come about? Written by an analyst, looked at before any data, and handed to a second person."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from havre.access.decide import Relation
from havre.access.files import grant, open_file, settle
from havre.access.models import User
from havre.cases.tasks import add_task
from havre.core.actor import Role
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.statistics import gates, permissions
from havre.statistics.models import Release
from havre.statistics.releases.plans import ReleasePlan, plan_from
from havre.statistics.releases.preview import preview
from havre.statistics.releases.telling import about, heard
from havre.statistics.states import RELEASE

APPROVER_DAYS = 400
ANSWER_WITHIN = timedelta(days=7)
DECIDE = "approve_release"


@action(permissions.PLAN)
def plan_release(unit: Unit, *, plan: ReleasePlan) -> Release:
    """Write a new plan. Nothing is counted."""
    file = open_file(unit, "release", agency=unit.by.agency, team=None)
    record = unit.create(Release, file=file.pk, author_id=unit.by.id, **_columns(plan))
    unit.note("release_planned", record)
    settle(unit, file, owner=unit.by.id)
    return record


@action(permissions.WORK_ON)
def rewrite_release(unit: Unit, *, release: UUID, plan: ReleasePlan) -> Release:
    """Write a plan anew, before it is handed in or after it came back. Raises Conflict."""
    record = unit.get(Release, release, lock=True)
    unit.change(record, status=RELEASE.move(record.status, "rewrite"), trouble="", **_columns(plan))
    unit.note("release_planned", record)
    return record


@action(permissions.WORK_ON)
def submit_release(unit: Unit, *, release: UUID) -> Release:
    """Hand a plan to those who may approve it: the managers of the agency and the focal points of the country, as a task. Raises GateRefused (G41)."""
    record = unit.get(Release, release, lock=True)
    status = RELEASE.move(record.status, "submit")
    unit.check([gates.nobody_recognised(preview(plan_from(record.plan), unit.at.date()).facts)])
    unit.change(record, status=status, submitted_at=unit.at, decided_by=None, decided_at=None)
    heard(unit, record)
    deciders = [record.file.agency_id]
    for user in User.objects.filter(role=Role.FOCAL_POINT.value, agency__country=record.country, is_active=True):
        grant(unit, record.file_id, user.pk, Relation.SHARED, purpose="statistics", expires_at=unit.at + timedelta(days=APPROVER_DAYS))
        deciders.append(user.pk)
    for decider in deciders:
        add_task(unit, file=record.file_id, kind=DECIDE, due_at=unit.at + ANSWER_WITHIN, owner=decider, why="release_handed_in",
                 why_params=about(unit, record), about=record.pk)
    unit.note("release_submitted", record)
    return record


@action(permissions.WORK_ON)
def discard_release(unit: Unit, *, release: UUID) -> Release:
    """Give up a plan that was not approved."""
    record = unit.get(Release, release, lock=True)
    unit.change(record, status=RELEASE.move(record.status, "discard"))
    heard(unit, record)
    unit.note("release_discarded", record)
    return record


def _columns(plan: ReleasePlan) -> dict[str, Any]:
    return {"population": plan.population, "country": plan.country, "first_month": plan.period.first, "last_month": plan.period.last,
            "line": plan.line, "plan": plan.as_json()}
