"""Many children quickly: cases as they stand in the database, entered in chosen months."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from havre.access.models import File
from havre.access.system import system_actor
from havre.cases.models import Case
from havre.infra.acting import acting
from havre.registration.models import Person


def entered(people: Any, rows: Iterable[Mapping[str, Any]], *, agency: Any = None, team: Any = None) -> list[UUID]:
    """One child for each row: `month` (a date) and what else differs (sex, age, status, concerns, nationalities…). Returns the files."""
    agency, team = agency or people.agency_a, team or people.team_a
    files, persons, cases = [], [], []
    for row in rows:
        at = datetime.combine(row.get("month", date(2026, 3, 1)), datetime.min.time(), UTC).replace(day=10)
        base: dict[str, Any] = {"heads": [], "disputed": [], "created_at": at, "created_by": people.caseworker.id, "updated_at": at}
        file = File(id=uuid4(), kind="case", code=uuid4().hex[:12], agency=agency, team=team, opened_at=at)
        person = Person(id=uuid4(), file=file, role="child", sex=row.get("sex", "female"), age_min=row.get("age", 9), age_max=row.get("age", 9),
                        recorded_on=at.date(), **base)
        case = Case(id=uuid4(), file=file, child=person, owner_id=people.caseworker.id, team_id=team.pk, agency_id=agency.pk, registered_at=at,
                    uasc_status=row.get("status", "unaccompanied"), risk_level=row.get("risk", "medium"), concerns=row.get("concerns", []),
                    status=row.get("case_status", "open"), **base)
        files.append(file)
        persons.append(person)
        cases.append(case)
    with acting(system_actor()):
        File.objects.bulk_create(files)
        Person.objects.bulk_create(persons)
        Case.objects.bulk_create(cases)
    return [file.pk for file in files]
