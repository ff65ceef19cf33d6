"""Can every indicator be counted and broken down in every way it offers, and does it look at nothing but what is in scope?"""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from havre.core.problems import InputRefused, NothingHere
from havre.infra.audit import AuditEntry
from havre.statistics import indicators
from tests.integration.statistics.indicators.conftest import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def some(child: Callable[..., Any], people: SimpleNamespace) -> None:
    child(day(3), concerns=["neglect_medical", "separated"])
    child(day(5), concerns=["separated"], closed_at=day(20), status="closed")
    child(day(6), owner=people.outsider)


def test_each_is_counted_and_its_parts_add_up(count: Callable[..., Any], some: None) -> None:
    for code, one in indicators.every().items():
        whole = count(code)
        for by in one.breakdowns:
            found = count(code, by=by)
            assert found.now == whole.now, (code, by)
            assert sum(f.n for f in found.rows.values()) == pytest.approx(whole.now.n), (code, by)
            assert sum(f.met for f in found.rows.values()) == (whole.now.met if not one.per else 0), (code, by)


def test_another_agency_s_children_are_never_counted(count: Callable[..., Any], some: None, people: SimpleNamespace) -> None:
    assert count("cases_opened").value == 2
    assert count("cases_opened", people.outside_supervisor).value == 1
    assert count("cases_opened", people.caseworker).value == 2
    assert count("cases_opened", people.colleague).value == 0
    assert count("cases_opened", people.manager).value == 2


def test_somebody_kept_out_of_a_file_does_not_count_it(count: Callable[..., Any], child: Callable[..., Any], people: SimpleNamespace) -> None:
    from uuid import uuid4

    from django.utils import timezone

    from havre.access.models import Bar
    case = child(day(3))
    Bar.objects.create(id=uuid4(), file_id=case.file_id, user_id=people.supervisor.id, reason="kin", barred_by=people.manager.id, barred_at=timezone.now())
    assert count("cases_opened").value == 0
    assert count("cases_opened", people.manager).value == 1


@pytest.mark.parametrize("who", ["analyst", "auditor", "officer", "tracing_officer", "panel_member"])
def test_some_roles_see_no_numbers(count: Callable[..., Any], people: SimpleNamespace, who: str) -> None:
    with pytest.raises(NothingHere):
        count("cases_opened", getattr(people, who))


def test_what_was_looked_at_is_in_the_log(count: Callable[..., Any], some: None, people: SimpleNamespace) -> None:
    count("cases_opened", by="sex")
    entry = AuditEntry.objects.filter(action="numbers_read").latest("seq")
    body = json.loads(entry.body)
    assert (entry.actor, body["objects"], body["detail"]) == (
        people.supervisor.id, ["statistics.indicator:cases_opened"], {"period": "2026-10", "by": ["sex"]})


def test_a_breakdown_that_is_none_is_refused(count: Callable[..., Any]) -> None:
    for code, by, across in (("cases_opened", "nationality", ""), ("cases_opened", "sex", "sex"), ("cases_opened", "x_at", ""),
                             ("concerns_per_100", "part", "sex"), ("concerns_per_100", "sex", "part")):
        with pytest.raises(InputRefused):
            count(code, by=by, across=across)
    for period in ("13d4", "2026-13", "2026-02-30_2026-03-01", "0001", "2026-03-02_2026-03-01", "9999d"):
        with pytest.raises(InputRefused):
            count("cases_opened", period=period)
