"""What happens to a release when nobody is looking? Jobs that may run twice, or stop in the middle, without a second effect."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from havre.access.system import system_actor
from havre.core import ids
from havre.core.intent import Intent
from havre.core.problems import Problem
from havre.infra.acting import current
from havre.infra.jobs import defer, job
from havre.statistics.models import Question, Release
from havre.statistics.releases.asking import answer_question, refuse_question
from havre.statistics.releases.measuring import measure_release, refuse_release
from havre.statistics.releases.publishing import publish_release
from havre.statistics.states import Status

LEFT_FOR: Final = timedelta(minutes=2)
GIVEN_UP_AFTER: Final = timedelta(days=1)
GIVEN_UP: Final = "given_up"
log = structlog.get_logger("havre.statistics")


def _intent(at: datetime | None = None) -> Intent:
    return Intent(by=system_actor(), at=at or current().now, rid=ids.new_id())


@job("statistics.measure")
def measure(release: str) -> None:
    """Pay for one approved release and measure it; one that cannot be goes back to its author with the reason as a code."""
    _once("release", release, measure_release, refuse_release)


@job("statistics.answer")
def answer(question: str) -> None:
    """Pay for one question and measure it; one that cannot be is refused with the reason as a code."""
    _once("question", question, answer_question, refuse_question)


def _once(what: str, subject: str, count: Callable[..., object], refuse: Callable[..., object]) -> None:
    """Carry out `count` for a release or a question (`what`); where the rules or the ledger forbid it, `refuse` keeps why, as a code."""
    try:
        count(_intent(), **{what: UUID(subject)})
    except Problem as problem:
        code = str(problem.params.get("reason", problem.code))
        log.warning("not measured", code=code, **{what: subject})
        refuse(_intent(), code=code, **{what: UUID(subject)})


@job("statistics.work_left")
def work_left(**_when: object) -> None:
    """Every few minutes: whatever waits though its job is gone (the worker was killed, or the machine stopped) gets a new one.

    What is done already is passed over by the action itself. A question that fails again and again is given up, with nothing spent.
    """
    now = current().now
    for question, asked_at in Question.objects.filter(outcome="waiting", asked_at__lt=now - LEFT_FOR).order_by("asked_at").values_list("pk", "asked_at"):
        if asked_at < now - GIVEN_UP_AFTER:
            refuse_question(_intent(), question=question, code=GIVEN_UP)
        else:
            defer("statistics.answer", question=str(question))
    for release in Release.objects.filter(status=Status.APPROVED.value, decided_at__lt=now - LEFT_FOR).order_by("decided_at").values_list("pk", flat=True):
        defer("statistics.measure", release=str(release))


app.periodic(cron="*/5 * * * *")(app.tasks["statistics.work_left"])


@job("statistics.publish_due")
def publish_due(**_when: object) -> None:
    """Every morning: publish what was measured and whose day has come."""
    today = current().now.date()
    for release in Release.objects.filter(status=Status.MEASURED.value, release_on__lte=today).order_by("release_on", "pk").values_list("pk", flat=True):
        publish_release(_intent(), release=release)


app.periodic(cron="11 5 * * *")(app.tasks["statistics.publish_due"])
