"""A tiny world to count: a few cases of agency A, written straight as records, so that every number can be worked out by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from havre.cases.models import Case
from havre.core.intent import Intent

NOW = datetime(2026, 10, 31, 15, tzinfo=UTC)


def day(number: int, month: int = 10, hour: int = 9) -> datetime:
    """A day of the year of the tiny world."""
    return datetime(2026, month, number, hour, tzinfo=UTC)


@pytest.fixture
def write(people: SimpleNamespace) -> Callable[..., Any]:
    """Write one record as the system would: `write(Model, file=…, at=…, **values)`."""
    from havre.access.system import system_actor
    from havre.cases import permissions
    from havre.infra.acting import acting
    from havre.infra.unit import Unit

    def make(model: Any, *, file: Any, at: datetime | None = None, **values: Any) -> Any:
        actor = system_actor()
        with acting(actor, now=at or NOW) as stay:
            unit = Unit(Intent(actor, at or NOW, uuid4()), permissions.MARK_LATE, stay)
            made = unit.create(model, file=file, **values)
            unit.finish()
        return made
    return make


@pytest.fixture
def child(people: SimpleNamespace) -> Callable[..., Case]:
    """A case of agency A (or another owner's) on a day: `child(day(3), sex="male", age=4, uasc_status="separated", …)`."""
    from havre.access import files
    from havre.cases import permissions
    from havre.infra.acting import acting
    from havre.infra.unit import Unit
    from havre.registration.models import Person

    def make(at: datetime, *, owner: Any = None, sex: str = "female", age: int | None = 13, team: Any = None, **values: Any) -> Case:
        worker, team = owner or people.caseworker, team or (people.team_a if (owner or people.caseworker).agency == people.agency_a.id else people.team_b)
        with acting(worker, now=at) as stay:
            unit = Unit(Intent(worker, at, uuid4()), permissions.ASSESS, stay)
            file = files.open_file(unit, "case", agency=worker.agency, team=team.id)
            person = unit.create(Person, file=file.id, role="child", sex=sex, age_min=age, age_max=age, recorded_on=at.date(), languages=[])
            case = unit.create(Case, file=file.id, child_id=person.pk, owner_id=worker.id, team_id=team.id, agency_id=worker.agency,
                               registered_at=at, **{"uasc_status": "separated"} | values)
            unit.finish()
            files.settle(unit, file, owner=worker.id)
        return case
    return make


@pytest.fixture
def count(people: SimpleNamespace) -> Callable[..., Any]:
    """Count an indicator for October 2026 as somebody: `count("active_caseload", by="sex")`, the supervisor unless another is named."""
    from havre.infra.acting import acting
    from havre.statistics.counting.reading import indicator_of, look_at, period_of

    def look(code: str, actor: Any = None, *, by: str = "", across: str = "", period: str = "2026-10", now: datetime = NOW) -> Any:
        actor = actor or people.supervisor
        with acting(actor, now=now):
            return look_at(actor, [(indicator_of(code), by, across)], period_of(period, now), now=now)[0]
    return look


def later(at: datetime, **away: float) -> datetime:
    """A time after another."""
    return at + timedelta(**away)
