"""The system's own actor: jobs act as someone too, and are audited like anyone."""

from uuid import UUID, uuid5

from havre.core.actor import Actor, Role

SYSTEM_ID = uuid5(UUID(int=0), "havre:system")
SYSTEM_AGENCY = uuid5(UUID(int=0), "havre:instance")


def system_actor() -> Actor:
    """The actor of jobs; its row is made when the instance is set up."""
    return Actor(id=SYSTEM_ID, role=Role.SYSTEM, agency=SYSTEM_AGENCY, country="")


def ensure_system() -> None:
    """Make the system's agency and row when they are not there yet."""
    from havre.access.models import Agency, User
    Agency.objects.get_or_create(id=SYSTEM_AGENCY, defaults={"code": "havre", "name": "Havre", "country": ""})
    User.objects.get_or_create(id=SYSTEM_ID, defaults={
        "username": "havre-system", "name": "Havre", "role": Role.SYSTEM.value, "agency_id": SYSTEM_AGENCY, "password": "!"})
