"""Reads in scope: what may this actor see, and how do they stand to a file?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from havre.access.decide import Permission, Relation, decide
from havre.access.models import Bar, File, Grant, Membership, User
from havre.access.scope import SEES_ALL, principals
from havre.core.actor import Actor, Role
from havre.core.problems import NothingHere
from havre.infra.acting import current_or_none


def actor_of(user: User, session: str = "") -> Actor:
    """The actor a signed-in person is."""
    rows = list(Membership.objects.filter(user=user).values_list("team_id", "supervises"))
    return Actor(id=user.id, role=Role(user.role), agency=user.agency_id, country=user.agency.country,
                 teams=frozenset(t for t, _ in rows), supervises=frozenset(t for t, s in rows if s), session=session)


def _live(actor: Actor) -> models.QuerySet[Grant]:
    now = timezone.now()
    return Grant.objects.filter(principal__in=list(principals(actor))).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))


def scoped(model: type[models.Model], actor: Actor) -> models.QuerySet[Any]:
    """The rows of a Record model (or of File) that the actor may know of. The scope table as a filter."""
    rows = model._default_manager.all()
    if actor.role in SEES_ALL:
        return rows
    own = "pk" if model is File else "file_id"
    barred = Bar.objects.filter(user_id=actor.id).values("file_id")
    return rows.filter(**{f"{own}__in": _live(actor).values("file_id")}).exclude(**{f"{own}__in": barred})


def relations(actor: Actor, file: UUID) -> frozenset[Relation]:
    """How the actor stands to a file, from the live grants."""
    return frozenset(Relation(r) for r in _live(actor).filter(file_id=file).values_list("relation", flat=True))


def may(actor: Actor, permission: Permission, file: UUID | None = None) -> bool:
    """Whether `decide` allows it; asks, never raises, audits nothing."""
    if file is None:
        return decide(actor, permission, None).allowed
    barred = Bar.objects.filter(file_id=file, user_id=actor.id).exists()
    return decide(actor, permission, relations(actor, file), barred=barred).allowed


def require(actor: Actor, permission: Permission, file: UUID | None = None) -> None:
    """Raise NothingHere when `decide` refuses; the denial is audited in the current stay."""
    if may(actor, permission, file):
        return
    stay = current_or_none()
    if stay is not None:
        stay.audit(permission.code, decision="denied", files=[file] if file else [])
    raise NothingHere()


def names_of(ids: set[UUID]) -> dict[UUID, str]:
    """The working names of people, for timelines; unknown ids are left out."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
