"""How much of what was planned is done?"""

from django.db.models import F, Q

from havre.cases.models import PlanAction
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Actions of approved plans by the day the plan was proposed, without those cancelled."""
    wanted = look.of_cases(PlanAction).filter(plan__state="approved").exclude(status="cancelled")
    return wanted.annotate(x_at=F("plan__proposed_at"), x_met=Q(status="completed"), x_part=F("concern"))


INDICATOR = Indicator(
    number=21, title=N_("Progress towards the goals"),
    definition=N_("Actions of plans proposed in the period and approved that are completed today, by the concern they answer."),
    formula=N_("actions completed ÷ actions not cancelled × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="protection_concern",
    sources=("cases.planaction.status", "cases.planaction.concern", "cases.plan.state"),
    caveats=(N_("Plans that were replaced by a newer one are not counted."),))
