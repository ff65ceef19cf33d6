"""How many children were registered as unaccompanied or separated?"""

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import DIMENSIONS, UASC, Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Children alone or with other relatives, by the day of registration."""
    return look.cases().filter(uasc_status__in=UASC).annotate(x_at=F("registered_at"), x_part=F("uasc_status"))


INDICATOR = Indicator(
    number=22, title=N_("Children registered as unaccompanied or separated"),
    definition=N_("Children registered in the period who are unaccompanied, separated or orphans."),
    formula=N_("cases registered in the period with one of these three statuses"),
    unit=Unit.CHILDREN, kind=Kind.COUNT, shape=Shape.EVENT, rows=rows, part="uasc_status",
    list="status=counted&beside=alone&registered={first}_{last}",
    dimensions=tuple(d for d in DIMENSIONS if d != "status"),
    sources=("cases.case.uasc_status", "cases.case.registered_at"),
    caveats=(caveats.MORE_WORKERS, N_("The status is the one recorded now.")))
