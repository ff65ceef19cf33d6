"""How many caseworkers does one supervisor support?"""

from datetime import UTC, datetime

from django.db.models import Case, DateTimeField, FloatField, Q, Value, When

from havre.access.models import Membership, User
from havre.core.actor import Role
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def rows(look: Look) -> Rows:
    """Active caseworkers and supervisors of one's own agency; for others than its manager, of the teams supervised."""
    people = User.objects.filter(is_active=True, agency_id=look.actor.agency, role__in=(Role.CASEWORKER, Role.SUPERVISOR))
    if look.actor.role is not Role.MANAGER:
        people = people.filter(pk__in=Membership.objects.filter(team__in=look.actor.supervises).values("user"))
    one, none = Value(1.0, FloatField()), Value(0.0, FloatField())
    supervisor = Q(role=Role.SUPERVISOR)
    return people.annotate(x_since=Value(_ALWAYS, DateTimeField()), x_weight=Case(When(supervisor, then=one), default=none),
                           x_amount=Case(When(supervisor, then=none), default=one))


INDICATOR = Indicator(
    number=3, title=N_("Caseworkers per supervisor"),
    definition=N_("How many active caseworkers there are for one active supervisor."),
    formula=N_("active caseworkers ÷ active supervisors"),
    unit=Unit.WORKERS_EACH, kind=Kind.MEAN, shape=Shape.STOCK, rows=rows, dimensions=(),
    sources=("access.user.role", "access.user.is_active", "access.membership.team"),
    caveats=(N_("Known for today only: earlier periods show the workers of today."),))
