"""Whom does each population count? Once each, in the month of entry, duplicates together, identity opened under audit."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from havre.access.system import system_actor
from havre.cases.models import Case
from havre.identification.actions import submit_screening
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.registration.models import DuplicateReview, Person
from havre.statistics.populations import all_populations
from havre.statistics.populations.period import Period
from havre.statistics.populations.population import Scope
from tests.integration.statistics.releases.children import entered
from tests.integration.tracing.pairing import matched

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 1))


def rows_of(code, *wanted, country="SD", period=YEAR):
    with acting(system_actor()):
        return sorted((tuple(row[name] for name in wanted) for _child, row in
                       all_populations()[code].rows(Scope(country, period), frozenset(wanted))))


def test_the_axes_never_need_a_child_and_have_unique_names(people):
    for population in all_populations().values():
        axes = population.axes(Scope("SD", YEAR))
        assert len({axis.name for axis in axes}) == len(axes) > 4 and population.ledger in all_populations()


def test_registered_children_count_in_their_month_of_entry_and_country(people):
    entered(people, [{"month": date(2026, 2, 1), "sex": "male", "age": 4}, {"month": date(2025, 12, 1)}, {"month": date(2026, 7, 1), "case_status": "duplicate"}])
    entered(people, [{"month": date(2026, 2, 1)}], agency=people.agency_b, team=people.team_b)
    assert rows_of("children_registered", "sex", "age", "month", "place") == [("male", "3_5", "2026-02", "team_a")]
    assert len(rows_of("children_registered", "sex", country="ET")) == 1


def test_files_concluded_to_be_the_same_child_count_once_in_the_first_month(people):
    first, second, third = entered(people, [{"month": date(2026, m, 1)} for m in (2, 5, 6)])
    with acting(system_actor()):
        base = {"searched_at": datetime(2026, 5, 1, tzinfo=UTC), "heads": [], "disputed": [], "created_at": datetime(2026, 5, 1, tzinfo=UTC),
                "created_by": people.caseworker.id, "updated_at": datetime(2026, 5, 1, tzinfo=UTC)}
        DuplicateReview.objects.create(id=uuid4(), file_id=second, hits=[{"ref": "1", "file": str(first), "conclusion": "same"}], **base)
        DuplicateReview.objects.create(id=uuid4(), file_id=third, hits=[{"ref": "1", "file": str(second), "conclusion": "different"}], **base)
    assert rows_of("children_registered", "month") == [("2026-02",), ("2026-06",)]
    assert rows_of("children_registered", "month", period=Period(date(2026, 5, 1), date(2026, 5, 1))) == []


def test_children_apart_are_those_among_them_and_pay_with_the_same_ledger(people):
    entered(people, [{"status": s} for s in ("unaccompanied", "separated", "accompanied", "undetermined")])
    assert [row[0] for row in rows_of("children_apart", "status")] == ["separated", "unaccompanied"]
    assert all_populations()["children_apart"].ledger == "children_registered"


def test_concerns_become_yes_or_not_noted(people):
    entered(people, [{"concerns": ["hazardous_work"]}, {"concerns": []}])
    assert rows_of("children_registered", "exploitation", "child_labour", "trafficking") == [("no", "no", "no"), ("yes", "yes", "no")]


def test_nationality_is_opened_by_the_system_and_the_reading_is_in_the_log(people, intent):
    pair = matched(people, intent)
    with acting(system_actor()):
        case = Case.objects.get(file_id=pair.case.file_id)
        period = Period(case.created_at.date().replace(day=1), case.created_at.date().replace(day=1))
        person = Person.objects.get(pk=case.child_id)
    assert len(rows_of("children_registered", "nationality", period=period)) == 1
    with acting(system_actor()):
        reads = [e.body for e in AuditEntry.objects.filter(action="read", files__contains=[case.file_id]).order_by("-seq")]
    assert person.nationalities is None or any('"nationalities"' in body for body in reads)


def test_first_contacts_count_by_place_and_month(people, intent):
    sent = submit_screening(intent(people.officer), answers={"who_with": "alone"}, observations=[], note="", language="tir", understood="yes", firewall_said=True)
    month = sent.created_at.date().replace(day=1)
    assert rows_of("children_screened", "place", "month", "understood", period=Period(month, month)) == [("team_a", f"{month:%Y-%m}", "yes")]


def test_children_sought_count_by_request(people, intent):
    pair = matched(people, intent)
    month = pair.request.created_at.date().replace(day=1)
    found = rows_of("children_sought", "sex", "result", "relation", country="ET", period=Period(month, month))
    assert len(found) == 1 and found[0][1] == "open" and found[0][2] != ""


def test_every_code_that_is_counted_stands_in_the_codebook(people, intent):
    pair = matched(people, intent)
    entered(people, [{"age": n, "risk": "high"} for n in range(18)])
    month = pair.request.created_at.date().replace(day=1)
    for country in ("SD", "ET"):
        for period in (YEAR, Period(month, month)):
            for population in all_populations().values():
                scope = Scope(country, period)
                axes = {a.name: a for a in population.axes(scope) if not a.sealed}
                with acting(system_actor()):
                    for _child, row in population.rows(scope, frozenset(axes)):
                        for name, code in row.items():
                            assert code in axes[name].codes or "other" in axes[name].codes, (population.code, name, code)


def test_the_region_of_origin_and_of_separation_is_counted_by_p_code_and_never_finer(people, intent):
    from havre.infra.unit import Unit
    from havre.reference.models import Place
    from havre.registration.permissions import WRITE
    pair = matched(people, intent)
    with acting(system_actor()):
        case = Case.objects.get(file_id=pair.case.file_id)
    country = Place.objects.create(pcode="SDX", name="Sudan", names={"ar": "السودان"}, level=0, country="SD")
    region = Place.objects.create(pcode="SDX01", name="East Samrat", names={"ar": "سمرات الشرقية"}, level=1, parent=country, country="SD")
    Place.objects.create(pcode="SDX0101", name="Wad Fanus", level=2, parent=region, country="SD")
    period = Period(case.created_at.date().replace(day=1), case.created_at.date().replace(day=1))
    for origin, code in ((["SD", "East Samrat", "Wad Fanus"], "SDX01"), (["SD", "سمرات الشرقية"], "SDX01"), (["SD", "Nowhere"], "SD_elsewhere"),
                         (["SD"], "SD_elsewhere"), (["TD", "Abeche"], "other"), ([], "not_known")):
        at = intent(people.caseworker)
        with acting(people.caseworker) as stay:
            unit = Unit(at, WRITE, stay)
            unit.change(unit.get(Person, case.child_id), origin=origin, last_seen=list(reversed(origin)))
            unit.finish()
        assert {row[0] for row in rows_of("children_registered", "origin", period=period)} == {code}
    assert all("0101" not in code for axis in all_populations()["children_registered"].axes(Scope("SD", period)) for code in axis.codes)
