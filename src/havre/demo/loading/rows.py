"""How do many invented cases come in at once? As rows of files, people and records that say what the actions would have left,
for colleagues whose desks nobody opens in the demonstration, and for measuring."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from havre.cases import rules
from havre.cases.assessing import level_of
from havre.cases.models import Assessment, Case, Factor, FollowUp, Task, View
from havre.config.policies import policy_for
from havre.demo.loading import told
from havre.demo.loading.casework import NOTES, Child, _expected_risk, _said, _view, factors
from havre.demo.loading.names import own_id
from havre.demo.world.model import Stage, TracingRequest
from havre.registration.bulk import Buffers, BulkEdge, BulkFile, BulkRecord, gather
from havre.registration.consents import Consent
from havre.registration.inputs import KinInput, PersonInput

ROWS_AT_ONCE = 300
STAGE_OF = {Stage.REGISTERED: "registered", Stage.ASSESSED: "assessed", Stage.PLAN_AGREED: "plan_agreed", Stage.CLOSED: "closed"}
TRACED_AS = {Stage.TRACING: "in_progress", Stage.VERIFIED: "verified", Stage.REUNIFIED: "reunified", Stage.FOLLOWED_UP: "reunified",
             Stage.CLOSED: "reunified"}
NEXT = {"registered": ("assess", "rapid_assessment"), "assessed": ("plan", "plan")}


def noon(day: date) -> datetime:
    """Midday of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def task_record(country: str, kind: str, step: str, risk: str, owner: UUID, since: datetime) -> BulkRecord:
    """An open task with its time by risk."""
    due = rules.next_step(policy_for(country), kind, step, risk, since)
    return BulkRecord(Task, {"kind": kind, "due_at": due.due_at, "owner_id": owner, "why": due.why, "why_params": dict(due.params),
                             "risk_level": risk}, at=since)


def case_file(child: Child) -> BulkFile:
    """One registered child of the invented world with all that is on file."""
    reg, story = child.reg, child.reg.case
    person, family = told.child_of(reg), told.family_of(reg)
    registered = child.clock.on(story.day_of(Stage.REGISTERED) or child.today, 9)
    file, risk = own_id("file", reg.id), _expected_risk(child)
    owner = child.owner.id
    child.case, child.file = own_id("case", reg.id), file
    records = [*_consents(child, registered), BulkRecord(Case, _case(child, registered, risk), id=child.case, at=registered),
               *_worked(child, risk), *_open(child, registered, risk)]
    edges = [BulkEdge(k.person.id, person.id, k.relation, k.edge()) for k in family if k.person.id and person.id]
    return BulkFile(file, "case", child.owner.agency, child.team, owner, [person, *(k.person for k in family)], edges, registered,
                    [BulkRecord(r.model, r.values, r.id, r.subject, r.at, owner) for r in records])


def _consents(child: Child, at: datetime) -> Iterator[BulkRecord]:
    reg, person = child.reg, own_id("child", child.reg.id)
    yield BulkRecord(Consent, {"person_id": person, "event": "basis", "given_by": "other", "basis": reg.legal_basis, "given_at": at},
                     subject=person)
    for given in told.consents_of(reg, policy_for(reg.country)):
        yield BulkRecord(Consent, {
            "person_id": person, "event": given.event, "given_by": given.given_by, "type": given.type, "mode": given.mode,
            "language": given.language, "answers": dict(given.answers), "given_at": at, "exception": given.exception,
            "reasons": dict(given.reasons) or None}, subject=person)


def _case(child: Child, registered: datetime, risk: str) -> Mapping[str, Any]:
    reg, story = child.reg, child.reg.case
    closed, assessed = story.day_of(Stage.CLOSED), story.day_of(Stage.ASSESSED)
    flags = rules.flags_from_facts(story.uasc_status, reg.age.age_min, story.concerns)
    return {
        "child_id": own_id("child", reg.id), "status": "closed" if closed else "open", "stage": STAGE_OF.get(story.stage, "implementing"),
        "risk_level": "none" if closed else risk, "risk_flags": [] if closed else sorted(flags), "uasc_status": story.uasc_status,
        "population_group": story.population_group, "concerns": list(story.concerns), "identification_source": story.identification_source,
        "immediate_needs": [n.need for n in story.immediate_needs], "tracing_status": TRACED_AS.get(story.stage, ""),
        "guardian_status": "requested", "owner_id": child.owner.id, "team_id": child.team, "agency_id": child.owner.agency,
        "legal_basis": reg.legal_basis, "identified_at": registered, "registered_at": registered,
        "assessed_at": noon(assessed) if assessed else None, "closed_at": noon(closed) if closed else None,
        "stored_until": rules.add_months(closed, 60) if closed else None, "risk_reasons": "; ".join(story.risk_reasons) or None}


def _worked(child: Child, risk: str) -> Iterator[BulkRecord]:
    story, case = child.reg.case, own_id("case", child.reg.id)
    assessed, running = story.day_of(Stage.ASSESSED), story.day_of(Stage.IMPLEMENTING)
    if assessed:
        at, view = noon(assessed), _view(child, "situation", _said(child, "care"))
        yield BulkRecord(View, {"case_id": case, "whose": "child", "topic": view.topic, "mode": view.mode, "language": view.language,
                                "alone": view.alone, "given_at": at, "words": view.words or None, "weight": view.weight,
                                "no_views_reason": view.no_views_reason or None}, at=at)
        found, made = factors(child), own_id("assessment", child.reg.id)
        looked = {level_of(each) for each in found}
        yield BulkRecord(Assessment, {"case_id": case, "mode": "office", "assessed_at": at, "assessor_id": child.owner.id,
                                      "child_seen_alone": True, "risk_level": risk, "risk_reasons": "; ".join(story.risk_reasons),
                                      "unanswered": [level.value for level in rules.Level if level not in looked]}, id=made, at=at)
        for each in found:
            yield BulkRecord(Factor, {"case_id": case, "assessment_id": made, "level": level_of(each), "kind": each.kind, "code": each.code,
                                      "strength": each.strength, "phase": each.phase, "changeable": each.changeable}, at=at)
    if running:
        at = noon(running)
        yield BulkRecord(FollowUp, {"case_id": case, "kind": "in_care", "channel": "home_planned", "with_whom": ["child", "caregiver"],
                                    "result": "reached", "happened_at": at, "child_seen": True, "worker_id": child.owner.id,
                                    "seen_and_heard": child.rng.choice(NOTES)}, at=at)


def _open(child: Child, registered: datetime, risk: str) -> Iterator[BulkRecord]:
    story = child.reg.case
    if story.stage is Stage.CLOSED:
        return
    kind, step = NEXT.get(STAGE_OF.get(story.stage, ""), ("follow_up_visit", "follow_up"))
    since = child.clock.now - timedelta(hours=child.rng.randrange(1, 60))
    yield task_record(child.reg.country, kind, step, risk, child.owner.id, max(since, registered))


def request_file(request: TracingRequest, owner: UUID, team: UUID, agency: UUID) -> BulkFile:
    """One request of a relative with all that was told."""
    from havre.tracing.models import TracingRequest as Request
    inquirer, sought, family = told.inquirer_of(request), told.sought_of(request), told.family_told(request)
    at, file = noon(request.recorded_on), own_id("request file", request.id)
    told_by = KinInput(inquirer, _relation(request))
    edges = [BulkEdge(k.person.id, sought.id, k.relation, k.edge()) for k in (told_by, *family) if k.person.id and sought.id]
    row = {"inquirer_id": inquirer.id, "sought_id": sought.id, "relation": _relation(request), "consent_share": request.consent_share,
           "consent_given_by_mode": "verbal_witnessed", "status": request.status, "language": request.inquirer_language,
           "lived_with": "yes" if request.lived_with_child else "no", "owner_id": owner, "team_id": team, "agency_id": agency,
           "country": request.country, "received_at": at, "separation_cause": request.separation_cause, "message": request.message or None}
    people: Sequence[PersonInput] = [inquirer, sought, *(k.person for k in family)]
    return BulkFile(file, "request", agency, team, owner, people, edges, at, [BulkRecord(Request, row, id=own_id("request", request.id), by=owner)])


def _relation(request: TracingRequest) -> str:
    return told.relation_of(request.inquirer.relation)


def write(files: Sequence[BulkFile], by: UUID) -> None:
    """Write files in the present transaction, as the application, which must act as the system."""
    buffers = Buffers()
    for file in files:
        gather(buffers, file, at=file.opened_at or datetime.now(UTC), by=file.owner or by)
    with connection.cursor() as cursor:
        for (table, columns), rows in buffers.rows.items():
            named = ", ".join(f'"{c}"' for c in columns)
            holes = f"({', '.join(['%s'] * len(columns))})"
            for start in range(0, len(rows), ROWS_AT_ONCE):
                part = rows[start:start + ROWS_AT_ONCE]
                cursor.execute(f"insert into {table} ({named}) values {', '.join([holes] * len(part))}",
                               [cell for row in part for cell in row])
