"""Who works in the invented world? Agencies, two teams each, the seven people one signs in as, and enough colleagues that
every file has an owner, every approval a second person and every interview somebody of its own side."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from havre.access.models import Agency, Membership, Team, User
from havre.access.people import make_person
from havre.access.queries import actor_of
from havre.access.system import system_actor
from havre.core.actor import Actor
from havre.demo.loading.names import own_id
from havre.demo.world import AGENCIES, demo_people
from havre.infra.acting import acting

CASEWORKERS_PER_TEAM = 3
TEAM_WORDS = {"gedaref": "Gedaref", "kassala": "Kassala", "khartoum": "Khartoum", "darfur": "Darfur", "tigray": "Tigray",
              "amhara": "Amhara", "addis": "Addis", "jijiga": "Jijiga"}
GIVEN = ("Hana", "Yusuf", "Mariam", "Tarek", "Selma", "Biruk", "Nadia", "Idris", "Rahel", "Omar", "Leila", "Samuel", "Huda",
         "Dawud", "Sara", "Elias", "Aster", "Khalid", "Meron", "Ismail", "Zahra", "Yohannes", "Amal", "Girma")
FAMILY = ("Osman", "Tadesse", "Bakri", "Mekonnen", "Salih", "Hagos", "Idris", "Wolde", "Nour", "Abebe", "Hamid", "Desta",
          "Elamin", "Kebede", "Farah", "Girmay", "Babiker", "Alemu", "Sharif", "Tesfaye")


@dataclass
class Staff:
    """Everyone who works here, by role and team (agency code, team code)."""

    actors: dict[str, Actor] = field(default_factory=dict)
    by_place: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    teams: dict[tuple[str, str], UUID] = field(default_factory=dict)
    agencies: dict[str, UUID] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)

    def of(self, role: str, agency: str, team: str = "") -> list[Actor]:
        """People of a role in a team, or in the whole agency; never empty for caseworkers, supervisors and officers."""
        teams = [team] if team and (role, agency, team) in self.by_place else sorted(t for a, t in self.teams if a == agency)
        return [self.actors[name] for t in teams for name in self.by_place.get((role, agency, t), [])]

    def by_id(self, id: UUID | None) -> Actor | None:
        """The person of an id, if they are of this world."""
        return next((a for a in self.actors.values() if a.id == id), None)

    def pick(self, role: str, agency: str, team: str, number: int) -> Actor:
        """One of them, by a number."""
        people = self.of(role, agency, team)
        return people[number % len(people)]


@dataclass(frozen=True, slots=True)
class _Person:
    username: str
    name: str
    role: str
    agency: str
    team: str
    language: str = "en"


def make_staff(password: str) -> Staff:
    """Make agencies, teams and people. Only the seven of the demonstration can sign in."""
    staff = Staff()
    with acting(system_actor()) as stay:
        for agency in AGENCIES:
            row = Agency.objects.create(id=own_id("agency", agency.code), code=agency.code.replace("_", "-"), name=agency.name,
                                        country=agency.country, contact=f"focal.point@{agency.code.replace('_', '-')}.example")
            staff.agencies[agency.code], staff.countries[agency.code] = row.pk, agency.country
            for code in agency.teams:
                team = Team.objects.create(id=own_id("team", agency.code, code), agency=row, takes_referrals=True,
                                           name=f"{agency.name.split()[0]}, {TEAM_WORDS[code]}")
                staff.teams[agency.code, code] = team.pk
            stay.audit("agency_made", objects=[f"access.agency:{row.pk}"])
    shown = {p.username for p in demo_people()}
    for person in (*_seven(), *_colleagues()):
        user = _made(staff, person, password if person.username in shown else None)
        staff.actors[person.username] = actor_of(User.objects.select_related("agency").get(pk=user))
        staff.by_place.setdefault((person.role, person.agency, person.team), []).append(person.username)
    return staff


def _made(staff: Staff, person: _Person, password: str | None) -> UUID:
    id = own_id("person", person.username)
    team = Team.objects.get(pk=staff.teams[person.agency, person.team])
    if password is not None:
        make_person(id, person.username, person.name, person.role, person.agency.replace("_", "-"), password, team=team,
                    supervises=person.role == "supervisor", language=person.language)
        return id
    with acting(system_actor()) as stay:
        user = User(id=id, username=person.username, name=person.name, role=person.role, agency_id=staff.agencies[person.agency],
                    language=person.language)
        user.set_unusable_password()
        user.save(force_insert=True)
        Membership.objects.create(user=user, team=team, supervises=person.role == "supervisor")
        stay.audit("person_made", objects=[f"access.user:{id}"], role=person.role)
    return id


def _seven() -> Iterator[_Person]:
    for one in demo_people():
        yield _Person(one.username, one.name, one.role, one.agency, one.team, one.language)


def _colleagues() -> Iterator[_Person]:
    """Three caseworkers and a supervisor in each team; tracing, border, panel, management and audit in each agency."""
    there = [(p.role, p.agency, p.team) for p in demo_people()]
    number = 0
    for agency in AGENCIES:
        wanted = [(role, code) for code in agency.teams for role in ("caseworker",) * CASEWORKERS_PER_TEAM + ("supervisor",)]
        wanted += [(role, agency.teams[0]) for role in ("tracing_officer", "border_officer", "panel_member", "manager", "auditor")]
        wanted += [("tracing_officer", agency.teams[1]), ("panel_member", agency.teams[1])]
        for role, code in wanted:
            if (role, agency.code, code) in there:
                there.remove((role, agency.code, code))
                continue
            given, family = GIVEN[number % len(GIVEN)], FAMILY[(number * 7) % len(FAMILY)]
            number += 1
            yield _Person(f"{given}.{family}".lower() + (str(number) if number > len(GIVEN) else ""), f"{given} {family}", role,
                          agency.code, code)
