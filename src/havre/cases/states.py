"""Which steps lead a case from one stage to the next? (domain b2)"""

from typing import Final

from havre.core.workflow import Transition, Workflow

_ASSESS = ("G05", "G06", "G08", "G33")
_PROPOSE = ("G06", "G07", "G09")
_APPROVE = ("G06", "G07", "G09", "G10")
_CLOSE = ("G06", "G35", "G36", "G37", "G38", "G40")


def _closing(*stages: str) -> tuple[Transition, ...]:
    return tuple(Transition(s, "request_closure", "closure_requested", _CLOSE) for s in stages)


STAGES: Final = Workflow("case", "identified", (
    Transition("identified", "open_case", "registered", ("G01", "G02", "G03", "G04", "G34")),
    Transition("registered", "record_assessment", "assessed", _ASSESS),
    Transition("reopened", "record_assessment", "assessed", _ASSESS),
    Transition("assessed", "record_assessment", "assessed", _ASSESS),
    Transition("assessed", "propose_plan", "assessed", _PROPOSE),
    Transition("assessed", "approve_plan", "plan_agreed", _APPROVE),
    Transition("assessed", "return_plan", "assessed", ("G10",)),
    Transition("plan_agreed", "record_follow_up", "implementing"),
    Transition("plan_agreed", "record_assessment", "follow_up_review", _ASSESS),
    Transition("implementing", "record_follow_up", "implementing"),
    Transition("implementing", "review_risk", "follow_up_review", ("G08",)),
    Transition("implementing", "record_assessment", "follow_up_review", _ASSESS),
    Transition("follow_up_review", "record_follow_up", "implementing"),
    Transition("follow_up_review", "review_risk", "follow_up_review", ("G08",)),
    Transition("follow_up_review", "record_assessment", "follow_up_review", _ASSESS),
    Transition("follow_up_review", "propose_plan", "follow_up_review", _PROPOSE),
    Transition("follow_up_review", "approve_plan", "plan_agreed", _APPROVE),
    Transition("follow_up_review", "return_plan", "follow_up_review", ("G10",)),
    Transition("implementing", "propose_plan", "implementing", _PROPOSE),
    Transition("implementing", "approve_plan", "implementing", _APPROVE),
    Transition("implementing", "return_plan", "implementing", ("G10",)),
    Transition("plan_agreed", "propose_plan", "plan_agreed", _PROPOSE),
    Transition("plan_agreed", "approve_plan", "plan_agreed", _APPROVE),
    Transition("plan_agreed", "return_plan", "plan_agreed", ("G10",)),
    *_closing("registered", "assessed", "plan_agreed", "implementing", "follow_up_review", "reopened"),
    Transition("closure_requested", "approve_closure", "closed", ("G10", *_CLOSE)),
    Transition("closure_requested", "return_closure", "follow_up_review", ("G10",)),
    Transition("closed", "reopen_case", "reopened"),
))

STATUSES: Final = Workflow("case status", "open", (
    Transition("open", "put_on_hold", "on_hold"),
    Transition("on_hold", "resume", "open"),
    Transition("on_hold", "approve_closure", "closed"),
    Transition("open", "approve_closure", "closed", ("G10", *_CLOSE)),
    Transition("closed", "reopen_case", "open"),
))

CHAIN: Final = ("registered", "assessed", "plan_agreed", "implementing", "closed")


def chain_place(stage: str) -> int:
    """How far along the chain strip a stage stands, from 0."""
    place = {"identified": 0, "registered": 0, "reopened": 0, "assessed": 1, "plan_agreed": 2, "implementing": 3,
             "follow_up_review": 3, "closure_requested": 3, "closed": 4}
    return place[stage]


def next_gated_step(stage: str, *, plan_waits: bool) -> str:
    """The step whose safeguards the panel of the case shows at this stage; "" when there is none."""
    if stage in {"registered", "reopened", "identified"}:
        return "record_assessment"
    if stage == "assessed" or (stage == "follow_up_review" and plan_waits):
        return "approve_plan" if plan_waits else "propose_plan"
    return "" if stage == "closed" else "request_closure"
