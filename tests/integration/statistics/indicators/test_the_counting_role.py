"""The role that counts: plain columns of one's own files; no sealed column, no writing, no key, no name."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from havre.infra.acting import acting
from havre.infra.fields import SealedField
from havre.infra.rls import protected_tables, record_models
from havre.infra.server import COUNT_ROLE
from tests.integration.statistics.indicators.conftest import day

pytestmark = pytest.mark.django_db


def as_counting(actor: Any, statement: str) -> list[Any]:
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"set local role {COUNT_ROLE}")
        cursor.execute(statement)
        found = list(cursor.fetchall()) if cursor.description else []
        cursor.execute("set local role none")
    return found


@pytest.mark.parametrize("who", ["caseworker", "colleague", "supervisor", "manager", "outsider", "analyst", "officer"])
def test_it_sees_the_files_that_the_application_sees(child: Callable[..., Any], people: SimpleNamespace, who: str) -> None:
    child(day(1))
    child(day(2), owner=people.outsider)
    actor = getattr(people, who)
    for table, column in protected_tables().items():
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(f"select {column} from {table} order by 1")
            seen = cursor.fetchall()
        assert as_counting(actor, f"select {column} from {table} order by 1") == seen


def test_it_can_name_no_sealed_column_and_no_key(people: SimpleNamespace) -> None:
    sealed = [(m._meta.db_table, f.column) for m in record_models() for f in m._meta.concrete_fields if isinstance(f, SealedField)]
    assert len(sealed) > 50
    for table, column in [*sealed, ("infra_edit", "plain"), ("infra_edit", "sealed"), ("infra_data_key", "wrapped"), ("access_user", "password"),
                          ("access_user", "name"), ("registration_index", "tokens")]:
        with pytest.raises(DatabaseError):
            as_counting(people.supervisor, f"select {column} from {table}")


def test_it_can_write_nothing(child: Callable[..., Any], people: SimpleNamespace) -> None:
    child(day(1))
    for statement in ("update cases_case set risk_level = 'none'", "delete from cases_case", "delete from access_bar",
                      "insert into access_membership (user_id, team_id, supervises) select id, id, true from access_user"):
        with pytest.raises(DatabaseError):
            as_counting(people.supervisor, statement)


def test_the_application_has_none_of_its_rights_until_it_turns_into_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolinherit from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute("select pg_has_role(current_user, %s, 'usage'), pg_has_role(current_user, %s, 'member')", [COUNT_ROLE, COUNT_ROLE])
        assert cursor.fetchone() == (False, True)
