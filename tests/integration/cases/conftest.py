"""Cases to test with: one child with a file, opened the way registration opens it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from havre.cases.given import ActionGiven, AssessmentGiven, ViewGiven
from havre.cases.models import Case
from havre.core.intent import Intent


@pytest.fixture
def open_case(people: SimpleNamespace) -> Callable[..., Case]:
    """Open a case of agency A for the caseworker: `open_case(risk_level="high", age=(9, 10), at=…)`."""
    from havre.access import files
    from havre.cases import permissions
    from havre.cases.writing import case_opened
    from havre.infra.acting import acting
    from havre.infra.unit import Unit
    from havre.registration.models import Person

    def make(owner: Any = None, age: tuple[int, int] = (13, 14), at: datetime | None = None, **values: Any) -> Case:
        owner = owner or people.caseworker
        when = at or datetime.now(UTC)
        with acting(owner, now=when) as stay:
            unit = Unit(Intent(owner, when, uuid4()), permissions.ASSESS, stay)
            file = files.open_file(unit, "case", agency=people.agency_a.id, team=people.team_a.id)
            child = unit.create(Person, file=file.id, role="child", sex="female", age_min=age[0], age_max=age[1],
                                age_method="self_reported", recorded_on=when.date(), languages=["ti"],
                                names=[{"value": "ሰላም ተስፋይ", "script": "Ethi", "kind": "full"},
                                       {"value": "Selam Tesfay", "script": "Latn", "kind": "full"}])
            case = unit.create(Case, file=file.id, child_id=child.pk, owner_id=owner.id, team_id=people.team_a.id,
                               agency_id=people.agency_a.id, registered_at=when,
                               **{"risk_level": "medium", "uasc_status": "separated", "concerns": ["neglect_medical"]} | values)
            case_opened(unit, case)
            unit.finish()
            files.settle(unit, file, owner=owner.id)
            case.file = file
        return case
    return make


VIEW = ViewGiven(topic="situation", mode="own_words", words="I want to find my mother.", language="ti", alone=True,
                 weight="significant", decision_follows=True)
ASSESSMENT = AssessmentGiven(mode="office", child_seen_alone=True, risk_level="medium", risk_reasons="Separated, cared for by kin.",
                             summary="Safe for now.", views=VIEW)
LINE = ActionGiven(service_type="medical", goal="Seen by a doctor", owner=None, due_on=date(2030, 1, 1), concern="neglect_medical")


@pytest.fixture
def given() -> SimpleNamespace:
    """Answers as a worker would give them."""
    return SimpleNamespace(view=VIEW, assessment=ASSESSMENT, line=LINE)
