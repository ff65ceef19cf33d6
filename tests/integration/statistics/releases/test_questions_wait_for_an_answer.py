"""A question that has to be measured is a job: what its page says meanwhile, how the answer comes, and what a lost job costs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from havre.access.system import system_actor
from havre.infra.acting import acting
from havre.infra.jobs import JOBS
from havre.statistics import actions
from havre.statistics.models import Question, Spending
from havre.statistics.populations.period import Period
from havre.statistics.releases.asking import question
from tests.integration.statistics.reading import page
from tests.integration.statistics.releases.answering import work
from tests.integration.statistics.releases.test_a_release_goes_out_once import NOW, a_plan, approved, measured, wish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
YEAR = Period(date(2026, 1, 1), date(2026, 9, 1))


def ask(people, by=("sex",), at=NOW):
    with acting(people.analyst):
        plan = question(people.analyst, population="children_registered", period=YEAR, by=by, epsilon=200)
    return actions.ask(wish(people.analyst, at), plan=plan)


def swapped(client, address):
    return client.get(address, headers={"HX-Request": "true"})


def jobs(name):
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=name)]


def test_the_page_says_it_is_worked_on_and_then_shows_the_answer(people, children, sign_in_as):
    asked = ask(people)
    assert jobs("statistics.answer") == [{"question": str(asked.pk)}], "deferred in the transaction of the question"
    client = sign_in_as(people.users["analyst"])
    address = reverse("releases:answer", args=[asked.file.code])
    english, french = page(client, address), page(client, address, "fr")
    assert "The children are being counted, once." in english and "You may leave this page" in english
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in english, "it asks again without script"
    assert "Les enfants sont en train d’être comptés" in french
    assert client.get(reverse("releases:answer_files", args=[asked.file.code])).status_code == 404
    assert swapped(client, address).status_code == 204, "nothing is read out until there is something to say"
    assert work() == ["measured"]
    come = swapped(client, address)
    assert "Votre question a une réponse." in come.content.decode() and "say" in come["HX-Trigger"] and "hx-trigger" not in come.content.decode()
    english = page(client, address, "en")
    assert "http-equiv" not in english and "Girls" in english and "Being worked on" not in english
    assert "Being worked on" not in page(client, reverse("releases:room"))


def test_one_that_waits_is_marked_in_the_list_and_nobody_else_finds_it(people, children, sign_in_as):
    asked = ask(people)
    assert "Being worked on" in page(sign_in_as(people.users["analyst"]), reverse("releases:room"))
    assert sign_in_as(people.users["manager"]).get(reverse("releases:answer", args=[asked.file.code])).status_code == 404


def test_a_question_without_an_answer_says_why_and_what_can_be_asked(people, children, sign_in_as):
    asked = ask(people)
    actions.refuse_question(wish(system_actor()), question=asked.pk, code="budget_spent")
    client = sign_in_as(people.users["analyst"])
    address = reverse("releases:answer", args=[asked.file.code])
    english, french = page(client, address), page(client, address, "fr")
    assert "Could not be answered" in english and "Meanwhile the privacy budget of these months was spent." in english
    assert "Sans réponse possible" in french and "n’a pas pu recevoir de réponse" in swapped(client, address).content.decode()
    assert work() == [] and not Spending.objects.exists(), "it is not asked again by itself"


def test_what_lost_its_job_gets_a_new_one_and_is_given_up_after_a_day(people, children):
    asked, release = ask(people), approved(people)
    for minutes, again in ((1, 0), (3, 1)):
        with acting(system_actor(), now=NOW + timedelta(minutes=minutes)):
            JOBS["statistics.work_left"]()
        assert len(jobs("statistics.answer")) == 1 + again and len(jobs("statistics.measure")) == 1 + again
    assert jobs("statistics.measure")[-1] == {"release": str(release.pk)}
    with acting(system_actor(), now=NOW + timedelta(days=2)):
        JOBS["statistics.work_left"]()
    with acting(system_actor()):
        record = Question.objects.get(pk=asked.pk)
    assert (record.outcome, record.trouble) == ("refused", "given_up") and not Spending.objects.exists()


def test_a_measured_release_answers_before_its_day_for_nothing_and_says_the_day(people, children, sign_in_as):
    """ADR 11: paid for already, so to refuse would make the analyst pay twice for the same children."""
    release = measured(people, a_plan(tables=[{"by": ["sex"]}]))
    asked = ask(people)
    assert asked.outcome == "kept" and Spending.objects.count() == 1 and release.status == "measured"
    client = sign_in_as(people.users["analyst"])
    address = reverse("releases:answer", args=[asked.file.code])
    assert "everyone reads on 12 October 2026" in page(client, address) and "tout le monde lira le 12 octobre 2026" in page(client, address, "fr")
    assert client.get(f"/api/statistics/questions/{asked.file.code}").json()["public_on"] == "2026-10-12"
    actions.publish_release(wish(system_actor(), NOW + timedelta(days=10)), release=release.pk)
    assert "everyone reads on" not in page(client, address, "en")
    assert client.get(f"/api/statistics/questions/{asked.file.code}").json()["public_on"] is None


def test_a_release_taken_back_before_its_day_answers_no_more(people, children):
    release = measured(people, a_plan(tables=[{"by": ["sex"]}]))
    actions.withdraw_release(wish(people.manager), release=release.pk, why="error")
    assert ask(people).outcome == "waiting"
    assert work() == ["measured"] and Spending.objects.count() == 2
