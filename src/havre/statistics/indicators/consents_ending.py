"""Whose agreement ends soon?"""

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value

from havre.core.words import N_
from havre.registration.models import Consent
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit

SOON = timedelta(days=30)


def rows(look: Look) -> Rows:
    """Agreements given, from thirty days before their end until the end."""
    since = ExpressionWrapper(F("expires_at") - Value(SOON, DurationField()), output_field=DateTimeField())
    given = look.all(Consent).filter(event="given", expires_at__isnull=False)
    return given.annotate(x_since=since, x_until=F("expires_at"), x_part=F("given_by"))


INDICATOR = Indicator(
    number=59, title=N_("Agreements that end soon"),
    definition=N_("Agreements that are in force at the end of the period and end within 30 days after it."),
    formula=N_("agreements given whose last day lies within 30 days after the end of the period"),
    unit=Unit.CONSENTS, kind=Kind.COUNT, shape=Shape.STOCK, rows=rows, part="consent_giver", dimensions=(),
    sources=("registration.consent.expires_at", "registration.consent.event"),
    caveats=(N_("An agreement that was withdrawn or renewed meanwhile still counts until its last day."),))
