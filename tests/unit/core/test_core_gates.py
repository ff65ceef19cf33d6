"""A gate stops a step, waits for a reason or warns, exactly as the catalogue says."""

import dataclasses

import pytest

from havre.core.gates import CATALOGUE, GateInfo, Severity, met, refusals, unmet
from havre.core.workflow import Transition, Workflow


def test_the_catalogue_holds_gates_1_to_45_in_order() -> None:
    assert list(CATALOGUE) == [f"G{number:02d}" for number in range(1, 46)]


def test_each_gate_has_a_title_of_its_own_and_a_step() -> None:
    assert len({info.title for info in CATALOGUE.values()}) == 45
    assert all(info.applies_at and not info.title.endswith(".") for info in CATALOGUE.values())


def test_severities_are_those_of_the_catalogue() -> None:
    acceptable = {info.id for info in CATALOGUE.values() if info.severity is Severity.ACCEPTABLE}
    warning = {info.id for info in CATALOGUE.values() if info.severity is Severity.WARNS}
    softer = {info.id: info.softer for info in CATALOGUE.values() if info.softer}
    assert acceptable == {"G07", "G24", "G45"} and warning == {"G32"}
    assert softer == {"G27": (Severity.ACCEPTABLE,), "G40": (Severity.WARNS,)}


def test_the_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CATALOGUE["G01"] = CATALOGUE["G07"]  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        CATALOGUE["G01"].severity = Severity.WARNS  # type: ignore[misc]


def test_a_met_gate_carries_its_evidence() -> None:
    result = met("G17", "interview-1", "interview-2", sides=2)
    assert result.ok and result.evidence == ("interview-1", "interview-2") and result.params == {"sides": 2}
    assert result.title == "Two separate interviews agree" and result.reason == "" == result.fix


def test_an_unmet_gate_carries_reason_and_mend() -> None:
    result = unmet("G19", "assessment_too_old", fix="household_assessment", days=41)
    assert not result.ok and result.severity is Severity.BLOCKS
    assert (result.reason, result.fix, result.params) == (
        "assessment_too_old",
        "household_assessment",
        {"days": 41},
    )


def test_an_unmet_gate_without_reason_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="reason"):
        unmet("G19", "")


def test_an_unknown_gate_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        met("G46")
    with pytest.raises(KeyError):
        unmet("G46", "why")


def test_a_gate_can_be_hardened_but_softened_only_where_the_catalogue_says() -> None:
    assert unmet("G07", "missing", severity=Severity.BLOCKS).severity is Severity.BLOCKS
    assert unmet("G27", "over_three", severity=Severity.ACCEPTABLE).severity is Severity.ACCEPTABLE
    assert unmet("G40", "soon", severity=Severity.WARNS).severity is Severity.WARNS
    for gate, severity in (("G06", Severity.ACCEPTABLE), ("G27", Severity.WARNS), ("G07", Severity.WARNS)):
        with pytest.raises(ValueError, match="softened"):
            unmet(gate, "missing", severity=severity)


def test_a_blocking_gate_stops_whatever_reason_is_given() -> None:
    missing = unmet("G06", "views_missing")
    assert refusals([missing]) == (missing,) == refusals([missing], {"G06": "We are in a hurry"})


def test_an_acceptable_gate_stops_until_a_reason_is_given() -> None:
    missing = unmet("G07", "views_missing")
    assert refusals([missing]) == (missing,) == refusals([missing], {"G07": "  "})
    assert refusals([missing], {"G24": "Another gate"}) == (missing,)
    assert refusals([missing], {"G07": "She cannot be reached safely"}) == ()


def test_a_warning_and_a_met_gate_stop_nothing() -> None:
    assert refusals([unmet("G32", "window_closing", hours=60), met("G06")]) == ()


def test_refusals_keep_the_order_of_the_results() -> None:
    results = [unmet("G19", "waits"), met("G15"), unmet("G17", "one_side"), unmet("G45", "unsigned")]
    assert [r.id for r in refusals(results)] == ["G19", "G17", "G45"]


def test_an_info_is_written_with_its_strictest_severity_first() -> None:
    order = [Severity.WARNS, Severity.ACCEPTABLE, Severity.BLOCKS]

    def sound(info: GateInfo) -> bool:
        return all(order.index(soft) < order.index(info.severity) for soft in info.softer)

    assert all(sound(info) for info in CATALOGUE.values())


def test_a_workflow_names_only_gates_of_the_catalogue() -> None:
    with pytest.raises(ValueError, match="G99"):
        Workflow("case", "new", (Transition("new", "go", "done", ("G99",)),))
