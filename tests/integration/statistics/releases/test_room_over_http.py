"""The analyst's room over HTTP: look, ask, ask again, be refused with something else."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from havre.statistics.models import Spending
from havre.statistics.populations.period import Period
from havre.statistics.releases import ledger
from tests.integration.statistics.releases.answering import work
from tests.integration.statistics.releases.children import entered

pytestmark = pytest.mark.django_db
ASK = {"population": "children_registered", "first": "2026-01", "last": "2026-09", "by": ["sex", "age@band"], "epsilon": 200}


@pytest.fixture
def room(people, sign_in_as):
    with time_machine.travel(datetime(2026, 10, 5, 9, tzinfo=UTC), tick=True):
        entered(people, [{"age": n % 18, "month": date(2026, 1 + n % 9, 1)} for n in range(300)])
        yield sign_in_as(people.users["analyst"])


def post(client, path, body, key=None):
    headers = {"Idempotency-Key": str(key)} if key else {}
    return client.post(f"/api/statistics/{path}", body, content_type="application/json", headers=headers)


def test_look_ask_and_ask_again(room):
    seen = post(room, "questions/look", ASK).json()
    assert seen["stored"] is False and seen["tables"][0]["readable_from"] > 10 and not Spending.objects.exists()
    key = uuid4()
    first = post(room, "questions", ASK, key)
    address = f"/api/statistics/questions/{first.json()['code']}"
    assert first.status_code == 202 and first.json()["outcome"] == "waiting" and first.json()["spent"] == 0 and not Spending.objects.exists()
    assert room.get(address).status_code == 202 and post(room, "questions", ASK, key).json() == first.json(), "one question, however often it is sent"
    assert work() == ["measured"]
    later = room.get(address).json()
    assert later["outcome"] == "measured" and later["spent"] == seen["price"] and later["public_on"] is None
    again = post(room, "questions", ASK, uuid4())
    assert again.status_code == 200 and again.json()["outcome"] == "kept" and again.json()["spent"] == 0
    assert again.json()["table"] == later["table"] == post(room, "questions", ASK, key).json()["table"], "the same question, the same bytes"
    assert Spending.objects.count() == 1
    assert {cell["state"] for cell in later["table"]["cells"]} <= {"shown", "uncertain", "too_small"}
    assert all("value" not in cell for cell in later["table"]["cells"] if cell["state"] == "too_small")


def test_a_refusal_says_what_can_be_asked(room):
    answer = post(room, "questions/look", ASK | {"by": ["nationality", "place", "age", "exploitation"]})
    said = answer.json()
    assert answer.status_code == 409 and said["reason"] == "too_fine" and said["instead"]
    assert post(room, "questions/look", said["instead"][0]["question"]).status_code == 200


def test_two_equal_questions_that_wait_are_paid_once(room):
    codes = [post(room, "questions", ASK, uuid4()).json()["code"] for _ in range(2)]
    assert work() == ["measured", "kept"] and Spending.objects.count() == 1
    assert len({str(room.get(f"/api/statistics/questions/{code}").json()["table"]) for code in codes}) == 1


def test_what_was_spent_meanwhile_is_told_with_what_can_be_asked(room, people):
    code = post(room, "questions", ASK, uuid4()).json()["code"]
    period = Period(date(2026, 1, 1), date(2026, 9, 1))
    ledger.spend(kind="release", subject=uuid4(), code="x", country="SD", ledger="children_registered", population="children_registered",
                 months=period.months(), line="room", price=ledger.left("SD", "children_registered", period.months(), "room"),
                 at=datetime(2026, 10, 5, tzinfo=UTC), by=people.analyst.id)
    assert work() == ["refused"]
    said = room.get(f"/api/statistics/questions/{code}").json()
    assert (said["outcome"], said["reason"], said["spent"]) == ("refused", "budget_spent", 0) and "table" not in said and "instead" in said
    assert Spending.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"by": []}, {"by": ["hair"]}, {"population": "adults"}, {"epsilon": 0}, {"first": "soon"}, {"row": 1}])
def test_what_is_no_question_is_refused(room, wrong):
    assert post(room, "questions", ASK | wrong, uuid4()).status_code == 422
    assert not Spending.objects.exists()


def test_the_codebook_and_the_catalogue(room):
    held = room.get("/api/statistics/populations?first=2026-01&last=2026-09").json()
    assert {"en", "fr"} == set(held["children_registered"]["attributes"]["sex"]["title"])
    assert room.get("/api/statistics/releases").json() == []


@pytest.mark.parametrize("who", ["caseworker", "manager", "officer"])
def test_only_analysts_ask(people, sign_in_as, who):
    client = sign_in_as(people.users[who])
    assert post(client, "questions/look", ASK).status_code == 404 and post(client, "questions", ASK, uuid4()).status_code == 404
