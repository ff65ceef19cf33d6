"""What can each database role do, whatever the application's code says?"""

import psycopg
import pytest

from havre.infra.server import with_user
from tests.environment import DATABASE, SERVER

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_role(db):
    """Run a statement as one of the roles: `as_role("havre_report", "select …")`."""
    admin = with_user(SERVER.owner, "postgres", None, DATABASE)

    def run(role: str, statement: str) -> list:
        with psycopg.connect(admin) as link:
            link.execute(f"set role {role}")
            return link.execute(statement).fetchall()
    return run


def test_the_reporting_role_reads_codes_and_no_sealed_column(as_role):
    as_role("havre_report", "select id, file_id, sex, age_min from registration_person")
    for hidden in ("names", "phones", "birth_date"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role("havre_report", f"select {hidden} from registration_person")
    for table in ("infra_data_key", "infra_edit", "access_user"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role("havre_report", f"select * from {table}")


def test_the_application_role_cannot_step_over_the_wall(as_role):
    for statement in ("alter table registration_person disable row level security", "set role havre_owner", "drop table infra_audit",
                      "create table mine (x int)", "delete from django_migrations returning 1"):
        with pytest.raises(psycopg.errors.Error), psycopg.connect(with_user(SERVER.app, "havre_app", None, DATABASE)) as link:
            link.execute(statement)


def test_without_an_actor_the_application_role_reads_no_record(as_role):
    assert as_role("havre_app", "select count(*) from registration_person") == [(0,)]
    assert as_role("havre_app", "select count(*) from infra_edit") == [(0,)]
