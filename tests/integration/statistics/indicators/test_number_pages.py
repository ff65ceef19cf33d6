"""The board, the page of a number, its files and what it means: for each role its own, in words, and nothing of others."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from havre.statistics import indicators
from havre.statistics.board import BOARDS
from havre.statistics.counting.asked import FOR, TITLES, WAITS, asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(child: Callable[..., Any], people: SimpleNamespace) -> None:
    now = datetime.now(UTC)
    child(now - timedelta(days=3), sex="male", age=4, uasc_status="unaccompanied", risk_level="high")
    child(now - timedelta(days=4))
    child(now - timedelta(days=40), owner=people.colleague, concerns=["separated"])
    child(now - timedelta(days=3), owner=people.outsider)


def text(answer: Any) -> str:
    from django.utils.html import strip_tags
    return " ".join(strip_tags(answer.content.decode()).split())


def test_each_role_has_its_board(world: None, people: SimpleNamespace, sign_in_as: Callable[..., Any]) -> None:
    for who, title, cases in (("caseworker", "Numbers of your cases", "2 cases."), ("colleague", "Numbers of your cases", "1 case."),
                              ("supervisor", "Numbers of your team", "3 cases."), ("manager", "Numbers of your agency", "3 cases."),
                              ("outsider", "Numbers of your cases", "1 case.")):
        page = sign_in_as(people.users[who]).get("/numbers/")
        assert page.status_code == 200
        assert title in text(page) and cases in text(page), who
    assert "Numbers" in text(page) and 'aria-current="page"' in page.content.decode()


def test_an_analyst_sees_what_numbers_mean_and_no_number(world: None, people: SimpleNamespace, sign_in_as: Callable[..., Any]) -> None:
    client = sign_in_as(people.users["analyst"])
    assert client.get("/numbers/")["Location"] == "/numbers/meanings/"
    page = client.get("/numbers/meanings/")
    assert page.status_code == 200 and "Referrals to services and their answers are not kept as records yet." in text(page)
    assert client.get("/numbers/cases_opened/").status_code == 404
    assert client.get("/numbers/file.csv").status_code == 404
    assert client.get("/numbers/cases_opened/file.csv").status_code == 404


@pytest.mark.parametrize("who", ["officer", "panel_member"])
def test_some_roles_find_nothing(people: SimpleNamespace, sign_in_as: Callable[..., Any], who: str) -> None:
    client = sign_in_as(people.users[who])
    for address in ("/numbers/", "/numbers/meanings/", "/numbers/cases_opened/"):
        assert client.get(address).status_code == 404


def test_every_number_has_a_page_in_every_breakdown(world: None, people: SimpleNamespace, sign_in_as: Callable[..., Any]) -> None:
    client = sign_in_as(people.users["supervisor"])
    for code, one in indicators.every().items():
        for by in one.breakdowns or ("",):
            page = client.get(f"/numbers/{code}/", {"by": by, "period": "90d"})
            assert page.status_code == 200, (code, by)
    parts, whole = (client.get("/numbers/concerns_per_100/", {"by": by, "period": "30d"}) for by in ("part", "risk"))
    assert text(parts).split("Over time")[1].split("Download")[0] == text(whole).split("Over time")[1].split("Download")[0]
    page = client.get("/numbers/cases_opened/", {"by": "age", "across": "sex"})
    assert "0 to 5" in text(page) and "Male" in text(page)
    assert client.get("/numbers/nothing_like_this/").status_code == 404
    assert client.get("/numbers/cases_opened/", {"by": "'; drop", "across": "names", "period": "\x00"}).status_code == 200


def test_the_number_leads_to_the_children_behind_it(world: None, people: SimpleNamespace, sign_in_as: Callable[..., Any]) -> None:
    client = sign_in_as(people.users["supervisor"])
    page = client.get("/numbers/uasc_registered/", {"by": "part"})
    import re
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/case/\?[^"]+)"', page.content.decode())]
    assert len(links) == 3  # all of them, the unaccompanied, the separated
    counted = [client.get(link).content.decode().count('class="name"') for link in links]
    assert counted == [2, 1, 1]


def test_files_hold_the_same_numbers_and_nothing_that_runs(world: None, people: SimpleNamespace, sign_in_as: Callable[..., Any]) -> None:
    from havre.exchange.tables import read_table
    people.team_a.name = "=cmd|'/c calc'!A1"
    people.team_a.save()
    client = sign_in_as(people.users["supervisor"])
    for kind in ("csv", "xlsx"):
        answer = client.get(f"/numbers/cases_opened/file.{kind}", {"by": "team"})
        assert answer["Content-Disposition"] == f'attachment; filename="numbers.{kind}"'
        if kind == "csv":
            assert "\"'=cmd" in answer.content.decode("utf-8-sig")
        table = read_table(answer.content)
        assert table.headers[:3] == ("Number", "Period", "Value")
        assert table.rows[5][2] == "2" and len(table.rows) == 7
    assert client.get("/numbers/file.pdf").status_code == 404
    assert client.get("/numbers/cases_opened/file.csv", {"by": "names"}).status_code == 422
    assert client.get("/numbers/cases_opened/file.csv", {"across": "sex"}).status_code == 422
    from python_calamine import CalamineWorkbook
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/numbers/file.xlsx").content))
    values = {(row[1], row[2]): row[3] for row in book.get_sheet_by_name("Havre").to_python()[1:]}
    assert [value for (name, _period), value in values.items() if name == "Active caseload"][-1] == "3"


def test_of_the_59_each_is_live_or_says_what_it_waits_for() -> None:
    assert sorted(TITLES) == list(range(1, 60))
    assert set(FOR.values()) == set(WAITS)
    live = {one.number for one in indicators.every().values()}
    assert live | set(FOR) == set(TITLES) and not live & set(FOR), "a number that came to live waits for nothing any more"
    assert all(bool(row.live) != bool(row.waits) for row in asked())


def test_the_boards_name_numbers_that_are_there() -> None:
    named = {code for parts in BOARDS.values() for part in parts for code in part.codes}
    assert named <= set(indicators.every())
