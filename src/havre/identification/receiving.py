"""Who receives a child met at first contact: which team, and which of its caseworkers?"""

from uuid import UUID

from django.db.models import Count, Q

from havre.access.decide import Relation
from havre.access.models import Grant, Membership, Team, User
from havre.core.actor import Actor, Role

_CARE = (Role.CASEWORKER.value, Role.SUPERVISOR.value)


def teams_for(country: str) -> list[Team]:
    """The teams of a country that take referrals and have someone to look after a child, by name."""
    staffed = Membership.objects.filter(user__is_active=True, user__role__in=_CARE).values("team_id")
    return list(Team.objects.filter(takes_referrals=True, agency__country=country, pk__in=staffed)
                .select_related("agency").order_by("name", "id"))


def worker_of(team: UUID) -> UUID | None:
    """The caseworker of a team who answers for the fewest files; None when it has none (its supervisors see it then).

    Whoever cannot sign in gets a child only when nobody of the team can.
    """
    found = list(User.objects.filter(memberships__team_id=team, is_active=True, role=Role.CASEWORKER.value).order_by("id"))
    workers = [user.pk for user in [u for u in found if u.has_usable_password()] or found]
    held = dict(Grant.objects.filter(principal__in=workers, relation=Relation.ASSIGNED.value)
                .filter(Q(expires_at__isnull=True)).values_list("principal").annotate(n=Count("id")))
    return min(workers, key=lambda worker: (held.get(worker, 0), worker), default=None)


def post_of(actor: Actor) -> str:
    """The name of the team in which someone works at the border, else of their agency."""
    team = Team.objects.filter(pk__in=actor.teams).order_by("name").first()
    if team is not None:
        return team.name
    return str(User.objects.select_related("agency").get(pk=actor.id).agency.name)
