"""Making agencies, teams and people: the work of an administrator, audited as the system's."""

from uuid import UUID, uuid4

from havre.access.models import Agency, Membership, Team, User
from havre.access.signin import set_password
from havre.access.system import system_actor
from havre.core.problems import InputRefused
from havre.infra.acting import acting


def make_agency(code: str, name: str, country: str, contact: str = "", *, takes_referrals: bool = True) -> tuple[Agency, Team]:
    """A new agency with one team; the same code again returns what is there."""
    with acting(system_actor()) as stay:
        agency, fresh = Agency.objects.get_or_create(code=code, defaults={"id": uuid4(), "name": name, "country": country, "contact": contact})
        team, _ = Team.objects.get_or_create(agency=agency, name=f"{name}, team 1", defaults={"id": uuid4(), "takes_referrals": takes_referrals})
        if fresh:
            stay.audit("agency_made", objects=[f"access.agency:{agency.id}"])
    return agency, team


def make_person(id: UUID, username: str, name: str, role: str, agency: str, password: str, *, supervises: bool = False,
                language: str = "en", team: Team | None = None) -> User:
    """A new person with a password and a vault. Raises InputRefused when the agency is unknown or the name is taken."""
    with acting(system_actor()) as stay:
        home = Agency.objects.filter(code=agency).first()
        if home is None:
            raise InputRefused({"agency": ["There is no agency with this code."]})
        if User.objects.filter(username=username.lower()).exists():
            raise InputRefused({"username": ["Someone has this sign-in name already."]})
        user = User(id=id, username=username.lower(), name=name, role=role, agency=home, language=language)
        set_password(user, password)
        user.save(force_insert=True)
        place = team or home.teams.order_by("name").first()
        if place is not None:
            Membership.objects.create(user=user, team=place, supervises=supervises)
        stay.audit("person_made", objects=[f"access.user:{user.id}"], role=role)
    return user
