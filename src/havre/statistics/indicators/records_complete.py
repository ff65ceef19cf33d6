"""How complete are the fields that every record of a child should have?"""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, F, Func, Q, TextField, Value, When

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit

FIELDS = {"sex": ~Q(child__sex="unknown"), "age": Q(child__age_min__isnull=False) | Q(child__age_max__isnull=False),
          "uasc_status": ~Q(uasc_status="undetermined"), "population_group": ~Q(population_group=""),
          "identification_source": ~Q(identification_source=""), "legal_basis": ~Q(legal_basis=""),
          "identified_at": Q(identified_at__isnull=False)}


def rows(look: Look) -> Rows:
    """One row for each field of each child registered; met when it is known."""
    known = [Case(When(so, then=Value(True)), default=Value(False)) for so in FIELDS.values()]
    each = Func(*known, template="unnest(array[%(expressions)s])", output_field=BooleanField())
    named = Func(Value(list(FIELDS), ArrayField(TextField())), template="unnest(%(expressions)s::text[])", output_field=TextField())
    return look.cases().annotate(x_at=F("registered_at"), x_part=named, x_met=each)


INDICATOR = Indicator(
    number=59, title=N_("Fields that are known"),
    definition=N_("Of seven fields that every child’s record should have, how many are known, for children registered in the period."),
    formula=N_("fields known ÷ (children registered × 7) × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="completeness_field", dimensions=("team", "status"),
    sources=("registration.person.sex", "registration.person.age_min", "cases.case.uasc_status", "cases.case.population_group",
             "cases.case.identification_source", "cases.case.legal_basis", "cases.case.identified_at"),
    caveats=(N_("Whether what is written is right cannot be seen here."), N_("Unknown is a normal answer: a child may not know or not want to say.")))
