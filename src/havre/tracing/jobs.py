"""What happens in tracing when nobody is looking? A job that may run twice without a second effect."""

from uuid import UUID

from havre.infra.acting import current
from havre.infra.jobs import job
from havre.tracing import matching


@job("tracing.match_person")
def match_person(person: str) -> None:
    """A person changed: bring the candidates up to date on both sides."""
    matching.run(UUID(person), current().now)
