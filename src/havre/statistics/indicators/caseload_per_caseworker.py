"""How many cases does one caseworker have?"""

from django.db.models import F, TextField
from django.db.models.functions import Cast

from havre.core.words import N_
from havre.statistics.counting import PART, Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Open cases with the worker responsible."""
    return look.cases().annotate(x_since=F("registered_at"), x_until=F("closed_at"), x_owner=Cast("owner_id", TextField()))


INDICATOR = Indicator(
    number=2, title=N_("Cases per caseworker"),
    definition=N_("How many open cases a worker who has any is responsible for, on average."),
    formula=N_("open cases at the end of the period ÷ workers responsible for at least one of them"),
    unit=Unit.CASES_EACH, kind=Kind.MEAN, shape=Shape.STOCK, rows=rows, per="x_owner", part="caseload_band", dimensions=(PART,),
    sources=("cases.case.owner_id", "cases.case.registered_at", "cases.case.closed_at"),
    caveats=(N_("Workers without an open case do not count."), N_("A case counts for the worker who has it now, in earlier periods too.")))
