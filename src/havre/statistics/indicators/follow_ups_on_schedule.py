"""How many visits came by the day they were due?"""



from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, tasks


def rows(look: Look) -> Rows:
    """Follow-up visits by the day they were due."""
    return tasks.done_in_time(look, "follow_up_visit")


INDICATOR = Indicator(
    number=9, title=N_("Follow-up on schedule"),
    definition=N_("Follow-up visits that fell due in the period and were made by then."),
    formula=N_("visits made by the day they were due ÷ visits that fell due × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, dimensions=("risk",),
    sources=tasks.SOURCES, caveats=(tasks.ENDED_OTHERWISE, N_("A try that did not reach the child counts as made.")))
