"""What may cross between the files of two sides, and who carries it?

Nobody of one side reads or writes the file of the other. What has to cross is carried by the system, in the same
transaction as the step that causes it, and only by the functions of this module: states, tasks, questions without their
answers, and, once both sides agreed, what they agreed to show.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from havre.access.decide import Relation
from havre.access.files import grant, open_file, settle
from havre.access.models import Agency, File, Grant
from havre.access.system import system_actor
from havre.cases.closing import is_closed
from havre.cases.closing import reopen as reopen_closed
from havre.cases.models import Case, Task
from havre.cases.states import STAGES
from havre.cases.tasks import add_task, end_task, finish_task
from havre.cases.writing import set_tracing_status
from havre.config.policies import policy_for
from havre.core import ids
from havre.core.gates import GateResult
from havre.core.intent import Intent
from havre.core.problems import NothingHere
from havre.infra.acting import acting
from havre.infra.sealing import open_many
from havre.infra.unit import Unit
from havre.registration.models import Person
from havre.tracing import agreement, gates, permissions, rules, states
from havre.tracing.models import Candidate, Interview, Match, SecretFact, TracingRequest
from havre.tracing.rules import CandidateStatus, MatchState, Side, TracingStatus

PURPOSE = "family_tracing"
ANSWER_WITHIN = timedelta(days=3)
HEAR_WITHIN = timedelta(days=7)


@contextmanager
def carried(unit: Unit) -> Iterator[Unit]:
    """A unit of the system inside the present action: same time, same transaction, its own line in the log."""
    actor = system_actor()
    with acting(actor, now=unit.at) as stay:
        inner = Unit(Intent(by=actor, at=unit.at, rid=ids.new_id()), permissions.MATCH, stay)
        yield inner
        inner.finish()
        if inner.files:
            stay.audit("tracing.carried", files=inner.files, objects=inner.objects, at=unit.at, cause=unit.permission.code)


@contextmanager
def overseeing() -> Iterator[None]:
    """Look at codes of both files to judge a safeguard; sealed values are not opened here."""
    with acting(system_actor()):
        yield


def both(pair: UUID) -> dict[str, Candidate]:
    """The two sides of a pair by side; call as the system."""
    return {row.side: row for row in Candidate.objects.filter(pair=pair)}


# ---- the two files of a pair ----

def case_of(file: UUID) -> Case:
    """The case of a file. Raises NothingHere."""
    case: Case = _one(Case, file)
    return case


def request_of(file: UUID) -> TracingRequest:
    """The request of a file. Raises NothingHere."""
    request: TracingRequest = _one(TracingRequest, file)
    return request


def _one(model: Any, file: UUID) -> Any:
    found = model.objects.filter(file_id=file).first()
    if found is None:
        raise NothingHere()
    return found


def owner_of(side: str, file: UUID) -> UUID:
    """Who answers for one side's file."""
    return case_of(file).owner_id if side == Side.CHILD else request_of(file).owner_id


def sharing_gates(at: datetime, side: str, file: UUID) -> list[GateResult]:
    """G15 and G01 of one side: may its values be shown to the other?"""
    if side == Side.ADULT:
        return [gates.consent_to_share("yes" if request_of(file).consent_share else "no", side)]
    case = case_of(file)
    policy = policy_for(Agency.objects.values_list("country", flat=True).get(pk=case.agency_id))
    answer = agreement.consent_answer(case.child, "tracing_disclosure", policy, at)
    return [gates.wish_to_trace(agreement.wish_facts(file)), gates.consent_to_share(answer, side)]


def match_gates(at: datetime, match: Match) -> list[GateResult]:
    """G15 and G01 of both sides of a match; call as the system."""
    return [*sharing_gates(at, Side.CHILD, match.case_file), *sharing_gates(at, Side.ADULT, match.request_file)]


def end_sharing(unit: Unit, case_file: UUID) -> None:
    """The child's agreement was taken back: the other side's way into the match ends at once."""
    with carried(unit) as system:
        for match in Match.objects.filter(case_file=case_file).exclude(state=MatchState.REJECTED.value):
            ended, _ = Grant.objects.filter(file_id=match.file_id, relation=Relation.SHARED.value).delete()
            if ended:
                system.note("sharing_ended", match)
                system.note("sharing_ended", file=match.request_file)


# ---- before a match file exists ----

def tell_other_side(unit: Unit, mine: Candidate) -> None:
    """One side wants to go on: the other gets a task; when it agreed before, the match file opens."""
    with carried(unit) as system:
        other = both(mine.pair).get(Side(mine.side).other)
        if other is None:
            return
        if other.agreed_at is not None and other.status == CandidateStatus.SHORTLISTED:
            open_match(system, mine.pair)
            return
        add_task(system, file=other.file_id, kind="answer_match", due_at=unit.at + ANSWER_WITHIN,
                 owner=owner_of(other.side, other.file_id), why="other_side_wants_to_compare", about=other.pk)
        system.note("other_side_asks", other)


def end_pair(unit: Unit, pair: UUID, *, stage: str = "ended") -> None:
    """A pair was rejected: both sides know, and neither sees it again unless the evidence changes."""
    with carried(unit) as system:
        for side, row in both(pair).items():
            if row.status != CandidateStatus.REJECTED:
                system.change(row, status=CandidateStatus.REJECTED.value, ended_by_other_side=True, agreed_at=None,
                              agreed_by=None)
            system.change(row, stage=stage if row.match_file else "")
            for kind in ("answer_match", "hear_child", "hear_adult", "compare_facts", "decide_match"):
                finish_task(system, row.file_id, kind, about=row.pk)
            step_back(system, side, row.file_id)
            system.note("pair_rejected", row)


def step_back(unit: Unit, side: str, file: UUID) -> None:
    """After a rejection the search stands at `match_rejected`, unless another pair is still examined."""
    others = Candidate.objects.filter(file_id=file, status=CandidateStatus.SHORTLISTED).exists()
    here = tracing_status(side, file)
    if not others and here in (TracingStatus.MATCH_PROPOSED, TracingStatus.VERIFICATION_PENDING):
        move(unit, side, file, "reject_match")


# ---- the state of each side's search ----

def tracing_status(side: str, file: UUID) -> str:
    """Where the search of one side stands."""
    return states.status_of(case_of(file).tracing_status if side == Side.CHILD else request_of(file).status)


def move(unit: Unit, side: str, file: UUID, step: str) -> str:
    """Move one side's search along its table, when the table allows the step there; else leave it. Returns where it is."""
    here = tracing_status(side, file)
    if step not in states.TRACING.actions(here):
        return here
    target = states.TRACING.move(here, step)
    if side == Side.CHILD:
        set_tracing_status(unit, case_of(file), target)
    else:
        request = request_of(file)
        if unit.change(request, status=target):
            unit.note("tracing_status_changed", request, status=target)
    return target


def move_both(unit: Unit, match: Match, step: str, *, stage: str = "") -> None:
    """Move both searches of a match, and show on both candidates where the match stands."""
    with carried(unit) as system:
        move(system, Side.CHILD, match.case_file, step)
        move(system, Side.ADULT, match.request_file, step)
        if stage:
            mark_stage(system, match, stage)


def mark_stage(system: Unit, match: Match, stage: str) -> None:
    """Show on both candidates where the match stands."""
    for row in both(match.pair).values():
        system.change(row, stage=stage)
        if stage == "verified":
            system.change(row, status=CandidateStatus.CONFIRMED.value)


def show_stage(unit: Unit, match: Match, stage: str, note: str = "") -> None:
    """Show where the match stands on both candidates and, as a line, on both timelines."""
    with carried(unit) as system:
        mark_stage(system, match, stage)
        if note:
            for file in (match.case_file, match.request_file):
                system.note(note, file=file)


# ---- the match file ----

def open_match(system: Unit, pair: UUID) -> Match:
    """Open the file in which both sides examine a pair: both agreed, and both may still be shown (G01, G15)."""
    rows = both(pair)
    child, adult = rows[Side.CHILD], rows[Side.ADULT]
    system.check([*sharing_gates(system.at, Side.CHILD, child.file_id), *sharing_gates(system.at, Side.ADULT, adult.file_id)])
    case, request = case_of(child.file_id), request_of(adult.file_id)
    file = open_file(system, "match", agency=case.agency_id, team=case.team_id)
    settle(system, file, owner=case.owner_id)
    _share(system, file, request)
    match = system.create(
        Match, file=file.pk, pair=pair, child_person=child.own_person_id, sought_person=adult.own_person_id,
        inquirer=request.inquirer_id, case_file=case.file_id, request_file=request.file_id, case_owner=case.owner_id,
        request_owner=request.owner_id, case_team=case.team_id, case_agency=case.agency_id,
        request_agency=request.agency_id, case_country=_country(case.agency_id), request_country=request.country,
        relation=request.relation, per_thousand=child.per_thousand, words=child.words, one_in=child.one_in,
        model_version=child.model_version, opened_at=system.at, people=_people(child, request), evidence=_joined(child, adult),
        questions=[])
    for side, row in rows.items():
        system.change(row, match_file=file.pk, stage="verification")
        move(system, side, row.file_id, "examine")
        for kind in ("answer_match", "review_candidates"):
            finish_task(system, row.file_id, kind, about=row.pk if kind == "answer_match" else None)
        system.note("match_opened", row)
        _ask_to_hear(system, match, Side(side), row)
    system.note("match_opened", match)
    return match


def _share(system: Unit, file: File, request: TracingRequest) -> None:
    """Let the relative's side in, for this purpose and until a day."""
    until = system.at + timedelta(days=rules.SHARE_DAYS)
    for principal in (request.owner_id, request.team_id):
        if principal is not None:
            grant(system, file.pk, principal, Relation.SHARED, purpose=PURPOSE, expires_at=until)


def _ask_to_hear(system: Unit, match: Match, side: Side, row: Candidate) -> None:
    owner = match.case_owner if side is Side.CHILD else match.request_owner
    add_task(system, file=row.file_id, kind=f"hear_{side.value}", due_at=system.at + HEAR_WITHIN, owner=owner,
             why="both_sides_agreed", about=row.pk)


def _country(agency: UUID) -> str:
    return str(Agency.objects.values_list("country", flat=True).get(pk=agency))


def _people(child: Candidate, request: TracingRequest) -> dict[str, Any]:
    """Who is who, as both sides may know from now on: names, ages, and how to reach the relative."""
    rows = {p.pk: p for p in Person.objects.filter(pk__in=[child.own_person_id, request.sought_id, request.inquirer_id])}
    named = {"child": rows[child.own_person_id], "sought": rows[request.sought_id], "inquirer": rows[request.inquirer_id]}
    opened = open_many(list(named.values()), "names", "phones")
    out: dict[str, Any] = {}
    for (who, person), values in zip(named.items(), opened, strict=True):
        out[who] = {"names": values["names"] or [], "sex": person.sex, "age_min": person.age_min, "age_max": person.age_max,
                    "recorded_on": person.recorded_on.isoformat()}
        if who == "inquirer":
            out[who]["phones"] = values["phones"] or []
    return out


def _joined(child: Candidate, adult: Candidate) -> list[dict[str, Any]]:
    """The evidence with both sides' words, each taken from its own file."""
    mine, theirs = (values["evidence"] or [] for values in open_many([child, adult], "evidence"))
    other = {piece["field"]: piece for piece in theirs}
    return [{**piece, "child": piece.get("own", ""), "adult": other.get(piece["field"], {}).get("own", "")} for piece in mine]


# ---- the two interviews ----

def lane_done(unit: Unit, match: Match, side: Side, questions: Sequence[Mapping[str, str]]) -> None:
    """One side has been heard: the other learns that, and which questions to ask, and nothing of the answers."""
    with carried(unit) as system:
        row = Match.objects.select_for_update().get(pk=match.pk)
        values: dict[str, Any] = {
            "state": states.MATCH.move(row.state, f"hear_{side.value}"), f"{side.value}_interviewer": unit.by.id,
            f"{side.value}_interviewed_at": unit.at}
        system.change(row, **values)
        candidate = both(row.pair)[side]
        finish_task(system, candidate.file_id, f"hear_{side.value}", about=candidate.pk)
        if row.state == MatchState.BOTH_SIDES_CHECKED:
            _disclose(system, row)
        else:
            system.change(row, questions=list(questions))
        system.note(f"{side.value}_heard", row)
        match.refresh_from_db()


def _disclose(system: Unit, match: Match) -> None:
    """Both sides are heard: put the answers next to each other in the match file."""
    lanes = {i.side: i for i in Interview.objects.filter(match=match)}
    child, adult = lanes[Side.CHILD], lanes[Side.ADULT]
    said = {i.pk: values["facts"] or [] for i, values in zip(
        (child, adult), open_many([child, adult], "facts"), strict=True)}
    theirs = {f["key"]: f for f in said[adult.pk]}
    for place, fact in enumerate(said[child.pk]):
        answer = theirs.get(fact["key"], {}).get("answer", "")
        system.create(SecretFact, file=match.file_id, match_id=match.pk, child_person=match.child_person, key=fact["key"],
                      place=place, written_the_same=rules.written_the_same(fact["answer"], answer),
                      question=fact.get("text") or "", child_answer=fact["answer"], adult_answer=answer)
    for lane in (child, adult):
        system.change(lane, compared_at=system.at)
    system.change(match, child_recognises=child.recognises, child_wants=child.wants, adult_recognises=adult.recognises,
                  adult_wants=adult.wants, identity_checked=adult.identity_checked,
                  red_flags=sorted({*child.red_flags, *adult.red_flags}))
    add_task(system, file=match.file_id, kind="compare_facts", due_at=system.at + ANSWER_WITHIN, owner=match.case_owner,
             why="both_sides_heard", about=match.pk)


def pass_message(unit: Unit, match: Match) -> None:
    """The family is verified: the relative's message for the child may reach who cares for her."""
    with carried(unit) as system:
        message = open_many([request_of(match.request_file)], "message")[0]["message"]
        if message:
            people = open_many([match], "people")[0]["people"] or {}
            system.change(match, people={**people, "message": message})


# ---- after the hand-over ----

def plan_visits(unit: Unit, match: Match, reunification: UUID, days: Sequence[date], risk: str) -> None:
    """A task for each visit, in the child's file, for whoever answers for the case."""
    with carried(unit) as system:
        case = case_of(match.case_file)
        for number, day in enumerate(days, 1):
            due = datetime.combine(day, time(17), tzinfo=UTC)
            add_task(system, file=case.file_id, kind="visit_family", due_at=due, owner=case.owner_id,
                     why="visit_after_reunification", why_params={"number": number}, about=visit_id(reunification, number),
                     risk=risk)


def visit_id(reunification: UUID, number: int) -> UUID:
    """What the task of one visit is about, so that each visit has its own."""
    return uuid5(reunification, f"visit {number}")


def visit_done(unit: Unit, match: Match) -> None:
    """The earliest open visit is made."""
    with carried(unit) as system:
        task = Task.objects.filter(file_id=match.case_file, kind="visit_family", done_at__isnull=True).order_by("due_at").first()
        if task is not None:
            end_task(system, task)


def end_visits(unit: Unit, match: Match) -> None:
    """No more visits are due: the family is stable, or it broke down."""
    with carried(unit) as system:
        finish_task(system, match.case_file, "visit_family")


def ask_someone(unit: Unit, file: UUID, kind: str, owner: UUID, why: str, about: UUID, within: timedelta) -> None:
    """A task in a file that the actor may not be able to open."""
    with carried(unit) as system:
        add_task(system, file=file, kind=kind, due_at=unit.at + within, owner=owner, why=why, about=about)


def reopen(unit: Unit, match: Match) -> None:
    """A reunification broke down: a closed case opens again at high risk; an open one is at high risk until looked at."""
    with carried(unit) as system:
        case = case_of(match.case_file)
        if is_closed(case):
            reopen_closed(system, case, STAGES.move(case.stage, "reopen_case"), "reunification_breakdown", "", "high")
        else:
            system.change(case, risk_level="high")
            system.note("risk_raised_by_breakdown", case)
