"""Numbers as JSON: the same scope as the pages, the reading in the log, nothing for roles without numbers."""

from datetime import UTC, datetime, timedelta

import pytest

from havre.infra.audit import AuditEntry
from tests.integration.statistics.indicators.conftest import child  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(child, people):  # noqa: F811
    now = datetime.now(UTC)
    child(now - timedelta(days=3), sex="male", age=4)
    child(now - timedelta(days=4))
    child(now - timedelta(days=3), owner=people.outsider)


def test_a_number_is_that_of_one_s_own_files(world, people, sign_in_as):
    for who, value in (("supervisor", 2), ("caseworker", 2), ("outsider", 1), ("colleague", 0)):
        answer = sign_in_as(people.users[who]).get("/api/indicators/cases_opened", {"by": "sex", "across": "age"}).json()
        assert answer["periods"][-1]["figure"]["value"] == value
        assert sum(row["figure"]["n"] for row in answer["cells"]) == value
    assert AuditEntry.objects.filter(action="numbers_read", actor=people.colleague.id).exists()


def test_what_numbers_mean_is_for_more_roles_than_the_numbers(world, people, sign_in_as):
    client = sign_in_as(people.users["analyst"])
    said = client.get("/api/indicators").json()
    assert {one["code"] for one in said["live"]} >= {"active_caseload", "uasc_registered"}
    assert {one["number"] for one in said["waiting"]} & {39, 51} == {39, 51}
    assert client.get("/api/indicators/cases_opened").status_code == 404
    assert sign_in_as(people.users["officer"]).get("/api/indicators").status_code == 404


def test_what_cannot_be_read_is_refused_in_words(people, sign_in_as):
    client = sign_in_as(people.users["supervisor"])
    for query in ({"period": "soon"}, {"by": "nationality"}, {"by": "sex", "across": "sex"}):
        answer = client.get("/api/indicators/cases_opened", query)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert client.get("/api/indicators/nothing").status_code == 404
