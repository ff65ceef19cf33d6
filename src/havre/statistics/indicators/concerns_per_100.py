"""Which dangers do the children live with?"""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, FloatField, Func, Q, TextField, Value, When

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """One row for each concern of a case (one without a concern for a case that has none); a case weighs one in all."""
    none = Value([""], ArrayField(TextField()))
    listed = Case(When(concerns=[], then=none), default=F("concerns"))
    every = look.cases().annotate(x_since=F("registered_at"), x_until=F("closed_at"), x_part=Func(listed, function="unnest", output_field=TextField()))
    one, no = Value(1.0, FloatField()), Value(0.0, FloatField())
    size = Func(listed, function="cardinality", output_field=FloatField())
    weight = Func(one, size, template="(%(expressions)s)", arg_joiner=" / ", output_field=FloatField())
    return every.annotate(x_weight=weight, x_amount=Case(When(Q(concerns=[]), then=no), default=one))


INDICATOR = Indicator(
    number=44, title=N_("Protection concerns per 100 children"),
    definition=N_("How many protection concerns are recorded for every hundred children with an open case."),
    formula=N_("concerns of open cases at the end of the period ÷ open cases × 100"),
    unit=Unit.PER_100, kind=Kind.RATE, shape=Shape.STOCK, rows=rows, part="protection_concern",
    sources=("cases.case.concerns", "cases.case.registered_at", "cases.case.closed_at"),
    caveats=(N_("A child with two concerns counts for both; concerns that were resolved stay recorded."), caveats.REOPENED))
