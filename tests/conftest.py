"""What every test stands on: an embedded PostgreSQL of its own, one database per worker, and the standing people."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import psycopg
import pytest

from havre.core.intent import Intent
from havre.infra.server import with_user
from tests.environment import DATABASE, SERVER

COMPILED = "tests/unit/linkage/"
FIRST = (COMPILED, "tests/integration/durability/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What compiles for minutes on a fresh machine begins first, beside what mostly waits, so that neither is waited for at the end."""
    items.sort(key=lambda item: next((at for at, folder in enumerate(FIRST) if item.nodeid.startswith(folder)), len(FIRST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """A file's tests go to one worker; those of linkage all to the same one, so that nothing is compiled by two at once."""
    from xdist.scheduler import LoadFileScheduling

    class Sharing(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return COMPILED if nodeid.startswith(COMPILED) else super()._split_scope(nodeid)

    return Sharing(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """A fresh database, migrated and walled as in production; dropped at the end."""
    admin = with_user(SERVER.owner, "postgres", None, "postgres")
    with psycopg.connect(admin, autocommit=True) as link:
        for (old,) in link.execute("select datname from pg_database where datname like 'havre_test_%'").fetchall():
            pid = int(old.rpartition("_")[2])
            if not Path(f"/proc/{pid}").exists():
                link.execute(f'drop database if exists "{old}" with (force)')
        link.execute(f'create database "{DATABASE}" owner havre_owner')
    from django.db import connections

    from havre.infra.migrate import migrate
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        migrate()
    yield
    connections.close_all()
    with psycopg.connect(admin, autocommit=True) as link:
        link.execute(f'drop database if exists "{DATABASE}" with (force)')


PASSWORD = "correct horse battery staple"


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """The standing people: see `/tests/README.md`. Agencies A (country SD) and B (country ET)."""
    from havre.access.models import Agency, Membership, Team, User
    from havre.access.queries import actor_of
    from havre.access.system import ensure_system
    ensure_system()
    a = Agency.objects.create(id=uuid4(), code="agency-a", name="Agency A", country="SD", contact="focal@a.example")
    b = Agency.objects.create(id=uuid4(), code="agency-b", name="Agency B", country="ET", contact="focal@b.example")
    team_a = Team.objects.create(id=uuid4(), agency=a, name="Team A", takes_referrals=True)
    team_b = Team.objects.create(id=uuid4(), agency=b, name="Team B", takes_referrals=True)
    rows = [("caseworker", "caseworker", team_a), ("colleague", "caseworker", team_a), ("supervisor", "supervisor", team_a),
            ("outsider", "caseworker", team_b), ("outside_supervisor", "supervisor", team_b),
            ("tracing_officer", "tracing_officer", team_b), ("home_tracing", "tracing_officer", team_a),
            ("officer", "border_officer", team_a), ("analyst", "analyst", team_a), ("panel_member", "panel_member", team_a),
            ("manager", "manager", team_a), ("auditor", "auditor", team_a)]
    out = SimpleNamespace(agency_a=a, agency_b=b, team_a=team_a, team_b=team_b, users={})
    from django.contrib.auth.hashers import make_password
    for name, role, team in rows:
        user = User.objects.create(id=uuid4(), username=name, name=name.replace("_", " ").title(), role=role,
                                   agency=team.agency, password=make_password(None))
        Membership.objects.create(user=user, team=team, supervises=role == "supervisor")
        out.users[name] = user
        setattr(out, name, actor_of(user))
    return out


@pytest.fixture
def intent() -> Callable[..., Intent]:
    """Make an intent: `intent(actor)` now, or with a time and a request id of one's own."""
    from django.utils import timezone

    def make(actor: object, at: object = None, rid: UUID | None = None) -> Intent:
        return Intent(by=actor, at=at or timezone.now(), rid=rid or uuid4())  # type: ignore[arg-type]
    return make


@pytest.fixture
def sign_in_as(client: object) -> Callable[..., object]:
    """A test client signed in as one of the people, past the password page."""
    from django.utils import timezone

    from havre.access.models import SignIn

    def go(user: object) -> object:
        client.force_login(user)  # type: ignore[attr-defined]
        session = client.session  # type: ignore[attr-defined]
        row = SignIn.objects.create(id=uuid4(), user=user, session_key=session.session_key, started_at=timezone.now(),
                                    seen_at=timezone.now())
        session["sign_in"] = str(row.id)
        session.save()
        return client
    return go
