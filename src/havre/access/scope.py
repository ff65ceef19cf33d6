"""Which principals does each role speak for? The one table behind the queryset filter and row-level security.

A grant names a principal: a person, a team or an agency. Every active person speaks for themselves; a supervisor also
for the teams they supervise, a manager and an auditor for their agency. Nobody else speaks for a team or an agency:
colleagues do not see each other's files.
"""

from typing import Final

from havre.core.actor import Actor, Role

SPEAKS_FOR_TEAM: Final = frozenset({Role.SUPERVISOR})
SPEAKS_FOR_AGENCY: Final = frozenset({Role.MANAGER, Role.AUDITOR})
SEES_ALL: Final = frozenset({Role.SYSTEM})


def principals(actor: Actor) -> frozenset[object]:
    """The ids of the principals this actor speaks for."""
    own: frozenset[object] = frozenset({actor.id})
    if actor.role in SPEAKS_FOR_TEAM:
        own |= actor.supervises
    if actor.role in SPEAKS_FOR_AGENCY:
        own |= {actor.agency}
    return own


def _quoted(roles: frozenset[Role]) -> str:
    return ", ".join(f"'{role.value}'" for role in sorted(roles))


def principals_sql() -> str:
    """The same table as the body of the SQL function `havre_principals()`."""
    return f"""
    select coalesce(array_agg(principal), '{{}}') from (
      select u.id as principal from access_user u where u.id = havre_actor() and u.is_active
      union all
      select m.team_id from access_membership m join access_user u on u.id = m.user_id
       where u.id = havre_actor() and u.is_active and m.supervises and u.role in ({_quoted(SPEAKS_FOR_TEAM)})
      union all
      select u.agency_id from access_user u
       where u.id = havre_actor() and u.is_active and u.role in ({_quoted(SPEAKS_FOR_AGENCY)})
    ) p"""


def sees_all_sql() -> str:
    """The same table as the body of the SQL function `havre_sees_all()`: the system's own jobs."""
    return (f"select exists (select 1 from access_user u where u.id = havre_actor() and u.is_active"
            f" and u.role in ({_quoted(SEES_ALL)}))")
