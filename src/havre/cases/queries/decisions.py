"""What waits for a second person, what does it say, and why did the last one come back?

The caller has read the case in scope and asked for permission.
"""

from dataclasses import dataclass
from uuid import UUID

from havre.access.queries import names_of
from havre.cases.models import Approval, Case, ClosureRequest, Plan, PlanAction
from havre.cases.planning import last_views
from havre.cases.rules import Decision
from havre.infra.sealing import open_many, open_record


@dataclass(frozen=True, slots=True)
class Heard:
    """What the child says about a matter: words, or why there are none, and the weight given."""

    words: str
    why_none: str
    weight: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan with its words opened: each action with its goal, and the names of who sees to it."""

    plan: Plan
    goal: str
    child_note: str
    caregiver_note: str
    actions: tuple[tuple[PlanAction, str], ...]
    names: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class ClosureShown:
    """A request to close with its words opened."""

    request: ClosureRequest
    summary: str
    why_not_agreed: str


def waiting_for_decision(case: Case) -> Approval | None:
    """The question that nobody has answered yet."""
    return Approval.objects.filter(case=case, decision=Decision.WAITING).first()


def why_returned(case: Case, kind: str) -> str:
    """Why the last plan of a kind came back; "" when it did not."""
    last = Plan.objects.filter(case=case, kind=kind).order_by("-proposed_at").first()
    if last is None or last.state != "returned":
        return ""
    asked = Approval.objects.filter(subject=last.pk, decision=Decision.RETURNED).order_by("-decided_at").first()
    return str(open_record(asked, "reason")["reason"] or "") if asked else ""


def heard(case: Case, *topics: str) -> Heard | None:
    """The child's latest views on these topics (those a plan rests on, when none is named)."""
    view = last_views(case, *topics)
    if view is None:
        return None
    words = open_record(view, "words", "no_views_reason")
    return Heard(words["words"] or "", words["no_views_reason"] or "", view.weight)


def heard_before(case: Case) -> bool:
    """Whether the child was asked about how things are."""
    return last_views(case) is not None


def plan_shown(plan: UUID) -> PlanShown:
    """A plan, opened."""
    row = Plan.objects.get(pk=plan)
    lines = list(PlanAction.objects.filter(plan=row).order_by("due_on", "id"))
    goals = [values["goal"] or "" for values in open_many(lines, "goal")]
    words = open_record(row, "goal", "child_note", "caregiver_note")
    return PlanShown(row, words["goal"] or "", words["child_note"] or "", words["caregiver_note"] or "",
                     tuple(zip(lines, goals, strict=True)), names_of({a.owner_id for a in lines if a.owner_id}))


def closure_shown(request: UUID) -> ClosureShown:
    """A request to close, opened."""
    row = ClosureRequest.objects.get(pk=request)
    words = open_record(row, "summary", "why_not_agreed")
    return ClosureShown(row, words["summary"] or "", words["why_not_agreed"] or "")


def actions_under_way(case: Case) -> list[PlanAction]:
    """The actions of approved plans that are not done yet."""
    return list(PlanAction.objects.filter(case=case, plan__state="approved", status__in=("pending", "ongoing")))
