"""Who is acting, and what does the law of access need to know about them?"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person's work lets them be asked to do; permissions are declared per role."""

    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    TRACING_OFFICER = "tracing_officer"
    PANEL_MEMBER = "panel_member"
    BORDER_OFFICER = "border_officer"
    ANALYST = "analyst"
    MANAGER = "manager"
    FOCAL_POINT = "focal_point"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person (or the system) as the rules see them.

    `teams` are those the person works in, `supervises` those whose files they answer for; `session` is an
    opaque handle for the audit, never a secret.
    """

    id: UUID
    role: Role
    agency: UUID
    country: str
    teams: frozenset[UUID] = frozenset()
    supervises: frozenset[UUID] = frozenset()
    session: str = ""
