"""Does the author of a plan hear on Today what became of it: sent back, not measured, approved, withdrawn? Nobody else, and only until it is acted on."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from havre.access.system import system_actor
from havre.cases.queries import tasks_today
from havre.core.problems import Conflict, NothingHere
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.infra.jobs import JOBS
from havre.statistics import actions
from havre.statistics.models import LedgerMonth, Release
from tests.integration.statistics.reading import page
from tests.integration.statistics.releases.answering import work
from tests.integration.statistics.releases.test_a_release_goes_out_once import NOW, a_plan, approved, measured, wish
from tests.integration.statistics.releases.test_questions_wait_for_an_answer import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
REASON = "Please leave out the border town."


def told(actor):
    """The tasks of a person on Today: kind and why."""
    with acting(actor):
        return [(task.kind, task.why) for rows in tasks_today(actor).groups.values() for task in rows]


def code(record):
    """The code of a record's file, which the person of the moment may not see."""
    with acting(system_actor()):
        return record.file.code


@pytest.fixture
def handed_in(people, children):
    release = actions.plan_release(wish(people.analyst), plan=a_plan())
    return actions.submit_release(wish(people.analyst), release=release.pk)


@pytest.fixture
def returned(people, handed_in):
    return actions.return_release(wish(people.manager), release=handed_in.pk, reason=REASON)


def test_a_plan_that_came_back_waits_for_its_author_until_it_is_handed_in_again(people, returned, sign_in_as):
    with time_machine.travel(NOW + timedelta(days=3), tick=True):
        client = sign_in_as(people.users["analyst"])
        english, french = page(client, reverse("today:today")), page(client, reverse("today:today"), "fr")
        assert "Change a plan that came back, and hand it in again: Children registered" in english and "Manager sent it back 3 days ago." in english
        assert "Modifier un plan qui est revenu, et le remettre à nouveau" in french and "Manager l’a renvoyé il y a 3 jours." in french
        assert reverse("releases:release", args=[code(returned)]) in english and REASON not in english, "the reason is read on its own page"
    assert told(people.analyst) == [("rewrite_release", "release_returned")]
    assert told(people.manager) == []
    actions.rewrite_release(wish(people.analyst), release=returned.pk, plan=a_plan(epsilon=300))
    assert told(people.analyst), "written anew, not handed in"
    actions.submit_release(wish(people.analyst), release=returned.pk)
    assert told(people.analyst) == []
    assert told(people.manager) == [("approve_release", "release_handed_in")]


def test_giving_a_plan_up_ends_it_too(people, returned, sign_in_as):
    actions.discard_release(wish(people.analyst), release=returned.pk)
    assert told(people.analyst) == []


def test_a_plan_that_cannot_be_measured_waits_for_its_author(people, children, sign_in_as):
    release = approved(people)
    assert told(people.analyst) == [("read_approval", "release_approved")]
    with acting(system_actor()):
        LedgerMonth.objects.create(country="SD", ledger="children_registered", month="2026-03-01", public=10**9, cap_public=10**9, cap_partner=1, cap_room=1,
                                   cap_total=10**9)
        JOBS["statistics.measure"](release=str(release.pk))
        assert Release.objects.get(pk=release.pk).status == "refused"
    assert told(people.analyst) == [("rewrite_release", "release_not_measured")], "no longer told that it was approved"
    assert "The privacy budget of these months was spent" in page(sign_in_as(people.users["analyst"]), reverse("today:today")).replace("Meanwhile the", "The")


def test_an_approval_is_told_until_it_is_read(people, children, sign_in_as):
    release = approved(people)
    client = sign_in_as(people.users["analyst"])
    said = page(client, reverse("today:today"))
    assert "Your plan was approved" in said and "Manager approved it less than a day ago." in said and "Approved, being measured" in said
    address = reverse("releases:release", args=[code(release)])
    shown = client.get(address)
    assert b"I have read it" in shown.content
    done = client.post(reverse("releases:step", args=[code(release), "read"]), {"rid": str(shown.context["rid"])}, follow=True)
    assert b"Noted that you have read it." in done.content and b"I have read it" not in done.content
    assert told(people.analyst) == []
    with acting(system_actor()):
        assert AuditEntry.objects.filter(action="statistics.releases.deciding.read_decision", actor=people.analyst.id).count() == 1
    with pytest.raises(Conflict):
        actions.read_decision(wish(people.analyst), release=release.pk)


def test_an_approval_is_told_no_longer_when_the_release_is_out(people, children, sign_in_as):
    release = measured(people)
    actions.publish_release(wish(system_actor(), datetime(2026, 10, 12, 6, tzinfo=UTC)), release=release.pk)
    assert told(people.analyst) == []


def test_a_withdrawal_is_told_with_its_reason(people, children, sign_in_as):
    release = measured(people)
    actions.withdraw_release(wish(people.manager), release=release.pk, why="error")
    assert told(people.analyst) == [("read_withdrawal", "release_withdrawn")]
    client = sign_in_as(people.users["analyst"])
    said = page(client, reverse("today:today"))
    assert "Your release was withdrawn" in said and "The numbers were wrong." in said
    shown = client.get(reverse("releases:release", args=[code(release)]))
    assert shown.content.count(b"The numbers were wrong.") == 1 and b"Write a new plan" in shown.content
    client.post(reverse("releases:step", args=[code(release), "read"]), {"rid": str(shown.context["rid"])})
    assert told(people.analyst) == []


def test_reading_for_somebody_else_changes_nothing(people, returned, children, sign_in_as):
    client = sign_in_as(people.users["manager"])
    shown = client.get(reverse("releases:release", args=[code(returned)]))
    assert b"I have read it" not in shown.content
    with pytest.raises(NothingHere):
        actions.read_decision(wish(people.manager), release=returned.pk)
    with pytest.raises(Conflict):
        actions.read_decision(wish(people.analyst), release=returned.pk)
    assert told(people.analyst) == [("rewrite_release", "release_returned")], "a plan that came back is not done by reading"


@pytest.mark.parametrize("who", ["supervisor", "caseworker", "tracing_officer", "panel_member", "outsider"])
def test_nobody_else_hears_of_it(people, returned, sign_in_as, who):
    said = page(sign_in_as(people.users[who]), reverse("today:today"))
    assert code(returned) not in said and told(getattr(people, who)) == []
    assert "What epsilon is left" not in said and "Ask a question" not in said


def test_an_analyst_finds_plans_questions_and_the_budget_on_today(people, children, sign_in_as):
    draft = actions.plan_release(wish(people.analyst), plan=a_plan(tables=[{"by": ["group"]}]))
    waits = actions.submit_release(wish(people.analyst), release=actions.plan_release(wish(people.analyst), plan=a_plan(tables=[{"by": ["risk"]}])).pk)
    out = measured(people)
    asked = ask(people, ("age@band", "group"))
    client = sign_in_as(people.users["analyst"])
    said = page(client, reverse("today:today"))
    for words in ("Not handed in yet", "A second person, since 5 October", "On 12 October 2026", "Being worked on", "What epsilon is left in 2026",
                  "for questions,", "Ask a question", "Plan a release"):
        assert words in said, words
    assert {code(draft), code(waits), code(out), code(asked)} <= set(said.replace("<", " ").replace(">", " ").split())
    assert work() == ["measured"]
    assert "Answered" in page(client, reverse("today:today"))
    french = page(client, reverse("today:today"), "fr")
    for words in ("Pas encore remis", "Une deuxième personne, depuis le 5 octobre", "Le 12 octobre 2026", "Répondu", "L’epsilon qui reste en 2026"):
        assert words in french, words
    with time_machine.travel(NOW + timedelta(days=8), tick=True):
        assert code(asked) not in page(client, reverse("today:today")), "an answer is news for a week"


def test_who_decides_finds_what_goes_out_next_and_nothing_of_the_analyst(people, children, sign_in_as):
    draft, out = actions.plan_release(wish(people.analyst), plan=a_plan(tables=[{"by": ["group"]}])), measured(people)
    asked = ask(people, ("age@band", "group"))
    said = page(sign_in_as(people.users["manager"]), reverse("today:today"))
    assert "On 12 October 2026" in said and code(out) in said
    assert code(draft) not in said and code(asked) not in said and "Ask a question" not in said and "Register a child" not in said
