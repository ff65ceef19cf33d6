"""What is refused, with nothing spent and nothing half published: bad plans, bad data, empty ledgers, what was measured before."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from havre.access.system import system_actor
from havre.core.problems import GateRefused, InputRefused
from havre.disclosure.problems import TooManyRows, UnknownCode
from havre.infra.acting import acting
from havre.statistics import actions
from havre.statistics.models import LedgerMonth, Publication, Release, Spending, StoredSheet
from havre.statistics.populations import registered
from havre.statistics.populations.period import Period
from havre.statistics.problems import CannotBeShown
from havre.statistics.releases import jobs, ledger
from havre.statistics.releases.asking import look, question
from tests.integration.statistics.releases.answering import work
from tests.integration.statistics.releases.children import entered
from tests.integration.statistics.releases.test_a_release_goes_out_once import NOW, a_plan, approved, measured, wish

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 9, 1))


@pytest.fixture
def children(people):
    return entered(people, [{"age": n % 18, "month": date(2026, 1 + n % 9, 1)} for n in range(200)])


def nothing_left_behind():
    assert not Spending.objects.exists() and not StoredSheet.objects.exists() and not Publication.objects.exists()
    assert all(row.public == row.partner == row.room == 0 for row in LedgerMonth.objects.all())


def with_rows(monkeypatch, rows):
    from havre.statistics import populations
    bad = replace(registered.POPULATION, rows=rows)
    monkeypatch.setattr(populations, "all_populations", lambda: {"children_registered": bad})


def test_an_unknown_attribute_is_refused_before_anything(people, children):
    with pytest.raises(InputRefused):
        a_plan(tables=[{"by": ["hair"]}])
    nothing_left_behind()


def test_a_child_in_two_rows_stops_the_measurement(people, children, monkeypatch):
    release, child = approved(people), uuid4()
    with_rows(monkeypatch, lambda scope, wanted: iter([(child, {"sex": "female", "age": "0_2"})] * 2))
    with pytest.raises(TooManyRows):
        actions.measure_release(wish(system_actor(), NOW), release=release.pk)
    nothing_left_behind()


def test_a_code_that_no_list_foresees_stops_the_measurement(people, children, monkeypatch):
    release = approved(people, a_plan(tables=[{"by": ["month"]}]))
    with_rows(monkeypatch, lambda scope, wanted: iter([(uuid4(), {"month": "1999-01"})]))
    with pytest.raises(UnknownCode):
        actions.measure_release(wish(system_actor(), NOW), release=release.pk)
    nothing_left_behind()


def test_the_job_says_why_a_release_could_not_be_measured(people, children, monkeypatch):
    from havre.infra.jobs import JOBS
    release = approved(people, a_plan(tables=[{"by": ["month"]}]))
    with_rows(monkeypatch, lambda scope, wanted: iter([(uuid4(), {"month": "1999-01"})]))
    with acting(system_actor(), now=NOW):
        JOBS["statistics.measure"](release=str(release.pk))
    with acting(system_actor()):
        record = Release.objects.get(pk=release.pk)
    assert (record.status, record.trouble) == ("refused", "disclosure_unknown_code") and jobs.measure is JOBS["statistics.measure"]
    nothing_left_behind()


def test_that_nobody_is_there_is_no_refusal_for_it_would_tell(people):
    release = measured(people)
    assert release.status == "measured" and Spending.objects.count() == 1


def test_an_empty_ledger_refuses_and_stays_as_it_is(people, children):
    ledger.spend(kind="release", subject=uuid4(), code="x", country="SD", ledger="children_registered", population="children_registered",
                 months=[date(2026, 5, 1)], line="public", price=ledger.left("SD", "children_registered", [date(2026, 5, 1)], "public"), at=NOW,
                 by=people.analyst.id)
    assert ledger.left("SD", "children_registered", YEAR.months(), "public") == 0, "a year has what its poorest month has"
    assert ledger.left("SD", "children_registered", [date(2026, 6, 1)], "public") > 0, "months that share no child share no budget"
    release = actions.plan_release(wish(people.analyst), plan=a_plan())
    with pytest.raises(GateRefused) as refused:
        actions.submit_release(wish(people.analyst), release=release.pk)
    assert refused.value.results[0].reason == "budget_too_small" and Spending.objects.count() == 1


def test_partners_and_everyone_share_one_total(people, children):
    months = [date(2026, 5, 1)]
    for line in ("public", "partner"):
        ledger.spend(kind="release", subject=uuid4(), code="x", country="SD", ledger="children_registered", population="children_registered",
                     months=months, line=line, price=ledger.left("SD", "children_registered", months, line), at=NOW, by=people.analyst.id)
    row = LedgerMonth.objects.get()
    assert row.public + row.partner <= row.cap_total
    assert ledger.left("SD", "children_registered", months, "room") == min(row.cap_room, row.cap_total - row.public - row.partner)


def test_the_database_itself_refuses_to_go_below_nought(people):
    from django.db import IntegrityError, transaction
    ledger.lock("SD", "children_registered", [date(2026, 5, 1)])
    row = LedgerMonth.objects.get()
    for changed in ({"public": row.cap_public + 1}, {"room": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerMonth.objects.filter(pk=row.pk).update(**changed)


def test_months_that_are_not_over_are_refused(people, children):
    release = actions.plan_release(wish(people.analyst), plan=a_plan(last="2026-10"))
    with pytest.raises(GateRefused) as refused:
        actions.submit_release(wish(people.analyst), release=release.pk)
    assert refused.value.results[0].reason == "period_not_over"
    nothing_left_behind()


def test_a_question_that_points_to_one_child_is_offered_what_can_be_asked(people, children):
    with acting(people.analyst):
        asked = question(people.analyst, population="children_registered", period=Period(date(2026, 3, 1), date(2026, 3, 1)),
                         by=["nationality", "place", "age", "exploitation"], epsilon=100)
        with pytest.raises(CannotBeShown) as refused:
            look(asked, NOW.date())
        assert refused.value.reason == "too_fine" and {a.code for a in refused.value.alternatives} >= {"drop"}
        for offer in refused.value.alternatives:
            from havre.statistics.releases.plans import plan_from
            assert look(plan_from(offer.instead), NOW.date()).preview is not None, "an offer would be answered"
    with pytest.raises(CannotBeShown):
        actions.ask(wish(people.analyst, NOW), plan=asked)
    nothing_left_behind()


def test_part_of_a_measured_period_is_refused_with_the_months_that_are_kept(people, children):
    with acting(people.analyst):
        whole = question(people.analyst, population="children_registered", period=YEAR, by=["sex"], epsilon=100)
    actions.ask(wish(people.analyst, NOW), plan=whole)
    assert work(NOW) == ["measured"]
    part = replace(whole, period=Period(date(2026, 2, 1), date(2026, 4, 1)))
    with acting(people.analyst), pytest.raises(CannotBeShown) as refused:
        look(part, NOW.date())
    assert refused.value.reason == "measured_before"
    kept = [a for a in refused.value.alternatives if a.instead["first"] == "2026-01" and a.instead["last"] == "2026-09"]
    assert kept, "the kept months are offered"
    assert Spending.objects.count() == 1
