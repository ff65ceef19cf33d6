"""Do intervals of shares, differences, ratios and changes hold 95 times in 100, and is nothing said that the noise does not allow?"""

from __future__ import annotations

import numpy as np
import pytest

from havre.disclosure import Attribute, Budget, Domain, Rows, Sheet, Workload, count, plan
from havre.disclosure.association import DRAWS, Verdict, associate, change, part, sums
from havre.disclosure.plan import Z
from havre.disclosure.problems import BadCodebook, NotPlanned
from havre.disclosure.residual import aggregate, centre

FACTOR = Attribute("debt", ["before", "during", "no"], {"noted": {"before": "yes", "during": "yes"}}, other=None, missing="not_known")
OUTCOME = Attribute("exploitation", ["yes", "no"], other=None, missing=None)
PLACE = Attribute("place", ["P", "Q"], other=None, missing=None)
DOMAIN = Domain((FACTOR, OUTCOME, PLACE))
PLAN = plan(DOMAIN, Workload.of(DOMAIN, [("debt@noted", "exploitation"), ("debt", "place")]), Budget.of(1))
SPEC = DOMAIN.spec("debt@noted", "exploitation")
ASKED = (("debt", ("yes",), ("no",)), ("exploitation", ("yes",), ("no",)))
TRUTH = ((90, 110), (100, 500))  # with the factor: with the outcome, without; without the factor: the same

NOISE = np.random.default_rng(2026)


def measured(rows: Rows) -> Sheet:
    """A sheet with the plan's noise, drawn with a fixed seed so that what is counted here is the same in every run."""
    exact = count(rows, [SPEC, DOMAIN.spec("debt", "place")])

    def answer(component):
        source = next(spec for spec in exact if all(dict(spec).get(name, 0) >= at for name, at in component))
        truth = aggregate(exact[source], source, component, DOMAIN).astype(float)
        return centre(truth + NOISE.normal(0, float(PLAN.sigma[component]), truth.shape), component, DOMAIN)

    return Sheet(PLAN, {component: answer(component) for component in PLAN.sigma})


def rows_of(counts, not_asked: int = 40) -> Rows:
    """The children of four counts, and some who were not asked."""
    (a, b), (c, d) = counts
    debt = np.repeat([0, 2, 3], [a + b, c + d, not_asked])
    outcome = np.concatenate([np.repeat([0, 1], [a, b]), np.repeat([0, 1], [c, d]), np.zeros(not_asked)])
    return Rows(DOMAIN, {"debt": debt.astype(np.int32), "exploitation": outcome.astype(np.int32), "place": (np.arange(len(debt)) % 2).astype(np.int32)})


def holds(interval, truth: float) -> bool:
    return interval.low <= truth <= interval.high


def test_sums_of_cells_vary_together_as_the_noise_does():
    rows = rows_of(TRUTH)
    chosen = [{"debt": ("yes",)}, {"debt": ("yes",), "exploitation": ("yes",)}, {"debt": ("no", "not_known")}]
    drawn = np.array([sums(measured(rows), SPEC, chosen)[0] for _ in range(1500)])
    said = sums(measured(rows), SPEC, chosen)[1]
    scale = np.sqrt(np.outer(np.diag(said), np.diag(said)))
    assert np.abs((np.cov(drawn.T) - said) / scale).max() < 0.12 and np.abs(drawn.mean(axis=0) - [200, 90, 640]).max() < 5 * np.sqrt(said.max() / 1500)


def test_intervals_hold_the_truth_of_the_children_counted():
    rows, hit = rows_of(TRUTH), np.zeros(4)
    for _ in range(300):
        found = associate(measured(rows), SPEC, *ASKED, chance=False)
        assert found.difference is not None and found.ratio is not None and found.having.share is not None
        hit += [holds(found.difference, 90 / 200 - 100 / 600), holds(found.ratio, (90 / 200) / (100 / 600)), holds(found.having.share, 90 / 200),
                holds(found.having.children, 200)]
    assert (hit / 300 > 0.915).all() and (hit / 300 < 0.985).all(), hit / 300


def test_with_chance_they_hold_what_would_be_true_of_many_like_them():
    rng, hit, looked = np.random.default_rng(5), np.zeros(2), 300
    for _ in range(looked):
        a, c = rng.binomial(200, 0.45), rng.binomial(600, 0.17)
        found = associate(measured(rows_of(((a, 200 - a), (c, 600 - c)))), SPEC, *ASKED)
        assert found.difference is not None and found.having.share is not None
        hit += [holds(found.difference, 0.45 - 0.17), holds(found.having.share, 0.45)]
    assert (hit / looked > 0.91).all() and (hit / looked < 0.99).all(), hit / looked


def test_where_many_children_are_counted_the_delta_method_says_the_same():
    sheet = measured(rows_of(((9000, 11000), (10000, 50000))))
    found = associate(sheet, SPEC, *ASKED, chance=False)
    (a, b, c, d), spread = sums(sheet, SPEC, [{"debt": (f,), "exploitation": (o,)} for f in ("yes", "no") for o in ("yes", "no")])
    slope = np.array([b / (a + b)**2, -a / (a + b)**2, -d / (c + d)**2, c / (c + d)**2])
    half = Z * np.sqrt(slope @ spread @ slope)
    assert found.difference is not None
    assert (found.difference.high - found.difference.low) / 2 == pytest.approx(half, rel=5 / np.sqrt(DRAWS))
    assert found.difference.value == pytest.approx(a / (a + b) - c / (c + d))


def test_no_difference_is_said_to_be_one_only_as_often_as_promised():
    rows = rows_of(((40, 160), (120, 480)))
    said = [associate(measured(rows), SPEC, *ASKED, chance=False).verdict for _ in range(300)]
    assert said.count(Verdict.CANNOT_TELL) / 300 > 0.91


def test_a_clear_difference_is_told_in_its_direction():
    assert associate(measured(rows_of(((400, 100), (100, 900)))), SPEC, *ASKED).verdict is Verdict.MORE
    assert associate(measured(rows_of(((20, 480), (500, 500)))), SPEC, *ASKED).verdict is Verdict.LESS


def test_too_few_children_give_no_share_and_no_verdict():
    found = associate(measured(rows_of(((1, 1), (100, 500)))), SPEC, *ASKED)
    if found.having.share is None:  # the noise can let two children look like twenty, once in forty times
        assert found.verdict is Verdict.TOO_FEW and found.difference is None and found.ratio is None
    else:
        assert found.verdict is Verdict.CANNOT_TELL


def test_nothing_is_so_many_times_as_often_as_nothing():
    found = associate(measured(rows_of(((300, 100), (0, 900)))), SPEC, *ASKED)
    assert found.verdict is Verdict.MORE and found.ratio is None


def test_the_same_sheet_gives_the_same_answer():
    sheet = measured(rows_of(TRUTH))
    assert associate(sheet, SPEC, *ASKED).difference == associate(sheet, SPEC, *ASKED).difference


def test_the_change_between_two_sheets_holds_and_ends_of_the_same_share_meet_nought():
    spec, of = DOMAIN.spec("debt@noted"), ("debt", ("yes",), ("no",))
    earlier, later, hit = rows_of(((100, 100), (300, 300))), rows_of(((200, 200), (200, 200))), 0
    for _ in range(300):
        found = change(part(measured(later), spec, of, chance=False), part(measured(earlier), spec, of, chance=False, stream=1))
        assert found is not None
        hit += holds(found, 0.5 - 0.25)
    assert 0.9 < hit / 300 < 0.99
    few = part(measured(rows_of(((0, 0), (0, 0)), 0)), spec, of)
    assert few.share is None or few.children.low > 0


def test_chances_of_two_parts_are_drawn_apart():
    sheet = measured(rows_of(((9000, 9000), (9000, 9000))))
    found = associate(sheet, SPEC, *ASKED)
    assert abs(np.corrcoef(found.having.drawn, found.lacking.drawn)[0, 1]) < 0.2


def test_a_table_can_be_narrowed_to_some_children():
    sheet = measured(rows_of(TRUTH))
    spec = DOMAIN.spec("debt@noted", "place")
    here = part(sheet, spec, ("debt", ("yes",), ("no",)), {"place": ("P",)}, chance=False)
    assert here.children.value == pytest.approx(400, abs=6 * (here.children.high - 400) / 2 + 60)


def test_what_is_not_planned_or_not_there_is_refused():
    sheet = measured(rows_of(TRUTH))
    with pytest.raises(NotPlanned):
        associate(sheet, DOMAIN.spec("debt", "exploitation"), ("debt", ("before",), ("no",)), ASKED[1])
    with pytest.raises(BadCodebook):
        associate(sheet, SPEC, ("debt", ("before",), ("no",)), ASKED[1])
    with pytest.raises(BadCodebook):
        part(sheet, SPEC, ASKED[0], {"place": ("P",)})
