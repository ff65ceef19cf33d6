"""For how many children alone was a guardian asked for in time?"""



from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, tasks


def rows(look: Look) -> Rows:
    """Requests for a guardian by the day they were due."""
    return tasks.done_in_time(look, "guardian_request")


INDICATOR = Indicator(
    number=30, title=N_("Guardian asked for in time"),
    definition=N_("Requests for a guardian that fell due in the period and were made by then."),
    formula=N_("guardians asked for by the day due ÷ requests that fell due × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, dimensions=("risk",),
    sources=(*tasks.SOURCES, "policy.deadlines_hours.guardian"),
    caveats=(tasks.ENDED_OTHERWISE, N_("That a guardian was asked for does not mean that one was appointed.")))
