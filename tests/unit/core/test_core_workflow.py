"""A record moves only along its table, and a broken table is noticed when it is written."""

import pytest

from havre.core.problems import Conflict
from havre.core.workflow import Transition, Workflow

SCREENING = Workflow(
    "screening",
    "new",
    (
        Transition("new", "screen", "screened", ("G04", "G34")),
        Transition("screened", "triage", "no_concern"),
        Transition("screened", "triage", "referred", ("G34", "G01")),
        Transition("referred", "reopen", "screened"),
    ),
)


def test_an_action_leads_to_its_target() -> None:
    assert SCREENING.move("new", "screen") == "screened"
    assert SCREENING.move("screened", "triage", "referred") == "referred"


@pytest.mark.parametrize(
    ("state", "action", "target"),
    [("new", "triage", None), ("nowhere", "screen", None), ("screened", "triage", "new")],
)
def test_what_the_table_does_not_hold_is_a_conflict(state: str, action: str, target: str | None) -> None:
    with pytest.raises(Conflict) as refused:
        SCREENING.move(state, action, target)
    assert refused.value.params == {"workflow": "screening", "state": state, "action": action}


def test_an_action_with_two_outcomes_needs_one_named() -> None:
    with pytest.raises(ValueError, match="say which"):
        SCREENING.move("screened", "triage")


def test_the_table_answers_what_is_possible() -> None:
    assert SCREENING.states() == ("new", "screened", "no_concern", "referred")
    assert SCREENING.actions("screened") == ("triage",) and SCREENING.actions("no_concern") == ()
    assert SCREENING.targets("screened", "triage") == ("no_concern", "referred")
    assert SCREENING.gates("screened", "triage") == ("G34", "G01") and SCREENING.gates("new", "x") == ()


def test_the_diagram_shows_every_step_and_every_end() -> None:
    assert SCREENING.diagram() == (
        "stateDiagram-v2\n"
        "    [*] --> new\n"
        "    new --> screened: screen [G04, G34]\n"
        "    screened --> no_concern: triage\n"
        "    screened --> referred: triage [G34, G01]\n"
        "    referred --> screened: reopen\n"
        "    no_concern --> [*]\n"
    )


def test_a_transition_written_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="written twice"):
        Workflow("w", "a", (Transition("a", "go", "b"), Transition("a", "go", "b", ("G01",))))


def test_a_state_that_is_never_reached_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never reached: c, d"):
        Workflow("w", "a", (Transition("a", "go", "b"), Transition("c", "go", "d"), Transition("d", "go", "c")))
