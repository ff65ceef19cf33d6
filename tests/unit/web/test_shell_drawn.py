"""Does each person see only their own places, and can everybody leave?"""

from importlib.util import find_spec
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.test import Client, RequestFactory

from havre.core.actor import Role
from havre.web.shell import nav, said

PAGE = Template('{% extends "base.html" %}{% block title %}Case 7K3M-P2{% endblock %}{% block content %}{% icon "seal" %}{% endblock %}')


def request_of(role: str = "", path: str = "/", **query: str) -> HttpRequest:
    request = RequestFactory().get(path, query)
    request.session = {}  # type: ignore[assignment]
    request.htmx = False  # type: ignore[attr-defined]
    if role:
        request.actor = SimpleNamespace(role=Role(role))  # type: ignore[attr-defined]
        request.person = SimpleNamespace(name="Amina Okello", agency=SimpleNamespace(name="Agency A"))  # type: ignore[attr-defined]
    return request


def drawn(request: HttpRequest) -> str:
    return PAGE.render(RequestContext(request))


@pytest.fixture
def everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """An instance that has every place."""
    known = nav.address_of
    monkeypatch.setattr(nav, "address_of", lambda name: known(name) or "/" + name.replace(":", "/"))


@pytest.mark.parametrize(
    ("role", "places", "find"),
    [
        ("caseworker", ["Today", "Children", "Tracing", "Files", "Numbers"], True),
        ("supervisor", ["Today", "Children", "Tracing", "Files", "Numbers"], True),
        ("tracing_officer", ["Today", "Tracing", "Files"], True),
        ("border_officer", ["First contact"], False),
        ("analyst", ["Today", "Numbers", "Releases"], False),
        ("panel_member", ["Reading room"], False),
        ("auditor", ["Releases"], False),
        ("", [], False),
    ],
)
def test_each_role_sees_only_its_own_places(everywhere: None, role: str, places: list[str], find: bool) -> None:
    assert [place.words for place in nav.places(role, "/")] == places
    assert ('role="search"' in drawn(request_of(role))) is find


@pytest.mark.parametrize("place", nav.PLACES, ids=lambda place: place.key)
def test_a_place_whose_area_is_there_has_an_address(place: nav.Place) -> None:
    area = place.url.split(":")[0]
    assert bool(nav.address_of(place.url)) is (_has_urls(area))


def _has_urls(area: str) -> bool:
    return find_spec(f"havre.web.{area}") is not None and find_spec(f"havre.web.{area}.urls") is not None


def test_everybody_can_leave_and_choose_a_language() -> None:
    for role in ("", "caseworker", "border_officer"):
        page = drawn(request_of(role))
        assert 'class="leave" method="post"' in page
        assert 'value="fr"' in page


def test_the_title_holds_what_the_page_gives_and_nothing_more() -> None:
    assert "<title>Case 7K3M-P2 – Havre</title>" in drawn(request_of("caseworker"))


def test_the_account_menu_says_who_one_is_and_a_stranger_has_none() -> None:
    assert "Amina Okello" in drawn(request_of("caseworker"))
    assert "Account" not in drawn(request_of())


def test_the_sprite_holds_the_icons_of_the_page_and_no_others() -> None:
    page = drawn(request_of())
    assert 'id="i-seal"' in page and 'id="i-exit"' in page
    assert 'id="i-chart"' not in page


def test_an_icon_in_a_fragment_carries_its_own_shape() -> None:
    request = request_of()
    request.htmx = True  # type: ignore[attr-defined]
    fragment = Template('{% load parts %}{% icon "seal" %}').render(RequestContext(request))
    assert "<use" not in fragment and "<rect" in fragment


def test_no_page_carries_inline_style_or_script() -> None:
    page = drawn(request_of("caseworker"))
    assert "style=" not in page and "<style" not in page
    assert all("src=" in tag for tag in page.split("<script")[1:])
    assert " on" not in {part[:3] for part in page.split('"') if part.startswith(" on")}


def test_what_was_said_shows_once() -> None:
    request = request_of("caseworker")
    said.say(request, "Visit recorded.")
    assert "Visit recorded." in drawn(request)
    assert "Visit recorded." not in drawn(request)


def test_any_page_can_be_turned_round_in_practice_only(settings: object) -> None:
    settings.HAVRE_PRACTICE = True  # type: ignore[attr-defined]
    assert '<html lang="en" dir="rtl">' in drawn(request_of(dir="rtl"))
    settings.HAVRE_PRACTICE = False  # type: ignore[attr-defined]
    assert '<html lang="en" dir="ltr">' in drawn(request_of(dir="rtl"))


def test_the_practice_notice_shows_in_practice_only(settings: object) -> None:
    settings.HAVRE_PRACTICE = True  # type: ignore[attr-defined]
    assert "Every person here is invented" in drawn(request_of())
    settings.HAVRE_PRACTICE = False  # type: ignore[attr-defined]
    assert "invented" not in drawn(request_of())


def test_the_gallery_is_closed_outside_practice(settings: object) -> None:
    settings.HAVRE_PRACTICE = False  # type: ignore[attr-defined]
    assert Client().get("/parts/").status_code == 404


def test_leaving_answers_with_a_page_that_says_nothing() -> None:
    answer: HttpResponse = Client(enforce_csrf_checks=True).post("/leave")  # type: ignore[assignment]
    assert (answer.status_code, answer["Location"]) == (303, "/clouds")
    assert answer["Clear-Site-Data"] == '"cache"'
    page = Client().get("/clouds").content.decode()
    assert "<title>Clouds</title>" in page


def test_the_language_leads_back_to_the_page_but_never_to_another_site() -> None:
    answer = Client().post("/language", {"language": "fr", "next": "/parts/"})
    assert (answer["Location"], answer.cookies["havre_language"].value) == ("/parts/", "fr")
    assert Client().post("/language", {"language": "fr", "next": "https://other.example/"})["Location"] == "/"
    assert "havre_language" not in Client().post("/language", {"language": "xx", "next": "/"}).cookies
