"""Does a plan that was handed in wait on Today for whoever may approve it, and for nobody else? Who asked, how long ago, until when."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from havre.access.models import User
from havre.cases.models import Task
from havre.infra.acting import acting
from havre.statistics import actions
from tests.integration.statistics.reading import page
from tests.integration.statistics.releases.children import entered
from tests.integration.statistics.releases.test_a_release_goes_out_once import NOW, a_plan, wish

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def focal_point(people):
    return User.objects.create(id=uuid4(), username="near", name="Near", role="focal_point", agency=people.agency_a, password="!")


@pytest.fixture
def handed_in(people, focal_point):
    entered(people, [{"age": n % 18, "month": date(2026, 1 + n % 9, 1)} for n in range(200)])
    release = actions.plan_release(wish(people.analyst), plan=a_plan())
    return actions.submit_release(wish(people.analyst), release=release.pk)


@pytest.fixture(autouse=True)
def three_days_later():
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.mark.parametrize("who", ["manager", "focal_point"])
def test_whoever_may_approve_sees_it_with_who_asked_and_how_long_ago(people, focal_point, handed_in, sign_in_as, who):
    client = sign_in_as(focal_point if who == "focal_point" else people.users[who])
    said = page(client, reverse("today:today"))
    assert "Decide on a planned release: Children registered" in said and "Analyst asked, and has waited for 3 days." in said
    assert reverse("releases:release", args=[handed_in.file.code]) in said and ("For your agency." in said) == (who == "manager")
    french = page(client, reverse("today:today"), "fr")
    assert "Décider d’une publication prévue : Enfants enregistrés" in french and "Demande de Analyst, en attente depuis 3 jours." in french


@pytest.mark.parametrize("who", ["manager", "focal_point"])
def test_the_interface_for_programs_tells_the_same(people, focal_point, handed_in, sign_in_as, who):
    client = sign_in_as(focal_point if who == "focal_point" else people.users[who])
    (task,) = client.get("/api/tasks").json()
    assert (task["kind"], task["file"], task["kind_of_file"], task["child"]) == ("approve_release", handed_in.file.code, "release", None)
    assert task["why_params"] == {"by": str(people.analyst.id), "since": NOW.isoformat(), "population": "children_registered"}
    assert task["due_at"].startswith("2026-10-12")


@pytest.mark.parametrize("who", ["supervisor", "caseworker", "outsider", "outside_supervisor"])
def test_nobody_else_does(people, handed_in, sign_in_as, who):
    client = sign_in_as(people.users[who])
    assert client.get("/api/tasks").json() == [] and handed_in.file.code not in client.get(reverse("today:today")).content.decode()


@pytest.mark.parametrize("answer", ["approve", "return"])
def test_one_answer_ends_it_for_all_and_a_plan_handed_in_again_waits_again(people, focal_point, handed_in, sign_in_as, answer):
    if answer == "approve":
        actions.approve_release(wish(people.manager), release=handed_in.pk)
    else:
        actions.return_release(wish(people.manager), release=handed_in.pk, reason="Fewer tables.")
    assert sign_in_as(focal_point).get("/api/tasks").json() == []
    with acting(people.manager):
        assert {t.done_by for t in Task.objects.filter(file_id=handed_in.file_id, kind="approve_release")} == {people.manager.id}
    if answer == "return":
        actions.rewrite_release(wish(people.analyst), release=handed_in.pk, plan=a_plan(epsilon=300))
        actions.submit_release(wish(people.analyst, datetime(2026, 10, 8, 9, tzinfo=UTC)), release=handed_in.pk)
        assert len(sign_in_as(people.users["manager"]).get("/api/tasks").json()) == 1


def test_its_author_is_told_which_roles_may_decide(people, handed_in, sign_in_as):
    client = sign_in_as(people.users["analyst"])
    address = reverse("releases:release", args=[handed_in.file.code])
    english, french = page(client, address), page(client, address, "fr")
    assert "A manager of your agency or a focal point of your country must decide." in english and "supervisor other than you" not in english
    assert "La direction de votre agence, ou un point focal de votre pays, doit décider." in french
    assert "1 safeguard blocks." in english and "1 garantie bloque." in french
