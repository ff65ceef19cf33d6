"""Who asks for a write, when, and is it the same request as before?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Intent:
    """One wish to change something; the client makes `rid`, so that a repeat has no second effect."""

    by: Actor
    at: datetime
    rid: UUID

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError("Intent.at needs a time zone")
