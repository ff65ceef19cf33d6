"""Many children who were assessed: cases as they stand in the database, each with an assessment and its factors."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from havre.access.system import system_actor
from havre.cases.models import Assessment, Case, Factor
from havre.infra.acting import acting
from havre.statistics.populations.factors import factors
from tests.integration.statistics.releases.children import entered


def assessed(people: Any, rows: Iterable[Mapping[str, Any]]) -> list[UUID]:
    """One child for each row: as `entered`, with `factors` (name of the attribute, leg, strength) and `unanswered` levels. Returns the files."""
    held = list(rows)
    files = entered(people, held)
    with acting(system_actor()):
        cases = {case.file_id: case for case in Case.objects.filter(file_id__in=files)}
        assessments, found = [], []
        for file, row in zip(files, held, strict=True):
            case = cases[file]
            base: dict[str, Any] = {"heads": [], "disputed": [], "created_at": case.created_at, "created_by": people.caseworker.id,
                                    "updated_at": case.created_at, "file_id": file, "case_id": case.pk}
            made = Assessment(id=uuid4(), mode="office", assessed_at=case.created_at, assessor_id=people.caseworker.id, child_seen_alone=True,
                              risk_level="medium", unanswered=row.get("unanswered", []), **base)
            assessments.append(made)
            for name, leg, strength in row.get("factors", ()):
                told = factors()[name]
                found.append(Factor(id=uuid4(), assessment_id=made.pk, level=told.world, kind=told.kind, code=told.code, strength=strength, phase=leg, **base))
        Assessment.objects.bulk_create(assessments)
        Factor.objects.bulk_create(found)
    return files
