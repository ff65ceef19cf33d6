"""May these numbers go out? Each reason once, and the plan that may."""

from dataclasses import replace
from uuid import uuid4

import pytest

from havre.statistics.gates import ReleaseFacts, TableFacts, four_eyes, nobody_recognised

GOOD = ReleaseFacts(tables=(TableFacts(2, 300), TableFacts(1, 120)), readable_most=2000, price=10, left=10, period_over=True, overlaps=0)


def test_few_broad_tables_within_the_budget_may_go_out():
    assert nobody_recognised(GOOD).ok


@pytest.mark.parametrize(("changed", "reason"), [
    ({"tables": ()}, "no_tables"), ({"period_over": False}, "period_not_over"), ({"tables": (TableFacts(4, 0),)}, "too_fine"),
    ({"readable_most": 299}, "not_readable"), ({"overlaps": 1}, "measured_before"), ({"left": 9}, "budget_too_small")])
def test_each_danger_stops_it(changed, reason):
    result = nobody_recognised(replace(GOOD, **changed))
    assert (result.id, result.ok, result.reason) == ("G41", False, reason)


def test_who_plans_does_not_decide():
    author = uuid4()
    assert not four_eyes(author, author).ok and four_eyes(author, uuid4()).ok
