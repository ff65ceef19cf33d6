"""From assessments over an approved release to an answer: factors go with exploitation, and nobody reads more than a release."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from havre.access.system import system_actor
from havre.core.problems import NothingHere
from havre.disclosure.association import Verdict
from havre.infra.acting import acting
from havre.statistics import actions
from havre.statistics.models import Question, Spending
from havre.statistics.patterns import questions
from havre.statistics.patterns import sources as held
from havre.statistics.patterns.questions import Asked
from havre.statistics.populations import all_populations, factors
from havre.statistics.populations.period import Period
from havre.statistics.populations.population import Scope
from havre.statistics.releases.asking import question
from havre.statistics.releases.plans import plan_from
from tests.integration.statistics.patterns.assessed import assessed
from tests.integration.statistics.releases.answering import work
from tests.integration.statistics.releases.children import entered
from tests.integration.statistics.releases.test_a_release_goes_out_once import measured, wish

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
DAY = datetime(2026, 10, 12, 6, tzinfo=UTC)
DEBT, FRIENDS = ("risk_debt_for_travel", "transit", 2), ("protective_safe_peers", "destination", 1)
TABLES = [{"by": ["risk_debt_for_travel@phase", "exploitation"]}, {"by": ["protective_safe_peers@noted", "exploitation"]},
          {"by": ["risk_gangs@noted", "place@region"]}, {"by": ["risk_debt_for_travel@noted", "protective_safe_peers@noted"]}]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=True):
        yield


def children(people, months=range(1, 10), bad=7):
    """1,200 children: debt goes strongly with exploitation, friends with neither, gangs are asked of half."""
    assessed(people, [{"month": date(2026, 1, 1) if not months else date(2026, months[n % len(months)], 1),
                       "concerns": ["child_labour"] if (n % 10 < bad if n % 3 == 0 else n % 10 == 0) else [],
                       "factors": [*([DEBT] if n % 3 == 0 else []), *([FRIENDS] if n % 2 else [])],
                       "unanswered": ["community"] if n % 4 < 2 else []} for n in range(1200)])


def plan(**changed):
    return plan_from({"population": factors.CODE, "country": "SD", "first": "2026-01", "last": "2026-09", "epsilon": 1000, "line": "public",
                      "tables": TABLES} | changed)


def published(people, made=None):
    release = measured(people, made or plan())
    actions.publish_release(wish(system_actor(), DAY), release=release.pk)
    return release.file.code


@pytest.fixture
def out(people):
    children(people)
    return published(people)


def test_only_children_assessed_are_counted_and_what_was_not_asked_is_said(people):
    entered(people, [{}])
    assessed(people, [{"factors": [DEBT, ("risk_debt_for_travel", "at_border", 1)], "unanswered": ["community", "structural"]},
                      {"factors": [("risk_gangs", "transit", 0)], "concerns": ["hazardous_work"]}])
    scope, wanted = Scope("SD", Period(date(2026, 1, 1), date(2026, 12, 1))), ("risk_debt_for_travel", "risk_gangs", "protective_household", "exploitation")
    with acting(system_actor()):
        found = sorted(tuple(row[name] for name in wanted) for _child, row in all_populations()[factors.CODE].rows(scope, frozenset(wanted)))
    assert found == [("no", "no", "no", "yes"), ("several_during", "not_known", "no", "no")]
    assert all_populations()[factors.CODE].ledger == "children_registered"


def test_what_goes_with_exploitation_is_told_with_its_interval(people, out):
    with acting(people.analyst):
        source = held.source(people.analyst, out)
        assert questions.outcomes(source) == ["exploitation", "risk_debt_for_travel", "protective_safe_peers"]
        debt, friends = questions.goes_with(source, Asked("exploitation"))
        assert (debt.told.name, debt.found.verdict) == ("risk_debt_for_travel", Verdict.MORE)
        assert debt.found.having.share.low < 0.7 < debt.found.having.share.high and debt.found.difference.low > 0.3
        assert friends.found.difference.low < 0.15 and questions.stands_out([debt, friends]) is debt
        during = questions.goes_with(source, Asked("exploitation", "during"))
        assert [each.told.name for each in during] == ["risk_debt_for_travel"] and during[0].found.verdict is Verdict.MORE
        before = questions.goes_with(source, Asked("exploitation", "before"))[0].found
        assert before.verdict in {Verdict.TOO_FEW, Verdict.CANNOT_TELL}, "nobody had debt before travel"


def test_where_when_and_what_surrounds_them(people, out):
    with acting(people.analyst):
        source = held.source(people.analyst, out)
        assert questions.breakdowns(source, "risk_debt_for_travel") == [("phase", 2)]
        times = {each.code: each.found.share for each in questions.noted(source, "risk_debt_for_travel", "phase", 2)}
        assert times["during"].low < 1 / 3 < times["during"].high and times["before"].high < 0.15
        assert ("place", 1) in questions.breakdowns(source, "risk_gangs") and questions.noted(source, "risk_gangs", "place", 1)
        assert [told.name for told, _part in questions.surroundings(source)] == ["risk_gangs"]


def test_what_was_not_planned_is_not_there(people, out):
    with acting(people.analyst):
        source = held.source(people.analyst, out)
        for asked in (Asked("violence"), Asked("exploitation", "onward"), Asked("exploitation", "", "place", "team_a"), Asked("risk_gangs")):
            with pytest.raises(NothingHere):
                questions.goes_with(source, asked)
        with pytest.raises(NothingHere):
            questions.noted(source, "risk_poverty")
        with pytest.raises(NothingHere):
            questions.noted(source, "risk_debt_for_travel", "leg", 3)


def test_a_change_is_told_between_releases_without_a_month_in_common(people):
    children(people, range(1, 5), bad=2)
    children(people, range(5, 10), bad=9)
    early, late = published(people, plan(last="2026-04")), published(people, plan(first="2026-05"))
    with acting(people.analyst):
        now = held.source(people.analyst, late)
        then = held.before(now, held.sources(people.analyst))
        assert then.code == early and held.before(then, held.sources(people.analyst)) is None
        found = {each.name: each.by for each in questions.changed(now, then)}
    assert found["exploitation"].low > 0 and found["risk_debt_for_travel"].low < 0.05


def test_partners_releases_are_for_those_who_may_see_them_and_questions_for_who_asked(people, out):
    partner = published(people, plan(line="partner", first="2026-01", last="2026-09", tables=[{"by": ["risk_poverty@noted", "exploitation"]}]))
    asked = actions.ask(wish(people.analyst), plan=question(people.analyst, population=factors.CODE, period=Period(date(2026, 1, 1), date(2026, 9, 1)),
                                                           by=["risk_poverty@noted", "violence"], epsilon=100)).file.code
    assert work() == ["measured"]
    seen = {}
    for who in ("analyst", "manager", "auditor"):
        actor = getattr(people, who)
        with acting(actor):
            seen[who] = {each.code for each in held.sources(actor)}
    assert seen["analyst"] == {out, partner, asked} and seen["manager"] == {out, partner} and asked not in seen["auditor"]
    actions.withdraw_release(wish(people.manager), release=_release(out), why="risk")
    with acting(people.analyst):
        assert {each.code for each in held.sources(people.analyst)} == {partner, asked}


def _release(code):
    from havre.statistics.models import Release
    with acting(system_actor()):
        return Release.objects.get(file__code=code).pk


def test_the_pages_say_goes_with_and_never_a_row_and_spend_nothing(people, sign_in_as, out):
    spent = Spending.objects.count()
    client = sign_in_as(people.users["analyst"])
    page = client.get(reverse("patterns:list"))
    text = page.content.decode()
    assert page.status_code == 200 and "Which factors go with: Exploitation?" in text and "Debt for the journey" in text
    assert "Goes with it more often" in text and "need not be its cause" in text and " in 100" in text and "bar1" not in text
    assert client.get(reverse("patterns:list") + f"?release={out}&of=protective_safe_peers&time=during").status_code == 200
    where = client.get(reverse("patterns:where") + "?factor=risk_debt_for_travel&by=phase@2")
    assert where.status_code == 200 and "During travel" in where.content.decode() and "Gangs" in where.content.decode()
    changes = client.get(reverse("patterns:changes"))
    assert changes.status_code == 200 and "There is no release of earlier months" in changes.content.decode()
    assert client.get(reverse("patterns:list") + "?release=NO-SUCH").status_code == 404
    assert Spending.objects.count() == spent and not Question.objects.exists()


def test_a_question_begun_here_is_asked_in_the_room_and_read_back_here(people, sign_in_as, out):
    client = sign_in_as(people.users["analyst"])
    query = {"population": factors.CODE, "by": ["risk_gangs@noted", "exploitation"], "first": "2026-01", "last": "2026-09", "epsilon": "100"}
    begun = client.get(reverse("releases:room"), {"population": factors.CODE, "by": query["by"]})
    assert begun.status_code == 200 and '<option value="risk_gangs@noted" selected>Gangs' in begun.content.decode()
    looked = client.get(reverse("releases:room"), query)
    assert looked.status_code == 200 and looked.context["looked"], looked.context.get("refused")
    client.post(reverse("releases:room"), query | {"rid": str(looked.context["form"]["rid"].value())})
    assert work() == ["measured"]
    code = Question.objects.get().file.code
    page = client.get(reverse("patterns:list") + f"?release={code}")
    assert page.status_code == 200 and "your question" in page.content.decode() and "Gangs" in page.content.decode()


def test_the_api_tells_the_same_and_refuses_the_rest(people, sign_in_as, out):
    client = sign_in_as(people.users["analyst"])
    listed = client.get("/api/patterns").json()
    assert [each["code"] for each in listed] == [out] and "exploitation" in listed[0]["outcomes"]
    found = client.get(f"/api/patterns/{out}", {"outcome": "exploitation"}).json()
    debt = next(each for each in found["factors"] if each["factor"] == "risk_debt_for_travel")
    assert debt["verdict"] == "more" and debt["difference"]["low"] > 0.3 and found["guarantee"]["epsilon"]
    assert client.get(f"/api/patterns/{out}", {"outcome": "violence"}).status_code == 404
    assert client.get("/api/patterns/NONE", {"outcome": "exploitation"}).status_code == 404


@pytest.mark.parametrize("who", ["caseworker", "supervisor", "tracing_officer", "officer", "panel_member"])
def test_others_find_nothing(people, sign_in_as, out, who):
    client = sign_in_as(people.users[who])
    for address in (reverse("patterns:list"), reverse("patterns:where"), reverse("patterns:changes"), "/api/patterns", f"/api/patterns/{out}?outcome=exploitation"):
        assert client.get(address).status_code == 404


def test_nobody_has_published_anything_yet(people, sign_in_as):
    page = sign_in_as(people.users["analyst"]).get(reverse("patterns:list"))
    assert page.status_code == 200 and "Plan a release with a few factors" in page.content.decode()
    assert "An analyst can plan one." in sign_in_as(people.users["manager"]).get(reverse("patterns:where")).content.decode()


def test_a_factor_that_no_list_holds_can_still_be_planned_in_the_form(people, sign_in_as):
    client = sign_in_as(people.users["analyst"])
    page = client.get(reverse("releases:new") + f"?population={factors.CODE}&ready=first_patterns")
    assert page.status_code == 200 and page.context["form"]["t0_0"].value() == "risk_poverty@noted"
    choices = dict(page.context["form"].fields["t0_0"].choices)
    assert "risk_poverty@noted" in choices and "risk_gangs@noted" not in choices and "risk_household@phase" in choices and len(choices) < 80
