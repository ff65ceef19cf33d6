"""How does the child come home? The plan, the home, the authority, the border, the panel, the approval, three signatures, visits."""

from datetime import date
from typing import Any

from havre.demo.walking.browser import Page
from havre.demo.walking.care import day
from havre.demo.walking.journey import Journey, expect


def _send(j: Journey, who: str, part: str, *fields: str, **typed: Any) -> Page:
    browser = j.as_(who)
    page = expect(browser.get(f"/tracing/match/{j.match}/{part}/"), 200)
    return browser.send(page, page.form(*(fields or ("rid",)), action="" if fields else f"{part}/"), **typed)


def _plan(j: Journey, **typed: Any) -> Page:
    common = {"type": "agency_facilitated", "planned_on": day(0), "country": "ET", "place": "Adwa", "custody_dispute": "no",
              "plan": "By car with both workers; the school knows of her.", "child_view": "She is glad and wants to take Dawit’s ball along."}
    return _send(j, "amina", "plan", "planned_on", "verified_adult", **(common | typed))


def alert(j: Journey) -> None:
    """A supervisor knows of a man children must be kept from."""
    claire, s = j.as_("claire"), j.story
    page = expect(claire.get("/tracing/alerts/new/"), 200)
    page = claire.send(page, page.form("alert", "names"), alert="trafficking", names=s.alert_listed_receiver,
                       reasons="Two children named him to the police.", source="Child protection unit")
    expect(page, 200)


def to_someone_listed(j: Journey) -> None:
    """A plan that hands the child to him does not pass."""
    page = _plan(j, verified_adult="no", adult_names=j.story.alert_listed_receiver, other_adult_reason=_first_reason(j))
    expect(page, 200, at=f"/tracing/match/{j.match}/$")
    expect(_send(j, "claire", "approve", "reasons", reasons="He is waiting."), 409)


def _first_reason(j: Journey) -> str:
    page = j.as_("amina").get(f"/tracing/match/{j.match}/plan/")
    return next(c for c in page.form("other_adult_reason").choices["other_adult_reason"] if c)


def plan(j: Journey) -> None:
    """The child goes to her mother."""
    expect(_plan(j, verified_adult="yes", adult_names="", other_adult_reason=None), 200, at=f"/tracing/match/{j.match}/$")


def unprepared(j: Journey) -> None:
    """Without the home, the authority, the border and the panel there is no approval."""
    expect(_send(j, "claire", "approve", "reasons", reasons="The child wants it."), 409)


def prepare(j: Journey) -> None:
    """The home is seen, the authority agrees, the border is safe."""
    at = rf"/tracing/match/{j.match}/$"
    expect(_send(j, "yonas", "household", "assessed_on", "willing", assessed_on=day(0), willing="yes", able="yes", safe="yes",
                 summary="Two rooms; a bed is ready; the neighbours are kind."), 200, at=at)
    expect(_send(j, "amina", "clearance", "state", "authority", state="granted", authority="Family and child unit", decided_on=day(0),
                 valid_until=day(60)), 200, at=at)
    expect(_send(j, "yonas", "border", "country", "result", country="ET", result="no_risk_found", reasons="No danger is known on this way.",
                 valid_until=day(60)), 200, at=at)


def panel(j: Journey) -> None:
    """Marta decides what is best for the child, with reasons; the child is told."""
    amina = j.as_("amina")
    page = expect(amina.get(f"/tracing/match/{j.match}/panel/"), 200)
    form = page.form("panel_member", "question")
    from havre.demo.loading.names import own_id
    page = amina.send(page, form, panel_member=str(own_id("person", "marta")), question="Is going home to the mother now best for Selam?")
    expect(page, 200, at=f"/tracing/match/{j.match}/$")
    marta = j.as_("marta")
    expect(marta.get("/tracing/panel/"), 200, says=j.match)
    expect(_send(j, "marta", "decision", "outcome", "reasons", outcome="reunify", reasons="She wants it and is safe there.", no_conflict="on"), 200)
    expect(_send(j, "amina", "told"), 200, at=f"/tracing/match/{j.match}/$")


def approve(j: Journey) -> None:
    """A supervisor who did not plan it agrees."""
    expect(_send(j, "claire", "approve", "reasons", reasons="Every safeguard is met."), 200, at=f"/tracing/match/{j.match}/$")


def not_signed_twice(j: Journey) -> None:
    """One worker cannot sign for two."""
    expect(_send(j, "amina", "sign", "signer", signer="worker_handing_over"), 200)
    expect(_send(j, "amina", "sign", "signer", signer="second_worker"), 409, 422)


def hand_over(j: Journey) -> None:
    """Three have signed: the child is with her mother."""
    expect(_send(j, "yonas", "sign", "signer", signer="second_worker"), 200)
    expect(_send(j, "yonas", "sign", "signer", signer="receiver", signed_as=j.story.mother_latin, mode="written"), 200)


def visit(j: Journey) -> None:
    """The first visit; more will follow."""
    expect(_send(j, "amina", "visit", "visited_on", "outcome", visited_on=day(0), alone="yes", outcome="stable", child_said="I like it here.",
                 notes="Both sleep well; Dawit plays.", more_needed="yes"), 200, at=f"/tracing/match/{j.match}/$")


def not_closed_yet(j: Journey) -> None:
    """While the visits go on, the case cannot be closed."""
    amina, months = j.as_("amina"), 91
    page = expect(amina.get(f"/case/{j.case}/closing/"), 200)
    page = amina.send(page, page.form("reason", "summary"), reason="goal_met_safe", summary="She is with her mother.",
                      agreed_with_child="yes", agreed_with_caregiver="yes", child_told="yes", contact_on=day(months))
    expect(page, 409)


def told(j: Journey) -> None:
    """The timeline tells who did what; the day of each page is today."""
    page = expect(j.as_("amina").get(f"/case/{j.case}/history/"), 200)
    expect(page, 200, says="Amina")
    expect(page, 200, says=str(date.today().year))


STEPS = [
    ("a warning about an adult", alert), ("refused: a receiver on the alert list", to_someone_listed), ("the plan to go home", plan),
    ("refused: approval before the safeguards are met", unprepared), ("home, authority and border", prepare),
    ("the best-interests decision", panel), ("a supervisor approves the way home", approve), ("refused: one person signs twice", not_signed_twice),
    ("three signatures", hand_over), ("the first visit", visit), ("refused: closing while visits go on", not_closed_yet), ("the timeline", told)]
