"""Do the pages of patterns say something in the demonstration, is what they say true of the invented register, and do they say it is invented?"""

import time
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from django.urls import reverse

from havre.demo.loading import register
from havre.disclosure.association import Verdict
from havre.infra.acting import acting
from havre.reference.place_import import import_places
from havre.reference.places import parse_places
from havre.statistics.models import LedgerMonth
from havre.statistics.patterns import questions
from havre.statistics.patterns import sources as held
from havre.statistics.patterns.questions import Asked
from tests.integration.statistics.reading import page

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 12, 6, tzinfo=UTC)


@pytest.fixture
def out(people):
    import_places(parse_places((files("havre") / "reference" / "data" / "demo_places.csv").read_bytes()))
    began = time.monotonic()
    register.releases(NOW)
    return time.monotonic() - began


def test_what_goes_with_exploitation_there_is_found_and_what_does_not_is_not(people, out):
    assert out < 10, "loading the demonstration stays short"
    with acting(people.analyst):
        found = held.sources(people.analyst)
        answers = {each.told.name: each.found.verdict for each in questions.goes_with(found[0], Asked("exploitation"))}
    assert [str(each.period) for each in found] == ["2026-05/2026-10", "2025-11/2026-04"]
    assert answers["risk_debt_for_travel"] == answers["risk_controlled_by_someone"] == Verdict.MORE
    assert answers["protective_contact_with_trusted_adult"] == Verdict.LESS and len(answers) == 7
    assert sum(verdict is Verdict.CANNOT_TELL for verdict in answers.values()) <= 3


def test_what_changed_is_told(people, out):
    with acting(people.analyst):
        late, early = held.sources(people.analyst)
        found = {each.name: each.by for each in questions.changed(late, early)}
    assert found["risk_debt_for_travel"].low > 0 > found["risk_community"].high


def test_the_pages_say_that_the_register_is_invented_and_where_children_were_last_seen(people, out, sign_in_as, client):
    analyst = sign_in_as(people.users["analyst"])
    english, french = page(analyst, reverse("patterns:list")), page(analyst, reverse("patterns:list"), "fr")
    assert "Chad, an invented register, May to October 2026" in english and "Goes with it more often" in english
    assert "Tchad, registre inventé, mai à octobre 2026" in french
    where = page(analyst, reverse("patterns:where") + "?factor=risk_community&by=last_seen@2", "en")
    assert "East Samrat" in where and " in 100" in where
    assert "from an invented register" in page(client, reverse("releases:catalogue"), "en") and "issus d’un registre inventé" in page(client, reverse("releases:catalogue"), "fr")


def test_it_is_paid_from_its_own_country(people, out):
    assert set(LedgerMonth.objects.values_list("country", flat=True)) == {register.COUNTRY} and LedgerMonth.objects.count() == 12
