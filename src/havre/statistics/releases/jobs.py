"""What happens to a release when nobody is looking? Jobs that may run twice, or stop in the middle, without a second effect."""

from datetime import datetime
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from havre.access.system import system_actor
from havre.core import ids
from havre.core.intent import Intent
from havre.core.problems import Problem
from havre.infra.acting import current
from havre.infra.jobs import job
from havre.statistics.models import Release
from havre.statistics.releases.measuring import measure_release, refuse_release
from havre.statistics.releases.publishing import publish_release
from havre.statistics.states import Status

log = structlog.get_logger("havre.statistics")


def _intent(at: datetime | None = None) -> Intent:
    return Intent(by=system_actor(), at=at or current().now, rid=ids.new_id())


@job("statistics.measure")
def measure(release: str) -> None:
    """Pay for one approved release and measure it; one that cannot be goes back to its author with the reason as a code."""
    try:
        measure_release(_intent(), release=UUID(release))
    except Problem as problem:
        code = str(problem.params.get("reason", problem.code))
        log.warning("release not measured", release=release, code=code)
        refuse_release(_intent(), release=UUID(release), code=code)


@job("statistics.publish_due")
def publish_due(**_when: object) -> None:
    """Every morning: publish what was measured and whose day has come."""
    today = current().now.date()
    for release in Release.objects.filter(status=Status.MEASURED.value, release_on__lte=today).order_by("release_on", "pk").values_list("pk", flat=True):
        publish_release(_intent(), release=release)


app.periodic(cron="11 5 * * *")(app.tasks["statistics.publish_due"])
