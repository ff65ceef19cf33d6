"""What people decide moves the model, by as much as there are decisions, and never by itself."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from havre.linkage import Description, Name, load_model, score
from havre.linkage.model.differences import compare, report
from havre.linkage.model.learning import Decision, Outcome, learn
from havre.linkage.model.parameters import prior_odds
from havre.linkage.model.posterior import classes
from havre.linkage.model.store import as_toml, from_toml

SHIPPED = load_model()
AGREED = {"given": "exact", "sex": "same", "father": "strong", "birth": "within"}


def _decided(outcome: Outcome, levels: dict[str, str], llr: float = 12.0) -> Decision:
    return Decision(outcome, levels, llr, llr - 6.0)


def test_no_decision_changes_no_number() -> None:
    learned = learn([], SHIPPED)
    assert learned.slope == pytest.approx(SHIPPED.slope)
    assert learned.shift == pytest.approx(SHIPPED.shift)
    for name, field in SHIPPED.fields.items():
        for level, triple in field.levels.items():
            assert learned.fields[name].levels[level] == pytest.approx(triple)


def test_confirmed_pairs_make_their_levels_more_usual_for_one_person() -> None:
    decisions = [_decided(Outcome.SAME_PERSON, {**AGREED, "sex": "different"})] * 20
    before, after = SHIPPED.fields["sex"].levels, learn(decisions, SHIPPED).fields["sex"].levels
    assert after["different"][0] == pytest.approx((20 + 40 * before["different"][0]) / 60)
    assert after["different"][0] + after["same"][0] == pytest.approx(1.0)
    assert after["different"][1:] == before["different"][1:], "one person teaches nothing of families and strangers"


def test_more_decisions_move_the_model_further() -> None:
    shift = [learn([_decided(Outcome.SAME_FAMILY, {"mother": "different"})] * n, SHIPPED).fields["mother"].levels["different"][1]
             for n in (0, 5, 50, 500)]  # fmt: skip
    assert shift == sorted(shift)
    assert shift[0] == 0.125 < shift[1] < shift[2] < shift[3] < 1.0


def test_dates_and_ages_are_learned_on_scales_of_their_own() -> None:
    learned = learn([_decided(Outcome.SAME_PERSON, {"birth": "date_turned"})] * 30, SHIPPED).fields["birth"].levels
    shipped = SHIPPED.fields["birth"].levels
    assert learned["date_turned"][0] > shipped["date_turned"][0]
    assert learned["within"][0] == pytest.approx(shipped["within"][0])


def test_rejected_pairs_teach_the_calibration_and_not_what_strangers_share() -> None:
    decisions = [_decided(Outcome.NOT_SAME, AGREED, 10.0)] * 60
    learned = learn(decisions, SHIPPED)
    assert all(learned.fields[f].levels[v][2] == t[2] for f, k in SHIPPED.fields.items() for v, t in k.levels.items())
    assert learned.fields["given"].levels["exact"][0] == pytest.approx(SHIPPED.fields["given"].levels["exact"][0])
    odds = [a + b for a, b in zip((10.0, 4.0), prior_odds(SHIPPED, None), strict=True)]
    before, after = (classes(m.slope * odds[0] + m.shift, m.slope * odds[1] + m.shift)[0] for m in (SHIPPED, learned))
    assert after < before / 2


def test_calibration_is_recovered_from_many_decisions() -> None:
    """Decisions drawn with slope 0.6 and shift -0.5: after 1,500 of them, chances mean what they say."""
    rng, decisions, odds = Random(4), [], prior_odds(SHIPPED, None)
    for _ in range(1500):
        llr = rng.uniform(4, 16)
        chance = classes(0.6 * (llr + odds[0]) - 0.5, 0.6 * (llr - 9 + odds[1]) - 0.5)
        draw = rng.random()
        outcome = Outcome.SAME_PERSON if draw < chance[0] else Outcome.SAME_FAMILY if draw < sum(chance) else Outcome.UNRELATED
        decisions.append(Decision(outcome, {}, llr, llr - 9))
    learned = learn(decisions, SHIPPED)
    assert learned.slope == pytest.approx(0.6, abs=0.08)
    assert learned.shift == pytest.approx(-0.5, abs=0.25)


def test_the_order_of_decisions_does_not_matter() -> None:
    decisions = [_decided(o, AGREED, x) for o in Outcome for x in (3.0, 8.0, 11.0)]
    assert as_toml(learn(decisions, SHIPPED)) == as_toml(learn(decisions[::-1], SHIPPED))


def test_a_decision_can_be_taken_from_a_result() -> None:
    a = Description(names=(Name("Selam Tesfay"),), sex="female")
    result = score(a, a)
    decision = Decision.of(result, Outcome.SAME_PERSON)
    assert decision.levels == {e.field: e.level for e in result.evidence if not e.missing}
    assert learn([decision], SHIPPED).learned.same_person == 1.0  # type: ignore[union-attr]


def test_a_learned_model_is_no_start() -> None:
    with pytest.raises(ValueError, match="count twice"):
        learn([], learn([], SHIPPED))


def test_a_model_survives_its_text() -> None:
    learned = learn([_decided(Outcome.SAME_PERSON, AGREED)] * 7 + [_decided(Outcome.NOT_SAME, {"sex": "different"})], SHIPPED)
    for model in (SHIPPED, learned, replace(SHIPPED, version='odd "name"')):
        again = from_toml(as_toml(model))
        assert (again.version, again.fields, again.learned, again.slope, again.prior_family) == (
            model.version, model.fields, model.learned, model.slope, model.prior_family)  # fmt: skip
        assert as_toml(again) == as_toml(model)


@pytest.mark.parametrize("text", ["", "version = 3", "[fields", 'version = "1"\nprior = 3'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Not a linkage model"):
        from_toml(text)


def test_the_difference_says_what_moved_how_far_and_on_how_many() -> None:
    learned = learn([_decided(Outcome.SAME_PERSON, {**AGREED, "sex": "different"})] * 20, SHIPPED)
    found = compare(SHIPPED, learned)
    first = found.changes[0]
    assert (first.field, first.level, first.kind, first.decisions) == ("sex", "different", "match", 20)
    assert first.times == pytest.approx(first.after / first.before)
    text = report(SHIPPED, learned)
    assert "Learned from 20 decisions" in text
    assert "A different sex is recorded. For one person: 2 % before, 34.7 % now, on 20 decisions." in text
    assert "No level moved." in report(SHIPPED, SHIPPED)
