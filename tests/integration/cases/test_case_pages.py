"""The pages of a case as people use them: what they see, what they send, how they are refused."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from havre.cases import actions
from havre.cases.models import Approval, Assessment, Case, FollowUp, Plan, Task, View
from havre.infra.acting import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(people: SimpleNamespace, sign_in_as: Callable) -> Callable[[str], Any]:
    """A browser of one of the people: `browse("caseworker")`."""
    from django.test import Client
    def go(name: str) -> Any:
        from uuid import uuid4

        from django.utils import timezone

        from havre.access.models import SignIn
        client = Client()
        user = people.users[name]
        client.force_login(user)
        session = client.session
        row = SignIn.objects.create(id=uuid4(), user=user, session_key=session.session_key, started_at=timezone.now(),
                                    seen_at=timezone.now())
        session["sign_in"] = str(row.id)
        session.save()
        return client
    return go


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def rid(response: Any) -> str:
    found = re.search(r'name="rid" value="([^"]+)"', response.content.decode())
    assert found is not None
    return found[1]


def send(client: Any, address: str, **values: Any) -> Any:
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    heads = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    return client.post(address, {"rid": rid(page), "seen": heads[1] if heads else "", **values})


FOUND = {"concerns": ["neglect_medical"], "risk_individual": ["pregnancy"], "protective_individual": ["has_documents"]}
DETAILS = {
    **FOUND, "step": "record", "mode": "office", "seen_alone": "yes", "views_mode": "own_words",
    "views_words": "I want to find my mother.", "views_language": "tir", "risk_level": "medium", "risk_reasons": "Alone with an aunt.",
    "concern-neglect_medical": "high", "risk-pregnancy-strength": "strong", "risk-pregnancy-phase": "transit",
    "protective-has_documents-strength": "slight", "protective-has_documents-phase": "destination"}
PLAN = {"goal": "She is well.", "goal_1": "Seen by a doctor", "service_1": "medical", "due_1": "1 2 2030", "child_agrees": "yes",
        "caregiver_part": "yes", "weight": "significant", "decision_follows": "yes"}


def assess(client: Any, code: str, **change: Any) -> Any:
    return send(client, f"/case/{code}/assessment/", **{**DETAILS, **change})


def test_today_says_what_is_due_and_why(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case = open_case(risk_level="high", at=datetime.now(UTC) - timedelta(hours=25))
    page = browse("caseworker").get("/today/")
    said = text(page)
    assert "Caseworker" in said
    assert "Make sure the child is safe now" in said
    assert "Safety comes within 24 hours when risk is high." in said
    assert f'href="/case/{case.file.code}/assessment/"' in page.content.decode()
    assert "ሰላም" in said
    assert "Selam T." in said


def test_today_of_someone_else_shows_nothing_of_it(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case = open_case(risk_level="high")
    for name in ("colleague", "outsider"):
        assert case.file.code not in text(browse(name).get("/today/"))


def test_the_list_leads_to_the_child_and_no_address_or_title_names_her(
        people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(), browse("caseworker")
    listed = client.get("/case/?risk=medium&status=open")
    assert f"/case/{case.file.code}/" in listed.content.decode()
    page = client.get(f"/case/{case.file.code}/")
    html = page.content.decode()
    assert html.index("ሰላም ተስፋይ") < html.index("Selam Tesfay")
    title = re.search(r"<title>(.*?)</title>", html)
    assert title is not None and "Selam" not in title[1] and case.file.code in title[1]
    assert not [a for a in re.findall(r'(?:href|action)="([^"]*)"', html) if "Selam" in a]


@pytest.mark.parametrize("part", ["", "history/", "views/", "assessment/", "risk/", "plan/", "visit/", "closing/", "people/", "pause/", "sealed/"])
@pytest.mark.parametrize("who", ["outsider", "colleague", "officer", "analyst"])
def test_an_outsider_who_guesses_an_address_finds_the_same_nothing(
        people: SimpleNamespace, browse: Callable, open_case: Callable, who: str, part: str) -> None:
    case, client = open_case(), browse(who)
    real, invented = client.get(f"/case/{case.file.code}/{part}"), client.get(f"/case/ZZZZ-ZZZ/{part}")
    assert real.status_code == invented.status_code == 404
    same = re.compile(r"case/[0-9A-Z]{4}-[0-9A-Z]{3}|csrf\w*\W+[\w-]+|value=\"\w{64}\"|\w{64}")
    assert same.sub("", real.content.decode()) == same.sub("", invented.content.decode())


def test_a_child_is_assessed_in_two_steps(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(), browse("caseworker")
    address = f"/case/{case.file.code}/assessment/"
    first = client.get(address)
    assert "What did you find?" in text(first)
    second = client.post(address, {"rid": rid(first), "step": "details", **FOUND})
    assert second.status_code == 200
    assert "Pregnancy" in text(second) and "Gangs" not in text(second)
    done = client.post(address, {"rid": rid(second), **DETAILS})
    assert done.status_code == 303, text(done)
    page = text(client.get(done.headers["Location"]))
    assert "I want to find my mother." in page
    assert "Alone with an aunt." in page
    assert "Pregnancy (strong, on the way)" in page
    with acting(people.caseworker):
        assert Assessment.objects.get(case=case).factors.count() == 2


def test_an_assessment_without_views_keeps_what_was_typed_and_says_what_is_missing(
        people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(), browse("caseworker")
    refused = assess(client, case.file.code, views_mode="", views_words="", seen_alone="no")
    assert refused.status_code == 409
    said = text(refused)
    assert "Nobody has written what the child thinks about this." in said
    assert "The child was not seen alone, and it is not written why." in said
    assert "Alone with an aunt." in refused.content.decode()
    with acting(people.caseworker):
        assert not Assessment.objects.filter(case=case).exists()


def test_a_warning_sign_keeps_the_risk_high(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    refused = assess(browse("caseworker"), open_case().file.code, risk_flags=["trafficking_suspected"])
    assert refused.status_code == 409
    assert "This sign makes the risk high until it is gone: Trafficking suspected." in text(refused)


def test_a_forgotten_answer_is_named_at_its_question(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    refused = assess(browse("caseworker"), open_case().file.code, risk_reasons="")
    assert refused.status_code == 422
    assert "Write the reasons for the level." in text(refused)
    assert "<title>Error:" in refused.content.decode()


@pytest.fixture
def planned(people: SimpleNamespace, browse: Callable, open_case: Callable) -> Case:
    case, client = open_case(), browse("caseworker")
    assert assess(client, case.file.code).status_code == 303
    done = send(client, f"/case/{case.file.code}/plan/", **PLAN, owner_1=str(people.caseworker.id))
    assert done.status_code == 303, text(done)
    return case


def test_a_plan_waits_for_another_person_who_approves_it(people: SimpleNamespace, browse: Callable, planned: Case) -> None:
    code = planned.file.code
    assert "You wrote this yourself. A supervisor other than you must decide." in text(browse("caseworker").get(f"/case/{code}/"))
    assert browse("caseworker").get(f"/case/{code}/approval/").status_code == 404
    supervisor = browse("supervisor")
    assert "Decide on a plan" in text(supervisor.get("/today/"))
    shown = text(supervisor.get(f"/case/{code}/approval/"))
    assert "Seen by a doctor" in shown and "She is well." in shown
    done = send(supervisor, f"/case/{code}/approval/", decision="approve")
    assert done.status_code == 303, text(done)
    with acting(people.supervisor):
        assert Plan.objects.get(case=planned).state == "approved"
    page = text(browse("caseworker").get(f"/case/{code}/"))
    assert "Plan for the case approved." in page


def test_a_supervisor_who_wrote_the_plan_cannot_approve_it(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case = open_case()
    assert assess(browse("caseworker"), case.file.code).status_code == 303
    supervisor = browse("supervisor")
    assert send(supervisor, f"/case/{case.file.code}/plan/", **PLAN, owner_1=str(people.caseworker.id)).status_code == 303
    refused = send(supervisor, f"/case/{case.file.code}/approval/", decision="approve")
    assert refused.status_code == 409
    assert "You wrote this yourself. A supervisor other than you must decide." in text(refused)


def test_a_supervisor_accepts_a_missing_caregiver_with_a_reason(
        people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case = open_case()
    client, supervisor = browse("caseworker"), browse("supervisor")
    assert assess(client, case.file.code).status_code == 303
    assert send(client, f"/case/{case.file.code}/plan/", **{**PLAN, "caregiver_part": "no"},
                owner_1=str(people.caseworker.id)).status_code == 303
    address = f"/case/{case.file.code}/approval/"
    refused = send(supervisor, address, decision="approve")
    assert refused.status_code == 409
    assert "The caregiver was not heard, and it is not written why." in text(refused)
    assert send(supervisor, address, decision="approve", accept_G07="Nobody can be reached.").status_code == 303


def test_a_returned_plan_shows_its_reason_to_who_wrote_it(people: SimpleNamespace, browse: Callable, planned: Case) -> None:
    address = f"/case/{planned.file.code}/approval/"
    supervisor = browse("supervisor")
    assert send(supervisor, address, decision="return").status_code == 422
    assert send(supervisor, address, decision="return", reason="Who goes with her?").status_code == 303
    assert "Who goes with her?" in text(browse("caseworker").get(f"/case/{planned.file.code}/plan/"))


def test_views_without_weight_stop_a_plan(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(), browse("caseworker")
    assert assess(client, case.file.code).status_code == 303
    assert "I want to find my mother." in text(client.get(f"/case/{case.file.code}/plan/"))
    refused = send(client, f"/case/{case.file.code}/plan/", **{**PLAN, "weight": "", "decision_follows": ""},
                   owner_1=str(people.caseworker.id))
    assert refused.status_code == 409
    assert "The child’s views are written, but not what weight they have." in text(refused)


def test_a_plan_that_forgets_a_concern_is_refused_by_name(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(), browse("caseworker")
    assert assess(client, case.file.code).status_code == 303
    refused = send(client, f"/case/{case.file.code}/plan/", goal="Well", child_agrees="yes", caregiver_part="yes", goal_2="Food",
                   weight="significant", service_2="food", due_2="1 2 2030", owner_2=str(people.caseworker.id))
    assert refused.status_code == 409
    assert "Nothing is planned yet for: Neglect: health care." in text(refused)


def test_a_visit_is_recorded_and_stands_on_the_timeline(people: SimpleNamespace, browse: Callable, planned: Case) -> None:
    assert send(browse("supervisor"), f"/case/{planned.file.code}/approval/", decision="approve").status_code == 303
    client = browse("caseworker")
    today = datetime.now(UTC)
    visit = {"result": "reached", "kind": "in_care", "channel": "home_planned", "with_whom": ["child"], "child_seen": "yes",
             "happened_on": f"{today.day} {today.month} {today.year}", "place_safe": "yes", "seen_and_heard": "She laughs again."}
    assert send(client, f"/case/{planned.file.code}/visit/", **visit).status_code == 303
    assert "Contact recorded" in text(client.get(f"/case/{planned.file.code}/"))
    with acting(people.caseworker):
        assert FollowUp.objects.get(case=planned).result == "reached"
        assert Case.objects.get(pk=planned.pk).stage == "implementing"


def test_a_visit_with_a_strange_time_is_refused_in_words(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    refused = send(browse("caseworker"), f"/case/{open_case().file.code}/visit/", result="reached", happened_on="1 1 2026",
                   happened_at="at dawn")
    assert refused.status_code == 422
    assert "Write a time, for example 14:30." in text(refused)


def test_views_are_recorded_weighed_and_the_child_told(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(), browse("caseworker")
    code = case.file.code
    said = {"whose": "child", "topic": "plan", "mode": "own_words", "words": "I do not want to move.", "alone": "yes"}
    assert send(client, f"/case/{code}/views/", **said).status_code == 303
    with acting(people.caseworker):
        view = View.objects.get(case=case)
    address = f"/case/{code}/views/{view.pk}/"
    assert send(client, address, weight="significant", decision_follows="no").status_code == 422
    assert send(client, address, weight="significant", decision_follows="no", why_not_followed="The house is unsafe.").status_code == 303
    assert "Tell the child what was decided" in text(client.get("/today/"))
    assert send(client, address, told="on", understood="yes").status_code == 303
    assert "Tell the child what was decided" not in text(client.get("/today/"))


def test_closing_with_open_matters_is_refused_with_each_reason(people: SimpleNamespace, browse: Callable, planned: Case) -> None:
    assert send(browse("supervisor"), f"/case/{planned.file.code}/approval/", decision="approve").status_code == 303
    from havre.cases import permissions
    from havre.cases.writing import set_tracing_status
    from havre.core.intent import Intent
    from havre.infra.unit import Unit
    with acting(people.caseworker) as stay:
        set_tracing_status(Unit(Intent(people.caseworker, datetime.now(UTC), planned.pk), permissions.FOLLOW_UP, stay), planned.pk,
                           "in_progress")
    refused = send(browse("caseworker"), f"/case/{planned.file.code}/closing/", reason="goal_met_safe", summary="Well.")
    assert refused.status_code == 409
    said = text(refused)
    assert "Still open: the family is still being looked for" in said
    assert "This concern is not resolved: Neglect: health care." in said
    assert "No contact is planned for 3 months after closing." in said


def test_a_task_is_finished_with_words_and_leaves_today(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(risk_level="high"), browse("caseworker")
    with acting(people.caseworker):
        task = Task.objects.get(file_id=case.file_id, kind="immediate_safety")
    address = f"/case/{case.file.code}/task/{task.pk}/"
    assert send(client, address, outcome="").status_code == 422
    assert send(client, address, outcome="She sleeps at her aunt's.").status_code == 303
    assert client.get(address).status_code == 404
    assert "Make sure the child is safe now" not in text(client.get("/today/"))


def test_a_case_is_shared_and_taken_back_on_one_page(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case, client = open_case(), browse("caseworker")
    address, other = f"/case/{case.file.code}/people/", browse("tracing_officer")
    until = datetime.now(UTC) + timedelta(days=5)
    shared = send(client, address, do="share", principal=str(people.tracing_officer.id), purpose="Tracing",
                  until=f"{until.day} {until.month} {until.year}")
    assert shared.status_code == 303, text(shared)
    assert other.get(f"/case/{case.file.code}/").status_code == 200
    assert "Share the case" not in text(other.get(address))
    assert send(client, address, do="end", principal=str(people.tracing_officer.id)).status_code == 303
    assert other.get(f"/case/{case.file.code}/").status_code == 404


def test_only_a_supervisor_gives_a_case_away_or_keeps_someone_out(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    case = open_case()
    address = f"/case/{case.file.code}/people/"
    assert "Keep someone out" not in text(browse("caseworker").get(address))
    supervisor = browse("supervisor")
    assert send(supervisor, address, do="bar", user=str(people.colleague.id), reason="Her uncle").status_code == 303
    assert str(people.colleague.id) not in supervisor.get(address).content.decode().split('id="do-share"')[0]
    assert send(supervisor, address, do="assign", owner=str(people.supervisor.id)).status_code == 303
    assert browse("caseworker").get(f"/case/{case.file.code}/").status_code == 404


def test_two_values_are_settled_by_a_person(people: SimpleNamespace, browse: Callable, open_case: Callable) -> None:
    from havre.cases import permissions
    from havre.core.intent import Intent
    from havre.infra.unit import Unit
    case, client = open_case(), browse("caseworker")
    seen = list(case.heads)
    for who, value in (("caseworker", "refugee"), ("supervisor", "migrant_irregular")):
        with acting(getattr(people, who)) as stay:
            unit = Unit(Intent(getattr(people, who), datetime.now(UTC), case.pk), permissions.REVIEW, stay)
            unit.change(Case.objects.get(pk=case.pk), seen=seen, population_group=value)
            unit.finish()
    page = client.get(f"/case/{case.file.code}/")
    address = f"/case/{case.file.code}/settle/population_group/"
    assert address in page.content.decode()
    asked = client.get(address)
    assert "Refugee" in text(asked) and "Supervisor" in text(asked)
    choice = re.findall(r'name="chosen" value="([^"]+)"', asked.content.decode())
    assert send(client, address, chosen=choice[0]).status_code == 303
    with acting(people.caseworker):
        row = Case.objects.get(pk=case.pk)
        assert row.disputed == [] and row.population_group == "migrant_irregular"
        assert not Task.objects.filter(file_id=case.file_id, kind="values_disputed", done_at__isnull=True).exists()


def test_a_sealed_note_needs_the_readers_own_unlocked_key(people: SimpleNamespace, browse: Callable, intent: Callable, open_case: Callable) -> None:
    from havre.access.models import User
    from havre.core import crypto
    _private, public = crypto.new_person_keys()
    User.objects.filter(pk=people.caseworker.id).update(public_key=public)
    case, client = open_case(), browse("caseworker")
    sealed = send(client, f"/case/{case.file.code}/sealed/", topic="danger", words="He waits at the bus stop.")
    assert sealed.status_code == 303, text(sealed)
    with acting(people.caseworker):
        note = case.sealed_notes.get()
    page = text(client.get(f"/case/{case.file.code}/"))
    assert "A danger" in page and "bus stop" not in page
    locked = client.get(f"/case/{case.file.code}/sealed/{note.pk}/")
    assert locked.status_code == 503
    assert "Your key is not unlocked" in text(locked)
    assert "A danger" not in text(browse("supervisor").get(f"/case/{case.file.code}/"))
    assert browse("supervisor").get(f"/case/{case.file.code}/sealed/{note.pk}/").status_code == 404


def test_the_page_of_a_child_stays_small(people: SimpleNamespace, browse: Callable, planned: Case, intent: Callable) -> None:
    with acting(people.supervisor):
        asked = Approval.objects.get(case=planned)
    actions.approve_plan(intent(people.supervisor), approval=asked.pk)
    for part, most in (("", 1200), ("assessment/", 1200), ("plan/", 1200), ("visit/", 1200)):
        html = browse("caseworker").get(f"/case/{planned.file.code}/{part}").content.decode()
        assert len(re.findall(r"<[a-z]", html)) <= most, part


def test_every_page_of_a_case_speaks_french(people: SimpleNamespace, browse: Callable, planned: Case) -> None:
    from havre.access.models import User
    User.objects.update(language="fr")
    code = planned.file.code
    client = browse("caseworker")
    for address, words in ((f"/case/{code}/", "Ce qui s’est passé, et qui l’a fait"), ("/today/", "En attente de quelqu’un d’autre"),
                           ("/case/", "Les enfants que vous suivez"), (f"/case/{code}/visit/", "Comment va l’enfant"),
                           (f"/case/{code}/closing/", "Pourquoi le dossier peut-il être clôturé")):
        page = client.get(address)
        assert words in text(page), address
        assert '<html lang="fr"' in page.content.decode()
    refused = send(client, f"/case/{code}/closing/", reason="goal_met_safe", summary="Bien.")
    assert "Cette préoccupation n’est pas résolue" in text(refused)
