"""How many reviews were done by the day they were due?"""



from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats, tasks


def rows(look: Look) -> Rows:
    """Reviews by the day they were due."""
    return tasks.done_in_time(look, "review")


INDICATOR = Indicator(
    number=7, title=N_("Reviewed in time"),
    definition=N_("Reviews of the risk and the plan that fell due in the period and were done by then."),
    formula=N_("reviews done by the day they were due ÷ reviews that fell due × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, dimensions=("risk",),
    sources=tasks.SOURCES, caveats=(tasks.ENDED_OTHERWISE, caveats.SMALL_NUMBERS))
