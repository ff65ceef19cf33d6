"""May this person do this to that file? Pure: the one judge behind every door.

A `Permission` names, for each role, the relations to a file that allow it. An empty set of relations means that the
permission concerns no existing file (registering a new child, opening the list).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from havre.core.actor import Actor, Role


class Relation(StrEnum):
    """How a person stands to a file."""

    ASSIGNED = "assigned"  # the worker responsible, or one added to the file
    TEAM = "team"          # supervisor of the team responsible
    AGENCY = "agency"      # manager or auditor of the agency responsible
    SHARED = "shared"      # given by someone for a purpose and a time
    PANEL = "panel"        # reader in a best-interests panel
    OPENED = "opened"      # made the file a moment ago, in this same transaction


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that may be done, and by whom: `allowed[role]` = relations that suffice (empty: no file needed)."""

    code: str
    allowed: Mapping[Role, frozenset[Relation]]

    def __hash__(self) -> int:
        return hash(self.code)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer with its reason: `allowed | role | relation | barred`."""

    allowed: bool
    reason: str


def permission(code: str, **roles: str) -> Permission:
    """Write a permission as a line: `permission("cases.assess", caseworker="assigned", supervisor="team assigned")`.

    A role with an empty text needs no relation. Raises ValueError for an unknown role or relation.
    """
    return Permission(code, {Role(r): frozenset(Relation(x) for x in said.split()) for r, said in roles.items()})


def decide(actor: Actor, wanted: Permission, relations: frozenset[Relation] | None, *, barred: bool = False) -> Decision:
    """Judge. `relations` is None when no file is concerned; a bar (conflict of interest) always wins.

    The system itself may do what a permission grants to the role `system`, whatever its relation.
    """
    if barred:
        return Decision(False, "barred")
    needed = wanted.allowed.get(actor.role)
    if needed is None:
        return Decision(False, "role")
    if relations is None or not needed or actor.role is Role.SYSTEM:
        return Decision(True, "allowed")
    return Decision(True, "allowed") if needed & relations else Decision(False, "relation")
