"""Opening, assigning, sharing and barring files, inside the actions that need it."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from havre.access.decide import Relation
from havre.access.models import Bar, File, Grant
from havre.core import ids
from havre.infra.unit import Unit


def open_file(unit: Unit, kind: str, *, agency: UUID, team: UUID | None, id: UUID | None = None, code: str = "") -> File:
    """A new file, open to the person who makes it until `settle` gives it to those responsible."""
    file = _saved(File(id=id or ids.new_id(), kind=kind, code=code, agency_id=agency, team_id=team, opened_at=unit.at))
    grant(unit, file.id, unit.by.id, Relation.OPENED)
    unit.touch(file.id)
    return file


def _saved(file: File) -> File:
    """Save a new file; without a given code, draw another when somebody's file has it already (it may be out of sight)."""
    if file.code:
        file.save(force_insert=True)
        return file
    for left in reversed(range(8)):
        file.code = ids.new_code(secrets.token_bytes(16))
        try:
            with transaction.atomic():
                file.save(force_insert=True)
            return file
        except IntegrityError as clash:
            if not left or "code" not in str(clash):
                raise
    raise AssertionError("unreachable")


def settle(unit: Unit, file: File, *, owner: UUID | None) -> None:
    """Give the file to its owner, its team's supervisors and its agency; who opened it keeps nothing by that."""
    if owner is not None:
        grant(unit, file.id, owner, Relation.ASSIGNED)
    if file.team_id is not None:
        grant(unit, file.id, file.team_id, Relation.TEAM)
    grant(unit, file.id, file.agency_id, Relation.AGENCY)
    Grant.objects.filter(file=file, principal=unit.by.id, relation=Relation.OPENED).delete()


def grant(unit: Unit, file: UUID, principal: UUID, relation: Relation, *, purpose: str = "", expires_at: datetime | None = None) -> None:
    """Let a principal open a file; the same grant again renews it."""
    Grant.objects.update_or_create(
        file_id=file, principal=principal, relation=relation.value,
        defaults={"purpose": purpose, "granted_by": unit.by.id, "granted_at": unit.at, "expires_at": expires_at},
        create_defaults={"id": ids.new_id(), "purpose": purpose, "granted_by": unit.by.id, "granted_at": unit.at,
                         "expires_at": expires_at})


def bar(unit: Unit, file: UUID, user: UUID, reason: str) -> None:
    """Keep a person out of a file: a conflict of interest."""
    Bar.objects.get_or_create(file_id=file, user_id=user, defaults={
        "id": ids.new_id(), "reason": reason, "barred_by": unit.by.id, "barred_at": unit.at})
