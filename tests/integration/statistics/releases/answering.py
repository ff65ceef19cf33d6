"""What the worker does with the questions that wait."""

from datetime import datetime

from havre.access.system import system_actor
from havre.infra.acting import acting
from havre.infra.jobs import JOBS
from havre.statistics.models import Question


def work(at: datetime | None = None) -> list[str]:
    """Run the job of every question that waits. Returns what came of them."""
    with acting(system_actor(), now=at):
        waiting = list(Question.objects.filter(outcome="waiting").order_by("asked_at").values_list("pk", flat=True))
        for question in waiting:
            JOBS["statistics.answer"](question=str(question))
        return list(Question.objects.filter(pk__in=waiting).order_by("asked_at").values_list("outcome", flat=True))
