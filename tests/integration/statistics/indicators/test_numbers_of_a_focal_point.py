"""Somebody who may not open the cases sees whole periods that are over, and no small group."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from havre.core.problems import InputRefused
from havre.statistics.counting.measured import Shown
from tests.integration.statistics.indicators.conftest import NOW, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def focal(people: SimpleNamespace) -> SimpleNamespace:
    """A focal point of another agency."""
    from havre.access.models import User
    from havre.access.queries import actor_of
    user = User.objects.create(id=uuid4(), username="focal", name="Focal", role="focal_point", agency=people.agency_b, password="!")
    return SimpleNamespace(user=user, actor=actor_of(user))


@pytest.fixture
def shared(child: Callable[..., Any], focal: SimpleNamespace, people: SimpleNamespace) -> None:
    """Fourteen children of September, twelve girls and two boys, are shared with the focal point; one is not."""
    from havre.access.models import Grant
    cases = [child(day(1 + n, 9), sex="male" if n < 2 else "female") for n in range(14)]
    child(day(20, 9))
    for case in cases:
        Grant.objects.create(id=uuid4(), file_id=case.file_id, principal=focal.actor.id, relation="shared", purpose="country numbers",
                             granted_by=people.supervisor.id, granted_at=day(20, 9), expires_at=timezone.now() + timedelta(days=30))


def test_only_what_is_shared_is_counted_and_no_small_group_shows(shared: None, focal: SimpleNamespace, count: Callable[..., Any]) -> None:
    found = count("cases_opened", focal.actor, period="2026-q3", by="sex")
    assert found.value == 10 and found.now.shown is Shown.ROUNDED and found.previous.shown is Shown.SMALL
    assert not any(figure.told for figure in found.rows.values()) and set(found.rows) == {"male", "female"}
    assert all(figure.n == 0 for figure in found.rows.values())


def test_days_that_move_and_breakdowns_of_shares_are_refused(shared: None, focal: SimpleNamespace, count: Callable[..., Any]) -> None:
    for period in ("30d", "2026-09", "2025", "2026-q4", "2026-07-01_2026-09-30"):
        with pytest.raises(InputRefused):
            count("cases_opened", focal.actor, period=period, now=NOW)
    with pytest.raises(InputRefused):
        count("children_reunified", focal.actor, period="2026-q3", by="sex")
    with pytest.raises(InputRefused):
        count("cases_opened", focal.actor, period="2026-q3", by="age", across="sex")


def test_hidden_cells_look_alike_in_pages_and_files(shared: None, focal: SimpleNamespace, sign_in_as: Callable[..., Any]) -> None:
    client = sign_in_as(focal.user)
    board = client.get("/numbers/", {"period": "2026-q2"})
    assert board.status_code == 200 and "Fewer than 11" in board.content.decode() and "/case/?" not in board.content.decode()
    page = client.get("/numbers/cases_opened/", {"period": "2026-q3", "by": "sex"}).content.decode()
    assert page.count("not shown") == 5 and ">12<" not in page and ">2<" not in page and ">14<" not in page
    assert "About 10 children." in page and "Counts are told to the nearest 10" in page
    client.cookies["havre_language"] = "fr"
    french = client.get("/numbers/cases_opened/", {"period": "2026-q3", "by": "sex"}).content.decode()
    assert "Environ 10 enfants." in french and "arrondis au multiple de 10 le plus proche" in french
    client.cookies["havre_language"] = "en"
    assert client.get("/numbers/cases_opened/", {"period": "30d"}).status_code == 200
    table = client.get("/numbers/cases_opened/file.csv", {"period": "2026-q3", "by": "sex"}).content.decode("utf-8-sig")
    assert table.count("not shown") >= 2 and '"12"' not in table
    said = client.get("/api/indicators/cases_opened", {"period": "2026-q3", "by": "sex"}).json()
    assert said["rows"][0]["figure"]["n"] is None and "14" not in str([each["figure"] for each in said["periods"]])
    assert said["periods"][-1]["figure"] == {"value": 10, "n": 10, "met": None, "shown": "rounded"}
    assert client.get("/api/indicators/cases_opened", {"period": "30d"}).status_code == 422
