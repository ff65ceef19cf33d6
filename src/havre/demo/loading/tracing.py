"""Who looks for whom in the invented world, and how far has each search come?"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from havre.core.actor import Actor
from havre.core.problems import GateRefused
from havre.demo.loading import told
from havre.demo.loading.casework import Child
from havre.demo.loading.names import NOT_YET, own_id
from havre.demo.loading.staff import Staff
from havre.demo.loading.steps import Clock, Step, intent
from havre.demo.world import World
from havre.demo.world.model import Stage, TracingRequest
from havre.infra.acting import acting
from havre.tracing import actions as work
from havre.tracing.inputs import LaneInput, PlanInput, RequestInput, WishInput
from havre.tracing.models import Candidate, Match, Reunification, SecretFact

QUESTIONS = {"What was the name of the family's goat?": "animal", "What colour was the door of the house?": "house",
             "Which song did the mother sing in the evening?": "song_or_prayer", "What nickname did the uncle use?": "name_at_home",
             "What did the child carry on the day of leaving?": "last_day", "Who broke the water jar?": "accident",
             "Which tree stood beside the house?": "sleeping_place", "What did the grandmother sell at the market?": "school_or_work"}
WANTED = {"yes": "The child asked for it.", "later": "Not yet; asked again next month.", "unsure": "Wants to think about it first.",
          "no": "Does not want it; afraid of what they will say."}


@dataclass
class Search:
    """One request while the world is loaded, with the child it truly is about, where there is one on file."""

    told: TracingRequest
    owner: Actor
    team: UUID
    clock: Clock
    rng: Random
    panel: Actor
    child: Child | None = None
    file: UUID = NOT_YET
    sought: UUID = NOT_YET
    match: UUID = NOT_YET
    ended: bool = field(default=False)


def searches(world: World, known: list[Child], staff: Staff, now: datetime) -> list[Search]:
    """Every request with its officer: the tracing officers of an agency take turns."""
    child_of = {c.reg.id: c for c in known}
    pair: dict[str, Child] = {}
    for asked, registration in world.truth.pairs:
        pair.setdefault(asked, child_of[registration])
    turn: dict[str, int] = {}
    out = []
    for request in world.requests:
        number = turn[request.agency] = turn.get(request.agency, -1) + 1
        owner, child = staff.pick("tracing_officer", request.agency, "", number), pair.get(request.id)
        out.append(Search(request, owner, min(owner.teams), Clock(request.id, now), Random(f"search {request.id}"),
                          _panel_member(staff, child, number), child))
    return out


def _panel_member(staff: Staff, child: Child | None, number: int) -> Actor:
    """Marta decides what still waits; of what is long decided, panels of the child's agency too."""
    if child is None or child.reg.case.stage is Stage.VERIFIED:
        return staff.actors["marta"]
    return staff.pick("panel_member", child.reg.agency, "", number)


def search_steps(search: Search, *, matched: bool) -> list[Step]:
    """The request itself and, where its child is on file and `matched`, how far both sides have come."""
    steps = [Step(search.clock.on(search.told.recorded_on, 8), f"{search.told.id} asked", lambda at: _ask(search, at))]
    if search.rng.random() < 0.9:
        steps.append(Step(search.clock.on(search.told.recorded_on + timedelta(days=1), 9), f"{search.told.id} begun", lambda at: _begin(search, at)))
    child = search.child
    if child is None or not matched or not child.reg.case.stage.reached(Stage.VERIFIED):
        return steps
    verified = child.reg.case.day_of(Stage.VERIFIED)
    assert verified is not None  # the story has come there
    chain = [(-3, "found", _find), (-3, "agreed here", _agree_child), (-3, "agreed there", _agree_adult), (-2, "heard child", _hear_child),
             (-2, "heard adult", _hear_adult), (-1, "compared", _compare), (0, "verified", _verify)]
    steps += [_both(search, verified + timedelta(days=days), name, run) for days, name, run in chain]
    if child.reg.case.stage.reached(Stage.REUNIFIED):
        steps += _home(search, child)
    else:
        soon = child.today - timedelta(days=2)
        steps += [_both(search, soon, "planned", _plan), _both(search, soon, "prepared", _prepare), _both(search, soon, "asked the panel", _ask_panel)]
    return steps


def _both(search: Search, day: date, name: str, run: "object") -> Step:
    """A step that comes after what both sides did before."""
    child = search.child
    assert child is not None  # only for requests whose child is on file
    search.clock.last = max(search.clock.last, child.clock.last) if child.clock.last.year > 1 else search.clock.last
    at = child.clock.last = search.clock.on(day, 9)
    return Step(at, f"{search.told.id} {name}", lambda when: None if search.ended else run(search, when))  # type: ignore[operator]


# ---- the request and the child's wish ----

def _ask(search: Search, at: datetime) -> None:
    request = search.told
    given = RequestInput(
        inquirer=told.inquirer_of(request), sought=told.sought_of(request), relation=told.relation_of(request.inquirer.relation),
        lived_with="yes" if request.lived_with_child else "no", consent_share=request.consent_share, consent_mode="verbal_witnessed",
        language=request.inquirer_language, message=request.message, separation_cause=request.separation_cause,
        family=told.family_told(request), id=own_id("request", request.id))
    made = work.add_request(intent(search.owner, at, f"{request.id} asked"), given=given)
    search.file, search.sought = made.file_id, made.sought_id


def _begin(search: Search, at: datetime) -> None:
    work.record_tracing_action(intent(search.owner, at, f"{search.told.id} begun"), file=search.file, action_code="individual",
                               note="Asked in the camp and at the bus station.")


def wish_steps(child: Child) -> list[Step]:
    """What the child wants, and the search that begins with it."""
    story = child.reg.case
    day = story.day_of(Stage.TRACING) or (story.day_of(Stage.ASSESSED) if child.rng.random() < 0.6 else None)
    if day is None:
        return []
    return [Step(child.clock.on(day, 16), f"{child.reg.id} wishes", lambda at: _wish(child, at))]


def _wish(child: Child, at: datetime) -> None:
    story = child.reg.case
    said = next((v for v in story.views if v.topic == "tracing"), None)
    traced = story.stage.reached(Stage.TRACING)
    with acting(child.owner, now=at):
        work.record_wishes(intent(child.owner, at, f"{child.reg.id} wishes"), case=child.case, given=WishInput(
            tracing=story.wants_tracing, reunification=story.wants_reunification, words=said.text if said else "",
            why=WANTED[story.wants_tracing], alone=said.seen_alone if said else True, language=child.reg.language,
            persons_sought=[{"name": r.names[0].value, "relation": r.relation} for r in child.reg.relatives[:2] if r.names]))
        if story.wants_tracing == "yes" and (traced or child.rng.random() < 0.5):
            work.open_tracing(intent(child.owner, at, f"{child.reg.id} tracing"), case=child.case)
            if traced or child.rng.random() < 0.8:
                work.record_tracing_action(intent(child.owner, at, f"{child.reg.id} begun"), file=child.file, action_code="individual",
                                           note="Told what the child remembers to the tracing network.")


# ---- a pair is found and examined ----

def _find(search: Search, at: datetime) -> None:
    from havre.tracing.matching import run
    run(search.sought, at)


def _candidate(search: Search, side: str, actor: Actor, at: datetime) -> Candidate | None:
    child = search.child
    with acting(actor, now=at):
        theirs = child.file if child is not None else NOT_YET
        own, other = (theirs, search.file) if side == "child" else (search.file, theirs)
        return Candidate.objects.filter(file_id=own, side=side, other_file=other, status="candidate").first()


def _agree(search: Search, side: str, actor: Actor, at: datetime) -> None:
    row = _candidate(search, side, actor, at)
    if row is None:
        search.ended = True
        return
    try:
        work.decide_candidate(intent(actor, at, f"{search.told.id} {side} agreed"), candidate=row.pk, decision="shortlist",
                              reasons="Names, age and the place fit; the family named the same brothers and sisters.")
    except GateRefused:
        search.ended = True


def _agree_child(search: Search, at: datetime) -> None:
    if search.child is not None:
        _agree(search, "child", search.child.owner, at)


def _agree_adult(search: Search, at: datetime) -> None:
    _agree(search, "adult", search.owner, at)
    with acting(search.owner, now=at):
        found = Match.objects.filter(request_file=search.file).first()
    search.match, search.ended = (found.pk, search.ended) if found else (NOT_YET, True)


def _answers(search: Search, side: str) -> LaneInput:
    child = search.child
    facts = {f.question: f.answer for f in (child.reg.secret_facts if side == "child" and child else search.told.secret_facts)}
    ours = {f.question for f in child.reg.secret_facts} if child else set()
    answers = {QUESTIONS[q]: facts.get(q, "I do not know") for q in sorted(ours) if q in QUESTIONS}
    return LaneInput(answers=answers, recognises="yes", wants="yes", alone=side == "child",
                     identity_checked="document" if side == "adult" else "",
                     language=child.reg.language if side == "child" and child else search.told.inquirer_language,
                     account="Spoke calmly and in detail of home and of the day they lost each other.")


def _hear_child(search: Search, at: datetime) -> None:
    if search.child is not None:
        work.record_interview(intent(search.child.owner, at, f"{search.told.id} child heard"), match=search.match, side="child",
                              given=_answers(search, "child"))


def _hear_adult(search: Search, at: datetime) -> None:
    work.record_interview(intent(search.owner, at, f"{search.told.id} adult heard"), match=search.match, side="adult",
                          given=_answers(search, "adult"))


def _compare(search: Search, at: datetime) -> None:
    child = search.child
    assert child is not None  # only for requests whose child is on file
    with acting(child.owner, now=at):
        facts = list(SecretFact.objects.filter(match_id=search.match))
        outcomes = {f.pk: "same" if f.written_the_same else "unsure" for f in facts}
        if sum(o == "same" for o in outcomes.values()) < 2:
            search.ended = True
        work.compare_facts(intent(child.owner, at, f"{search.told.id} compared"), match=search.match, outcomes=outcomes)


def _verify(search: Search, at: datetime) -> None:
    child = search.child
    assert child is not None  # only for requests whose child is on file
    try:
        work.verify_match(intent(child.supervisor, at, f"{search.told.id} verified"), match=search.match, recommendation="reunify",
                          reasons="Both sides recognise each other and said the same of things only they can know.")
    except GateRefused:
        search.ended = True


# ---- home ----

def _home(search: Search, child: Child) -> list[Step]:
    reunified = child.reg.case.day_of(Stage.REUNIFIED)
    assert reunified is not None  # the story has come there
    chain = [(-2, "planned", _plan), (-2, "prepared", _prepare), (-1, "panel", _panel), (-1, "approved", _approve), (0, "handed over", _hand_over)]
    steps = [_both(search, reunified + timedelta(days=days), name, run) for days, name, run in chain]
    for number, visit in enumerate(child.reg.case.follow_ups):
        if visit.done is not None:
            last = number == len(child.reg.case.follow_ups) - 1
            steps.append(_both(search, visit.done, f"visit {number}", lambda s, at, note=visit.note, last=last: _visit(s, at, note, last)))
    return steps


def _plan(search: Search, at: datetime) -> None:
    child = search.child
    assert child is not None  # only for requests whose child is on file
    day = child.reg.case.day_of(Stage.REUNIFIED) or at.date() + timedelta(days=12)
    work.plan_reunification(intent(child.owner, at, f"{search.told.id} planned"), match=search.match, given=PlanInput(
        type="agency_facilitated", planned_on=max(day, at.date()), country=search.told.country, place="At the family's home",
        plan="Travel together with a worker; the school and the health post know of the child.",
        child_view="Is glad and a little shy; wants to take the school bag along."))


def _prepare(search: Search, at: datetime) -> None:
    child = search.child
    assert child is not None  # only for requests whose child is on file
    owner, day, key = child.owner, at.date(), search.told.id
    work.assess_household(intent(search.owner, at, f"{key} home seen"), match=search.match, assessed_on=day, willing="yes", able="yes", safe="yes",
                          summary="Two rooms, a bed is ready, the neighbours know the family.")
    work.record_clearance(intent(owner, at, f"{key} cleared"), match=search.match, state="granted", authority="Family and child unit",
                          decided_on=day, valid_until=day + timedelta(days=90))
    if search.told.country != child.reg.country:
        work.assess_border(intent(search.owner, at, f"{key} border"), match=search.match, country=search.told.country, result="no_risk_found",
                           valid_until=day + timedelta(days=90), reasons="No danger on the way or at the place of arrival is known.")


def _ask_panel(search: Search, at: datetime) -> UUID | None:
    """Put the question to a panel member where the safeguards want it; returns the question."""
    child = search.child
    assert child is not None  # only for requests whose child is on file
    from havre.tracing import facts
    with acting(child.owner, now=at):
        row = Match.objects.get(pk=search.match)
        if not facts.best_interests(row, facts.live_reunion(row)).triggers:
            return None
        return work.ask_panel(intent(child.owner, at, f"{search.told.id} panel"), match=search.match, panel_member=search.panel.id,
                              question="Is going home to this relative now best for the child?").pk


def _panel(search: Search, at: datetime) -> None:
    child, decision = search.child, _ask_panel(search, at)
    if decision is None or child is None:
        return
    work.decide_best_interests(intent(search.panel, at, f"{search.told.id} best"), decision=decision, outcome="reunify", no_conflict=True,
                               reasons="The child wants it, the family is verified and the home is ready.")
    work.tell_child(intent(child.owner, at, f"{search.told.id} told"), decision=decision)


def _approve(search: Search, at: datetime) -> None:
    child = search.child
    assert child is not None  # planned before
    with acting(child.supervisor, now=at):
        row = Reunification.objects.filter(match_id=search.match, state="planned").first()
    if row is None:
        search.ended = True
        return
    try:
        work.approve_reunification(intent(child.supervisor, at, f"{search.told.id} approved"), reunification=row.pk,
                                   reasons="Every safeguard is met and the child is looking forward to it.")
    except GateRefused:
        search.ended = True


def _hand_over(search: Search, at: datetime) -> None:
    child = search.child
    assert child is not None  # approved before
    with acting(child.owner, now=at):
        row = Reunification.objects.get(match_id=search.match, state="approved")
    for actor, signer, name in ((child.owner, "worker_handing_over", ""), (search.owner, "second_worker", ""),
                                (search.owner, "receiver", search.told.inquirer.names[0].value)):
        work.sign_hand_over(intent(actor, at, f"{search.told.id} signed {signer}"), reunification=row.pk, signer=signer, mode="written", signed_as=name)


def _visit(search: Search, at: datetime, note: str, last: bool) -> None:
    child = search.child
    assert child is not None  # at home
    with acting(child.owner, now=at):
        row = Reunification.objects.filter(match_id=search.match, state__in=("handed_over", "at_risk")).first()
    if row is not None:
        work.record_visit(intent(child.owner, at, f"{search.told.id} visit {at:%Y%m%d%H%M}"), reunification=row.pk, visited_on=at.date(),
                          outcome="stable", child_seen_alone=True, child_said="I like it here.", notes=note, more_needed=not last)


# ---- what is found today ----

def match_all(found: list[Search], now: datetime) -> None:
    """Let the matcher look once for every request, as the jobs would."""
    from havre.tracing.matching import run
    for search in found:
        if search.sought != NOT_YET:
            run(search.sought, now)
