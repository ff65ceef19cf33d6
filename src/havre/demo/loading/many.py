"""How does a described person of the bulk world become a file? One file for a child with a case, one for each other family."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from havre.cases.models import Case, Task
from havre.core import ids
from havre.demo.loading.names import own_id
from havre.demo.loading.rows import NEXT, STAGE_OF, TRACED_AS, noon
from havre.demo.loading.told import path_of
from havre.demo.world import BulkCase, BulkPerson, BulkQuery
from havre.demo.world.model import Stage
from havre.demo.world.places import places
from havre.registration.bulk import BulkEdge, BulkFile, BulkRecord
from havre.registration.inputs import KinInput, PersonInput

TEAMS_PER_AGENCY = 10
WORKERS_PER_TEAM = 10
KINDS = ("given", "father", "grandfather", "family")


def person_id(number: int) -> UUID:
    """The id of a person of the bulk world, by number."""
    return own_id("bulk person", number)


def names_of(parts: Sequence[str], *, native: bool, script: str) -> list[dict[str, str]]:
    """A name as stored: whole, with the father's and grandfather's names told apart."""
    whole = " ".join(p for p in parts if p)
    if not whole:
        return []
    mark = {"script": script if native else "Latn"}
    return [{"value": whole, "kind": "full", **mark},
            *({"value": part, "kind": kind, **mark} for kind, part in zip(KINDS[1:3], parts[1:3], strict=True) if part)]


def input_of(p: BulkPerson, role: str) -> PersonInput:
    """A described person as registration keeps them."""
    names = names_of((p.given, p.father, p.grandfather, p.family), native=False, script="Latn")
    names += names_of((p.given_native, p.father_native, p.grandfather_native, p.family_native), native=True, script=p.script)
    return PersonInput(
        role=role, id=person_id(p.number), names=names, sex=p.sex, age_min=p.age_min, age_max=p.age_max,
        age_method="document" if p.birth_date and len(p.birth_date) == 10 else "estimated_by_worker", birth_date=p.birth_date,
        recorded_on=date.fromisoformat(p.recorded_on), languages=[p.language], phones=[p.phone] if p.phone else [],
        origin=_place(p.origin))


def _place(code: str) -> list[str]:
    return list(path_of(code)) if code in places() else [code]


def kin_of(p: BulkPerson) -> list[KinInput]:
    """The mother and the brothers and sisters a person named."""
    said = [KinInput(PersonInput(role="relative", id=ids.new_id(), names=[{"value": v, "kind": "full"} for v in (p.mother, p.mother_native) if v],
                                 sex="female", recorded_on=date.fromisoformat(p.recorded_on)), "mother")] if p.mother or p.mother_native else []
    return said + [KinInput(PersonInput(role="relative", id=ids.new_id(), names=[{"value": name, "kind": "given"}],
                                        recorded_on=date.fromisoformat(p.recorded_on)), "half_sibling") for name in p.siblings]


def description_values(q: BulkQuery) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """A question of the bulk world as values of a person and kin, as a worker would type them."""
    parts = (q.given, q.father, q.grandfather, q.family)
    names = [{"value": q.value, "kind": "full", "script": q.script},
             *({"value": part, "kind": kind, "script": q.script} for kind, part in zip(KINDS[1:3], parts[1:3], strict=True) if part)]
    values: dict[str, Any] = {
        "names": names, "sex": q.sex, "birth_date": q.birth_date, "age_min": q.age_min, "age_max": q.age_max,
        "recorded_on": date.fromisoformat(q.recorded_on), "languages": [q.language], "origin": _place(q.origin),
        "phones": [q.phone] if q.phone else []}
    kin = [("mother", {"names": [{"value": q.mother, "kind": "full"}]})] if q.mother else []
    return values, kin + [("half_sibling", {"names": [{"value": s, "kind": "given"}]}) for s in q.siblings]


def files_of(people: Sequence[BulkPerson], cases: dict[int, BulkCase], now: datetime) -> Iterator[BulkFile]:
    """The files of some persons. Relatives a child with a case named are persons of their file and not counted."""
    others = [p for p in people if p.number not in cases]
    for p in people:
        if p.number in cases:
            yield _case_file(p, cases[p.number], now)
    for (_family, agency), members in groupby(sorted(others, key=lambda p: (p.family_id, p.agency)), key=lambda p: (p.family_id, p.agency)):
        kept = list(members)
        opened = noon(date.fromisoformat(kept[0].recorded_on))
        yield BulkFile(own_id("bulk file", kept[0].number), "request", own_id("agency", agency), None, None,
                       [input_of(p, "sought_child") for p in kept], (), opened)


def worker_of(agency: str, number: int) -> tuple[UUID, UUID]:
    """The caseworker and the team of a case, by its number: every team gets as much."""
    team = number % TEAMS_PER_AGENCY
    return own_id("bulk worker", agency, team, (number // TEAMS_PER_AGENCY) % WORKERS_PER_TEAM), own_id("bulk team", agency, team)


def _case_file(p: BulkPerson, case: BulkCase, now: datetime) -> BulkFile:
    owner, team = worker_of(p.agency, p.number // 5)
    agency, child, kin = own_id("agency", p.agency), input_of(p, "child"), kin_of(p)[:1]
    opened = min(noon(date.fromisoformat(case.registered_on or case.opened_on)), now)
    stage, risk = Stage(case.stage), case.risk_level or "medium"
    held = STAGE_OF.get(stage, "registered" if stage is Stage.SCREENED else "implementing")
    closed = noon(date.fromisoformat(case.closed_on)) if case.closed_on else None
    row = {"child_id": child.id, "status": case.status, "stage": held, "risk_level": risk, "uasc_status": "separated",
           "concerns": ["separated"], "tracing_status": TRACED_AS.get(stage, ""), "owner_id": owner, "team_id": team, "agency_id": agency,
           "legal_basis": "consent", "registered_at": opened, "identified_at": opened,
           "assessed_at": noon(date.fromisoformat(case.assessed_on)) if case.assessed_on else None, "closed_at": closed}
    records = [BulkRecord(Case, row, id=own_id("bulk case", p.number))]
    if case.next_due:
        kind, step = NEXT.get(held, ("follow_up_visit", "follow_up"))
        due = noon(date.fromisoformat(case.next_due)) + timedelta(hours=p.number % 8 - 4)
        records.append(BulkRecord(Task, {"kind": kind, "due_at": due, "owner_id": owner, "why": f"{step}_by_risk", "risk_level": risk,
                                         "why_params": {"hours": 168, "risk": risk}}))
    edges = [BulkEdge(k.person.id, child.id, k.relation) for k in kin if k.person.id and child.id]
    return BulkFile(own_id("bulk file", p.number), "case", agency, team, owner, [child, *(k.person for k in kin)], edges, opened, records)


def today_of(now: datetime) -> datetime:
    """Midday today."""
    return datetime(now.year, now.month, now.day, 12, tzinfo=UTC)
