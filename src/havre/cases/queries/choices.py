"""Who can be chosen for a task, a case, a share or a sealed note?"""

from uuid import UUID

from django.db.models import Q

from havre.access.models import Agency, Bar, Team, User
from havre.cases.models import Case
from havre.cases.sealing import may_read
from havre.core.actor import Actor, Role

Rows = list[tuple[UUID, str]]
CARE = (Role.CASEWORKER, Role.SUPERVISOR)
ACROSS = (Role.TRACING_OFFICER, Role.FOCAL_POINT)


def colleagues(case: Case) -> Rows:
    """The people of the agency who can be responsible for a case or an action, those barred left out."""
    barred = Bar.objects.filter(file_id=case.file_id).values("user_id")
    rows = User.objects.filter(agency_id=case.agency_id, role__in=CARE, is_active=True).exclude(pk__in=barred)
    return list(rows.order_by("name").values_list("pk", "name"))


def sharable(actor: Actor, case: Case) -> Rows:
    """Whom a case can be shared with: people of the agency, tracing officers and focal points of all, teams, agencies."""
    barred = Bar.objects.filter(file_id=case.file_id).values("user_id")
    people = User.objects.filter(Q(agency_id=case.agency_id, role__in=(*CARE, *ACROSS)) | Q(role__in=ACROSS), is_active=True)
    rows = people.exclude(pk__in=barred).exclude(pk=actor.id).select_related("agency").order_by("name")
    named: Rows = [(u.pk, f"{u.name} ({u.agency.name})") for u in rows]
    named += [(t.pk, f"{t.name} ({t.agency.name})") for t in Team.objects.select_related("agency").order_by("name")]
    return named + [(a.pk, a.name) for a in Agency.objects.exclude(country="").order_by("name")]


def barrable(actor: Actor, case: Case) -> Rows:
    """Whom a supervisor may keep out: people of the agency, but not the one responsible."""
    rows = User.objects.filter(agency_id=case.agency_id, is_active=True).exclude(pk__in=(actor.id, case.owner_id))
    return list(rows.order_by("name").values_list("pk", "name"))


def note_readers(actor: Actor, case: Case) -> Rows:
    """Who may be given a sealed note: people with access to the file and a key."""
    rows = User.objects.filter(pk__in=may_read(case.file_id) - {actor.id}, public_key__isnull=False)
    return list(rows.order_by("name").values_list("pk", "name"))
