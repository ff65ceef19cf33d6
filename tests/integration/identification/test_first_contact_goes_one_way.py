"""A first contact reaches child protection, and the officer who sent it can never read it back: by page, query or SQL."""

import re
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse

from havre.access.models import File, Grant
from havre.access.queries import scoped
from havre.cases.models import Task
from havre.core.problems import InputRefused, NothingHere
from havre.identification import queries
from havre.identification.actions import acknowledge, receipt_of, submit_screening
from havre.identification.models import Screening
from havre.infra.acting import acting, tell_database
from havre.infra.audit import AuditEntry

pytestmark = pytest.mark.django_db

SECRET = "Wad Nuri market"
ANSWERS = {"age_birthday": {"low": 9, "high": 9}, "who_with": "alone", "afraid_to_go_back": "yes", "destination_contact": SECRET,
           "tell_someone_else": "yes"}


def send(wanted, **changed):
    values = {"answers": ANSWERS, "observations": ["fear"], "note": "Waits at the gate", "language": "tir", "understood": "yes",
              "firewall_said": True}
    return submit_screening(wanted, **{**values, **changed})


def test_the_receiving_caseworker_reads_it_and_has_a_task(people, intent):
    sent = send(intent(people.officer))
    owner = {people.caseworker.id: people.caseworker, people.colleague.id: people.colleague}[sent.worker_id]
    with acting(owner):
        found = queries.opened(owner, sent.receipt)
        assert found.answers["destination_contact"] == SECRET
        assert found.observations == ("fear",)
        assert found.record.outcomes == ["refer_asylum", "refer_cp"]
        assert found.record.wants_to_talk
        task = scoped(Task, owner).get()
        assert (task.kind, task.owner_id, task.about_id) == ("take_referral", owner.id, sent.pk)
    read = AuditEntry.objects.filter(action="read").get()
    assert read.files == [sent.file_id]
    assert SECRET not in read.body


def test_the_worker_with_the_fewest_files_receives(people, intent):
    first = send(intent(people.officer))
    second = send(intent(people.officer))
    assert {first.worker_id, second.worker_id} == {people.caseworker.id, people.colleague.id}


def test_whoever_cannot_sign_in_receives_nobody_while_a_colleague_can(people, intent):
    people.users["caseworker"].set_password("correct horse battery staple")
    people.users["caseworker"].save()
    assert {send(intent(people.officer)).worker_id for _ in range(3)} == {people.caseworker.id}


def test_the_officer_cannot_read_it_by_query(people, intent):
    sent = send(intent(people.officer))
    with acting(people.officer):
        assert not scoped(Screening, people.officer).exists()
        assert not scoped(File, people.officer).exists()
        with pytest.raises(NothingHere):
            queries.waiting(people.officer)
    with pytest.raises(NothingHere), acting(people.officer):
        queries.opened(people.officer, sent.receipt)
    assert not Grant.objects.filter(principal=people.officer.id).exists()


@pytest.mark.parametrize("table", ["identification_screening", "infra_edit", "access_file", "cases_task"])
def test_the_officer_cannot_read_it_by_sql(people, intent, table):
    sent = send(intent(people.officer))
    column = "id" if table == "access_file" else "file_id"
    counts = {}
    for who in (people.officer, people.outsider, people.supervisor):
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(who.id)
            cursor.execute(f"select count(*) from {table} where {column} = %s", [sent.file_id])
            counts[who.id] = cursor.fetchone()[0]
    assert counts[people.officer.id] == counts[people.outsider.id] == 0
    assert counts[people.supervisor.id] >= 1


@pytest.mark.parametrize("name", ["outsider", "outside_supervisor", "tracing_officer", "analyst", "manager", "auditor"])
def test_nobody_else_opens_it(people, intent, name):
    sent = send(intent(people.officer))
    with pytest.raises(NothingHere), acting(getattr(people, name)):
        queries.opened(getattr(people, name), sent.receipt)


def test_pressing_twice_sends_once_and_gives_the_same_receipt(people, intent):
    rid = uuid4()
    first = send(intent(people.officer, rid=rid))
    assert send(intent(people.officer, rid=rid)) is None
    assert receipt_of(rid) == first.receipt
    with acting(people.supervisor):
        assert scoped(Screening, people.supervisor).count() == 1


@pytest.mark.parametrize("name", ["caseworker", "analyst", "outsider"])
def test_only_a_border_officer_sends(people, intent, name):
    with pytest.raises(NothingHere):
        send(intent(getattr(people, name)))


@pytest.mark.parametrize("changed", [{"firewall_said": False}, {"understood": ""}, {"understood": "no"}, {"answers": {"route": "boat"}},
                                     {"observations": ["rich"]}, {"note": "x" * 501}])
def test_what_may_not_be_sent_leaves_nothing_behind(people, intent, changed):
    with pytest.raises(InputRefused):
        send(intent(people.officer), **changed)
    with acting(people.supervisor):
        assert not scoped(File, people.supervisor).exists()


def test_without_a_receiving_team_the_officer_is_told_to_call(people, intent):
    type(people.team_a).objects.update(takes_referrals=False)
    with pytest.raises(InputRefused) as refused:
        send(intent(people.officer))
    assert "Call child protection" in refused.value.errors[""][0]


def test_nothing_worrying_makes_no_task_and_is_open_to_no_caseworker(people, intent):
    sent = send(intent(people.officer), answers={"age_birthday": {"low": 30, "high": 30}}, observations=[])
    assert (sent.status, sent.worker_id) == ("no_concern", None)
    with acting(people.supervisor):
        assert not scoped(Task, people.supervisor).exists()


def test_taking_over_ends_the_task_once(people, intent):
    sent = send(intent(people.officer))
    acknowledge(intent(people.supervisor), screening=sent.pk)
    again = acknowledge(intent(people.supervisor), screening=sent.pk)
    assert again.acknowledged_by == people.supervisor.id
    with acting(people.supervisor):
        assert scoped(Task, people.supervisor).get().done_at is not None
    with pytest.raises(NothingHere):
        acknowledge(intent(people.outsider), screening=sent.pk)


def form_of(page, **values):
    text = page.content.decode()
    return {"rid": re.search(r'name="rid"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="rid"', text).group(1), "seen": "", **values}


def fill(client, **values):
    page = client.get(reverse("screening:start"))
    usual = {"firewall_said": "on", "understood": "yes", "age_birthday_0": "9", "who_with": "alone", "destination_contact": SECRET}
    return client.post(reverse("screening:start"), form_of(page, **{**usual, **values}))


def test_the_page_sends_gives_a_receipt_and_then_knows_nothing(people, sign_in_as):
    client = sign_in_as(people.users["officer"])
    answer = fill(client)
    assert (answer.status_code, answer["Location"]) == (303, reverse("screening:receipt"))
    receipt = client.get(answer["Location"]).content.decode()
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{3}", receipt).group()
    assert SECRET not in receipt
    again = client.get(reverse("screening:start"))
    assert SECRET not in again.content.decode()
    assert "checked" not in again.content.decode()
    assert "no-store" in again["Cache-Control"]
    assert client.get(reverse("screening:intake", args=[code])).status_code == 404
    assert client.get(reverse("screening:waiting")).status_code == 404
    session = str(dict(client.session))
    assert SECRET not in session


def test_a_refused_form_sent_once_more_after_the_sending_shows_the_receipt_only(people, sign_in_as):
    client = sign_in_as(people.users["officer"])
    page = client.get(reverse("screening:start"))
    sent = form_of(page, firewall_said="on", understood="yes", destination_contact=SECRET)
    assert client.post(reverse("screening:start"), {**sent, "firewall_said": ""}).status_code == 422
    assert client.post(reverse("screening:start"), sent).status_code == 303
    once_more = client.post(reverse("screening:start"), {**sent, "firewall_said": ""})
    assert (once_more.status_code, once_more["Location"]) == (303, reverse("screening:receipt"))
    assert SECRET not in once_more.content.decode()


def test_what_was_typed_stays_when_the_notice_was_not_ticked(people, sign_in_as):
    client = sign_in_as(people.users["officer"])
    answer = fill(client, firewall_said="")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert SECRET in text
    assert "Error:" in text


def test_every_question_may_be_skipped(people, sign_in_as):
    client = sign_in_as(people.users["officer"])
    page = client.get(reverse("screening:start"))
    assert client.post(reverse("screening:start"), form_of(page, firewall_said="on", understood="yes")).status_code == 303


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_asks_fifteen_questions_and_offers_three_ways_not_to_answer(people, sign_in_as, language):
    from havre.reference import codes
    client = sign_in_as(people.users["officer"])
    client.cookies["havre_language"] = language
    text = client.get(reverse("screening:start")).content.decode()
    for code in codes.load("screening_question"):
        assert code.labels[language].split("?")[0].split("\u202f")[0].replace("'", "&#x27;") in text
    assert text.count('value="does_not_want_to_say"') == 15
    assert text.count('value="not_asked"') == 15
    assert "score" in text


def test_the_intake_page_shows_answers_to_the_team_and_nothing_to_an_outsider(people, intent, sign_in_as, client):
    sent = send(intent(people.officer))
    address, listed = reverse("screening:intake", args=[sent.receipt]), reverse("screening:waiting")
    sign_in_as(people.users["supervisor"])
    assert SECRET in client.get(address).content.decode()
    assert sent.receipt in client.get(listed).content.decode()
    taken = client.post(reverse("screening:acknowledge", args=[sent.receipt]), {"rid": str(uuid4())}, follow=True)
    assert "You have taken this first contact." in taken.content.decode()
    client.cookies.clear()
    sign_in_as(people.users["outsider"])
    assert client.get(address).status_code == 404
    assert client.post(reverse("screening:acknowledge", args=[sent.receipt])).status_code == 404
    assert sent.receipt not in client.get(listed).content.decode()
