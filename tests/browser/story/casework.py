"""Assessment, plan and approval: nothing without the child's views, nobody approves what they wrote themselves."""

from typing import Any, Final

from tests.browser.story.stage import Person, Stage
from tests.browser.story.told import STORY, Tale, day

TICKS: Final[dict[str, Any]] = {"risk_individual": ["unaccompanied_or_separated"], "protective_individual": ["hope_and_goals"]}
CONCERN = "psychosocial_distress"


def assess(stage: Stage, tale: Tale) -> None:
    """Refused without the child's views (G06), then recorded with them."""
    amina = stage.person("amina")
    with stage.step("an assessment without the child's views"):
        amina.go(tale.of_case("assessment/"))
        stage.look(amina, "factors")
        amina.fill(**TICKS)
        amina.press("Continue")
        for factor in ("risk-unaccompanied_or_separated", "protective-hope_and_goals"):
            amina.fill(**{f"{factor}-strength": "strong", f"{factor}-phase": "transit", f"{factor}-evidence": "Said by her."})
        amina.fill(mode="office", seen_alone="yes", risk_flags=["unaccompanied_under_12"], risk_level="high",
                   risk_reasons="Nine years old and without any adult responsible for her.", summary="Calm, eats, sleeps near her brother.")
        amina.press("Record the assessment")
        amina.refused("child's views missing", "Nobody has written what the child thinks about this.", gate="G06")
    with stage.step("assessment with the child's views"):
        stage.look(amina, "assessment")
        amina.fill(views_mode="own_words", views_words=STORY.views, views_language=STORY.language)
        amina.press("Record the assessment")
        amina.sees("Assessment recorded.")
        amina.reads(STORY.views)
        stage.picture(amina, "case-assessed")


def plan(stage: Stage, tale: Tale) -> None:
    """Amina may not approve; Claire may not approve what she wrote; Amina writes, Claire approves."""
    amina, claire = stage.person("amina"), stage.person("claire")
    with stage.step("the caseworker cannot approve"):
        propose(amina, tale)
        amina.sees("The plan waits for the supervisor.")
        amina.nothing_here(tale.of_case("approval/"))
        stage.note_refusal("wrong role: caseworker approves", amina.page.locator("main h1").inner_text())
    with stage.step("nobody approves their own plan"):
        propose(claire, tale)
        approve(claire, tale)
        claire.refused("same person approves", "You wrote this yourself. A supervisor other than you must decide.", gate="G10")
    with stage.step("a second person approves"):
        propose(amina, tale)
        claire.go(tale.of_case("approval/"))
        stage.look(claire, "approval")
        approve(claire, tale)
        claire.sees("Decision recorded.")


def propose(person: Person, tale: Tale) -> None:
    """Write the plan and send it."""
    person.go(tale.of_case("plan/"))
    lines = person.page.locator("main [name^=goal_]").count()
    for n in range(1, lines - 1):
        person.fill(**line(n))
    if lines <= 2:
        person.fill(**line(1))
    person.fill(goal="Selam lives with her mother and Dawit, safely.", weight="significant", decision_follows="yes", child_agrees="yes",
                caregiver_part="no", caregiver_note="Her mother is being looked for.", review_at=day(14))
    person.stage.picture(person, f"plan-{person.username}")
    person.press("Send the plan to the supervisor")
    assert person.path() == tale.of_case(), f"the plan was not sent: {person.page.locator('main .summary').all_inner_texts()}"


def line(n: int) -> dict[str, str]:
    """One action of the plan."""
    return {f"goal_{n}": "Her mother is found and heard.", f"service_{n}": "ftr", f"owner_{n}": "@Amina", f"due_{n}": day(20)}


def approve(person: Person, tale: Tale) -> None:
    """Say yes to what waits."""
    person.go(tale.of_case("approval/"))
    person.fill(decision="approve")
    person.press("Record the decision")
