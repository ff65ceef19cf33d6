"""Fifty questions at once over real connections, and processes killed in the middle: never below nought, never twice."""

import tempfile
from pathlib import Path

import pytest

from tests.integration.statistics.releases.instance import Own

FIFTY = """
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from django.db import connection
analyst = someone("analyst")
names = ["sex", "age", "status", "risk", "source", "group", "violence", "exploitation", "trafficking", "child_labour", "neglect"]
asked = [list(pair) for pair in combinations(names, 2)][:50]
assert len(asked) == 50
def go(by):
    try:
        plan = question(analyst, population="children_registered", period=Period(date(2026, 1, 1), date(2026, 9, 1)), by=by, epsilon=120)
        asked = actions.ask(wish(analyst), plan=plan)
        return actions.answer_question(wish(system_actor()), question=asked.pk).outcome
    except Problem as problem:
        return str(problem.params.get("reason", problem.code))
    finally:
        connection.close()
with ThreadPoolExecutor(50) as pool:
    out = list(pool.map(go, asked))
rows = list(LedgerMonth.objects.values_list("room", "cap_room", "public", "partner", "cap_total"))
with acting(system_actor()):
    kept = Question.objects.filter(outcome="measured").count()
print(json.dumps({"out": out, "rows": rows, "spent": [s.rho for s in Spending.objects.all()], "sheets": StoredSheet.objects.count(), "questions": kept}))
"""
APPROVED = """
analyst, manager = someone("analyst"), someone("manager")
made = []
for month in ("2026-01", "2026-02", "2026-03"):
    release = actions.plan_release(wish(analyst), plan=plan_from(PLAN | {"first": month, "last": month}))
    actions.submit_release(wish(analyst), release=release.pk)
    made.append(str(actions.approve_release(wish(manager), release=release.pk).pk))
print(json.dumps(made))
"""
STOP = """
from pathlib import Path
def stop(*args, **more):
    Path(MARK).touch()
    time.sleep(60)
"""
AT_ONCE = {
    "before the count": "from havre.statistics.releases import keeping\nkeeping.snapshot = stop\n",
    "after the sheet": "from havre.statistics.releases import measuring\nmeasuring.release_day = stop\n",
    "before the log": "from havre.infra import audit\naudit.append = stop\n",
}
ASKED = """
analyst = someone("analyst")
plans = [question(analyst, population="children_registered", period=Period(date(2025, 1, 1), date(2025, 9, 1)), by=[by], epsilon=100)
         for by in ("source", "group", "neglect")]
print(json.dumps([str(actions.ask(wish(analyst), plan=plan).pk) for plan in plans]))
"""
ANSWER_AT_ONCE = {
    "while counting": AT_ONCE["before the count"],
    "with the sheet": "from havre.infra.unit import Unit\nUnit.note = stop\n",
    "at the log": AT_ONCE["before the log"],
}
ANSWER = "actions.answer_question(wish(system_actor()), question=UUID(RELEASE))\n"
LOOK_AGAIN = """
def look():
    with acting(system_actor()):
        outcome = Question.objects.get(pk=UUID(RELEASE)).outcome
    return [outcome, Spending.objects.filter(subject=UUID(RELEASE)).count(), StoredSheet.objects.filter(spending__subject=UUID(RELEASE)).count()]
def twice(say):
    before = look()
    say(), say()
    print(json.dumps([before, look()]))
"""
MEASURE = "actions.measure_release(wish(system_actor()), release=UUID(RELEASE))\n"
PUBLISH = "actions.publish_release(wish(system_actor(), datetime(2026, 10, 12, 9, tzinfo=UTC)), release=UUID(RELEASE))\n"
LOOK = """
def look():
    with acting(system_actor()):
        status = Release.objects.get(pk=UUID(RELEASE)).status
    found = Spending.objects.filter(subject=UUID(RELEASE))
    month = LedgerMonth.objects.filter(month=found[0].months[0]).first() if found else None
    return {"status": status, "paid": found.count(), "sheets": StoredSheet.objects.filter(spending__subject=UUID(RELEASE)).count(),
            "published": Publication.objects.filter(release=UUID(RELEASE)).count(),
            "spent_is_the_price": bool(found) and month.public == found[0].rho}
def twice(say):
    before = look()
    say(), say()
    print(json.dumps([before, look()]))
"""
NOTHING = {"status": "approved", "paid": 0, "sheets": 0, "published": 0, "spent_is_the_price": False}
MEASURED = {"status": "measured", "paid": 1, "sheets": 1, "published": 0, "spent_is_the_price": True}


@pytest.fixture(scope="module")
def own():
    with tempfile.TemporaryDirectory(prefix="havre-ledger-", ignore_cleanup_errors=True) as folder:
        instance = Own(Path(folder) / "home")
        try:
            yield instance
        finally:
            instance.stop()


def test_fifty_questions_at_once_never_overspend(own):
    said = own.run(FIFTY)
    measured = said["out"].count("measured")
    assert measured >= 2 and set(said["out"]) <= {"measured", "budget_too_small", "budget_spent"}, said["out"]
    assert measured == len(said["spent"]) == said["sheets"] == said["questions"], "paid, measured and kept go together"
    for room, cap_room, public, partner, cap_total in said["rows"]:
        assert room == sum(said["spent"]) <= cap_room and room + public + partner <= cap_total
        assert cap_room - room < said["spent"][0], "what was refused did not fit"


def test_killed_in_the_middle_nothing_is_spent_or_published_and_afterwards_once(own, tmp_path):
    for (stage, hold), release in zip(AT_ONCE.items(), own.run(APPROVED), strict=True):
        mark = tmp_path / stage.replace(" ", "-")
        known = f"RELEASE, MARK = {release!r}, {str(mark)!r}\n"
        own.killed_at(known + STOP + hold + MEASURE, mark)
        assert own.run(known + LOOK + f"twice(lambda: {MEASURE.strip()})") == [NOTHING, MEASURED], stage
    mark = tmp_path / "publishing"
    own.killed_at(f"RELEASE, MARK = {release!r}, {str(mark)!r}\n" + STOP + AT_ONCE["before the log"] + PUBLISH, mark)
    assert own.run(known + LOOK + f"twice(lambda: {PUBLISH.strip()})") == [MEASURED, MEASURED | {"status": "published", "published": 1}]


def test_a_worker_killed_over_a_question_leaves_it_waiting_and_it_is_answered_once(own, tmp_path):
    for (stage, hold), asked in zip(ANSWER_AT_ONCE.items(), own.run(ASKED), strict=True):
        mark = tmp_path / stage.replace(" ", "-")
        known = f"RELEASE, MARK = {asked!r}, {str(mark)!r}\n"
        own.killed_at(known + STOP + hold + ANSWER, mark)
        assert own.run(known + LOOK_AGAIN + f"twice(lambda: {ANSWER.strip()})") == [["waiting", 0, 0], ["measured", 1, 1]], stage
