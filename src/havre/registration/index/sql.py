"""How does PostgreSQL keep the blind index: its wall, its GIN index, and the function that looks across agencies?

`havre_candidates` takes pairs of tokens with weights (a pair of one token with itself means that token), looks each up in
the GIN index, adds up per person what a shared pair says (its weight, and how few share it) and returns those who share
most. Of one pair it reads at most `per_pair` people: a token that very many share says little, and is looked up together
with another by the caller.
"""

from collections.abc import Iterator

from havre.infra.rls import visible
from havre.infra.server import APP_ROLE, MATCH_ROLE

TABLE = "registration_index_entry"
COMMON = "registration_common_token"

GIN = f"create index if not exists index_entry_tokens on {TABLE} using gin (tokens) with (fastupdate = off)"

CANDIDATES = f"""
create or replace function havre_candidates(firsts bigint[], seconds bigint[], weights real[], roles text[], keep int, per_pair int, people real)
returns table (person uuid, file_id uuid, agency_id uuid, role text, weight real, features bytea, kek int, wrapped bytea)
language sql stable security definer parallel safe
set search_path = pg_catalog, public, pg_temp
set enable_seqscan = off
set jit = off
as $$
  with hits as (
    select hit.person, sqrt(q.w) * ln(2 + people / count(*) over (partition by q.n)) as says
      from unnest(firsts, seconds, weights) with ordinality as q(a, b, w, n)
      cross join lateral (
        select e.person from public.{TABLE} e
         where e.tokens @> array[q.a, q.b] and e.role = any (roles)
         limit per_pair) hit),
  shared as (
    select h.person, sum(h.says)::real as weight from hits h group by h.person order by 2 desc, 1 limit keep)
  select e.person, e.file_id, e.agency_id, e.role, s.weight, e.features, k.kek, k.wrapped
    from shared s
    join public.{TABLE} e on e.person = s.person
    join public.infra_data_key k on k.subject = e.person
   where k.wrapped is not null
   order by s.weight desc, e.person
$$
"""

COUNT_COMMON = f"""
create or replace function havre_count_common(least_count int) returns int
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare found_rows int;
begin
  delete from public.{COMMON};
  insert into public.{COMMON} (token, holders)
    select t, count(*) from public.{TABLE} e, unnest(e.tokens) t group by t having count(*) >= least_count;
  get diagnostics found_rows = row_count;
  return found_rows;
end $$
"""


def _policies() -> Iterator[str]:
    condition = visible(f"{TABLE}.file_id")
    yield f"alter table {TABLE} enable row level security"
    yield f"alter table {TABLE} force row level security"
    for name in ("app_sees", "owner_sees", "match_sees"):
        yield f"drop policy if exists {name} on {TABLE}"
    yield f"create policy app_sees on {TABLE} for all to {APP_ROLE} using ({condition}) with check ({condition})"
    yield f"create policy owner_sees on {TABLE} for all to current_user using (true) with check (true)"
    yield f"create policy match_sees on {TABLE} for select to {MATCH_ROLE} using (true)"


def _function(definition: str, signature: str) -> Iterator[str]:
    """Make a function the matching role's own, callable by the application only.

    The role that owns it needs the right to create in the schema for a moment.
    """
    yield f"grant create on schema public to {MATCH_ROLE}"
    yield f"set local role {MATCH_ROLE}"
    yield definition
    yield f"revoke all on function {signature} from public"
    yield f"grant execute on function {signature} to {APP_ROLE}"
    yield "reset role"
    yield f"revoke create on schema public from {MATCH_ROLE}"


def statements() -> Iterator[str]:
    """Every statement of the index, in order; safe to repeat."""
    yield GIN
    yield f"create index if not exists index_entry_file on {TABLE} (file_id)"
    yield f"alter table {TABLE} alter column features set storage main"
    yield from _policies()
    yield f"grant select on {TABLE}, infra_data_key to {MATCH_ROLE}"
    yield f"grant select, insert, delete on {COMMON} to {MATCH_ROLE}"
    yield f"revoke insert, update, delete on {COMMON} from {APP_ROLE}"
    yield from _function(CANDIDATES, "havre_candidates(bigint[], bigint[], real[], text[], int, int, real)")
    yield from _function(COUNT_COMMON, "havre_count_common(int)")
