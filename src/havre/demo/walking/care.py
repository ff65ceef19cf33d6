"""Registration and case work: the search before create, the child, the family, the agreement; assessment, plan, approval."""

from datetime import date, timedelta
from typing import Any

from havre.demo.walking.browser import Lost, Page
from havre.demo.walking.journey import CODE, Journey, expect

PURPOSES = ("case_management_participation", "collect_store", "share_for_services", "share_with_family", "tracing_disclosure",
            "cross_border_transfer")


def day(days: int) -> str:
    """A day as a person types it, so many days from today."""
    at = date.today() + timedelta(days=days)
    return f"{at.day} {at.month} {at.year}"


def named(*names: tuple[str, str]) -> dict[str, Any]:
    """Names for the rows of a form."""
    return {f"names-{row}-{part}": text for row, name in enumerate(names) for part, text in zip(("value", "kind"), name, strict=True)}


# ---- registration ----

def begin(j: Journey) -> None:
    """A registration begins from the referral."""
    amina = j.as_("amina")
    page = expect(amina.get(f"/register/?screening={j.screening}"), 200)
    page = expect(amina.send(page, page.form("screening")), 200, at="/search/")
    found = CODE.search(page.path)
    assert found is not None  # the address just held it
    j.draft = found.group()


def search(j: Journey) -> None:
    """Look for an earlier record in every agency, and say of each hit what it is."""
    amina, s = j.as_("amina"), j.story
    page = amina.get(f"/register/{j.draft}/search/")
    page = amina.send(page, page.form("names-0-value", "father"), **named((s.child_native, "full"), (s.child_latin, "full")),
                      father=s.child_latin.split()[1], sex=s.child_sex, age_0=s.age_min, age_1=s.age_max)
    expect(page, 200, at="/search/")
    asked = [f for f in page.forms if any(n.startswith("hit_") for n in f.names())]
    if asked:
        said = {n: "asked" if "asked" in asked[0].choices[n] else "different" for n in asked[0].names() if n.startswith("hit_")}
        button = next(b for b in asked[0].buttons if b[0] == "conclude")
        expect(amina.send(page, asked[0], button, **said), 200, at="/needs/")


def needs(j: Journey) -> None:
    """What the child needs now comes first."""
    amina = j.as_("amina")
    page = amina.get(f"/register/{j.draft}/needs/")
    page = amina.send(page, page.form("any_need"), any_need="yes", needs=["food_shelter", "interim_care"],
                      done_food_shelter="A hot meal and blankets", done_interim_care="A host family for both tonight")
    expect(page, 200, at="/child/")


def child(j: Journey) -> None:
    """Who the child is, in two scripts, with an age that is a range."""
    amina, s = j.as_("amina"), j.story
    page = amina.get(f"/register/{j.draft}/child/")
    page = amina.send(
        page, page.form("names-0-value", "uasc_status"), **named((s.child_native, "full"), (s.child_latin, "full")), sex=s.child_sex,
        age_0=s.age_min, age_1=s.age_max, age_method="self_reported", uasc_status="unaccompanied", population_group="refugee",
        identification_source="border_authority", languages=[s.language], origin_country="ET", separation_country="SD",
        separation_place="Gedaref", separation_cause=s.separation_cause, separation_date="8 2026",
        circumstances="They lost each other when the bus stopped.")
    expect(page, 200, at="/photo/")


def too_early(j: Journey) -> None:
    """Nothing is registered before the child and those responsible agree."""
    amina = j.as_("amina")
    page = amina.get(f"/register/{j.draft}/check/")
    page = amina.send(page, page.form("rid", action="check/"))
    expect(page, 409, 422)


def relatives(j: Journey) -> None:
    """Mother and brother, in the child's words."""
    amina, s = j.as_("amina"), j.story
    for given in ({"relation": "mother", "sex": "female", "lived_with_before": "yes", "in_contact": "no",
                   **named((s.mother_native, "full"), (s.mother_latin, "full"))},
                  {"relation": "brother", "sex": "male", "age_0": s.brother_age, "in_contact": "yes",
                   **named((s.brother_native, "full"), (s.brother_latin, "full"))}):
        page = amina.get(f"/register/{j.draft}/family/")
        expect(amina.send(page, page.form("relation", "names-0-value"), **given), 200)


def agreement(j: Journey) -> None:
    """The child agrees; why nobody else could be asked stands in words."""
    amina, s = j.as_("amina"), j.story
    page = amina.get(f"/register/{j.draft}/consent/")
    typed: dict[str, Any] = {f"child_{p}": "yes" for p in PURPOSES}
    page = amina.send(page, page.form("legal_basis"), legal_basis="consent", language=s.language, child_mode="verbal_witnessed",
                      exception="caregiver_absent", exception_reason="The children came alone; the mother is not found yet.", **typed)
    expect(page, 200, at="/check/")


def register(j: Journey) -> None:
    """The case opens; the same press again opens no second one."""
    amina = j.as_("amina")
    page = amina.get(f"/register/{j.draft}/check/")
    form = page.form("rid", action="check/")
    page = expect(amina.send(page, form), 200, at="/case/")
    found = CODE.search(page.path)
    assert found is not None  # the address just held it
    j.case = found.group()
    expect(amina.get(f"/case/{j.case}/"), 200, says=j.story.child_native)


def not_for_others(j: Journey) -> None:
    """Who is of another agency, and who only counts, finds nothing at the case's address."""
    for name in ("yonas", "leyla", "bashir", "marta"):
        expect(j.as_(name).get(f"/case/{j.case}/"), 404)


# ---- assessment, plan, approval ----

def _factors(j: Journey) -> Page:
    amina = j.as_("amina")
    page = expect(amina.get(f"/case/{j.case}/assessment/"), 200)
    form = page.form("concerns")
    return expect(amina.send(page, form, concerns=["unaccompanied"], **_ticks(form)), 200)


def _ticks(form: Any) -> dict[str, Any]:
    """One risk and one protective factor from the first lists of the page."""
    risk = next(n for n in sorted(form.names()) if n.startswith("risk_") and form.choices.get(n))
    safe = next(n for n in sorted(form.names()) if n.startswith("protective_") and form.choices.get(n))
    return {risk: form.choices[risk][:1], safe: form.choices[safe][:1]}


def _assess(j: Journey, **given: Any) -> Page:
    amina, page = j.as_("amina"), _factors(j)
    form = page.form("risk_level", "risk_reasons")
    lines: dict[str, Any] = {}
    for name in form.names():
        if name.endswith("-strength"):
            lines[name] = "strong"
        elif name.endswith("-phase"):
            lines[name] = "transit"
        elif name.startswith("concern-"):
            lines[name] = "high"
    common = {"mode": "office", "seen_alone": "yes", "risk_reasons": "Eight years old and alone with a smaller brother."}
    return amina.send(page, form, ("step", "record"), **lines, **common, **given)


def views_missing(j: Journey) -> None:
    """An assessment without the child's own words is refused."""
    expect(_assess(j, risk_level="high"), 409)


def too_low(j: Journey) -> None:
    """A child of eight alone cannot be called low risk."""
    expect(_assess(j, risk_level="low", views_mode="own_words", views_words=j.story.views), 409)


def assess(j: Journey) -> None:
    """The assessment with the child's words."""
    expect(_assess(j, risk_level="high", views_mode="own_words", views_words=j.story.views, summary="Both children are with a host family."),
           200, at=f"/case/{j.case}/$")


def plan(j: Journey) -> None:
    """A plan that answers the concern goes to the supervisor."""
    amina = j.as_("amina")
    page = expect(amina.get(f"/case/{j.case}/plan/"), 200)
    form = page.form("goal", "service_1")
    owner = next(c for c in form.choices["owner_1"] if c)
    page = amina.send(page, form, goal="Selam and Dawit live with their mother, or with family who know them.", weight="significant",
                      decision_follows="yes", child_agrees="yes", caregiver_part="no", caregiver_note="The mother is not found yet.",
                      goal_1="The mother is found and heard", service_1="ftr", owner_1=owner, due_1=day(14))
    expect(page, 200, at=f"/case/{j.case}/$")


def not_by_the_author(j: Journey) -> None:
    """Who wrote the plan cannot approve it."""
    expect(j.as_("amina").get(f"/case/{j.case}/approval/"), 404)


def approve(j: Journey) -> None:
    """The supervisor approves."""
    claire = j.as_("claire")
    page = expect(claire.get(f"/case/{j.case}/approval/"), 200)
    page = claire.send(page, page.form("decision"), decision="approve")
    expect(page, 200)
    if page.path.endswith("/approval/") and any("decision" in f.names() for f in page.forms):
        raise Lost(f"the plan is not approved. It says: {page.said()}")


STEPS = [
    ("registration begins", begin), ("search before create", search), ("immediate needs", needs), ("the child in two scripts", child),
    ("refused: registering without agreement", too_early), ("family", relatives), ("agreement", agreement), ("the case opens", register),
    ("refused: others at the address of the case", not_for_others), ("refused: assessment without the child's views", views_missing),
    ("refused: a child alone at low risk", too_low), ("assessment", assess), ("plan", plan),
    ("refused: the author approves the plan", not_by_the_author), ("a supervisor approves the plan", approve)]
