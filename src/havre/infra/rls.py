"""The second wall: row-level security, roles' rights and append-only tables, compiled from the scope table.

`install()` runs as the owner after every migration and may run again at any time. It covers every `Record` model, the
files and the edits; a guard test fails when a table with sealed columns is not covered.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import connections

from havre.access.scope import principals_sql, sees_all_sql
from havre.infra.fields import SealedField
from havre.infra.records import Record
from havre.infra.server import APP_ROLE, COUNT_ROLE, MATCH_ROLE, REPORT_ROLE

APPEND_ONLY = ("infra_edit", "infra_audit")

FUNCTIONS = f"""
create or replace function havre_actor() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('havre.actor', true), '')::uuid $$;
create or replace function havre_principals() returns uuid[] language sql stable parallel safe as
$$ {principals_sql()} $$;
create or replace function havre_sees_all() returns boolean language sql stable parallel safe as
$$ {sees_all_sql()} $$;
create or replace function havre_no_rewriting() returns trigger language plpgsql as
$$ begin raise exception 'this table is append-only' using errcode = 'insufficient_privilege'; end $$;
create sequence if not exists infra_edit_order;
"""


def visible(column: str) -> str:
    """The condition under which a row whose file is in `column` may be seen by the present actor.

    `offset 0` keeps PostgreSQL from reading every grant of a principal at once (200,000 for an agency): a page of fifty
    rows then costs fifty look-ups, 60 ms instead of 1.2 s.
    """
    return (f"(select havre_sees_all()) or (exists (select 1 from access_grant g where g.file_id = {column}"
            " and g.principal = any ((select havre_principals())::uuid[])"
            " and (g.expires_at is null or g.expires_at > now()) offset 0)"
            f" and not exists (select 1 from access_bar b where b.file_id = {column} and b.user_id = (select havre_actor())))")


def visible_together(column: str) -> str:
    """The same condition for counting: every file of the actor's principals is read once and looked up, 0.1 s for 200,000 rows where
    asking for each row takes two seconds. For the role that counts alone: a page of fifty rows would pay for all of them."""
    return (f"(select havre_sees_all()) or ({column} in (select g.file_id from access_grant g"
            " where g.principal = any ((select havre_principals())::uuid[]) and (g.expires_at is null or g.expires_at > now()))"
            f" and {column} not in (select b.file_id from access_bar b where b.user_id = (select havre_actor())))")


def record_models() -> list[type[Record]]:
    """Every concrete Record model."""
    return [m for m in apps.get_models() if issubclass(m, Record) and not m._meta.abstract]


def protected_tables() -> dict[str, str]:
    """Table name -> the column that holds its file."""
    tables = {m._meta.db_table: "file_id" for m in record_models()}
    return {"access_file": "id", "infra_edit": "file_id", **tables}


def _policies(table: str, column: str) -> Iterator[str]:
    condition = visible(f"{table}.{column}")
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"
    for name in ("app_sees", "app_adds", "owner_sees", "report_sees", "count_sees"):
        yield f"drop policy if exists {name} on {table}"
    if table == "access_file":
        yield f"create policy app_adds on {table} for insert to {APP_ROLE} with check (true)"
    yield f"create policy app_sees on {table} for all to {APP_ROLE} using ({condition}) with check ({condition})"
    yield f"create policy owner_sees on {table} for all to current_user using (true) with check (true)"
    yield f"create policy count_sees on {table} for select to {COUNT_ROLE} using ({visible_together(f'{table}.{column}')})"


def _report(model: type[Record]) -> Iterator[str]:
    """The reporting role reads tier A of every file and cannot name a sealed column."""
    table = model._meta.db_table
    plain = [f'"{f.column}"' for f in model._meta.concrete_fields if not isinstance(f, SealedField)]
    yield f"revoke all on {table} from {REPORT_ROLE}"
    yield f"grant select ({', '.join(plain)}) on {table} to {REPORT_ROLE}"
    yield f"create policy report_sees on {table} for select to {REPORT_ROLE} using (true)"


COUNTED: Mapping[str, str] = {
    "access_file": "id, kind, agency_id, team_id, opened_at", "access_grant": "file_id, principal, relation, granted_at, expires_at",
    "access_bar": "file_id, user_id", "access_user": "id, role, agency_id, is_active", "access_membership": "user_id, team_id, supervises",
    "access_team": "id, agency_id", "infra_edit": "id, file_id, kind, record, at, fields"}


def _counting() -> Iterator[str]:
    """The role that counts reads plain columns of the actor's own files and can neither name a sealed column nor write."""
    tables = {m._meta.db_table: ", ".join(f'"{f.column}"' for f in m._meta.concrete_fields if not isinstance(f, SealedField))
              for m in record_models()}
    yield f"grant usage on schema public to {COUNT_ROLE}"
    for table, columns in {**COUNTED, **tables}.items():
        yield f"revoke all on {table} from {COUNT_ROLE}"
        yield f"grant select ({columns}) on {table} to {COUNT_ROLE}"


def _append_only(table: str) -> Iterator[str]:
    yield f"revoke update, delete, truncate on {table} from {APP_ROLE}"
    yield f"drop trigger if exists no_rewriting on {table}"
    yield (f"create trigger no_rewriting before update or delete on {table} for each row"
           " execute function havre_no_rewriting()")


def _rights() -> Iterator[str]:
    yield f"grant usage on schema public to {APP_ROLE}, {MATCH_ROLE}, {REPORT_ROLE}"
    yield f"grant select, insert, update, delete on all tables in schema public to {APP_ROLE}"
    yield f"grant usage, select, update on all sequences in schema public to {APP_ROLE}"
    yield f"revoke all on django_migrations from {APP_ROLE}"
    yield f"grant select on django_migrations to {APP_ROLE}"
    yield f"grant execute on all functions in schema public to {APP_ROLE}"


def statements() -> Iterator[str]:
    """Every statement of the wall, in order."""
    yield FUNCTIONS
    yield from _rights()
    for table, column in sorted(protected_tables().items()):
        yield from _policies(table, column)
    for record in record_models():
        yield from _report(record)
    yield from _counting()
    for table in APPEND_ONLY:
        yield from _append_only(table)
    for model in apps.get_models():
        extra: Any = getattr(model, "database_statements", None)
        if extra is not None:
            yield from extra()


def install(alias: str = "owner") -> None:
    """Build the wall; all of it or nothing."""
    from django.db import transaction
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)
