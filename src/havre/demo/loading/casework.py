"""How does one child's case come to where its story says it is? Registration, assessment, plan, approval, visits, closure:
each by an action of the person whose work it is, on the day the story says."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from havre.cases import actions as work
from havre.cases import rules
from havre.cases.given import ActionGiven, AssessmentGiven, ClosureGiven, FactorGiven, FollowUpGiven, ViewGiven
from havre.cases.models import Approval, Case, Task
from havre.cases.opening import Opening, open_case
from havre.cases.planning import PlanGiven
from havre.config.policies import policy_for
from havre.core.actor import Actor
from havre.demo.loading import told
from havre.demo.loading.names import NOT_YET, own_id
from havre.demo.loading.staff import Staff
from havre.demo.loading.steps import Clock, Step, intent
from havre.demo.world.model import Registration, Stage, Views
from havre.infra.acting import acting
from havre.reference import codes
from havre.registration.actions import conclude_search, search_before_create
from havre.registration.searches import Asked

NOTES = ("Goes to school most days, eats well, laughed twice.", "Quiet today; we drew together and agreed on the next visit.",
         "The host mother is content; new shoes are needed for school.", "Sleeps better. Asked again about the family.",
         "Helps with the younger ones and plays football in the afternoon.", "Some trouble with a neighbour, talked through together.")
ARISES = {"individual": "transit", "household": "pre_departure", "community": "transit", "structural": "pre_departure"}
PLACES_OF_VISIT = ("home_planned", "home_planned", "home_adhoc", "meeting_elsewhere", "phone")


@dataclass
class Child:
    """What is known of one case while the world is loaded."""

    reg: Registration
    owner: Actor
    supervisor: Actor
    team: UUID
    clock: Clock
    rng: Random
    today: date
    case: UUID = NOT_YET
    file: UUID = NOT_YET
    screening: UUID | None = None
    risk: str = "medium"
    assessed_at: datetime | None = None
    traced: dict[str, UUID] = field(default_factory=dict)

    @property
    def hours(self) -> "HoursOf":
        """Deadlines of the country."""
        return HoursOf(self.reg.country)


@dataclass(frozen=True, slots=True)
class HoursOf:
    """The deadlines of a country's policy."""

    country: str

    def of(self, step: str, risk: str) -> timedelta:
        """The time allowed for a step at a risk."""
        return policy_for(self.country).deadline(step, risk if risk != "none" else "low") or timedelta(days=30)


def children(registrations: tuple[Registration, ...], staff: Staff, now: datetime) -> list[Child]:
    """Every case with its owner: the caseworkers of a team take turns."""
    turn: dict[tuple[str, str], int] = {}
    out = []
    for reg in registrations:
        place = (reg.agency, reg.case.team)
        number = turn[place] = turn.get(place, -1) + 1
        out.append(Child(reg, staff.pick("caseworker", *place, number), staff.pick("supervisor", *place, 0), staff.teams[place],
                         Clock(reg.id, now), Random(f"case {reg.id}"), now.date()))
    return out


def steps_of(child: Child) -> list[Step]:
    """Every step of a case up to its stage, without family tracing."""
    story = child.reg.case
    if story.stage is Stage.SCREENED:
        return []
    made = [_step(child, Stage.REGISTERED, 9, "registered", _register)]
    made += _settled(child)
    if Stage.ASSESSED in dict(story.steps):
        made.append(_step(child, Stage.ASSESSED, 10, "assessed", _assess))
    if story.stage is Stage.ASSESSED and child.rng.random() < 0.65:
        waited = timedelta(hours=child.rng.randrange(2, 40))
        made.append(Step(child.clock.at(child.clock.now - waited), f"{child.reg.id} proposed", lambda at: _propose(child, at)))
    if Stage.PLAN_AGREED in dict(story.steps):
        made += _planned(child)
    if Stage.IMPLEMENTING in dict(story.steps):
        made.append(_step(child, Stage.IMPLEMENTING, 15, "visited", _visit))
    return made


def _planned(child: Child) -> list[Step]:
    """The plan and its approval; where the story ends here, not longer ago than until the first visit."""
    if child.reg.case.stage is not Stage.PLAN_AGREED:
        return [_step(child, Stage.PLAN_AGREED, 10, "proposed", _propose), _step(child, Stage.PLAN_AGREED, 14, "approved", _approve)]
    ago = timedelta(hours=child.rng.randrange(3, max(12, int(child.hours.of("follow_up", _expected_risk(child)).total_seconds() // 3600))))
    return [Step(child.clock.at(child.clock.now - ago - timedelta(hours=5)), f"{child.reg.id} proposed", lambda at: _propose(child, at)),
            Step(child.clock.at(child.clock.now - ago), f"{child.reg.id} approved", lambda at: _approve(child, at))]


def later_steps(child: Child) -> list[Step]:
    """What keeps a case up to date: reviews and visits when they were due; a few were forgotten."""
    story = child.reg.case
    if story.stage in (Stage.SCREENED, Stage.CLOSED):
        return [] if story.stage is Stage.SCREENED else _end(child)
    steps = _kept_up(child) if story.stage.reached(Stage.IMPLEMENTING) else []
    if child.rng.random() < 0.9:
        soon = child.clock.now - timedelta(hours=child.rng.randrange(1, 20))
        if not steps:
            steps.append(Step(child.clock.at(soon - timedelta(hours=1)), f"{child.reg.id} looked at again", lambda at: _review(child, at)))
        steps.append(Step(child.clock.at(soon), f"{child.reg.id} tidied", lambda at: _finish(child, at, "immediate_safety", "guardian_request")))
    return steps


def _kept_up(child: Child) -> list[Step]:
    steps: list[Step] = []
    forgotten = child.rng.random() < 0.12
    pause = min(child.hours.of("follow_up", _expected_risk(child)).days or 1, 20)
    ago = child.rng.randrange(pause + 1, pause + 6) if forgotten else child.rng.randrange(0, pause)
    last = child.clock.now - timedelta(days=ago, hours=child.rng.randrange(1, 8))
    if last > child.clock.last + timedelta(hours=6):
        if not forgotten:
            steps.append(Step(child.clock.at(last - timedelta(hours=30)), f"{child.reg.id} reviewed", lambda at: _review(child, at)))
        steps.append(Step(child.clock.at(last), f"{child.reg.id} visited again", lambda at: _visit(child, at)))
    return steps


def _step(child: Child, stage: Stage, hour: int, name: str, run: "object") -> Step:
    day = dict(child.reg.case.steps)[stage]
    return Step(child.clock.on(day, hour), f"{child.reg.id} {name}", lambda at: run(child, at))  # type: ignore[operator]


def _expected_risk(child: Child) -> str:
    youngest = child.reg.age.age_min
    if rules.forced(rules.flags_from_facts(child.reg.case.uasc_status, youngest, child.reg.case.concerns)):
        return "high"
    return child.reg.case.risk_level if child.reg.case.risk_level in rules.RISK_ORDER[:3] else "medium"


# ---- registration ----

def _register(child: Child, at: datetime) -> None:
    reg, story = child.reg, child.reg.case
    person, family = told.child_of(reg), told.family_of(reg)
    key = f"{reg.id} search"
    with acting(child.owner, now=at):
        asked = Asked(person.values(), kin=[(k.relation, k.person.values()) for k in family])
        review = search_before_create(intent(child.owner, at, key), asked=asked)
        if review.hits:
            conclude_search(intent(child.owner, at, f"{key} concluded"), review=review.pk,
                            conclusions={hit["ref"]: "different" if hit["answer"] != "contact" else "asked" for hit in review.hits})
        opening = Opening(
            child=person, needs={n.need: n.action for n in story.immediate_needs}, needs_note=" ".join(n.summary for n in story.immediate_needs),
            family=family, consents=told.consents_of(reg, policy_for(reg.country)), legal_basis=reg.legal_basis,
            legal_reason="" if reg.legal_basis == "consent" else "Nobody who may agree for the child could be asked; help cannot wait.",
            uasc_status=story.uasc_status, population_group=story.population_group, identification_source=story.identification_source,
            concerns=story.concerns, identified_at=at - timedelta(hours=child.rng.randrange(1, 20)), screening=child.screening,
            risk_level=_expected_risk(child))
        case = open_case(intent(child.owner, at, f"{reg.id} opened"), opening=opening, review=review.pk, id=own_id("case", reg.id))
    child.case, child.file, child.risk = case.pk, case.file_id, case.risk_level


def _settled(child: Child) -> list[Step]:
    """Immediate safety seen to and a guardian asked for, soon after registration, unless it was only yesterday."""
    day = dict(child.reg.case.steps)[Stage.REGISTERED]
    if (child.today - day).days < 2 or child.rng.random() < 0.05:
        return []
    return [Step(child.clock.on(day, 12), f"{child.reg.id} settled", lambda at: _finish(child, at, "immediate_safety", "guardian_request"))]


def _finish(child: Child, at: datetime, *kinds: str) -> None:
    words = {"immediate_safety": "Sleeps with a host family we know; visited together.",
             "guardian_request": "The authority has the request and named an officer."}
    with acting(child.owner, now=at):
        for task in list(Task.objects.filter(file_id=child.file, kind__in=kinds, done_at__isnull=True)):
            work.finish_task(intent(child.owner, at, f"{child.reg.id} task {task.pk}"), task=task.pk, outcome=words[task.kind])


# ---- assessment and plan ----

def _view(child: Child, topic: str, said: Views | None) -> ViewGiven:
    if said is None:
        return ViewGiven(topic=topic, mode="not_possible", no_views_reason="Too young to say; the carer was asked.", weight="informative")
    return ViewGiven(topic=topic, mode=said.mode, words=said.text, language=said.language, interpreter=said.mode == "via_interpreter",
                     alone=said.seen_alone, weight=said.weight)


def _said(child: Child, topic: str) -> Views | None:
    return next((v for v in child.reg.case.views if v.topic == topic), None) or next(iter(child.reg.case.views), None)


def _assess(child: Child, at: datetime) -> None:
    story, view = child.reg.case, _said(child, "care")
    alone = view.seen_alone if view is not None else True
    risk = _expected_risk(child)
    flags = [r for r in story.risk_reasons if r in rules.FORCES_HIGH]
    if flags:
        risk = "high"
    levels = {c: risk if number == 0 else "medium" if number == 1 and risk == "high" else "low" for number, c in enumerate(story.concerns)}
    with acting(child.owner, now=at):
        work.record_assessment(intent(child.owner, at, f"{child.reg.id} assessment"), case=child.case, given=AssessmentGiven(
            mode=child.rng.choice(("home_visit", "office")), child_seen_alone=alone,
            not_alone_reason="" if alone else "The child wished the carer to stay.", risk_level=risk,
            risk_reasons=_why(story.risk_reasons or story.concerns), risk_flags=tuple(flags), concern_levels=levels,
            factors=factors(child), views=_view(child, "situation", view),
            summary=f"{_label('protection_concern', story.concerns[0])}. {story.caregiver.care_type.replace('_', ' ').capitalize()}"
            f" since {story.caregiver.since:%d.%m.%Y}." if story.caregiver else ""))
    child.risk, child.assessed_at = risk, at


def _label(name: str, code: str) -> str:
    return codes.label(name, code, "en")


def _why(reasons: tuple[str, ...]) -> str:
    known = codes.load("protection_concern").codes(retired=True)
    return "; ".join(_label("protection_concern", r) if r in known else r.replace("_", " ") for r in reasons) + "."


def factors(child: Child) -> tuple[FactorGiven, ...]:
    """What the assessment found, each risk at the time at which such risks arise in this world."""
    story, out = child.reg.case, []
    for kind, found in (("risk", story.risk_factors), ("protective", story.protective_factors)):
        known = codes.load(f"{kind}_factor").codes(retired=True)
        world = codes.levels(f"{kind}_factor")
        out += [FactorGiven(code, kind, child.rng.randrange(1, 4), ARISES[world[code]] if kind == "risk" else "destination",
                            changeable=child.rng.random() < 0.5) for code in dict.fromkeys(found) if code in known]
    return tuple(out)


def _propose(child: Child, at: datetime) -> None:
    story = child.reg.case
    lines = tuple(ActionGiven(g.service, g.goal, child.owner.id, max(g.due, at.date() + timedelta(days=5)) if g.status == "completed"
                              else max(g.due, child.today + timedelta(days=child.rng.randrange(1, 30))), g.concern, g.action)
                  for g in story.goals) or _first_lines(child)
    with acting(child.owner, now=at):
        work.propose_plan(intent(child.owner, at, f"{child.reg.id} plan"), case=child.case, given=PlanGiven(
            goal=story.overall_goal or "Safe care now, and contact with the family as soon as it is found.", actions=lines, child_agrees=True,
            caregiver_part=story.caregiver is not None,
            caregiver_note="" if story.caregiver else "Nobody looks after the child yet; the authority is asked."))


def _first_lines(child: Child) -> tuple[ActionGiven, ...]:
    from havre.demo.world.texts import GOALS
    name = child.reg.names[0].given or child.reg.names[0].value
    due = child.today + timedelta(days=child.rng.randrange(10, 40))
    return tuple(ActionGiven(GOALS[c][2], GOALS[c][0].format(name=name), child.owner.id, due, c, GOALS[c][1])
                 for c in child.reg.case.concerns if c in GOALS)


def _approve(child: Child, at: datetime) -> None:
    with acting(child.supervisor, now=at):
        waiting = Approval.objects.get(case_id=child.case, subject_kind="plan", decision="waiting")
        work.approve_plan(intent(child.supervisor, at, f"{child.reg.id} approved"), approval=waiting.pk)


# ---- while it runs ----

def _visit(child: Child, at: datetime) -> None:
    from havre.cases.models import PlanAction
    with acting(child.owner, now=at):
        case = Case.objects.get(pk=child.case)
        if case.status != "open":
            return
        done = {g.concern for g in child.reg.case.goals if g.status == "completed"}
        lines = [a for a in PlanAction.objects.filter(case_id=child.case, concern__in=done).exclude(status="completed")]
        work.record_follow_up(intent(child.owner, at, f"{child.reg.id} visit {at:%Y%m%d%H%M}"), case=case.pk, given=FollowUpGiven(
            kind="in_care", channel=child.rng.choice(PLACES_OF_VISIT), result="reached", with_whom=("child", "caregiver"),
            seen_and_heard=child.rng.choice(NOTES), happened_at=at - timedelta(minutes=90), child_seen=True,
            child_alone=child.rng.random() < 0.7, place_safe=True, plan_action=lines[0].pk if lines else None,
            plan_action_status="completed" if lines else ""))
        for line in lines[1:]:
            for task in list(Task.objects.filter(file_id=child.file, kind="plan_action", about_id=line.pk, done_at__isnull=True)):
                work.finish_task(intent(child.owner, at, f"{child.reg.id} done {line.concern}"), task=task.pk, outcome="Done as agreed.")


def _review(child: Child, at: datetime) -> None:
    with acting(child.owner, now=at):
        case = Case.objects.get(pk=child.case)
        if case.stage == "registered" or case.review_due_at is None or case.review_due_at > child.clock.now + timedelta(days=2) or case.status != "open":
            return
        work.review_risk(intent(child.owner, at, f"{child.reg.id} review"), case=case.pk, risk_level=case.risk_level,
                         risk_flags=tuple(case.risk_flags), risk_reasons="Looked at together again: the same reasons hold, the care is good.")


# ---- the end ----

def _end(child: Child) -> list[Step]:
    return [_step(child, Stage.CLOSED, 9, "ready", _ready_to_close), _step(child, Stage.CLOSED, 11, "closure", _ask_to_close),
            _step(child, Stage.CLOSED, 15, "closed", _close)]


def _ready_to_close(child: Child, at: datetime) -> None:
    with acting(child.owner, now=at):
        case = Case.objects.get(pk=child.case)
        if rules.forced(rules.flags_from_facts(case.uasc_status, child.reg.age.age_min, ())):
            return
        work.review_risk(intent(child.owner, at, f"{child.reg.id} last review"), case=case.pk, risk_level="none",
                         risk_reasons="The goals are met; the child lives safely.", concern_levels=dict.fromkeys(case.concerns, "resolved"))
        work.record_views(intent(child.owner, at, f"{child.reg.id} last view"), case=case.pk,
                          given=_view(child, "closure", _said(child, "reunification")))


def _ask_to_close(child: Child, at: datetime) -> None:
    from havre.core.problems import GateRefused
    with acting(child.owner, now=at):
        case = Case.objects.get(pk=child.case)
        if case.risk_level != "none":
            return
        try:
            work.request_closure(intent(child.owner, at, f"{child.reg.id} closure"), case=case.pk, given=ClosureGiven(
                reason="goal_met_safe", summary="All goals of the plan are met; the child is safe and well looked after.",
                agreed_with_child=True, agreed_with_caregiver=True, child_told_whom_to_contact=True,
                contact_on=rules.add_months(at.date(), policy_for(child.reg.country).final_follow_up_months)))
        except GateRefused:
            return  # something is still open for this child: the case stays open, as it should


def _close(child: Child, at: datetime) -> None:
    with acting(child.supervisor, now=at):
        waiting = Approval.objects.filter(case_id=child.case, subject_kind="closure", decision="waiting").first()
        if waiting is not None:
            work.approve_closure(intent(child.supervisor, at, f"{child.reg.id} closed"), approval=waiting.pk)
