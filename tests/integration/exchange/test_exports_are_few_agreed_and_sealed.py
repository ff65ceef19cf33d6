"""What leaves is agreed, counted, capped, encrypted, fetched once, and in the log; outsiders get nothing."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
import pyzipper
from django.db import connection
from django.utils import timezone

from havre.access.models import Grant
from havre.access.queries import scoped
from havre.cases.models import Case
from havre.cases.queries import CaseFilter
from havre.core.problems import ExportCapExceeded, GateRefused, InputRefused, NothingHere
from havre.exchange import exporting, queries
from havre.exchange.exporting import Wanted, export_children, fetch_export
from havre.exchange.importing import map_import, run_import, try_import, upload_import
from havre.exchange.tables import read_table
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry

pytestmark = pytest.mark.django_db

OWN = Wanted(purpose="case_management_participation", reason="Team meeting", profile="case", file_kind="csv")
OUT = Wanted(purpose="share_for_services", reason="School enrolment", profile="referral", file_kind="xlsx", recipient="School of Wad Nuri",
             agreement=True)
EVIL = "=HYPERLINK(1)"


@pytest.fixture
def children(people, intent):
    """Three children of the caseworker, one with a name that a table program would run."""
    from havre.exchange.building import Terms
    text = f"full name,father,sex,age,phone\nSelam Tesfay,Tesfay,f,9,+291 7\n{EVIL},Ahmad,m,8,\nOlena Petrenko,Petro,f,11,\n"
    batch = upload_import(intent(people.caseworker), kind="children", name="a.csv", content=text.encode())
    names = {"full name": "full_name", "father": "father", "sex": "sex", "age": "age", "phone": "phones"}
    terms = Terms(legal_basis="consent", caregivers_agreed=True, children_agreed=True, needs_asked=True)
    map_import(intent(people.caseworker), batch=batch.pk, mapping=names, terms=terms)
    try_import(intent(people.caseworker), batch=batch.pk)
    run_import(intent(people.caseworker), batch=batch.pk)
    with acting(people.caseworker):
        return list(scoped(Case, people.caseworker).order_by("id"))


def agree(intent, who, case, answer="yes", purpose="share_for_services"):
    from havre.infra.actions import action
    from havre.registration.agreements import add_consent
    from havre.registration.inputs import ConsentInput
    from havre.registration.permissions import CONSENT

    @action(CONSENT)
    def add(unit, *, case):
        record = unit.get(Case, case)
        for giver, kind in (("caregiver", "informed_consent"), ("child", "informed_assent")):
            add_consent(unit, record.file_id, record.child_id, ConsentInput(giver, {purpose: answer}, type=kind))
        return record
    add(intent(who), case=case.pk)


def opened(intent, who, made):
    name, content = fetch_export(intent(who), export=made.batch.pk)
    with pyzipper.AESZipFile(io.BytesIO(content)) as found:
        inside = next(n for n in found.namelist() if n != "about.txt")
        return name, content, found.read(inside, pwd=made.password.encode())


def test_the_list_leaves_encrypted_and_harmless(people, intent, children):
    made = export_children(intent(people.caseworker), wanted=OWN)
    name, sealed, plain = opened(intent, people.caseworker, made)
    rows = list(csv.DictReader(io.StringIO(plain.decode("utf-8-sig"), newline="")))
    assert name.endswith(".zip")
    assert b"Selam" not in sealed
    assert {row["Full name"] for row in rows} == {"Selam Tesfay", "'" + EVIL, "Olena Petrenko"}
    assert {row["Telephone"] for row in rows} == {"'+291 7", ""}
    assert made.batch.rows == 3


def test_it_is_fetched_once_and_only_by_whoever_made_it(people, intent, children):
    made = export_children(intent(people.caseworker), wanted=OWN)
    for who in (people.colleague, people.supervisor, people.outsider):
        with pytest.raises(NothingHere):
            fetch_export(intent(who), export=made.batch.pk)
    opened(intent, people.caseworker, made)
    with pytest.raises(NothingHere):
        fetch_export(intent(people.caseworker), export=made.batch.pk)


def test_after_a_day_it_is_gone(people, intent, children):
    made = export_children(intent(people.caseworker), wanted=OWN)
    with pytest.raises(NothingHere):
        fetch_export(intent(people.caseworker, at=timezone.now() + timedelta(hours=25)), export=made.batch.pk)


def test_children_who_did_not_agree_are_left_out_and_counted(people, intent, children):
    agree(intent, people.caseworker, children[0])
    agree(intent, people.caseworker, children[1], "no")
    made = export_children(intent(people.caseworker), wanted=OUT)
    assert (made.batch.rows, made.batch.left_out) == (1, 2)
    _, _, plain = opened(intent, people.caseworker, made)
    with acting(people.caseworker):
        code = children[0].file.code
    assert [row[0] for row in read_table(plain).rows] == [code]


def test_when_nobody_agreed_nothing_leaves(people, intent, children):
    with pytest.raises(InputRefused):
        export_children(intent(people.caseworker), wanted=OUT)


def test_above_the_cap_nothing_leaves_and_the_refusal_is_in_the_log(people, intent, children, monkeypatch):
    policy = exporting.policy_for("SD")
    monkeypatch.setattr(exporting, "policy_for", lambda country: replace(policy, export_cap=2))
    with pytest.raises(ExportCapExceeded) as refused:
        export_children(intent(people.caseworker), wanted=OWN)
    assert "at most 2 people" in str(refused.value)
    assert AuditEntry.objects.filter(action="exchange.exporting.export_children", decision="refused").exists()
    made = export_children(intent(people.caseworker), wanted=replace(OWN, narrowed=CaseFilter(risk="high")) if _high(children) else
                           replace(OWN, profile="work_list"))
    assert made.batch.rows


def _high(cases):
    return 0 < sum(1 for case in cases if case.risk_level == "high") <= 2


@pytest.mark.parametrize(("changed", "gate", "reason"), [
    ({"reason": " "}, "G42", "no_purpose"), ({"purpose": ""}, "G42", "no_purpose"), ({"recipient": ""}, "G30", "no_recipient"),
    ({"agreement": False}, "G30", "no_agreement"), ({"profile": "work_list"}, "G30", "profile_does_not_fit")])
def test_without_purpose_recipient_or_agreement_nothing_leaves(people, intent, children, changed, gate, reason):
    with pytest.raises(GateRefused) as refused:
        export_children(intent(people.caseworker), wanted=replace(OUT, **changed))
    assert (gate, reason) in {(r.id, r.reason) for r in refused.value.results if not r.ok}


def test_the_log_says_who_why_and_whose(people, intent, children):
    made = export_children(intent(people.caseworker), wanted=OWN)
    entry = AuditEntry.objects.get(action="exchange.exporting.export_children")
    assert {case.file_id for case in children} <= set(entry.files)
    assert '"rows":3' in entry.body.replace(" ", "")
    assert made.password not in "".join(AuditEntry.objects.values_list("body", flat=True))
    assert AuditEntry.objects.filter(action="taken_out", shown=True).count() == 3


def test_an_outsider_takes_out_nothing_of_ours(people, intent, children):
    with pytest.raises(InputRefused):
        export_children(intent(people.outsider), wanted=OWN)


def test_a_child_shared_no_longer_is_not_taken_out(people, intent, children):
    Grant.objects.filter(file_id=children[0].file_id, principal=people.caseworker.id).delete()
    assert export_children(intent(people.caseworker), wanted=OWN).batch.rows == 2


@pytest.mark.parametrize("name", ["officer", "analyst", "auditor", "panel_member"])
def test_not_every_role_exports(people, intent, name):
    with pytest.raises(NothingHere):
        export_children(intent(getattr(people, name)), wanted=OWN)
    with pytest.raises(NothingHere), acting(getattr(people, name)):
        queries.exports(getattr(people, name))


def test_the_work_list_opens_no_sealed_value(people, intent, children):
    before = AuditEntry.objects.filter(action="read").count()
    made = export_children(intent(people.caseworker), wanted=replace(OWN, profile="work_list"))
    assert AuditEntry.objects.filter(action="read").count() == before
    assert "Selam" not in opened(intent, people.caseworker, made)[2].decode("utf-8-sig")


def test_nothing_of_an_export_lies_in_the_database_in_clear(people, intent, children):
    made = export_children(intent(people.caseworker), wanted=OWN)
    with acting(people.caseworker), connection.cursor() as cursor:
        for table in ("exchange_exportbatch", "exchange_exportcontent", "infra_edit"):
            cursor.execute(f"select count(*) from {table} t where t::text like '%%Selam%%' or t::text like '%%Team meeting%%'"
                           " or t::text like %s", [f"%{made.password}%"])
            assert cursor.fetchone() == (0,), table
