"""The pages of releases: what each person sees, what everyone reads, and that asking for one child is refused with something else."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from havre.access.system import system_actor
from havre.statistics import actions
from havre.statistics.models import Question, Release, Spending
from tests.integration.statistics.releases.answering import work
from tests.integration.statistics.releases.test_a_release_goes_out_once import a_plan, approved, measured, wish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def out(people, children):
    release = measured(people)
    actions.publish_release(wish(system_actor(), datetime(2026, 10, 12, 6, tzinfo=UTC)), release=release.pk)
    return Release.objects.get(pk=release.pk)


def test_an_analyst_writes_looks_keeps_and_hands_in(people, sign_in_as, children):
    client = sign_in_as(people.users["analyst"])
    assert b"Unaccompanied and separated children" in client.get(reverse("releases:list")).content
    address = reverse("releases:new") + "?population=children_registered&ready=children_on_the_move"
    page = client.get(address)
    assert page.status_code == 200 and page.context["form"]["t0_0"].value() == "age@band"
    given = {"rid": str(page.context["form"]["rid"].value()), "first": "2026-01", "last": "2026-09", "line": "public", "epsilon": "400", "t0_0": "age@band",
             "t0_1": "sex", "w0": "3", "t1_0": "place"}
    looked = client.post(address, given | {"look": "1"})
    assert looked.status_code == 200 and b"Readable from" in looked.content and not Release.objects.exists() and not Spending.objects.exists()
    kept = client.post(address, given | {"keep": "1"}, follow=True)
    assert kept.status_code == 200
    release = Release.objects.get()
    assert release.plan["tables"][0] == {"by": ["age@band", "sex"], "weight": 3}
    handed = client.post(reverse("releases:step", args=[release.file.code, "submit"]), {"rid": str(kept.context["rid"])}, follow=True)
    assert b"Waits for a second person" in handed.content and b"Approve the release" not in handed.content


def test_a_second_person_approves_or_sends_back(people, sign_in_as, children):
    release = actions.plan_release(wish(people.analyst), plan=a_plan())
    actions.submit_release(wish(people.analyst), release=release.pk)
    client = sign_in_as(people.users["manager"])
    page = client.get(reverse("releases:release", args=[release.file.code]))
    assert b"Approve the release" in page.content and b"Readable from" in page.content
    empty = client.post(reverse("releases:step", args=[release.file.code, "return"]), {"rid": str(page.context["rid"]), "reason": " "})
    assert empty.status_code == 422
    client.post(reverse("releases:step", args=[release.file.code, "approve"]), {"rid": str(page.context["rid"])})
    release.refresh_from_db()
    assert release.status == "approved" and release.decided_by == people.manager.id


def test_everyone_reads_what_is_published_and_nothing_before(people, client, out):
    hidden = approved(people, a_plan(population="children_apart", epsilon=100))
    assert client.get(reverse("releases:public", args=[hidden.file.code])).status_code == 404
    listed = client.get(reverse("releases:catalogue"))
    assert listed.status_code == 200 and out.file.code in listed.content.decode() and hidden.file.code not in listed.content.decode()
    page = client.get(reverse("releases:public", args=[out.file.code]) + "?t=1&rows=sex")
    text = page.content.decode()
    assert page.status_code == 200 and "<svg viewBox" in text and "too few to show" in text and " to " in text
    assert "stroke-linecap" in text and "bar1" not in text, "dots with intervals, never bars"
    box = client.get(reverse("releases:public_files", args=[out.file.code]))
    assert box["Content-Type"] == "application/zip" and box.content == client.get(reverse("releases:public_files", args=[out.file.code])).content


def test_what_was_withdrawn_says_so_and_shows_no_number(people, client, out):
    actions.withdraw_release(wish(people.manager), release=out.pk, why="risk")
    page = client.get(reverse("releases:public", args=[out.file.code]))
    assert page.status_code == 410 and b"figures" not in page.content and b"See what is published" in page.content
    again = measured(people)
    actions.publish_release(wish(system_actor(), datetime(2026, 10, 12, 7, tzinfo=UTC)), release=again.pk)
    page = client.get(reverse("releases:public", args=[out.file.code]))
    assert b"Withdrawn on 5 October 2026." in page.content and reverse("releases:public", args=[again.file.code]).encode() in page.content
    assert client.get(reverse("releases:public_files", args=[out.file.code])).status_code == 404
    assert b"Withdrawn" in client.get(reverse("releases:catalogue")).content


def test_a_question_is_answered_once_and_then_from_the_sheet(people, sign_in_as, children):
    client = sign_in_as(people.users["analyst"])
    query = {"population": "children_registered", "first": "2026-01", "last": "2026-09", "by": ["sex", "age@band"], "epsilon": "200"}
    looked = client.get(reverse("releases:room"), query)
    assert looked.status_code == 200 and looked.context["looked"] and not Spending.objects.exists()
    first = client.post(reverse("releases:room"), query | {"rid": str(looked.context["form"]["rid"].value())}, follow=True)
    assert first.status_code == 200 and b"Being worked on" in first.content and not Spending.objects.exists()
    assert work() == ["measured"] and Spending.objects.count() == 1
    again = client.get(reverse("releases:room"), query | {"by": ["sex"]})
    assert again.context["kept"]
    client.post(reverse("releases:room"), query | {"by": ["sex"], "rid": str(again.context["form"]["rid"].value())})
    assert Spending.objects.count() == 1 and Question.objects.filter(outcome="kept", spent=0).count() == 1
    files = client.get(reverse("releases:answer_files", args=[Question.objects.order_by("asked_at").first().file.code]))
    assert files.status_code == 200


def test_asking_for_one_child_is_refused_with_what_can_be_asked(people, sign_in_as, children):
    client = sign_in_as(people.users["analyst"])
    page = client.get(reverse("releases:room"), {"population": "children_registered", "first": "2026-03", "last": "2026-03",
                                                "by": ["nationality", "place", "age", "exploitation"], "epsilon": "100"})
    assert page.status_code == 409 and b"This table cannot be shown." in page.content
    offers = page.context["instead"]
    assert offers and any("drop" in offer["words"] for offer in offers)
    assert client.get(offers[0]["address"]).status_code == 200, "an offer is possible"
    assert not Spending.objects.exists() and not Question.objects.exists()


def test_the_budget_page_says_what_was_spent_on_what(people, sign_in_as, out):
    page = sign_in_as(people.users["manager"]).get(reverse("releases:ledger") + "?year=2026")
    assert page.status_code == 200 and out.file.code in page.content.decode() and b"0.40" in page.content


@pytest.mark.parametrize("who", ["caseworker", "supervisor", "tracing_officer", "officer", "panel_member"])
def test_others_find_nothing(people, sign_in_as, out, who):
    client = sign_in_as(people.users[who])
    for address in (reverse("releases:list"), reverse("releases:room"), reverse("releases:ledger"), reverse("releases:release", args=[out.file.code])):
        assert client.get(address).status_code == 404


def test_what_is_for_partners_is_not_for_everyone_and_its_files_are_fetched_inside(people, sign_in_as, client, children):
    release = measured(people, a_plan(line="partner"))
    actions.publish_release(wish(system_actor(), datetime(2026, 10, 12, 6, tzinfo=UTC)), release=release.pk)
    code = release.file.code
    assert client.get(reverse("releases:public", args=[code])).status_code == 404 and code not in client.get(reverse("releases:catalogue")).content.decode()
    assert client.get(reverse("releases:public_files", args=[code])).status_code == 404
    box = sign_in_as(people.users["analyst"]).get(reverse("releases:files", args=[code]))
    with zipfile.ZipFile(io.BytesIO(box.content)) as held:
        guarantee = json.loads(held.read("guarantee.json"))
        lines = held.read("tables/sex-age.band.csv").decode().splitlines()
        words = held.read("dictionary.csv").decode()
    assert guarantee["tier"] == "partner" and guarantee["neighbours"] and guarantee["ledger"]["spent_rho"] and guarantee["period"] == "2026-01/2026-09"
    assert lines[1].startswith("#beneficiary+sex+code,#beneficiary+age+code") and "#affected+children+num" in lines[1]
    assert all(line.split(",")[4:7] == ["", "", ""] for line in lines[2:] if line.endswith("too_small")), "a blank is never zero"
    assert "Girls" in words and "Filles" in words


def test_a_focal_point_of_the_country_approves_and_one_elsewhere_finds_nothing(people, sign_in_as, children):
    from uuid import uuid4

    from havre.access.models import User
    here, there = (User.objects.create(id=uuid4(), username=name, name=name, role="focal_point", agency=agency, password="!")
                   for name, agency in (("near", people.agency_a), ("far", people.agency_b)))
    release = actions.plan_release(wish(people.analyst), plan=a_plan())
    actions.submit_release(wish(people.analyst), release=release.pk)
    address = reverse("releases:release", args=[release.file.code])
    assert sign_in_as(there).get(address).status_code == 404
    client = sign_in_as(here)
    page = client.get(address)
    assert b"Approve the release" in page.content
    client.post(reverse("releases:step", args=[release.file.code, "approve"]), {"rid": str(page.context["rid"])})
    release.refresh_from_db()
    assert release.status == "approved" and release.decided_by == here.pk
