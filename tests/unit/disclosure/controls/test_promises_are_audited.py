"""Does the audit catch what gives too much away, let pass what keeps its word, and say which in words, numbers and its exit status?"""

import json
import sys
from math import log
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import binom

from havre.cli.disclosure import disclosure
from havre.disclosure import Attribute, Budget, Domain, Workload, audit, plan
from havre.disclosure.audit import (
    Declared,
    Peer,
    PeerFailed,
    Rates,
    Report,
    canary_audit,
    counted,
    declared,
    epsilon_bound,
    label_audit,
    measured,
    mu_bound,
    releasing,
    sample,
    synthesized,
)
from havre.disclosure.audit.bounds import at_least, at_most

PEOPLE = sample.people(60, 3, 4)
CANARY = sample.canary(3)
LEAKY = [sys.executable, str(Path(__file__).with_name("leaky.py"))]


def noisy(scale: float):
    """Counts of single codes with Laplace noise: one child changes at most 3 of them by one, so epsilon is 3 / scale."""
    names = [(n, c) for n in ("q1", "q2", "q3") for c in sample.CODES]

    def release(people, seed):
        rng, exact = np.random.default_rng(seed), counted(people, 1)
        return {(pair,): exact.get((pair,), 0.0) + rng.laplace(0, scale) for pair in names}
    return releasing(release)


def test_rates_are_bounded_exactly() -> None:
    for hits, runs in ((0, 500), (3, 40), (370, 500), (500, 500)):
        low, high = at_least(hits, runs, 0.025), at_most(hits, runs, 0.025)
        assert low <= hits / runs <= high
        assert hits == 0 or binom.sf(hits - 1, runs, low) == pytest.approx(0.025)
        assert hits == runs or binom.cdf(hits, runs, high) == pytest.approx(0.025)


def test_the_known_figure_of_a_canary() -> None:
    """74 % right and no false alarm in 500 + 500 runs: epsilon is at least 4.56 with 95 % confidence."""
    assert epsilon_bound(Rates(370, 500, 0, 500), 1e-6) == pytest.approx(4.56, abs=0.01)


def test_bounds_hold_either_way_round() -> None:
    rates = Rates(500, 500, 130, 500)
    assert epsilon_bound(rates, 0.0) == pytest.approx(log((1 - at_most(130, 500, 0.025)) / (1 - at_least(500, 500, 0.025))))
    assert epsilon_bound(Rates(100, 200, 100, 200), 0.0) == 0.0 and mu_bound(Rates(0, 200, 0, 200)) == 0.0
    assert mu_bound(Rates(8413, 10_000, 5000, 10_000)) == pytest.approx(1.0, abs=0.06)


def test_a_bound_is_wrong_no_oftener_than_it_says() -> None:
    """An observer who sees exactly what epsilon = 1 allows: the bound passes 1 in at most 5 % of audits."""
    rng, runs = np.random.default_rng(1), 400
    right = np.e / (1 + np.e)
    passed = sum(epsilon_bound(Rates(h, runs, a, runs), 0.0) > 1 for h, a in zip(rng.binomial(runs, right, 2000), rng.binomial(runs, 1 - right, 2000), strict=True))
    assert passed <= 0.05 * 2000


def test_exact_counts_are_caught() -> None:
    exact = canary_audit(releasing(lambda people, seed: counted(people, 2)), PEOPLE, CANARY, Declared(1.0, 1e-6), runs=400, order=2)
    assert exact.exceeded and exact.rates.hits == exact.rates.with_canary and exact.rates.alarms == 0
    assert exact.epsilon > 3


def test_too_little_noise_is_caught_and_enough_is_not() -> None:
    caught = canary_audit(noisy(0.5), PEOPLE, CANARY, Declared(1.0, 0.0), runs=2000, order=1)
    assert caught.exceeded and 1 < caught.epsilon <= 6
    kept = canary_audit(noisy(3.0), PEOPLE, CANARY, Declared(1.0, 0.0), runs=2000, order=1)
    assert not kept.exceeded and kept.epsilon < 1


def test_ours_keeps_its_promise_and_the_audit_would_have_seen() -> None:
    """The observer learns enough to show most of what is declared; were only half declared, the audit would say so. The chance
    of a false verdict here is under 1 in 100,000."""
    domain = sample.domain(2)
    planned = plan(domain, Workload.all_ways(domain, 1), Budget.of(8))
    people, canary = sample.people(60, 2, 4), sample.canary(2)
    found = canary_audit(measured(planned), people, canary, declared(planned, 1e-6), runs=1600, order=1, confidence=1 - 1e-5)
    assert not found.exceeded and found.epsilon_if_gaussian is not None
    assert found.mu > found.declared.mu / 3


def test_noise_that_hangs_on_one_record_is_caught_in_another_process() -> None:
    with Peer(LEAKY) as peer:
        people = sample.people(80, 6, 1)
        found = canary_audit(peer, people, sample.canary(6), Declared(1.0, 1e-6), runs=200)
        labels = label_audit(peer, people, sample.canary(6), "q1", sample.UNLISTED, runs=60)
    assert found.exceeded and labels.exceeded
    assert labels.shown > 0
    words = Report("leaky", found, labels).words()
    assert "Do not release with it." in words and "epsilon is at least" in words


def test_a_process_that_fails_says_so() -> None:
    with Peer([*LEAKY, "fail"]) as peer, pytest.raises(PeerFailed, match="no rows like these"):
        peer(PEOPLE)(0)
    with Peer([sys.executable, "-c", "pass"]) as peer:
        for _ in range(2):  # while it ends, and when it has
            with pytest.raises(PeerFailed, match="ended"):
                peer(PEOPLE)
    with pytest.raises(PeerFailed, match="not running"):
        Peer(LEAKY)(PEOPLE)


def test_a_category_of_one_child_never_leaves_our_tables() -> None:
    domain = sample.domain(2)
    ours = measured(plan(domain, Workload.all_ways(domain, 2), Budget.of(4)))
    found = label_audit(ours, sample.people(40, 2, 0), sample.canary(2), "q1", sample.UNLISTED, runs=100)
    assert found.shown == 0 and not found.exceeded and found.rate == pytest.approx(1 - 0.05 ** (1 / 100))


def test_invented_rows_name_only_public_codes_and_only_what_they_hold() -> None:
    domain = sample.domain(2)
    rows = sample.people(60, 2, 0)
    ours = synthesized(plan(domain, Workload.all_ways(domain, 2), Budget.of(4)))([*rows, {"q1": sample.UNLISTED}])(1)
    assert all(code in domain.attribute(name).codes for combo in ours for name, code in combo)
    assert min(ours.values()) >= 1
    assert sum(value for combo, value in ours.items() if len(combo) == 2) == ours[()]


def test_coarser_levels_are_not_told_twice() -> None:
    place = Attribute("place", ["x", "y", "z"], {"region": {"x": "r", "y": "r", "z": "s"}})
    domain = Domain((place,))
    told = measured(plan(domain, Workload.all_ways(domain, 1), Budget.of(1)))([{"place": "x"}])(0)
    assert {code for combo in told for _, code in combo} == set(place.codes)


def test_a_category_is_looked_for_only_where_one_child_holds_it() -> None:
    with pytest.raises(ValueError, match="nobody else"):
        label_audit(noisy(1.0), PEOPLE, CANARY, "q1", "a", runs=10)
    with pytest.raises(ValueError, match="40 runs"):
        canary_audit(noisy(1.0), PEOPLE, CANARY, Declared(1.0, 0.0), runs=10)


def test_the_command_ends_well_for_ours(tmp_path: Path) -> None:
    told = CliRunner().invoke(disclosure, ["audit", "--runs", "80", "--labels", "20", "--attributes", "2", "--order", "1", "--confidence", "0.99999", "--json", str(tmp_path / "found.json")])
    assert told.exit_code == 0, told.output
    assert "Nothing was found beyond what was declared." in told.output
    kept = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert kept["exceeded"] is False and kept["canary"]["runs"] == 80 and kept["labels"]["runs"] == 20


def test_the_command_audits_invented_rows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(audit, "synthesized", lambda planned: asked.append(planned) or measured(planned))
    told = CliRunner().invoke(disclosure, ["audit", "--mechanism", "synthesize", "--runs", "40", "--labels", "3", "--attributes", "2", "--order", "1", "--confidence", "0.99999"])
    assert told.exit_code == 0, told.output
    assert len(asked) == 1 and "synthesize: declared epsilon 1" in told.output


def test_the_command_ends_badly_for_what_leaks() -> None:
    told = CliRunner().invoke(disclosure, ["audit", "--peer", " ".join(LEAKY), "--runs", "160", "--labels", "20", "--attributes", "6", "--children", "60"])
    assert told.exit_code == 1, told.output
    assert "More is given away than was declared." in told.output


def test_the_command_refuses_an_order_beyond_the_attributes() -> None:
    assert CliRunner().invoke(disclosure, ["audit", "--order", "4", "--attributes", "3"]).exit_code == 2
