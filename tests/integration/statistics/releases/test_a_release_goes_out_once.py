"""From a plan over a second person to the catalogue: what is spent, kept and shown, and what never happens twice."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from havre.access.system import system_actor
from havre.core.intent import Intent
from havre.core.problems import Conflict, GateRefused, NothingHere
from havre.disclosure import from_bytes
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.statistics import actions
from havre.statistics.models import LedgerMonth, Publication, Release, Spending, StoredSheet
from havre.statistics.releases.plans import plan_from

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


def a_plan(**changed):
    return plan_from({"population": "children_registered", "country": "SD", "first": "2026-01", "last": "2026-09", "epsilon": 400, "line": "public",
                      "tables": [{"by": ["sex"]}, {"by": ["age@band", "sex"], "weight": 2}]} | changed)


def wish(actor, at=NOW):
    return Intent(by=actor, at=at, rid=uuid4())


def approved(people, plan=None):
    release = actions.plan_release(wish(people.analyst), plan=plan or a_plan())
    actions.submit_release(wish(people.analyst), release=release.pk)
    return actions.approve_release(wish(people.manager), release=release.pk)


def measured(people, plan=None):
    return actions.measure_release(wish(system_actor()), release=approved(people, plan).pk)


@pytest.mark.django_db
def test_a_release_is_paid_measured_and_published_on_its_day(people, children):
    release = measured(people)
    assert (release.status, release.release_on) == ("measured", date(2026, 10, 12))
    spending, stored = Spending.objects.get(), StoredSheet.objects.get()
    assert spending.subject == release.pk and spending.months[0] == date(2026, 1, 1) and len(spending.months) == 9
    assert {row.public for row in LedgerMonth.objects.all()} == {spending.rho}
    sheet = from_bytes(bytes(stored.content), stored.pk)
    assert abs(float(sheet.table().value) - len(children)) < 6 * float(sheet.table().se)
    early = actions.publish_release(wish(system_actor()), release=release.pk)
    assert early.status == "measured" and not Publication.objects.exists()
    done = actions.publish_release(wish(system_actor(), datetime(2026, 10, 12, 6, tzinfo=UTC)), release=release.pk)
    assert done.status == "published"
    publication = Publication.objects.get()
    assert publication.version == 1 and publication.statement["release"] == stored.pk
    assert 0.39 < float(publication.statement["epsilon"]) <= 0.4001 and float(publication.statement["ledger"]["spent_epsilon"]) <= 0.4001
    with acting(system_actor()):
        logged = AuditEntry.objects.filter(action="statistics.releases.measuring.measure_release").values_list("body", flat=True)
        assert stored.pk in logged[0]


@pytest.mark.django_db
def test_the_author_is_never_the_second_person(people, children):
    release = actions.plan_release(wish(people.analyst), plan=a_plan())
    actions.submit_release(wish(people.analyst), release=release.pk)
    with pytest.raises(NothingHere):
        actions.approve_release(wish(people.analyst), release=release.pk)
    with pytest.raises(NothingHere):
        actions.approve_release(wish(people.outside_supervisor), release=release.pk)
    assert Release.objects.filter(status="approved").count() == 0


@pytest.mark.django_db
def test_measuring_and_publishing_again_change_nothing(people, children):
    release = measured(people)
    before = StoredSheet.objects.values_list("pk", flat=True)[0]
    again = actions.measure_release(wish(system_actor()), release=release.pk)
    assert again.status == "measured" and list(StoredSheet.objects.values_list("pk", flat=True)) == [before]
    assert Spending.objects.count() == 1
    day = datetime(2026, 10, 12, 6, tzinfo=UTC)
    actions.publish_release(wish(system_actor(), day), release=release.pk)
    actions.publish_release(wish(system_actor(), day), release=release.pk)
    assert Publication.objects.count() == 1


@pytest.mark.django_db
def test_the_same_tables_for_months_that_were_counted_are_refused(people, children):
    measured(people)
    release = actions.plan_release(wish(people.analyst), plan=a_plan(first="2026-07", last="2026-09", epsilon=100))
    with pytest.raises(GateRefused) as refused:
        actions.submit_release(wish(people.analyst), release=release.pk)
    assert [r.reason for r in refused.value.results if not r.ok] == ["measured_before"]
    assert Spending.objects.count() == 1


@pytest.mark.django_db
def test_what_is_withdrawn_stays_spent_and_says_why(people, children):
    release = measured(people)
    actions.publish_release(wish(system_actor(), datetime(2026, 10, 12, 6, tzinfo=UTC)), release=release.pk)
    actions.withdraw_release(wish(people.manager), release=release.pk, why="error")
    publication = Publication.objects.get()
    assert publication.withdrawn_for == "error" and Spending.objects.count() == 1
    with pytest.raises(Conflict):
        actions.withdraw_release(wish(people.manager), release=release.pk, why="error")


@pytest.mark.django_db
def test_after_a_withdrawal_the_same_tables_are_paid_again_and_become_the_next_version(people, children):
    day = datetime(2026, 10, 12, 6, tzinfo=UTC)
    first = measured(people)
    actions.publish_release(wish(system_actor(), day), release=first.pk)
    actions.withdraw_release(wish(people.manager, day), release=first.pk, why="replaced")
    second = measured(people)
    actions.publish_release(wish(system_actor(), day), release=second.pk)
    assert [(p.version, bool(p.withdrawn_at)) for p in Publication.objects.order_by("version")] == [(1, True), (2, False)]
    assert Spending.objects.count() == 2 and {row.public for row in LedgerMonth.objects.all()} == {sum(s.rho for s in Spending.objects.all())}
