"""What happens in tracing when nobody is looking? Jobs that may run twice without a second effect."""

from typing import Final
from uuid import UUID

from procrastinate.contrib.django import app

from havre.infra.acting import current
from havre.infra.jobs import defer, job
from havre.tracing import matching

A_NIGHT: Final = 5000


@job("tracing.match_person")
def match_person(person: str) -> None:
    """A person changed: bring the candidates up to date on both sides."""
    matching.run(UUID(person), current().now)


@job("tracing.match_overdue")
def match_overdue(**_when: object) -> None:
    """Compare those whom no comparison has reached since they changed, or since the model changed."""
    for person in matching.overdue(A_NIGHT):
        defer("tracing.match_person", person=str(person))


app.periodic(cron="17 3 * * *")(app.tasks["tracing.match_overdue"])
