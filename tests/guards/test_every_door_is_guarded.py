"""Is anything reachable without a permission, or kept without a tier, a wall and a scope?"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from havre.infra.fields import SealedField
from havre.infra.records import Record
from havre.infra.rls import protected_tables, record_models
from havre.web.registry import all_routes

SOURCE = Path(__file__).resolve().parents[2] / "src" / "havre"

OPEN = {
    "start", "account:sign_in", "account:sign_out", "account:locked", "shell:leave", "shell:neutral", "shell:language", "parts:gallery",
    "releases:catalogue", "releases:public", "releases:public_files",
}
PLAIN_MODELS = {
    # tables without a file: people who work, the plumbing, public reference data
    "access.agency", "access.team", "access.user", "access.membership", "access.file", "access.grant", "access.bar",
    "access.signin", "access.try", "infra.edit", "infra.auditentry", "infra.datakey", "infra.actiondone", "reference.place",
    # the matcher's numbers: no person, no file
    "registration.matchermodel", "registration.matcheruse", "registration.nameshares",
    # when a person was compared: an opaque id and a time
    "tracing.compared",
    # other instances: their addresses, offers that say nothing without the holder, digests and counts of messages
    "exchange.peer", "exchange.peeroffer", "exchange.peerseen", "exchange.peerday",
    # what was spent, noisy sheets that cannot point to a child, and what is published of them
    "statistics.ledgermonth", "statistics.spending", "statistics.storedsheet", "statistics.publication", "statistics.placecontext",
}
TEXT_IS_A_CODE = {"TextField", "CharField", "SlugField"}


def test_every_view_has_a_permission_or_is_listed_as_open():
    unguarded = {r.name for r in all_routes() if r.permission is None and not r.open_to_all}
    assert unguarded == set()
    assert {r.name for r in all_routes() if r.open_to_all} <= OPEN


def test_the_list_of_open_pages_is_not_stale():
    assert {r.name for r in all_routes() if r.open_to_all} == OPEN


@pytest.mark.parametrize("model", record_models(), ids=lambda m: m.record_kind())
def test_every_field_of_a_record_has_a_tier(model):
    plain = {f.name for f in model._meta.concrete_fields if not isinstance(f, SealedField)} - Record.BASE
    named = {n.removesuffix("_id") for n in model.TIER_A} | set(model.TIER_A)
    assert plain - named == set(), "list these in TIER_A or seal them"
    gone = {n for n in model.TIER_A if n not in plain and n.removesuffix("_id") not in plain}
    assert gone == set(), "TIER_A names columns that are gone"


def test_no_model_of_ours_escapes_the_record_base_unless_listed():
    ours = {m._meta.label_lower for m in apps.get_models() if m.__module__.startswith("havre.")}
    records = {m.record_kind() for m in record_models()}
    outside = ours - records - PLAIN_MODELS
    from havre.registration.models import CommonToken, IndexEntry
    allowed = {CommonToken._meta.label_lower, IndexEntry._meta.label_lower}
    assert outside <= allowed, outside - allowed
    assert ours >= PLAIN_MODELS, "the list names models that are gone"


@pytest.mark.django_db
def test_every_protected_table_is_behind_forced_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        walled = {row[0] for row in cursor.fetchall()}
        cursor.execute("select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("havre_app", False, False)
        cursor.execute("select tablename from pg_tables where schemaname = 'public' and tableowner = current_user")
        assert cursor.fetchall() == []
    assert set(protected_tables()) - walled == set()
    sealed = {m._meta.db_table for m in apps.get_models() if any(isinstance(f, SealedField) for f in m._meta.concrete_fields)}
    assert sealed - walled == set()


def test_no_view_touches_a_manager():
    offenders = [f"{p.relative_to(SOURCE)}:{n}" for p in sorted((SOURCE / "web").rglob("*.py"))
                 for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
                 if re.search(r"\.objects\b|_default_manager", line)]
    assert offenders == []


def test_only_core_imports_cryptography():
    offenders = [str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.py")
                 if re.search(r"^\s*(from|import) cryptography", p.read_text("utf-8"), re.M)
                 and p.relative_to(SOURCE).as_posix() not in {"core/crypto.py", "core/keyring.py"}]
    assert offenders == []


def test_no_template_marks_text_safe_or_has_inline_style_or_script():
    bad = [f"{p.relative_to(SOURCE)}: {m.group(0)}" for p in SOURCE.rglob("*.html")
           for m in re.finditer(r"\|safe\b|autoescape off| style=\"|<script>|onclick=|onload=", p.read_text("utf-8"))]
    assert bad == []
