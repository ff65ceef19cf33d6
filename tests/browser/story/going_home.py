"""Home, authority, border, alert list, panel; the hand-over signed by three; the visit; and the end of the case."""

from tests.browser.story.stage import Stage
from tests.browser.story.told import HOME, STORY, Tale, day


def closing_too_early(stage: Stage, tale: Tale) -> None:
    """The case does not close while the search is open."""
    with stage.step("closing with an open search"):
        request_closure(stage, tale)
        amina = stage.person("amina")
        sentence = stage.say("Still open: %(what)s.").partition("%")[0].strip()
        amina.refused("closure with open tracing", sentence, said=True, gate="G36")
        amina.sees("the family is still being looked for")


def request_closure(stage: Stage, tale: Tale) -> None:
    """Amina asks to close the case."""
    amina = stage.person("amina")
    amina.go(tale.of_case("closing/"))
    stage.picture(amina, "closing")
    amina.fill(reason="goal_met_safe", summary="Selam and Dawit live with their mother and go to school.", agreed_with_child="yes",
               agreed_with_caregiver="yes", child_told="yes", contact_on=day(91), address_after=HOME)
    amina.press("Ask the supervisor to close the case")


def look_into(stage: Stage, tale: Tale) -> None:
    """The home is seen, the authority agrees, someone else than the planner looks at the border."""
    amina, yonas = stage.person("amina"), stage.person("yonas")
    with stage.step("the home of the mother"):
        yonas.go(tale.of_match("household/"))
        yonas.fill(assessed_on=day(-1), willing="yes", able="yes", safe="yes", home=HOME, summary="Two rooms, a garden, her sister next door.")
        yonas.press("Record the visit")
        yonas.sees("Visit to the home recorded.")
    with stage.step("the border"):
        yonas.go(tale.of_match("border/"))
        yonas.fill(country=stage.country("ET"), result="no_risk_found", reasons="Public reports of this month; the mother lives openly.", valid_until=day(60))
        yonas.press("Record it")
        yonas.sees("The look at the border is recorded.")
    with stage.step("the authority"):
        amina.go(tale.of_match("clearance/"))
        amina.fill(state="granted", authority="Family court of the state", reference="114", decided_on=day(-1), valid_until=day(60))
        amina.press("Record it")
        amina.sees("The authority’s word is recorded.")


def alert_list(stage: Stage, tale: Tale) -> None:
    """A receiver who is on the alert list is refused; the plan is changed to the mother."""
    amina, claire = stage.person("amina"), stage.person("claire")
    with stage.step("someone on the alert list"):
        claire.go("/tracing/alerts/new/")
        claire.fill(alert="trafficking", names=STORY.alert_listed_receiver, reasons="Two children were taken from him at the bus station.")
        claire.press("Put on the list")
        claire.sees("Recorded on the alert list.")
    with stage.step("a receiver on the alert list"):
        plan(stage, tale, verified_adult="no", adult_names=STORY.alert_listed_receiver, other_adult_reason="change_of_mind")
        approve(stage, tale)
        claire.refused("alert-listed receiver", "The alert list may concern this adult. A supervisor must look into it first.", gate="G18")
    with stage.step("the mother receives her children"):
        plan(stage, tale, verified_adult="yes", adult_names="")
        amina.sees("Plan recorded. A supervisor decides.")


def plan(stage: Stage, tale: Tale, **adult: str) -> None:
    """Amina plans how the child goes home."""
    amina = stage.person("amina")
    amina.go(tale.of_match("plan/"))
    amina.fill(type="agency_facilitated", planned_on=day(), country=stage.country("ET"), place=HOME, custody_dispute="no", visits="",
               plan="By car with Amina; Dawit comes along; papers are ready.", child_view=STORY.views, **adult)
    stage.picture(amina, "plan-home")
    amina.press("Keep the plan")
    amina.sees("Plan recorded. A supervisor decides.")


def approve(stage: Stage, tale: Tale) -> None:
    """Claire says that the child may go home."""
    claire = stage.person("claire")
    claire.go(tale.of_match("approve/"))
    claire.fill(reasons="Everything that must be known is known.")
    stage.picture(claire, "approve-home")
    claire.press("I agree to this plan")


def panel(stage: Stage, tale: Tale) -> None:
    """Marta reads what she was asked about, and signs a best-interests decision; the child is told."""
    amina, marta = stage.person("amina"), stage.person("marta")
    with stage.step("the panel is asked"):
        amina.go(tale.of_match("panel/"))
        amina.fill(panel_member="@Marta", question="Both children want to go to their mother across the border. What is best for them?")
        amina.press("Ask this panel member")
        amina.sees("The panel member was asked.")
    with stage.step("best-interests decision"):
        assert marta.path() == "/tracing/panel/", marta.path()
        stage.look(marta, "reading-room")
        marta.nothing_here(tale.of_case())
        marta.go("/tracing/panel/")
        marta.page.locator(f"main a[href*='{tale.match}']").first.click()
        marta.page.wait_for_url("**/decision/")
        stage.look(marta, "decision")
        marta.fill(outcome="reunify", reasons="Both want it, the home is safe, and a neighbour looks in.", no_conflict=True)
        marta.press("Sign this decision")
        marta.sees("Your decision is signed.")
    with stage.step("the child is told"):
        amina.go(tale.of_match("told/"))
        amina.press("She was told")
        amina.sees("Recorded.")


def hand_over(stage: Stage, tale: Tale) -> None:
    """Claire approves; two workers and the mother sign; with the third signature the child is home."""
    amina, yonas, claire = stage.person("amina"), stage.person("yonas"), stage.person("claire")
    with stage.step("a supervisor agrees"):
        approve(stage, tale)
        claire.sees("The plan is approved.")
        stage.picture(claire, "match-approved")
    with stage.step("signed by three"):
        amina.go(tale.of_match("sign/"))
        stage.look(amina, "sign")
        amina.fill(signer="worker_handing_over")
        amina.press("Sign")
        amina.sees("Signed.")
        amina.go(tale.of_match("sign/"))
        amina.fill(signer="second_worker")
        amina.press("Sign")
        amina.refused("one worker signing twice", "You have signed already. Another worker must sign too.")
        amina.fill(signer="receiver", signed_as=STORY.mother_latin, mode="thumbprint")
        amina.press("Sign")
        amina.sees("Signed.")
        yonas.go(tale.of_match("sign/"))
        yonas.fill(signer="second_worker")
        yonas.press("Sign")
        yonas.sees("Signed.", "The child is with the family.")
        stage.look(yonas, "match-together")


def follow_up(stage: Stage, tale: Tale) -> None:
    """The family is visited; it is stable."""
    amina, yonas = stage.person("amina"), stage.person("yonas")
    with stage.step("a visit to the family"):
        for person, more in ((yonas, "yes"), (amina, "no")):
            person.go(tale.of_match("visit/"))
            stage.picture(person, "visit")
            person.fill(visited_on=day(), alone="yes", child_said="I sleep beside my mother.", outcome="stable", notes="Both go to school.",
                        more_needed=more)
            person.press("Record the visit")
            person.sees("Visit recorded.")


def close(stage: Stage, tale: Tale) -> None:
    """What is still open is ended, the risk is looked at again, and two people close the case."""
    amina, claire = stage.person("amina"), stage.person("claire")
    with stage.step("what is still to be done"):
        finish_tasks(stage, tale)
        amina.go(tale.of_case("views/"))
        amina.fill(whose="child", topic="closure", mode="own_words", words="I know whom to call.", language=stage.spoken(STORY.language), alone="yes",
                   weight="significant", decision_follows="yes")
        amina.press("Record the views")
        amina.sees("Views recorded.")
        finish_tasks(stage, tale)
    with stage.step("the risk is low"):
        amina.go(tale.of_case("risk/"))
        for flag in amina.page.locator("main [name=risk_flags]:checked").all():
            flag.uncheck()
        amina.fill(risk_level="low", risk_reasons="She lives with her mother; three visits found her well.")
        amina.press("Record the review")
        amina.sees("Risk reviewed.")
    with stage.step("closing is asked for, and decided by someone else"):
        request_closure(stage, tale)
        amina.sees("The supervisor decides on closing the case.")
        claire.go("/today/")
        stage.look(claire, "today-supervisor")
        claire.go(tale.of_case("approval/"))
        stage.look(claire, "approval-closing")
        claire.fill(decision="approve")
        claire.press("Record the decision")
        claire.sees("Decision recorded.")
        stage.look(claire, "case-closed")
        claire.go(tale.of_case("history/"))
        stage.picture(claire, "history")


def break_down(stage: Stage, tale: Tale) -> None:
    """It did not hold: the case and the search open again at once, at high risk, with a task for today."""
    amina = stage.person("amina")
    with stage.step("the reunification breaks down"):
        amina.go(tale.of_match("breakdown/"))
        amina.fill(reasons="Her aunt called: the children sleep at the market.")
        amina.press("Open the case and the search again")
        amina.sees("The case and the search are open again.", "The reunification broke down.")
        amina.go(tale.of_case())
        amina.reads(stage.label("risk_level", "high"))
        amina.sees("Nobody has written what the child thinks about this.")
        stage.picture(amina, "case-reopened")
        amina.go("/today/")
        amina.sees("Act: the reunification broke down")


def finish_tasks(stage: Stage, tale: Tale) -> None:
    """Amina ends each thing that is due: what is done by hand, and what the child must be told."""
    amina = stage.person("amina")
    for _ in range(20):
        amina.go(tale.of_case())
        due = amina.page.locator(f"main .tasks a[href*='{tale.case}/task/'], main .tasks a[href*='{tale.case}/views/']")
        due = due.filter(visible=True)
        addresses = [a for a in (one.get_attribute("href") or "" for one in due.all()) if not a.endswith("/views/")]
        if not addresses:
            return
        amina.go(addresses[0])
        if "/task/" in addresses[0]:
            amina.fill(outcome="Done with her, and written down.")
            amina.press("Record that it is done")
            amina.sees("Recorded as done.")
        else:
            amina.fill(told=True, understood="yes")
            amina.press("Record that the child was told")
            amina.sees("Recorded.")
    raise AssertionError("the tasks do not end")
