"""How many caseworkers have no more cases than they can work on?"""

from havre.core.words import N_
from havre.statistics.counting import PART, Indicator, Kind, Shape, Unit
from havre.statistics.indicators.caseload_per_caseworker import INDICATOR as PER_WORKER
from havre.statistics.indicators.caseload_per_caseworker import rows

INDICATOR = Indicator(
    number=2, title=N_("Caseloads within the limit"),
    definition=N_("Workers whose open cases are not more than the limit of the country policy."),
    formula=N_("workers with at most the limit of open cases ÷ workers with an open case × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.STOCK, rows=rows, per="x_owner", within="caseload_limit", part="caseload_band",
    dimensions=(PART,), sources=(*PER_WORKER.sources, "policy.caseload_limit"),
    caveats=(*PER_WORKER.caveats, N_("Each case counts the same, whatever its risk.")))
